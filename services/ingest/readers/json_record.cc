#include "services/ingest/readers/json_record.h"

#include <fmt/format.h>

#include <array>

#include "services/ingest/readers/assemble.h"
#include "services/ingest/readers/errors.h"
#include "services/ingest/readers/ninjs.h"

namespace consilience::ingest {
namespace {

using Type = JsonValue::Type;

struct RecordTexts {
  std::string_view date, date_evidence, outlet, source, title, url;
};

absl::StatusOr<RecordTexts> TextsOf(const JsonItem& item) {
  RecordTexts texts;
  const std::array<std::pair<std::string_view, std::string_view*>, 6> fields = {{
      {"date", &texts.date},
      {"date_evidence", &texts.date_evidence},
      {"outlet", &texts.outlet},
      {"source", &texts.source},
      {"title", &texts.title},
      {"url", &texts.url},
  }};
  for (const auto& [key, into] : fields) {
    const absl::StatusOr<std::string_view> text = OptionalText(item, key);
    if (!text.ok()) return text.status();
    *into = *text;
  }
  return texts;
}

Candidate Field(std::string_view key, std::string_view value) {
  return {std::string(value), Basis::kGiven, fmt::format("field \"{}\"", key)};
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
  const JsonValue* const text = item.value.Find("text");
  if (text == nullptr) return MissingField(place, "text", "it holds the document's text");
  if (!text->is(Type::kString)) {
    return BadField({item.format, item.base + text->raw.begin}, "text", text->TypeName(),
                    "write a string");
  }
  const absl::StatusOr<RecordTexts> texts = TextsOf(item);
  if (!texts.ok()) return texts.status();

  Findings findings{.format = item.format, .text = text->text};
  findings.source_map = MapOfString(item.bytes, *text);
  findings.source_offset = item.base;
  const JsonValue* const id = item.value.Find("id");
  if (id != nullptr && (id->is(Type::kString) || id->is(Type::kNumber))) {
    findings.external_id = id->text;
  }
  const bool has_evidence = !texts->date_evidence.empty();
  if (!texts->date.empty()) {
    findings.dates.push_back(has_evidence ? Candidate{std::string(texts->date), Basis::kInferred,
                                                      std::string(texts->date_evidence)}
                                          : Field("date", texts->date));
  }
  findings.outlet = {Field("outlet", texts->outlet), Field("source", texts->source)};
  if (!texts->title.empty()) findings.title = {Field("title", texts->title)};
  findings.url = {Field("url", texts->url)};
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
