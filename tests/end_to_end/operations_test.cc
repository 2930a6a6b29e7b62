// The services as an operator meets them: metrics read by a real Prometheus, probes, draining,
// crashes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>

#include <chrono>
#include <fstream>
#include <set>
#include <string>

#include "tests/end_to_end/seed_world.h"
#include "tests/support/http.h"

namespace consilience::testing {
namespace {

using ::testing::HasSubstr;

// Asks until `body` holds `wanted`, for at most 30 s; the last answer.
std::string Eventually(const std::string& address, const std::string& path,
                       const std::string& wanted) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  std::string body;
  while (std::chrono::steady_clock::now() < deadline) {
    body = HttpGet(address, path).body;
    if (body.find(wanted) != std::string::npos) break;
    poll(nullptr, 0, 50);
  }
  return body;
}

TEST(OperationsTest, PrometheusScrapesAllThreeServices) {
  SeedWorld world;
  TempDir dir;
  Cluster& cluster = world.cluster();
  std::ofstream(dir / "prometheus.yml")
      << "global: {scrape_interval: 200ms, scrape_timeout: 200ms}\n"
      << "scrape_configs:\n- job_name: consilience\n  static_configs:\n  - targets: ['"
      << cluster.ingest().metrics_address() << "', '" << cluster.extraction().metrics_address()
      << "', '" << cluster.corroboration().metrics_address() << "']\n";
  // Prometheus takes no port 0; the one it gets is free now and nobody else is told of it.
  const std::string address = FreeAddress();
  Process prometheus(
      {"prometheus", "--config.file=" + (dir / "prometheus.yml").string(),
       "--storage.tsdb.path=" + (dir / "data").string(), "--web.listen-address=" + address},
      dir / "log");
  const std::string up = Eventually(address, "/api/v1/query?query=sum(up)", "\"3\"");
  EXPECT_THAT(up, HasSubstr("\"3\"")) << prometheus.Log();
  const std::string handled =
      Eventually(address,
                 "/api/v1/query?query=grpc_server_handled_total%7Bgrpc_method%3D%22RecordAssertions"
                 "%22%2Cgrpc_code%3D%22OK%22%7D",
                 "\"5\"");
  EXPECT_THAT(handled, HasSubstr("\"5\"")) << "five seed articles, five recordings";
  const std::string build =
      Eventually(address, "/api/v1/query?query=count(consilience_build_info)", "\"3\"");
  EXPECT_THAT(build, HasSubstr("\"3\""));
}

TEST(OperationsTest, ProbesAnswerAndSigtermDrains) {
  Cluster cluster({}, {"--drain-delay=100ms"});
  for (Service* service : {&cluster.extraction(), &cluster.corroboration(), &cluster.ingest()}) {
    EXPECT_EQ(HttpGet(service->metrics_address(), "/healthz").status, 200);
    EXPECT_EQ(HttpGet(service->metrics_address(), "/readyz").status, 200);
  }
  for (Service* service : {&cluster.ingest(), &cluster.corroboration(), &cluster.extraction()}) {
    service->process().Signal(SIGTERM);
    EXPECT_EQ(service->process().Wait(std::chrono::seconds(30)), 0) << service->process().Log();
  }
}

// The names and scores of all claims, as one comparable text.
std::set<std::string> Standing(const Cluster& cluster) {
  std::set<std::string> standing;
  for (const Json& claim : ParseLines(cluster.Consil({"claims", "list", "-o", "jsonl"}).out)) {
    const Json& corroboration = claim.at("corroboration");
    standing.insert(claim.at("name").get<std::string>() + " " + corroboration.value("state", "") +
                    " " + std::to_string(corroboration.value("score", 0.0)));
  }
  return standing;
}

TEST(OperationsTest, KillingServicesLosesAndDoublesNothing) {
  const SeedWorld undisturbed;
  Cluster cluster;
  const auto ingest = [&](bool wait) {
    std::vector<std::string> command = {"ingest", SourceFile("seeds/articles"), "--manifest",
                                        SourceFile("seeds/manifest.jsonl")};
    if (wait) command.emplace_back("--wait");
    return cluster.Consil(command);
  };
  ASSERT_EQ(ingest(false).exit_code, 0);
  cluster.ingest().CrashAndRestart();
  cluster.corroboration().CrashAndRestart();
  cluster.extraction().CrashAndRestart();
  const CommandResult again = ingest(true);
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(again.err, HasSubstr("5 duplicate"));
  cluster.ingest().CrashAndRestart();
  cluster.corroboration().CrashAndRestart();
  // Documents are recorded in any order; a refresh in the background brings the scores together.
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (Standing(cluster) != Standing(undisturbed.cluster()) &&
         std::chrono::steady_clock::now() < deadline) {
    poll(nullptr, 0, 200);
  }
  EXPECT_EQ(Standing(cluster), Standing(undisturbed.cluster()));
}

TEST(OperationsTest, NothingIsLostWhileExtractionIsAway) {
  Cluster cluster;
  cluster.extraction().process().Signal(SIGKILL);
  cluster.extraction().process().Wait(std::chrono::seconds(10));
  ASSERT_EQ(cluster
                .Consil({"ingest", SourceFile("seeds/articles"), "--manifest",
                         SourceFile("seeds/manifest.jsonl")})
                .exit_code,
            0);
  const CommandResult waiting = cluster.Consil({"status", "-o", "json"});
  EXPECT_EQ(Json::parse(waiting.out).value("documentCount", "0"), "5") << waiting.err;
  cluster.extraction().CrashAndRestart();
  const CommandResult done = cluster.Consil({"ingest", SourceFile("seeds/articles"), "--manifest",
                                             SourceFile("seeds/manifest.jsonl"), "--wait"});
  EXPECT_EQ(done.exit_code, 0) << done.err;
  EXPECT_FALSE(Standing(cluster).empty());
}

}  // namespace
}  // namespace consilience::testing
