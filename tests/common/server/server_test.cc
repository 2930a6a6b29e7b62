// A real server on a free port, called by a real client.
#include "services/common/server/server.h"

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "grpc/health/v1/health.grpc.pb.h"
#include "services/common/errors/catalogue.h"
#include "services/common/errors/error.h"
#include "services/common/errors/grpc_status.h"
#include "tests/common/server/scripted_api.h"
#include "tests/support/http.h"

namespace consilience::common {
namespace {

namespace pb = consilience::extraction::v1;
using ::testing::HasSubstr;

class ServerTest : public ::testing::Test {
 protected:
  static ServerOptions Options() {
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.metrics_listen = "127.0.0.1:0";
    options.drain_delay = absl::ZeroDuration();
    options.calls.workers = 1;
    options.calls.queue = 1;
    options.log_level = "error";
    return options;
  }

  ServerTest() : server_("test-server", Options()), api_(server_.calls()) {
    server_.Add(api_, "consilience.extraction.v1.ExtractionService");
    server_.Watch("test", [this] {
      return store_away_ ? StoreUnavailable("of the test", "it is away") : absl::OkStatus();
    });
    EXPECT_EQ(server_.Start(), absl::OkStatus());
    channel_ = grpc::CreateChannel(server_.addresses()[0], grpc::InsecureChannelCredentials());
    stub_ = pb::ExtractionService::NewStub(channel_);
  }

  absl::Status Ask(const std::string& text) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(20)));
    pb::ExtractAssertionsRequest request;
    request.set_id("x");
    request.set_text(text);
    pb::ExtractAssertionsResponse response;
    return FromGrpcStatus(stub_->ExtractAssertions(&context, request, &response));
  }

  std::string Metrics() {
    return consilience::testing::HttpGet(server_.metrics_address(), "/metrics").body;
  }

  std::atomic<bool> store_away_ = false;
  Server server_;
  ScriptedApi api_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<pb::ExtractionService::Stub> stub_;
};

TEST_F(ServerTest, CountsCallsUnderTheStandardNames) {
  EXPECT_EQ(Ask("hello"), absl::OkStatus());
  EXPECT_EQ(ErrorReason(Ask("refuse")), ErrorReason(FieldMissing("text", "")));
  const std::string metrics = Metrics();
  const std::string method =
      "grpc_method=\"ExtractAssertions\",grpc_service=\"consilience.extraction.v1."
      "ExtractionService\"";
  EXPECT_THAT(metrics,
              HasSubstr("grpc_server_started_total{" + method + ",grpc_type=\"unary\"} 2"));
  EXPECT_THAT(metrics, HasSubstr("grpc_server_handled_total{grpc_code=\"InvalidArgument\"," +
                                 method + ",grpc_type=\"unary\"} 1"));
  EXPECT_THAT(metrics, HasSubstr("grpc_server_handled_total{grpc_code=\"DataLoss\"," + method +
                                 ",grpc_type=\"unary\"} 0"));
  EXPECT_THAT(metrics, HasSubstr("consilience_build_info"));
}

TEST_F(ServerTest, AnExceptionIsAnInternalErrorAndTheServerGoesOn) {
  const absl::Status status = Ask("throw");
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(std::string(status.message()), HasSubstr("a library gave up"));
  EXPECT_EQ(Ask("hello"), absl::OkStatus());
}

TEST_F(ServerTest, MoreWorkThanThereIsRoomForIsRefusedWithATimeToComeBack) {
  std::thread running([this] { EXPECT_EQ(Ask("block"), absl::OkStatus()); });
  ASSERT_TRUE(api_.entered_.WaitFor(absl::Seconds(20)));
  std::thread waiting([this] { EXPECT_EQ(Ask("hello"), absl::OkStatus()); });
  while (server_.calls().workers().in_hand() < 2) std::this_thread::yield();
  const absl::Status refused = Ask("hello");
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(RetryAfter(refused).has_value());
  api_.release_.Set();
  running.join();
  waiting.join();
}

TEST_F(ServerTest, HealthAnswersWhileEveryWorkerIsBusy) {
  std::thread blocked([this] { EXPECT_EQ(Ask("block"), absl::OkStatus()); });
  ASSERT_TRUE(api_.entered_.WaitFor(absl::Seconds(20)));
  auto health = grpc::health::v1::Health::NewStub(channel_);
  grpc::ClientContext context;
  grpc::health::v1::HealthCheckRequest request;
  request.set_service("readiness");
  grpc::health::v1::HealthCheckResponse response;
  EXPECT_TRUE(health->Check(&context, request, &response).ok());
  EXPECT_EQ(response.status(), grpc::health::v1::HealthCheckResponse::SERVING);
  api_.release_.Set();
  blocked.join();
}

TEST_F(ServerTest, WatchersOfHealthSeeTheStoreGoAndTheDrain) {
  auto health = grpc::health::v1::Health::NewStub(channel_);
  grpc::ClientContext context;
  grpc::health::v1::HealthCheckRequest request;
  request.set_service("readiness");
  auto watch = health->Watch(&context, request);
  grpc::health::v1::HealthCheckResponse response;
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), grpc::health::v1::HealthCheckResponse::SERVING);
  EXPECT_THAT(Metrics(), HasSubstr("consilience_store_up{store=\"test\"} 1"));
  store_away_ = true;
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), grpc::health::v1::HealthCheckResponse::NOT_SERVING);
  EXPECT_THAT(Metrics(), HasSubstr("consilience_store_up{store=\"test\"} 0"));
  const auto ready = consilience::testing::HttpGet(server_.metrics_address(), "/readyz");
  EXPECT_EQ(ready.status, 503);
  EXPECT_THAT(ready.body, HasSubstr("the store of the test cannot be used: it is away"));
  EXPECT_EQ(consilience::testing::HttpGet(server_.metrics_address(), "/healthz").status, 200);
  server_.Drain();
  EXPECT_FALSE(watch->Read(&response));
}

TEST_F(ServerTest, StreamsAnswerEachMessageInOrder) {
  grpc::ClientContext context;
  auto stream = stub_->ExtractAssertionsStream(&context);
  for (const char* id : {"a", "b", "c"}) {
    pb::ExtractAssertionsStreamRequest request;
    request.mutable_request()->set_id(id);
    ASSERT_TRUE(stream->Write(request));
    pb::ExtractAssertionsStreamResponse response;
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.response().id(), id);
  }
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(ServerTest, ATakenPortIsRefusedByName) {
  ServerOptions options = Options();
  options.listen = server_.addresses()[0];
  Server second("second", options);
  ScriptedApi api(second.calls());
  second.Add(api, "consilience.extraction.v1.ExtractionService");
  const absl::Status status = second.Start();
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(std::string(status.message()), HasSubstr(server_.addresses()[0]));
}

TEST_F(ServerTest, ATakenMetricsPortIsRefusedByName) {
  ServerOptions options = Options();
  options.metrics_listen = server_.metrics_address();
  Server second("second", options);
  const absl::Status status = second.Start();
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(std::string(status.message()), HasSubstr(server_.metrics_address()));
}

}  // namespace
}  // namespace consilience::common
