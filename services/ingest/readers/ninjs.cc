#include "services/ingest/readers/ninjs.h"

#include <array>

#include "services/ingest/readers/assemble.h"
#include "services/ingest/readers/errors.h"
#include "services/ingest/readers/html_reader.h"

namespace consilience::ingest {
namespace {

using Type = JsonValue::Type;

constexpr std::string_view kFormat = "application/vnd.iptc.ninjs+json";

void Add(std::vector<Candidate>& candidates, std::string_view value, std::string_view key) {
  if (!value.empty()) {
    candidates.push_back({std::string(value), Basis::kRead, "ninjs " + std::string(key)});
  }
}

// A name as 1.x and 2.x write it: "Reuters", {"name": …, "uri": …}, or a list of those.
void AddNames(std::vector<Candidate>& candidates, const JsonValue* value, std::string_view key) {
  if (value == nullptr) return;
  if (value->is(Type::kString)) Add(candidates, value->text, key);
  if (value->is(Type::kObject)) Add(candidates, value->TextOf("name"), key);
  for (const JsonValue& item : value->items) AddNames(candidates, &item, key);
}

// The member of `list` whose role is main, else the first: 2.x has headlines and bodies by role.
const JsonValue* MainOf(const JsonValue* list) {
  if (list == nullptr || list->items.empty()) return nullptr;
  for (const JsonValue& item : list->items) {
    const std::string_view role = item.TextOf("role");
    if (role == "main" || role == "full") return &item;
  }
  return &list->items.front();
}

struct Body {
  const JsonValue* string = nullptr;
  bool html = false;
};

Body BodyOf(const JsonValue& value) {
  const auto string_at = [&](std::string_view key) -> const JsonValue* {
    const JsonValue* const member = value.Find(key);
    return member != nullptr && member->is(Type::kString) && !member->text.empty() ? member
                                                                                   : nullptr;
  };
  if (const JsonValue* text = string_at("body_text")) return {text, false};
  for (const char* key : {"body_xhtml", "body_html", "body"}) {
    if (const JsonValue* text = string_at(key)) return {text, true};
  }
  const JsonValue* const body = MainOf(value.Find("bodies"));
  if (body == nullptr) return {};
  const JsonValue* const text = body->Find("value");
  const std::string_view type = body->TextOf("contenttype");
  const bool is_string = text != nullptr && text->is(Type::kString);
  return {is_string ? text : nullptr, type.find("html") != std::string_view::npos};
}

// Numbers in 1.x and strings in some feeds.
std::string VersionOf(const JsonValue& value) {
  const JsonValue* const version = value.Find("version");
  return version == nullptr ? "" : version->text;
}

absl::StatusOr<ReadDocument> ToDocument(const JsonItem& item, const Request& request,
                                        const ReadOptions& options) {
  const JsonValue& value = item.value;
  const Place place{kFormat, item.base + value.raw.begin};
  if (value.TextOf("pubstatus") == "withheld") {
    return BadField(place, "pubstatus", "withheld",
                    "its publisher asks that it is not used yet: send it again when it is usable");
  }
  const Body body = BodyOf(value);
  if (body.string == nullptr) {
    return MissingField(place, "body_text, body_xhtml or bodies", "it holds the item's text");
  }
  Findings findings{.format = kFormat};
  findings.source_offset = item.base;
  findings.text = body.string->text;
  SourceMap to_bytes = MapOfString(item.bytes, *body.string);
  if (body.html) {
    const absl::Status read = ReadFragment(body.string->text, options.limits, findings);
    if (!read.ok()) return MovedBy(read, item.base + body.string->raw.begin);
    findings.source_map = findings.source_map.Then(to_bytes);
  } else {
    findings.source_map = std::move(to_bytes);
  }
  findings.external_id = value.TextOf("uri");
  findings.version = VersionOf(value);
  findings.language = value.TextOf("language").substr(0, 2);
  Add(findings.title, value.TextOf("headline"), "headline");
  if (const JsonValue* headline = MainOf(value.Find("headlines"))) {
    Add(findings.title, headline->TextOf("value"), "headlines");
  }
  Add(findings.dates, value.TextOf("firstcreated"), "firstcreated");
  for (const char* key : {"firstCreated", "versioncreated", "versionCreated"}) {
    if (findings.dates.empty()) Add(findings.dates, value.TextOf(key), key);
  }
  Add(findings.byline, value.TextOf("byline"), "byline");
  AddNames(findings.byline, value.Find("by"), "by");
  for (const char* key : {"infosource", "infosources", "infoSources"}) {
    AddNames(findings.wire, value.Find(key), key);
  }
  // An item in an agency's own feed is published by the agency.
  AddNames(findings.outlet, value.Find("copyrightholder"), "copyrightholder");
  for (const Candidate& wire : findings.wire) findings.outlet.push_back(wire);
  Add(findings.url, value.TextOf("canonicalurl"), "canonicalurl");
  return Assemble(std::move(findings), request, options);
}

}  // namespace

bool IsNinjs(const JsonValue& value) {
  constexpr std::array<std::string_view, 10> kOwnKeys = {
      "pubstatus",   "pubStatus", "versioncreated", "versionCreated", "infosource",
      "infosources", "body_text", "body_xhtml",     "bodies",         "headlines"};
  if (value.TextOf("uri").empty()) return false;
  for (const std::string_view key : kOwnKeys) {
    if (value.Find(key) != nullptr) return true;
  }
  return false;
}

bool ReadNinjs(const JsonItem& item, const Request& request, const ReadOptions& options,
               const ItemCallback& callback) {
  const JsonValue& value = item.value;
  const std::string_view status =
      value.Find("pubstatus") != nullptr ? value.TextOf("pubstatus") : value.TextOf("pubStatus");
  if (status == "canceled" || status == "cancelled") {
    std::string_view reason = value.TextOf("ednote");
    if (reason.empty()) reason = value.TextOf("edNote");
    if (reason.empty()) reason = "canceled by its publisher";
    return callback(ReadRetraction{request.label, std::string(kFormat),
                                   std::string(value.TextOf("uri")),
                                   std::string(value.TextOf("canonicalurl")), std::string(reason)});
  }
  return Deliver(ToDocument(item, request, options), request.label, kFormat, callback);
}

}  // namespace consilience::ingest
