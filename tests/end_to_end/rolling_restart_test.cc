// Every service is restarted, a replica at a time, while clients with the shipped service config
// call it: none of them notices.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "clients/cpp/claims_client.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/documents_client.h"
#include "consilience/extraction/v1/extraction_service.grpc.pb.h"
#include "services/common/errors/grpc_status.h"
#include "tests/support/http.h"
#include "tests/support/postgres.h"
#include "tests/support/services.h"

namespace consilience::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kPatience{30'000};
// 50 calls a second from each of two threads a service.
constexpr milliseconds kBetweenCalls{20};
constexpr int kThreads = 2;

// Two of one service, and the list of both addresses, over which a client balances.
class Pair {
 public:
  Pair(const std::string& name, const std::filesystem::path& dir,
       const std::vector<std::string>& flags) {
    for (size_t i = 0; i < replicas_.size(); ++i) {
      replicas_.at(i) = std::make_unique<Service>(
          "consilience-" + name, dir / (name + std::to_string(i)), WithDrain(flags));
    }
  }
  std::string target() const {
    return "ipv4:" + replicas_[0]->address() + "," + replicas_[1]->address();
  }
  Service& replica(size_t i) { return *replicas_.at(i); }

 private:
  static std::vector<std::string> WithDrain(std::vector<std::string> flags) {
    flags.emplace_back("--drain-delay=200ms");
    return flags;
  }

  std::array<std::unique_ptr<Service>, 2> replicas_;
};

// What was called and how it ended.
class Tally {
 public:
  void Count(const std::string& method, const absl::Status& status) {
    ++calls_;
    if (status.ok()) return;
    const std::lock_guard lock(mutex_);
    failures_.push_back(method + ": " + status.ToString());
  }
  void Keep(const std::string& document) {
    const std::lock_guard lock(mutex_);
    documents_.insert(document);
  }
  int calls() const { return calls_; }
  const std::vector<std::string>& failures() const { return failures_; }
  const std::set<std::string>& documents() const { return documents_; }

 private:
  std::atomic<int> calls_ = 0;
  std::mutex mutex_;
  std::vector<std::string> failures_;
  std::set<std::string> documents_;
};

class RollingRestartTest : public ::testing::Test {
 protected:
  RollingRestartTest()
      : store_("--store=" + SharedPostgres().CreateDatabase()),
        extraction_("extraction", dir_.path(), {}),
        corroboration_("corroboration", dir_.path(), {store_}),
        ingest_("ingest", dir_.path(),
                {store_, "--extraction-server=" + extraction_.target(),
                 "--corroboration-server=" + corroboration_.target()}) {
    client::ConnectionOptions options;
    options.ingest_server = ingest_.target();
    options.extraction_server = extraction_.target();
    options.corroboration_server = corroboration_.target();
    connection_ = *client::Connection::Open(options);
  }

  void CallIngest(int thread, int call) {
    const client::DocumentsClient documents(connection_);
    if (call % 5 != 0) {
      tally_.Count("GetPipelineStatus", documents.GetPipelineStatus({}).status());
      return;
    }
    ingest::v1::IngestDocumentRequest request;
    request.mutable_document()->set_content(
        fmt::format("Rebels killed {} soldiers near Aleppo on Monday, the Observatory said. "
                    "It was their attack number {}.",
                    call + 2, thread));
    const auto answer = documents.IngestDocument(request);
    tally_.Count("IngestDocument", answer.status());
    if (answer.ok()) tally_.Keep(answer->document().name());
  }
  void CallExtraction() {
    const auto stub = extraction::v1::ExtractionService::NewStub(
        connection_->ChannelTo(client::Service::kExtraction));
    grpc::ClientContext context;
    connection_->PrepareCall(context);
    extraction::v1::ExtractAssertionsRequest request;
    request.set_text("At least 12 people were killed in Aleppo on Tuesday, a monitor said.");
    extraction::v1::ExtractAssertionsResponse response;
    tally_.Count("ExtractAssertions",
                 common::FromGrpcStatus(stub->ExtractAssertions(&context, request, &response)));
  }
  void CallCorroboration() {
    const client::ClaimsClient claims(connection_);
    corroboration::v1::ListClaimsRequest request;
    request.set_page_size(5);
    for (const auto& claim : claims.ListClaims(request)) {
      tally_.Count("ListClaims", claim.status());
      return;
    }
  }

  // Calls until it is told to stop; catches up with what it missed while a call took long.
  void Load(const std::function<void(int)>& call) {
    auto due = steady_clock::now();
    for (int i = 0; !stop_; ++i) {
      call(i);
      due += kBetweenCalls;
      std::this_thread::sleep_until(due);
    }
  }
  void StartLoad() {
    for (int thread = 0; thread < kThreads; ++thread) {
      load_.emplace_back([this, thread] { Load([&](int i) { CallIngest(thread, i); }); });
      load_.emplace_back([this] { Load([&](int) { CallExtraction(); }); });
      load_.emplace_back([this] { Load([&](int) { CallCorroboration(); }); });
    }
  }
  void StopLoad() {
    stop_ = true;
    for (std::thread& thread : load_) thread.join();
  }

  static void WaitUntilReady(Service& service) {
    const auto deadline = steady_clock::now() + kPatience;
    while (HttpGet(service.metrics_address(), "/readyz").status != 200 &&
           steady_clock::now() < deadline) {
      poll(nullptr, 0, 20);
    }
  }

  // As a rollout does: a replica ends in peace, its successor is ready, then comes the next.
  void RestartAll() {
    for (size_t i = 0; i < 2; ++i) {
      for (Pair* const pair : {&ingest_, &corroboration_, &extraction_}) {
        EXPECT_EQ(pair->replica(i).Restart(), 0);
        WaitUntilReady(pair->replica(i));
      }
    }
  }

  TempDir dir_;
  std::string store_;
  Pair extraction_;
  Pair corroboration_;
  Pair ingest_;
  std::shared_ptr<client::Connection> connection_;
  Tally tally_;
  std::atomic<bool> stop_ = false;
  std::vector<std::thread> load_;
};

TEST_F(RollingRestartTest, NoCallFailsAndWhatWasAcknowledgedIsRecorded) {
  StartLoad();
  RestartAll();
  StopLoad();
  EXPECT_THAT(tally_.failures(), ::testing::IsEmpty()) << "of " << tally_.calls() << " calls";
  EXPECT_GT(tally_.calls(), 300);
  EXPECT_FALSE(tally_.documents().empty());
  const client::DocumentsClient documents(connection_);
  const auto deadline = steady_clock::now() + kPatience;
  for (const std::string& name : tally_.documents()) {
    ingest::v1::GetDocumentRequest request;
    request.set_name(name);
    auto document = documents.GetDocument(request);
    while (document.ok() && document->state() != ingest::v1::Document::STATE_RECORDED &&
           steady_clock::now() < deadline) {
      poll(nullptr, 0, 20);
      document = documents.GetDocument(request);
    }
    ASSERT_TRUE(document.ok()) << document.status();
    EXPECT_EQ(document->state(), ingest::v1::Document::STATE_RECORDED) << name;
  }
  RecordProperty("calls", tally_.calls());
}

}  // namespace
}  // namespace consilience::testing
