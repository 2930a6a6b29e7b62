#include "services/ingest/readers/json_record.h"

#include <fmt/format.h>

#include <span>

#include "services/ingest/readers/assemble.h"
#include "services/ingest/readers/errors.h"
#include "services/ingest/readers/ninjs.h"
#include "services/ingest/readers/record_names.h"

namespace consilience::ingest {
namespace {

using Type = JsonValue::Type;

// A member of a record, and what it is called there.
struct Member {
  std::string_view key, text;
};

// NewsAPI's "source": {"id": …, "name": "CNN"}.
const JsonValue* NameWithin(const JsonValue& value) {
  const JsonValue* const name = value.is(Type::kObject) ? value.Find("name") : nullptr;
  return name != nullptr && name->is(Type::kString) ? name : nullptr;
}

// The first of `names` that holds text. What has another's name for it and no text is not ours.
absl::StatusOr<Member> MemberOf(const JsonItem& item, std::span<const std::string_view> names) {
  for (const std::string_view key : names) {
    const JsonValue* const member = item.value.Find(key);
    if (member == nullptr) continue;
    if (const JsonValue* const name = NameWithin(*member)) return Member{key, name->text};
    if (key != names.front() && !member->is(Type::kString)) continue;
    const absl::StatusOr<std::string_view> text = OptionalText(item, key);
    if (!text.ok()) return text.status();
    if (!text->empty()) return Member{key, *text};
  }
  return Member{names.front(), {}};
}

Candidate Field(const Member& member) {
  return {std::string(member.text), Basis::kGiven, fmt::format("field \"{}\"", member.key)};
}

// Where the text of a record stands: under our name for it whatever that holds, or another's.
const JsonValue* TextOf(const JsonValue& record, std::string_view& key) {
  for (const std::string_view name : kTextNames) {
    const JsonValue* const text = record.Find(name);
    if (text == nullptr || (name != kTextNames.front() && !text->is(Type::kString))) continue;
    key = name;
    return text;
  }
  return nullptr;
}

absl::StatusOr<ReadDocument> FromRecord(const JsonItem& item, const Request& request,
                                        const ReadOptions& options) {
  const Place place{item.format, item.base + item.value.raw.begin};
  if (!item.value.is(Type::kObject)) {
    return Malformed(place,
                     fmt::format("a document is a JSON object, this is {}: write {{\"text\": "
                                 "\"…\"}}",
                                 item.value.TypeName()));
  }
  std::string_view text_key;
  const JsonValue* const text = TextOf(item.value, text_key);
  if (text == nullptr) return MissingField(place, "text", "it holds the document's text");
  if (!text->is(Type::kString)) {
    return BadField({item.format, item.base + text->raw.begin}, "text", text->TypeName(),
                    "write a string");
  }
  const absl::StatusOr<std::string_view> evidence = OptionalText(item, "date_evidence");
  const absl::StatusOr<Member> date = MemberOf(item, kDateNames);
  const absl::StatusOr<Member> outlet = MemberOf(item, kOutletNames);
  const absl::StatusOr<Member> title = MemberOf(item, kTitleNames);
  const absl::StatusOr<Member> url = MemberOf(item, kUrlNames);
  for (const absl::Status& status :
       {evidence.status(), date.status(), outlet.status(), title.status(), url.status()}) {
    if (!status.ok()) return status;
  }

  Findings findings{.format = item.format, .text = text->text};
  findings.source_map = MapOfString(item.bytes, *text);
  findings.source_offset = item.base;
  const JsonValue* const id = item.value.Find("id");
  if (id != nullptr && (id->is(Type::kString) || id->is(Type::kNumber))) {
    findings.external_id = id->text;
  }
  if (!date->text.empty()) {
    findings.dates.push_back(
        evidence->empty()
            ? Field(*date)
            : Candidate{std::string(date->text), Basis::kInferred, std::string(*evidence)});
  }
  findings.outlet = {Field(*outlet)};
  if (!title->text.empty()) findings.title = {Field(*title)};
  findings.url = {Field(*url)};
  findings.title_in_text = true;
  return Assemble(std::move(findings), request, options);
}

}  // namespace

absl::StatusOr<std::string_view> OptionalText(const JsonItem& item, std::string_view key) {
  const JsonValue* const member = item.value.Find(key);
  if (member == nullptr || member->is(Type::kNull)) return std::string_view();
  if (member->is(Type::kString)) return std::string_view(member->text);
  return BadField({item.format, item.base + member->raw.begin}, key, member->TypeName(),
                  "write a string, or null where it is unknown");
}

bool ReadRecord(const JsonItem& item, const Request& request, const ReadOptions& options,
                const ItemCallback& callback) {
  if (IsNinjs(item.value)) return ReadNinjs(item, request, options, callback);
  return Deliver(FromRecord(item, request, options), request.label, item.format, callback);
}

}  // namespace consilience::ingest
