#include "tests/clients/fake_services.h"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <cmath>
#include <set>
#include <thread>

#include "consilience/corroboration/v1/corroboration_service.grpc.pb.h"
#include "consilience/corroboration/v1/source_service.grpc.pb.h"
#include "consilience/ingest/v1/ingest_service.grpc.pb.h"
#include "fmt/format.h"
#include "services/common/errors/catalogue.h"
#include "services/common/errors/grpc_status.h"

namespace consilience::testing {

namespace claims_api = corroboration::v1;
namespace documents_api = ingest::v1;

namespace {

constexpr int kClaims = 7;
constexpr int kPage = 3;

claims_api::Claim MakeClaim(int number, int assertions) {
  claims_api::Claim claim;
  claim.set_name(fmt::format("claims/c{}", number));
  claim.set_question("questions/q0");
  claim.set_display_name(fmt::format("killed {} civilians", 141 + number));
  claim.set_kind("CASUALTY");
  claim.set_measure("KILLED");
  claim.mutable_quantity()->set_lower(141 + number);
  claim.mutable_quantity()->set_upper(141 + number);
  claim.mutable_place()->set_name("east Aleppo");
  claim.mutable_time()->set_from("2016-11-15");
  claim.mutable_time()->set_to("2016-11-22");
  claims_api::Corroboration& score = *claim.mutable_corroboration();
  score.set_state(claims_api::Corroboration::STATE_SINGLE_ORIGIN);
  score.set_score(SampleExplanation().corroboration().score());
  score.set_effective_origins(1.2);
  score.set_origin_count(2);
  score.set_document_count(3);
  for (int i = 0; i < assertions; ++i) {
    auto& assertion = *claim.add_assertions();
    assertion.set_name(fmt::format("documents/d0/assertions/a{}-{}", number, i));
    assertion.set_document("documents/d0");
    assertion.set_quote("141 civilians");
    assertion.mutable_span()->set_start(6);
    assertion.mutable_span()->set_end(19);
    assertion.set_stance(claims_api::ClaimAssertion::STANCE_SUPPORTS);
    *assertion.mutable_quantity() = claim.quantity();
    *assertion.mutable_time() = claim.time();
  }
  return claim;
}

grpc::Status Problem(const std::string& name) {
  if (name == "claims/secret") return {grpc::StatusCode::PERMISSION_DENIED, "not for you"};
  if (name == "claims/slow") std::this_thread::sleep_for(std::chrono::seconds(2));
  return common::ToGrpcStatus(common::ResourceNotFound("claim", name));
}

int NumberOf(const std::string& name) {
  return name.size() == 9 && name.starts_with("claims/c") ? name[8] - '0' : -1;
}

// Whether only what somebody said is asked for; here nobody says anything.
bool AsksForSpeech(const std::string& filter) {
  return filter.find("kind = STATEMENT") != std::string::npos &&
         filter.find("NOT (kind") == std::string::npos;
}

class FakeCorroboration final : public claims_api::CorroborationService::Service {
 public:
  explicit FakeCorroboration(int assertions) : assertions_(assertions) {}

  grpc::Status GetClaim(grpc::ServerContext*, const claims_api::GetClaimRequest* request,
                        claims_api::Claim* response) override {
    const int number = NumberOf(request->name());
    if (number < 0 || number >= kClaims) return Problem(request->name());
    *response = MakeClaim(number, assertions_);
    return grpc::Status::OK;
  }

  grpc::Status BatchGetClaims(grpc::ServerContext*,
                              const claims_api::BatchGetClaimsRequest* request,
                              claims_api::BatchGetClaimsResponse* response) override {
    for (const auto& name : request->names())
      *response->add_claims() = MakeClaim(NumberOf(name), 0);
    return grpc::Status::OK;
  }

  grpc::Status ListClaims(grpc::ServerContext*, const claims_api::ListClaimsRequest* request,
                          claims_api::ListClaimsResponse* response) override {
    if (request->filter().find("colour") != std::string::npos) {
      return common::ToGrpcStatus(common::FilterFieldUnknown("colour", {"state", "score"}));
    }
    if (AsksForSpeech(request->filter())) return grpc::Status::OK;
    const int first = request->page_token().empty() ? 0 : std::stoi(request->page_token());
    for (int i = first; i < std::min(first + kPage, kClaims); ++i) {
      *response->add_claims() = MakeClaim(i, 0);
    }
    if (first + kPage < kClaims) response->set_next_page_token(std::to_string(first + kPage));
    return grpc::Status::OK;
  }

  grpc::Status ExplainClaim(grpc::ServerContext*, const claims_api::ExplainClaimRequest* request,
                            claims_api::Explanation* response) override {
    if (NumberOf(request->name()) < 0) return Problem(request->name());
    *response = SampleExplanation();
    response->set_claim(request->name());
    return grpc::Status::OK;
  }

  grpc::Status GetQuestion(grpc::ServerContext*, const claims_api::GetQuestionRequest* request,
                           claims_api::Question* response) override {
    if (request->name() != "questions/q0") {
      return common::ToGrpcStatus(common::ResourceNotFound("question", request->name()));
    }
    *response = TheQuestion();
    return grpc::Status::OK;
  }

  grpc::Status ListQuestions(grpc::ServerContext*, const claims_api::ListQuestionsRequest* request,
                             claims_api::ListQuestionsResponse* response) override {
    const bool settled = request->filter().find("NOT state = DISPUTED") != std::string::npos;
    if (settled || AsksForSpeech(request->filter())) return grpc::Status::OK;
    *response->add_questions() = TheQuestion();
    return grpc::Status::OK;
  }

