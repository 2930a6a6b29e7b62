#include "services/ingest/readers/assemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "services/common/errors/error.h"
#include "services/common/text/utf8.h"
#include "services/ingest/readers/errors.h"
#include "services/ingest/readers/language.h"
#include "services/ingest/readers/normalise.h"
#include "services/ingest/readers/text_evidence.h"
#include "services/ingest/readers/text_segments.h"

namespace consilience::ingest {
namespace {

void Prefer(std::vector<Candidate>& candidates, const std::string& value, const Given& given) {
  if (!value.empty()) {
    candidates.insert(candidates.begin(), {value, Basis::kGiven, given.evidence});
  }
}

// The day that a caller gave. A date that is none is the caller's mistake, not weak evidence.
absl::StatusOr<std::string> GivenDay(std::string_view written, std::string_view format,
                                     const DatePolicy& policy, uint64_t offset) {
  const Place place{format, offset};
  const std::optional<Day> day = ParseTimestamp(written);
  if (!day.has_value()) {
    return BadField(place, "date", written, "write a day that there was, as 2016-11-22");
  }
  if (const auto refusal = policy.Refusal(*day); refusal.has_value()) {
    return BadField(place, "date", written, *refusal + ", so nothing can have been published then");
  }
  return ToIso(*day);
}

absl::StatusOr<MetadataValue> ResolveDate(Findings& findings, const Given& given,
                                          const DatePolicy& policy,
                                          std::vector<std::string>& warnings) {
  std::vector<Candidate> days;
  if (!given.publication_date.empty()) {
    const bool inferred = !given.date_evidence.empty();
    findings.dates.insert(findings.dates.begin(),
                          {given.publication_date, inferred ? Basis::kInferred : Basis::kGiven,
                           inferred ? given.date_evidence : given.evidence});
  }
  for (size_t i = 0; i < findings.dates.size(); ++i) {
    Candidate& date = findings.dates[i];
    const bool from_caller = date.basis == Basis::kGiven ||
                             (i == 0 && !given.publication_date.empty()) ||
                             date.basis == Basis::kInferred;
    if (from_caller) {
      absl::StatusOr<std::string> day =
          GivenDay(date.value, findings.format, policy, findings.source_offset);
      if (!day.ok()) return day.status();
      days.push_back({*std::move(day), date.basis, std::move(date.evidence)});
      continue;
    }
    const std::optional<Day> day = ParseTimestamp(date.value);
    const auto refusal = day.has_value() ? policy.Refusal(*day) : "is not a date";
    if (refusal.has_value()) {
      warnings.push_back(fmt::format("{} {} is no evidence: {}", date.evidence,
                                     common::Quoted(date.value), *refusal));
    } else {
      days.push_back({ToIso(*day), date.basis, std::move(date.evidence)});
    }
  }
  for (Candidate& inferred : InferPublicationDate(findings.text, policy, warnings)) {
    days.push_back(std::move(inferred));
  }
  return Resolve(std::move(days));
}

// An error of the text, at the byte of the file that the text came from.
absl::Status InSource(const absl::Status& status, const SourceMap& map, uint64_t base) {
  const uint64_t offset = OffsetOf(status).value_or(0);
  return MovedBy(status, base + map.ToOriginal(offset) - offset);
}

// The first byte of the normalised text that came from byte `given` of the text or from behind it.
size_t ToStored(const NormalisedText& normalised, size_t given) {
  size_t low = 0;
  size_t high = normalised.text.size();
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (normalised.map.ToOriginal(middle) < given) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  while (!common::IsCodePointBoundary(normalised.text, low)) ++low;
  return low;
}

// Segments of the text that was given, in the normalised text. What composition joined across a
// border belongs to the part before it.
std::vector<Segment> InStored(std::vector<Segment> segments, const NormalisedText& normalised) {
  if (normalised.map.identity()) return segments;
  size_t end = 0;
  for (Segment& segment : segments) {
    segment.span = {std::max(end, ToStored(normalised, segment.span.begin)),
                    ToStored(normalised, segment.span.end)};
    end = std::max(end, segment.span.end);
  }
  std::erase_if(segments,
                [](const Segment& segment) { return segment.span.begin >= segment.span.end; });
  return segments;
}

}  // namespace

absl::StatusOr<ReadDocument> Assemble(Findings findings, const Request& request,
                                      const ReadOptions& options) {
  absl::StatusOr<NormalisedText> normalised =
      Normalise(findings.text, findings.format, options.limits);
  if (!normalised.ok()) {
    return InSource(normalised.status(), findings.source_map, findings.source_offset);
  }
  ReadDocument document;
  document.segments = InStored(std::move(findings.segments), *normalised);
  findings.text = std::move(normalised->text);
  document.label = request.label;
  document.format = findings.format;
  document.source_map = normalised->map.Then(findings.source_map);
  document.source_offset = findings.source_offset;
  document.external_id = std::move(findings.external_id);
  document.version = std::move(findings.version);
  document.language = TellLanguage(findings.text, findings.language);

  const Given& given = request.given;
  absl::StatusOr<MetadataValue> date =
      ResolveDate(findings, given, options.dates, document.warnings);
  if (!date.ok()) return date.status();
  document.metadata.publication_date = *std::move(date);
  Prefer(findings.title, given.title, given);
  Prefer(findings.outlet, given.outlet, given);
  Prefer(findings.url, given.url, given);
  if (findings.title_in_text && findings.title.empty()) findings.title = InferTitle(findings.text);
  document.metadata.title = Resolve(std::move(findings.title));
  if (findings.title_in_text) {
    document.segments = FindTextSegments(findings.text, document.metadata.title.value);
  }
  document.metadata.outlet = Resolve(std::move(findings.outlet));
  if (!request.fetched_from.empty()) {
    findings.url.push_back({request.fetched_from, Basis::kRead, "the address it was fetched from"});
  }
  document.metadata.url = Resolve(std::move(findings.url));
  document.metadata.byline = Resolve(std::move(findings.byline));
  document.metadata.wire = Resolve(std::move(findings.wire));
  document.text = std::move(findings.text);
  return document;
}

bool Deliver(absl::StatusOr<ReadDocument> document, std::string_view label, std::string_view format,
             const ItemCallback& callback) {
  if (document.ok()) return callback(*std::move(document));
  // What failed before its format was told may know the one around it.
  const common::ErrorMetadata metadata = common::ErrorMetadataOf(document.status());
  const auto known = metadata.find("format");
  return callback(ReadError{std::string(label),
                            known != metadata.end() ? known->second : std::string(format),
                            OffsetOf(document.status()), document.status()});
}

}  // namespace consilience::ingest
