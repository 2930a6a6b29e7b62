// A service whose answers a test chooses by the text that it sends.
#ifndef CONSILIENCE_TESTS_COMMON_SERVER_SCRIPTED_API_H_
#define CONSILIENCE_TESTS_COMMON_SERVER_SCRIPTED_API_H_

#include <stdexcept>

#include "consilience/extraction/v1/extraction_service.grpc.pb.h"
#include "services/common/errors/catalogue.h"
#include "services/common/server/calls.h"

namespace consilience::common {

// "throw", "refuse" and "block" do that; any other text is answered with its id.
class ScriptedApi : public extraction::v1::ExtractionService::CallbackService {
 public:
  explicit ScriptedApi(CallRuntime& runtime)
      : calls_(runtime, "consilience.extraction.v1.ExtractionService") {}

  grpc::ServerUnaryReactor* ExtractAssertions(
      grpc::CallbackServerContext* context, const extraction::v1::ExtractAssertionsRequest* request,
      extraction::v1::ExtractAssertionsResponse* response) override {
    return calls_.Unary("ExtractAssertions", context, request, response,
                        [this](const Call&, const extraction::v1::ExtractAssertionsRequest& asked,
                               extraction::v1::ExtractAssertionsResponse& answer) -> absl::Status {
                          if (asked.text() == "throw")
                            throw std::runtime_error("a library gave up");
                          if (asked.text() == "refuse") return FieldMissing("text", "send one");
                          if (asked.text() == "block") {
                            entered_.Set();
                            release_.WaitFor(absl::Seconds(30));
                          }
                          answer.set_id(asked.id());
                          return absl::OkStatus();
                        });
  }

  grpc::ServerBidiReactor<extraction::v1::ExtractAssertionsStreamRequest,
                          extraction::v1::ExtractAssertionsStreamResponse>*
  ExtractAssertionsStream(grpc::CallbackServerContext* context) override {
    return calls_.Bidi<extraction::v1::ExtractAssertionsStreamRequest,
                       extraction::v1::ExtractAssertionsStreamResponse>(
        "ExtractAssertionsStream", context, [](const Call&, auto& stream) {
          extraction::v1::ExtractAssertionsStreamRequest asked;
          while (stream.Read(asked)) {
            extraction::v1::ExtractAssertionsStreamResponse answer;
            answer.mutable_response()->set_id(asked.request().id());
            if (!stream.Write(answer)) break;
          }
          return absl::OkStatus();
        });
  }

  Cancellation entered_;
  Cancellation release_;

 private:
  ServiceCalls calls_;
};

}  // namespace consilience::common

#endif  // CONSILIENCE_TESTS_COMMON_SERVER_SCRIPTED_API_H_