  grpc::Status ListClaimRevisions(grpc::ServerContext*,
                                  const claims_api::ListClaimRevisionsRequest* request,
                                  claims_api::ListClaimRevisionsResponse* response) override {
    auto& revision = *response->add_revisions();
    revision.set_name(request->parent() + "/revisions/r0");
    revision.mutable_create_time()->set_seconds(1479772800);
    revision.set_summary("A document was recorded.");
    return grpc::Status::OK;
  }

 private:
  static claims_api::Question TheQuestion() {
    claims_api::Question question;
    question.set_name("questions/q0");
    question.set_display_name("killed, civilians, east Aleppo, 15–22 Nov 2016");
    question.set_state(claims_api::Question::STATE_DISPUTED);
    for (int i = 0; i < kClaims; ++i) question.add_claims(fmt::format("claims/c{}", i));
    return question;
  }

  const int assertions_;
};

class FakeSources final : public claims_api::SourceService::Service {
  grpc::Status ListSources(grpc::ServerContext*, const claims_api::ListSourcesRequest*,
                           claims_api::ListSourcesResponse* response) override {
    auto& source = *response->add_sources();
    source.set_name("sources/s0");
    source.set_display_name("Syrian Observatory for Human Rights");
    source.set_kind(claims_api::SOURCE_KIND_MONITOR);
    return grpc::Status::OK;
  }
};

class FakeIngest final : public documents_api::IngestService::Service {
  grpc::Status IngestDocuments(
      grpc::ServerContext*,
      grpc::ServerReaderWriter<documents_api::IngestDocumentsResponse,
                               documents_api::IngestDocumentsRequest>* stream) override {
    documents_api::IngestDocumentsRequest request;
    std::set<std::string> known;
    while (stream->Read(&request)) {
      documents_api::IngestDocumentsResponse response;
      response.set_label(request.document().label());
      if (request.document().read().text().empty()) {
        response.set_outcome(documents_api::INGEST_OUTCOME_REFUSED);
        response.set_error("the text is empty");
        response.set_error_code(3);
      } else {
        response.mutable_document()->set_name(fmt::format("documents/d{}", known.size()));
        response.mutable_document()->set_state(documents_api::Document::STATE_PENDING);
        response.set_outcome(known.insert(request.document().read().text()).second
                                 ? documents_api::INGEST_OUTCOME_ACCEPTED
                                 : documents_api::INGEST_OUTCOME_DUPLICATE);
      }
      stream->Write(response);
    }
    return grpc::Status::OK;
  }

  grpc::Status GetDocument(grpc::ServerContext*, const documents_api::GetDocumentRequest* request,
                           documents_api::Document* response) override {
    response->set_name(request->name());
    response->set_text("There 141 civilians <b>were</b> killed.");
    response->set_state(documents_api::Document::STATE_RECORDED);
    response->mutable_title()->set_value("A title & more");
    return grpc::Status::OK;
  }

  grpc::Status GetPipelineStatus(grpc::ServerContext*,
                                 const documents_api::GetPipelineStatusRequest*,
                                 documents_api::PipelineStatus* response) override {
    response->set_document_count(5);
    response->set_pending_count(1);
    return grpc::Status::OK;
  }
};

}  // namespace

claims_api::Explanation SampleExplanation() {
  claims_api::Explanation explanation;
  explanation.set_prior_log_odds(-0.5);
  for (const auto& [name, weight] : {std::pair{"Syrian Observatory for Human Rights", 2.0},
                                     std::pair{"a senior rebel official (to Reuters)", 0.75}}) {
    auto& origin = *explanation.add_origins();
    origin.set_id(name);
    origin.set_display_name(name);
    origin.set_weight(weight);
    origin.set_accuracy(0.8);
    origin.set_independence(1);
    auto& assertion = *origin.add_assertions();
    assertion.set_name("documents/d0/assertions/a0-0");
    assertion.set_document("documents/d0");
    assertion.set_quote("141 civilians");
  }
  auto& merge = *explanation.mutable_origins(0)->add_merges();
  merge.set_basis(claims_api::Merge::BASIS_SHARED_PASSAGE);
  merge.set_evidence("31 words are the same in both");
  auto& other = *explanation.add_competing();
  other.set_claim("claims/c1");
  other.set_display_name("killed 72 civilians");
  other.set_log_weight(1.0);
  explanation.set_none_of_these(0.5);
  explanation.set_relay_cap(1);
  // e^2.25 / (e^2.25 + e^1 + 0.5)
  const double posterior = std::exp(2.25) / (std::exp(2.25) + std::exp(1.0) + 0.5);
  explanation.set_posterior(posterior);
  auto& map = *explanation.mutable_calibration();
  map.set_version("test");
  for (const double point : {0.0, 0.5, 1.0}) map.add_posterior(point);
  for (const double point : {0.0, 0.4, 0.9}) map.add_score(point);
  explanation.mutable_corroboration()->set_score(0.4 + (posterior - 0.5));
  return explanation;
}

struct FakeServices::Impl {
  explicit Impl(int assertions) : corroboration(assertions) {}
  FakeCorroboration corroboration;
  FakeSources sources;
  FakeIngest ingest;
  std::unique_ptr<grpc::Server> server;
  std::string address;
};

FakeServices::FakeServices(int assertions) : impl_(std::make_unique<Impl>(assertions)) {
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&impl_->corroboration);
  builder.RegisterService(&impl_->sources);
  builder.RegisterService(&impl_->ingest);
  impl_->server = builder.BuildAndStart();
  impl_->address = fmt::format("127.0.0.1:{}", port);
}

FakeServices::~FakeServices() {
  impl_->server->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(1));
}

const std::string& FakeServices::address() const { return impl_->address; }

}  // namespace consilience::testing
