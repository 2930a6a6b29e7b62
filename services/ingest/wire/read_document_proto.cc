#include "services/ingest/wire/read_document_proto.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/common/text/utf8.h"
#include "services/ingest/readers/errors.h"
#include "services/ingest/readers/language.h"
#include "services/ingest/readers/normalise.h"

namespace consilience::ingest {
namespace {

constexpr std::string_view kFormat = "read";
constexpr int kMostConflicting = 16;
constexpr int kMostParts = 1 << 20;
constexpr uint32_t kMostUnit = UINT16_MAX;

struct Field {
  const char* name;
  MetadataValue Metadata::*value;
  const v1::MetadataValue& (v1::Document::*get)() const;
  v1::MetadataValue* (v1::Document::*set)();
};

constexpr std::array<Field, 6> kFields = {{
    {"title", &Metadata::title, &v1::Document::title, &v1::Document::mutable_title},
    {"publication_date", &Metadata::publication_date, &v1::Document::publication_date,
     &v1::Document::mutable_publication_date},
    {"outlet", &Metadata::outlet, &v1::Document::outlet, &v1::Document::mutable_outlet},
    {"url", &Metadata::url, &v1::Document::url, &v1::Document::mutable_url},
    {"byline", &Metadata::byline, &v1::Document::byline, &v1::Document::mutable_byline},
    {"wire", &Metadata::wire, &v1::Document::wire, &v1::Document::mutable_wire},
}};

v1::Provenance::Basis BasisToProto(Basis basis) {
  switch (basis) {
    case Basis::kGiven:
      return v1::Provenance::BASIS_GIVEN;
    case Basis::kRead:
      return v1::Provenance::BASIS_READ;
    case Basis::kInferred:
      return v1::Provenance::BASIS_INFERRED;
    case Basis::kUnknown:
      break;
  }
  return v1::Provenance::BASIS_UNSPECIFIED;
}

Basis BasisFromProto(v1::Provenance::Basis basis) {
  switch (basis) {
    case v1::Provenance::BASIS_GIVEN:
      return Basis::kGiven;
    case v1::Provenance::BASIS_READ:
      return Basis::kRead;
    case v1::Provenance::BASIS_INFERRED:
      return Basis::kInferred;
    default:
      return Basis::kUnknown;
  }
}

// MetadataValue and Candidate.
template <typename Value>
void WriteValue(const Value& value, v1::MetadataValue& proto) {
  proto.set_value(value.value);
  proto.mutable_provenance()->set_basis(BasisToProto(value.basis));
  proto.mutable_provenance()->set_evidence(value.evidence);
}

template <typename Value>
void ReadValue(const v1::MetadataValue& proto, Value& value) {
  value.value = proto.value();
  value.basis = BasisFromProto(proto.provenance().basis());
  value.evidence = proto.provenance().evidence();
}

absl::StatusOr<MetadataValue> ReadField(const v1::MetadataValue& proto, const std::string& field) {
  MetadataValue value;
  ReadValue(proto, value);
  if (value.known() == value.value.empty()) {
    return common::FieldInvalid(field, value.value,
                                "a value and its provenance.basis go together: set both, or "
                                "neither when it is not known");
  }
  if (proto.conflicting_size() > kMostConflicting) {
    return common::FieldInvalid(field + ".conflicting", std::to_string(proto.conflicting_size()),
                                fmt::format("at most {} are kept", kMostConflicting));
  }
  for (const v1::MetadataValue& other : proto.conflicting()) {
    ReadValue(other, value.conflicting.emplace_back());
  }
  return value;
}

absl::Status CheckDate(const MetadataValue& date, const DatePolicy& policy) {
  if (!date.known()) return absl::OkStatus();
  const auto day = ParseIsoDay(date.value);
  if (!day.has_value()) {
    return BadField({kFormat}, "publication_date", date.value,
                    "write a day that there was, as 2016-11-22");
  }
  const auto refusal = policy.Refusal(*day);
  if (!refusal.has_value()) return absl::OkStatus();
  return BadField({kFormat}, "publication_date", date.value,
                  *refusal + ", so nothing can have been published then");
}

absl::Status ReadSegments(const v1::Document& read, ReadDocument& document) {
  const std::string_view text = document.text;
  size_t end = 0;
  for (int i = 0; i < read.segments_size(); ++i) {
    const v1::Segment& segment = read.segments(i);
    const common::Span span{segment.span().start(), segment.span().end()};
    const bool fits = span.begin >= end && span.begin < span.end && span.end <= text.size() &&
                      common::IsCodePointBoundary(text, span.begin) &&
                      common::IsCodePointBoundary(text, span.end);
    const bool has_kind = segment.kind() >= v1::Segment::KIND_HEADLINE &&
                          segment.kind() <= v1::Segment::KIND_BOILERPLATE;
    if (!fits || !has_kind) {
      return common::FieldInvalid(
          fmt::format("read.segments[{}]", i), fmt::format("{}-{}", span.begin, span.end),
          "give each a kind and bytes of the text, in order and without overlap");
    }
    end = span.end;
    document.segments.push_back({static_cast<SegmentKind>(segment.kind() - 1), span});
  }
  return absl::OkStatus();
}

absl::Status ReadSourceRuns(const v1::Document& read, ReadDocument& document) {
  uint32_t text = 0;
  uint32_t source = 0;
  for (int i = 0; i < read.source_runs_size(); ++i) {
    const v1::SourceRun& run = read.source_runs(i);
    const uint32_t text_unit = std::max(run.text_unit(), 1U);
    const uint32_t source_unit = std::max(run.source_unit(), 1U);
    if (run.text() < text || run.source() < source || text_unit > kMostUnit ||
        source_unit > kMostUnit) {
      return common::FieldInvalid(fmt::format("read.source_runs[{}]", i),
                                  fmt::format("{} from {}", run.text(), run.source()),
                                  fmt::format("give them in ascending order, with units of at "
                                              "most {} bytes",
                                              kMostUnit));
    }
    text = run.text();
    source = run.source();
    document.source_map.Add(text, source, text_unit, source_unit);
  }
  return absl::OkStatus();
}

absl::Status CheckText(const v1::Document& read, const ReadOptions& options) {
  const std::string& text = read.text();
  if (text.empty()) return EmptyDocument({kFormat, 0});
  if (const auto broken = common::FindInvalidUtf8(text); broken.has_value()) {
    return BrokenEncoding({kFormat, *broken}, "UTF-8", "required of read.text");
  }
  const auto normalised = Normalise(text, kFormat, options.limits);
  if (!normalised.ok()) return normalised.status();
  if (normalised->text != text) {
    return common::FieldInvalid("read.text", text.substr(0, 40),
                                "must be NFC UTF-8 with \\n as line end, or be sent as content");
  }
  const int parts = read.segments_size() + read.source_runs_size() + read.warnings_size();
  if (parts <= kMostParts) return absl::OkStatus();
  return common::FieldInvalid("read", std::to_string(parts),
                              fmt::format("has more than {} parts", kMostParts));
}

}  // namespace

void ToProto(const Metadata& metadata, v1::Document& proto) {
  for (const Field& field : kFields) {
    const MetadataValue& value = metadata.*field.value;
    // An unknown value is an absent message; what conflicts with it is kept even then.
    if (!value.known() && value.conflicting.empty()) continue;
    v1::MetadataValue& written = *(proto.*field.set)();
    WriteValue(value, written);
    for (const Candidate& other : value.conflicting) WriteValue(other, *written.add_conflicting());
  }
}

void ToProto(const Reading& reading, v1::Document& proto) {
  for (const Segment& segment : reading.segments) {
    v1::Segment& written = *proto.add_segments();
    // Kinds stand in the same order, unspecified before them.
    written.set_kind(static_cast<v1::Segment::Kind>(static_cast<int>(segment.kind) + 1));
    written.mutable_span()->set_start(static_cast<uint32_t>(segment.span.begin));
    written.mutable_span()->set_end(static_cast<uint32_t>(segment.span.end));
  }
  for (const SourceMap::Run& run : reading.source_map.runs()) {
    v1::SourceRun& written = *proto.add_source_runs();
    written.set_text(run.stored);
    written.set_source(run.original);
    if (run.stored_unit != 1) written.set_text_unit(run.stored_unit);
    if (run.original_unit != 1) written.set_source_unit(run.original_unit);
  }
  proto.set_source_offset(reading.source_offset);
  for (const std::string& warning : reading.warnings) proto.add_warnings(warning);
}

v1::DocumentInput ToProto(ReadDocument&& document) {
  v1::DocumentInput input;
  input.set_label(document.label);
  v1::Document& read = *input.mutable_read();
  read.set_text(std::move(document.text));
  read.set_format(document.format);
  read.set_language(document.language);
  read.set_external_id(document.external_id);
  read.set_version(document.version);
  ToProto(document.metadata, read);
  ToProto(Reading{std::move(document.segments), std::move(document.source_map),
                  document.source_offset, std::move(document.warnings)},
          read);
  return input;
}

v1::ItemRetraction ToProto(const ReadRetraction& retraction) {
  v1::ItemRetraction proto;
  proto.set_label(retraction.label);
  proto.set_external_id(retraction.external_id);
  proto.set_url(retraction.url);
  proto.set_reason(retraction.reason);
  return proto;
}

absl::StatusOr<ReadDocument> FromProto(const v1::Document& read, std::string_view label,
                                       const ReadOptions& options) {
  if (auto checked = CheckText(read, options); !checked.ok()) return checked;
  ReadDocument document;
  document.label = std::string(label);
  document.format = read.format().empty() ? "text/plain" : read.format();
  document.text = read.text();
  document.language = read.language().empty() ? TellLanguage(read.text(), "") : read.language();
  document.external_id = read.external_id();
  document.version = read.version();
  document.source_offset = read.source_offset();
  document.warnings.assign(read.warnings().begin(), read.warnings().end());
  for (const Field& field : kFields) {
    auto value = ReadField((read.*field.get)(), std::string("read.") + field.name);
    if (!value.ok()) return value.status();
    document.metadata.*field.value = *std::move(value);
  }
  auto status = CheckDate(document.metadata.publication_date, options.dates);
  if (status.ok()) status = ReadSegments(read, document);
  if (status.ok()) status = ReadSourceRuns(read, document);
  if (!status.ok()) return status;
  return document;
}

}  // namespace consilience::ingest
