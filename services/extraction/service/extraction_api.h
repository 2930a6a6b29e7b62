// ExtractionService over one extractor.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_SERVICE_EXTRACTION_API_H_
#define CONSILIENCE_SERVICES_EXTRACTION_SERVICE_EXTRACTION_API_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "consilience/extraction/v1/extraction_service.grpc.pb.h"
#include "services/common/server/calls.h"
#include "services/extraction/extractor.h"

namespace consilience::extraction {

struct ExtractionApiOptions {
  size_t max_text_bytes = 10 * 1024 * 1024;  // of one text; more is refused
};

// Thread-safe. `runtime` and `extractor` must outlive it.
class ExtractionApi final : public v1::ExtractionService::CallbackService {
 public:
  ExtractionApi(common::CallRuntime& runtime, const Extractor& extractor,
                ExtractionApiOptions options = {});

  grpc::ServerUnaryReactor* ExtractAssertions(grpc::CallbackServerContext* context,
                                              const v1::ExtractAssertionsRequest* request,
                                              v1::ExtractAssertionsResponse* response) override;
  grpc::ServerBidiReactor<v1::ExtractAssertionsStreamRequest, v1::ExtractAssertionsStreamResponse>*
  ExtractAssertionsStream(grpc::CallbackServerContext* context) override;
  grpc::ServerUnaryReactor* ListRulePacks(grpc::CallbackServerContext* context,
                                          const v1::ListRulePacksRequest* request,
                                          v1::ListRulePacksResponse* response) override;
  grpc::ServerUnaryReactor* GetRulePack(grpc::CallbackServerContext* context,
                                        const v1::GetRulePackRequest* request,
                                        v1::RulePack* response) override;

 private:
  absl::Status Extract(const v1::ExtractAssertionsRequest& request,
                       v1::ExtractAssertionsResponse& response) const;
  absl::Status Validate(const v1::ExtractAssertionsRequest& request) const;
  absl::Status List(const v1::ListRulePacksRequest& request,
                    v1::ListRulePacksResponse& response) const;

  common::ServiceCalls calls_;
  const Extractor& extractor_;
  const ExtractionApiOptions options_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_SERVICE_EXTRACTION_API_H_
