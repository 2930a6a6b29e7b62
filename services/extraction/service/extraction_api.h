// The extraction service on the wire.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_SERVICE_EXTRACTION_API_H_
#define CONSILIENCE_SERVICES_EXTRACTION_SERVICE_EXTRACTION_API_H_

#include "consilience/extraction/v1/extraction_service.grpc.pb.h"
#include "services/common/server/calls.h"
#include "services/extraction/service/handlers.h"

namespace consilience::extraction {

inline constexpr char kExtractionService[] = "consilience.extraction.v1.ExtractionService";

// Thread-safe. `handlers` must outlive it.
class ExtractionApi : public v1::ExtractionService::CallbackService {
 public:
  ExtractionApi(common::CallRuntime& runtime, const Handlers& handlers)
      : calls_(runtime, kExtractionService), handlers_(handlers) {}

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
  common::ServiceCalls calls_;
  const Handlers& handlers_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_SERVICE_EXTRACTION_API_H_
