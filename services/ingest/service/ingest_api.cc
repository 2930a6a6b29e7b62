#include "services/ingest/service/ingest_api.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "services/common/errors/catalogue.h"
#include "services/common/errors/error.h"
#include "services/common/errors/written.h"
#include "services/ingest/readers/reader.h"
#include "services/ingest/service/document_proto.h"
#include "services/ingest/service/document_queries.h"
#include "services/ingest/service/item_answers.h"

namespace consilience::ingest {
namespace {

constexpr char kService[] = "consilience.ingest.v1.IngestService";
constexpr size_t kDefaultFailures = 10;
constexpr size_t kMostFailures = 1000;
// It is tomorrow already in the easternmost places when the day begins in UTC.
constexpr absl::Duration kEasternmost = absl::Hours(14);

using common::Call;

absl::StatusOr<MetadataValue Metadata::*> UpdatableField(const std::string& path) {
  if (path == "title") return &Metadata::title;
  if (path == "publication_date") return &Metadata::publication_date;
  if (path == "outlet") return &Metadata::outlet;
  if (path == "url") return &Metadata::url;
  return common::UpdateMaskFieldUnknown(path, {"title", "publication_date", "outlet", "url"});
}

const v1::MetadataValue& ValueOf(const v1::Document& document, const std::string& path) {
  if (path == "title") return document.title();
  if (path == "publication_date") return document.publication_date();
  return path == "outlet" ? document.outlet() : document.url();
}

absl::StatusOr<std::vector<Change>> ChangesOf(const v1::UpdateDocumentRequest& request) {
  if (request.update_mask().paths().empty()) {
    return common::FieldMissing("update_mask",
                                "name the fields to set: title, publication_date, "
                                "outlet, url");
  }
  std::vector<Change> changes;
  for (const std::string& path : request.update_mask().paths()) {
    const auto field = UpdatableField(path);
    if (!field.ok()) return field.status();
    const std::string& value = ValueOf(request.document(), path).value();
    if (path == "publication_date" && !value.empty() && !common::IsIsoDay(value)) {
      return common::FieldInvalid("document.publication_date", value,
                                  "must be a day like 2016-11-22, or empty when it is not known");
    }
    changes.push_back({*field, value});
  }
  return changes;
}

absl::Status RequireReason(const std::string& reason) {
  return common::RequireNote("reason", reason, "say why, for the record");
}

std::future<absl::StatusOr<Receipt>> Refused(const absl::Status& why) {
  std::promise<absl::StatusOr<Receipt>> refused;
  refused.set_value(why);
  return refused.get_future();
}

absl::Status Answer(const absl::StatusOr<Document>& document, v1::Document& response) {
  if (document.ok()) response = ToProto(*document);
  return document.status();
}

}  // namespace

IngestApi::IngestApi(common::CallRuntime& runtime, const IngestParts& parts)
    : calls_(runtime, kService), parts_(parts) {}

grpc::ServerUnaryReactor* IngestApi::IngestDocument(grpc::CallbackServerContext* context,
                                                    const v1::IngestDocumentRequest* request,
                                                    v1::IngestDocumentResponse* response) {
  return calls_.Unary(
      "IngestDocument", context, request, response,
      [this](const Call& /*call*/, const auto& in, auto& out) { return Ingest(in, out); });
}

grpc::ServerBidiReactor<v1::IngestDocumentsRequest, v1::IngestDocumentsResponse>*
IngestApi::IngestDocuments(grpc::CallbackServerContext* context) {
  return calls_.Bidi<v1::IngestDocumentsRequest, v1::IngestDocumentsResponse>(
      "IngestDocuments", context,
      [this](const Call& /*call*/, ItemStream& stream) { return IngestAll(stream); });
}

grpc::ServerUnaryReactor* IngestApi::GetDocument(grpc::CallbackServerContext* context,
                                                 const v1::GetDocumentRequest* request,
                                                 v1::Document* response) {
  return calls_.Unary("GetDocument", context, request, response,
                      [this](const Call& /*call*/, const auto& in, auto& out) {
                        return ingest::GetDocument(parts_.store, in, out);
                      });
}

grpc::ServerUnaryReactor* IngestApi::ListDocuments(grpc::CallbackServerContext* context,
                                                   const v1::ListDocumentsRequest* request,
                                                   v1::ListDocumentsResponse* response) {
  return calls_.Unary("ListDocuments", context, request, response,
                      [this](const Call& /*call*/, const auto& in, auto& out) {
                        return ingest::ListDocuments(parts_.store, in, out);
                      });
}

grpc::ServerUnaryReactor* IngestApi::UpdateDocument(grpc::CallbackServerContext* context,
                                                    const v1::UpdateDocumentRequest* request,
                                                    v1::Document* response) {
  return calls_.Unary("UpdateDocument", context, request, response,
                      [this](const Call& /*call*/, const auto& in, auto& out) -> absl::Status {
                        const auto id = ParseName("document.name", in.document().name());
                        if (!id.ok()) return id.status();
                        const auto changes = ChangesOf(in);
                        if (!changes.ok()) return changes.status();
                        const auto updated =
                            parts_.ledger.Update(*id, in.document().etag(), *changes);
                        parts_.pipeline.Wake();
                        return Answer(updated, out);
                      });
}

grpc::ServerUnaryReactor* IngestApi::SupersedeDocument(grpc::CallbackServerContext* context,
                                                       const v1::SupersedeDocumentRequest* request,
                                                       v1::Document* response) {
  return calls_.Unary(
      "SupersedeDocument", context, request, response,
      [this](const Call& /*call*/, const auto& in, auto& out) { return Supersede(in, out); });
}

grpc::ServerUnaryReactor* IngestApi::RetractDocument(grpc::CallbackServerContext* context,
                                                     const v1::RetractDocumentRequest* request,
                                                     v1::Document* response) {
  return calls_.Unary("RetractDocument", context, request, response,
                      [this](const Call& /*call*/, const auto& in, auto& out) -> absl::Status {
                        const auto id = ParseName("name", in.name());
                        if (!id.ok()) return id.status();
                        if (auto status = RequireReason(in.reason()); !status.ok()) return status;
                        const auto retracted = parts_.ledger.Retract(*id, in.etag(), in.reason());
                        parts_.pipeline.Wake();
                        return Answer(retracted, out);
                      });
}

grpc::ServerUnaryReactor* IngestApi::EraseDocument(grpc::CallbackServerContext* context,
                                                   const v1::EraseDocumentRequest* request,
                                                   v1::Document* response) {
  return calls_.Unary("EraseDocument", context, request, response,
                      [this](const Call& /*call*/, const auto& in, auto& out) -> absl::Status {
                        const auto id = ParseName("name", in.name());
                        if (!id.ok()) return id.status();
                        if (auto status = RequireReason(in.reason()); !status.ok()) return status;
                        const auto erased = parts_.ledger.Erase(*id, in.etag(), in.reason());
                        parts_.pipeline.Wake();
                        return Answer(erased, out);
                      });
}

grpc::ServerUnaryReactor* IngestApi::ReprocessDocuments(
    grpc::CallbackServerContext* context, const v1::ReprocessDocumentsRequest* request,
    v1::ReprocessDocumentsResponse* response) {
  return calls_.Unary(
      "ReprocessDocuments", context, request, response,
      [this](const Call& /*call*/, const auto& in, auto& out) { return Reprocess(in, out); });
}

grpc::ServerUnaryReactor* IngestApi::FindDocuments(grpc::CallbackServerContext* context,
                                                   const v1::FindDocumentsRequest* request,
                                                   v1::FindDocumentsResponse* response) {
  return calls_.Unary("FindDocuments", context, request, response,
                      [this](const Call& /*call*/, const auto& in, auto& out) {
                        return ingest::FindDocuments(parts_.store, in, out);
                      });
}

grpc::ServerUnaryReactor* IngestApi::ListPassages(grpc::CallbackServerContext* context,
                                                  const v1::ListPassagesRequest* request,
                                                  v1::ListPassagesResponse* response) {
  return calls_.Unary("ListPassages", context, request, response,
                      [this](const Call& /*call*/, const auto& in, auto& out) {
                        return ingest::ListPassages(parts_.store, in, out);
                      });
}

grpc::ServerUnaryReactor* IngestApi::GetPipelineStatus(grpc::CallbackServerContext* context,
                                                       const v1::GetPipelineStatusRequest* request,
                                                       v1::PipelineStatus* response) {
  return calls_.Unary(
      "GetPipelineStatus", context, request, response,
      [this](const Call& /*call*/, const auto& in, auto& out) { return Status(in, out); });
}

absl::StatusOr<ReadDocument> IngestApi::Read(const v1::DocumentInput& input) const {
  ReadOptions options;
  options.limits = parts_.limits;
  options.dates.today =
      absl::FormatTime("%Y-%m-%d", parts_.clock.Now() + kEasternmost, absl::UTCTimeZone());
  if (input.has_read()) {
    if (!input.content().empty()) {
      return common::FieldInvalid("document.content", input.content().substr(0, 40),
                                  "send either the bytes as content or what was read of them");
    }
    return FromProto(input.read(), input.label(), options);
  }
  Request request;
  request.label = input.label();
  request.given.title = input.title();
  request.given.publication_date = input.publication_date();
  request.given.date_evidence = input.date_evidence();
  request.given.outlet = input.outlet();
  request.given.url = input.url();
  request.given.format = input.format();
  return ReadDocumentFrom(input.content(), request, options);
}

std::future<absl::StatusOr<Receipt>> IngestApi::Submit(const v1::DocumentInput& input,
                                                       bool validate_only) {
  auto document = Read(input);
  if (!document.ok()) return Refused(document.status());
  Arrival arrival;
  arrival.document = *std::move(document);
  arrival.validate_only = validate_only;
  return parts_.commits.Submit(std::move(arrival));
}

std::future<absl::StatusOr<Receipt>> IngestApi::SubmitItem(const v1::IngestDocumentsRequest& item) {
  if (!item.has_retraction()) return Submit(item.document(), item.validate_only());
  const v1::ItemRetraction& retraction = item.retraction();
  if (item.has_document()) {
    return Refused(common::FieldInvalid("retraction", retraction.label(),
                                        "an item is a document or a retraction, not both"));
  }
  if (retraction.external_id().empty() && retraction.url().empty()) {
    return Refused(common::FieldMissing("retraction.external_id",
                                        "say which item it is about, by "
                                        "external_id or by url"));
  }
  if (auto status = RequireReason(retraction.reason()); !status.ok()) return Refused(status);
  Arrival arrival;
  arrival.validate_only = item.validate_only();
  arrival.retraction = ReadRetraction{retraction.label(), "", retraction.external_id(),
                                      retraction.url(), retraction.reason()};
  return parts_.commits.Submit(std::move(arrival));
}

absl::Status IngestApi::Ingest(const v1::IngestDocumentRequest& request,
                               v1::IngestDocumentResponse& response) {
  const absl::StatusOr<Receipt> receipt = Submit(request.document(), request.validate_only()).get();
  parts_.metrics.Count(receipt);
  if (!receipt.ok()) return receipt.status();
  *response.mutable_document() = ToProto(receipt->document);
  response.set_outcome(ToProto(receipt->outcome));
  return absl::OkStatus();
}

absl::Status IngestApi::IngestAll(ItemStream& stream) {
  ItemAnswers answers(stream, parts_.metrics);
  v1::IngestDocumentsRequest item;
  while (stream.Read(item)) {
    const std::string& label =
        item.has_retraction() ? item.retraction().label() : item.document().label();
    if (!answers.Expect(label, SubmitItem(item))) break;
  }
  answers.Finish();
  return absl::OkStatus();
}

absl::Status IngestApi::Supersede(const v1::SupersedeDocumentRequest& request,
                                  v1::Document& response) {
  const auto id = ParseName("name", request.name());
  if (!id.ok()) return id.status();
  if (auto status = RequireReason(request.reason()); !status.ok()) return status;
  auto document = Read(request.replacement());
  if (!document.ok()) return document.status();
  Arrival arrival;
  arrival.document = *std::move(document);
  arrival.supersedes = *id;
  arrival.reason = request.reason();
  const auto receipt = parts_.commits.Submit(std::move(arrival)).get();
  parts_.metrics.Count(receipt);
  if (!receipt.ok()) return receipt.status();
  response = ToProto(receipt->document);
  return absl::OkStatus();
}

absl::Status IngestApi::Reprocess(const v1::ReprocessDocumentsRequest& request,
                                  v1::ReprocessDocumentsResponse& response) {
  const auto wanted = ParseDocumentFilter(request.filter());
  if (!wanted.ok()) return wanted.status();
  const auto count = parts_.ledger.Reprocess(*wanted);
  parts_.pipeline.Wake();
  if (!count.ok()) return count.status();
  response.set_document_count(*count);
  return absl::OkStatus();
}

absl::Status IngestApi::Status(const v1::GetPipelineStatusRequest& request,
                               v1::PipelineStatus& response) {
  const int asked = request.failure_limit();
  if (asked < 0) {
    return common::FieldInvalid("failure_limit", std::to_string(asked),
                                "must not be negative; 0 means 10");
  }
  const size_t limit =
      asked == 0 ? kDefaultFailures : std::min(static_cast<size_t>(asked), kMostFailures);
  PipelineCounts counts;
  std::vector<WorkFailure> failures;
  const auto status = parts_.store.Read([&](Records& records) -> absl::Status {
    const auto counted = records.Counts();
    if (!counted.ok()) return counted.status();
    counts = *counted;
    auto failed = records.Failures(limit);
    if (!failed.ok()) return failed.status();
    failures = *std::move(failed);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  ToProto(counts, response);
  for (const WorkFailure& failure : failures) ToProto(failure, *response.add_failures());
  response.set_rules_digest(parts_.pipeline.rules_digest());
  return absl::OkStatus();
}

}  // namespace consilience::ingest
