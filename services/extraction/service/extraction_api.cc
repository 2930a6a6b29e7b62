#include "services/extraction/service/extraction_api.h"

namespace consilience::extraction {

using common::Call;

grpc::ServerUnaryReactor* ExtractionApi::ExtractAssertions(
    grpc::CallbackServerContext* context, const v1::ExtractAssertionsRequest* request,
    v1::ExtractAssertionsResponse* response) {
  return calls_.Unary("ExtractAssertions", context, request, response,
                      [this](const Call&, const auto& asked, auto& answer) {
                        return handlers_.Extract(asked, answer);
                      });
}

grpc::ServerBidiReactor<v1::ExtractAssertionsStreamRequest, v1::ExtractAssertionsStreamResponse>*
ExtractionApi::ExtractAssertionsStream(grpc::CallbackServerContext* context) {
  return calls_.Bidi<v1::ExtractAssertionsStreamRequest, v1::ExtractAssertionsStreamResponse>(
      "ExtractAssertionsStream", context, [this](const Call&, auto& stream) {
        v1::ExtractAssertionsStreamRequest asked;
        while (stream.Read(asked)) {
          v1::ExtractAssertionsStreamResponse answer;
          handlers_.ExtractItem(asked, answer);
          if (!stream.Write(answer)) break;
        }
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* ExtractionApi::ListRulePacks(grpc::CallbackServerContext* context,
                                                       const v1::ListRulePacksRequest* request,
                                                       v1::ListRulePacksResponse* response) {
  return calls_.Unary("ListRulePacks", context, request, response,
                      [this](const Call&, const auto& asked, auto& answer) {
                        return handlers_.ListRulePacks(asked, answer);
                      });
}

grpc::ServerUnaryReactor* ExtractionApi::GetRulePack(grpc::CallbackServerContext* context,
                                                     const v1::GetRulePackRequest* request,
                                                     v1::RulePack* response) {
  return calls_.Unary("GetRulePack", context, request, response,
                      [this](const Call&, const auto& asked, auto& answer) {
                        return handlers_.GetRulePack(asked, answer);
                      });
}

}  // namespace consilience::extraction
