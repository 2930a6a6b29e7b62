#include "services/ingest/service/document_proto.h"

namespace consilience::ingest {
namespace {

void ToProto(absl::Time time, google::protobuf::Timestamp& proto) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  proto.set_seconds(seconds);
  proto.set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
}

}  // namespace

void ToProto(common::Span span, const common::OffsetMap& offsets,
             consilience::common::v1::TextSpan& proto) {
  const common::Span code_points = offsets.ToCodePoints(span);
  proto.set_start(static_cast<uint32_t>(span.begin));
  proto.set_end(static_cast<uint32_t>(span.end));
  proto.set_start_code_point(static_cast<uint32_t>(code_points.begin));
  proto.set_end_code_point(static_cast<uint32_t>(code_points.end));
}

v1::Document ToProto(const Document& document) {
  v1::Document proto;
  proto.set_name(NameOf(document.id));
  proto.set_digest(document.digest);
  ToProto(document.metadata, proto);
  proto.set_language(document.language);
  // The numbers of State are those of the API.
  proto.set_state(static_cast<v1::Document::State>(document.state));
  proto.set_failure(document.reason);
  ToProto(document.create_time, *proto.mutable_create_time());
  ToProto(document.update_time, *proto.mutable_update_time());
  proto.set_etag(EtagOf(document));
  if (!document.superseded_by.empty()) proto.set_superseded_by(NameOf(document.superseded_by));
  if (!document.supersedes.empty()) proto.set_supersedes(NameOf(document.supersedes));
  proto.set_text_bytes(document.text_bytes);
  proto.set_format(document.format);
  proto.set_external_id(document.external_id);
  proto.set_version(document.version);
  return proto;
}

void ToProto(const Appearance& appearance, v1::Appearance& proto) {
  proto.set_outlet(appearance.outlet);
  proto.set_url(appearance.url);
  proto.set_publication_date(appearance.publication_date);
  ToProto(appearance.create_time, *proto.mutable_create_time());
}

v1::IngestOutcome ToProto(Outcome outcome) {
  switch (outcome) {
    case Outcome::kAccepted:
      return v1::INGEST_OUTCOME_ACCEPTED;
    case Outcome::kDuplicate:
      return v1::INGEST_OUTCOME_DUPLICATE;
    case Outcome::kRevision:
      return v1::INGEST_OUTCOME_REVISION;
    case Outcome::kRetracted:
      return v1::INGEST_OUTCOME_RETRACTED;
    case Outcome::kNotHeld:
      return v1::INGEST_OUTCOME_NOT_HELD;
    case Outcome::kOutdated:
      return v1::INGEST_OUTCOME_OUTDATED;
    case Outcome::kValidated:
      break;
  }
  return v1::INGEST_OUTCOME_VALIDATED;
}

void ToProto(const PipelineCounts& counts, v1::PipelineStatus& proto) {
  proto.set_document_count(counts.documents);
  proto.set_pending_count(counts.pending);
  proto.set_running_count(counts.running);
  proto.set_retrying_count(counts.retrying);
  proto.set_failed_count(counts.failed);
  proto.set_recorded_count(counts.recorded);
  if (counts.oldest != absl::InfiniteFuture()) {
    ToProto(counts.oldest, *proto.mutable_oldest_pending_time());
  }
}

void ToProto(const WorkFailure& failure, v1::PipelineFailure& proto) {
  proto.set_document(NameOf(failure.document));
  proto.set_reason(failure.reason);
  proto.set_attempts(failure.attempts);
  ToProto(failure.last_attempt, *proto.mutable_last_attempt_time());
}

}  // namespace consilience::ingest
