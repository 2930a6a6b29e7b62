// A disk without room: the services say so, lose nothing that they acknowledged, and go on by
// themselves once there is room again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/http.h"
#include "tests/support/postgres.h"
#include "tests/support/services.h"

namespace consilience::testing {
namespace {

using std::chrono::seconds;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

constexpr seconds kPatience{30};
constexpr size_t kLargeDocument = size_t{6} << 20U;

// A file system in memory, of a few MiB. Making one takes rights that not everybody has.
class SmallDisk {
 public:
  SmallDisk() {
    mounted_ = RunCommand({"mount", "-t", "tmpfs", "-o", "size=48m,mode=0777", "tmpfs",
                           dir_.path().string()})
                   .exit_code == 0;
  }
  ~SmallDisk() {
    if (mounted_) RunCommand({"umount", "--lazy", dir_.path().string()});
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  const std::filesystem::path& path() const { return dir_.path(); }

  void Fill() const {
    std::ofstream ballast(path() / "ballast", std::ios::binary);
    const std::string some(4096, 'x');
    while (ballast.write(some.data(), static_cast<std::streamsize>(some.size())).flush()) {
    }
  }
  void MakeRoom() const { std::filesystem::remove(path() / "ballast"); }

 private:
  TempDir dir_;
  bool mounted_ = false;
};

// Words that no compression makes small; the same each time.
std::string LargeText() {
  std::string text;
  text.reserve(kLargeDocument);
  for (uint64_t state = 1; text.size() < kLargeDocument;) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    text.push_back(state >> 61U == 0 ? ' ' : static_cast<char>('a' + (state >> 33U) % 26));
  }
  return text;
}

class FullDiskTest : public ::testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (!disk_.mounted()) GTEST_SKIP() << "this user may not mount a small file system";
    ClusterStores stores;
    if (GetParam()) {
      postgres_ = std::make_unique<PostgresServer>();
      const auto place = disk_.path() / "tables";
      std::filesystem::create_directory(place);
      if (const passwd* const owner = getpwnam("postgres"); geteuid() == 0 && owner != nullptr) {
        ASSERT_EQ(chown(place.c_str(), owner->pw_uid, owner->pw_gid), 0);
      }
      postgres_->Sql("CREATE TABLESPACE small LOCATION '" + place.string() + "'");
      postgres_->Sql("CREATE DATABASE news TABLESPACE small");
      stores.database = postgres_->Uri("news");
    } else {
      stores.folder = disk_.path();
    }
    cluster_ = std::make_unique<Cluster>(stores);
  }

  CommandResult Ingest(const std::string& text) const {
    return cluster_->Consil({"ingest", "-", "--wait"}, text);
  }
  HttpAnswer WaitForReadiness(int status) const {
    const std::string address = cluster_->ingest().metrics_address();
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    HttpAnswer answer = HttpGet(address, "/readyz");
    while (answer.status != status && std::chrono::steady_clock::now() < deadline) {
      poll(nullptr, 0, 50);
      answer = HttpGet(address, "/readyz");
    }
    return answer;
  }

  SmallDisk disk_;
  std::unique_ptr<PostgresServer> postgres_;
  std::unique_ptr<Cluster> cluster_;
};

TEST_P(FullDiskTest, IsToldAndLosesNothing) {
  const CommandResult ingested =
      cluster_->Consil({"ingest", SourceFile("seeds/articles"), "--manifest",
                        SourceFile("seeds/manifest.jsonl"), "--wait"});
  ASSERT_EQ(ingested.exit_code, 0) << ingested.err;
  const std::vector<std::string> list = {"documents", "list", "-o", "jsonl"};
  const std::string documents = cluster_->Consil(list).out;

  disk_.Fill();
  const CommandResult refused = Ingest(LargeText());
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_THAT(refused.err, HasSubstr("no space is left for the store"));
  const HttpAnswer full = WaitForReadiness(503);
  EXPECT_EQ(full.status, 503);
  EXPECT_THAT(full.body, HasSubstr("no space is left for the store"));
  const std::string metrics = cluster_->ingest().metrics_address();
  EXPECT_EQ(HttpGet(metrics, "/healthz").status, 200);
  EXPECT_THAT(HttpGet(metrics, "/metrics").body,
              ContainsRegex("consilience_store_up\\{store=\"ingest\"\\} 0"));
  EXPECT_THAT(cluster_->ingest().process().Log(), HasSubstr("the store cannot be used"));
  EXPECT_EQ(cluster_->Consil(list).out, documents) << "what was acknowledged is there to be read";

  disk_.MakeRoom();
  const CommandResult later =
      Ingest("At least 12 people were killed in Aleppo on Tuesday, a monitor said.");
  EXPECT_EQ(later.exit_code, 0) << later.err;
  EXPECT_EQ(WaitForReadiness(200).body, "ok\n");
  const std::string after = cluster_->Consil(list).out;
  EXPECT_EQ(std::count(after.begin(), after.end(), '\n'), 6) << "the seeds and one more";
}

INSTANTIATE_TEST_SUITE_P(Stores, FullDiskTest, ::testing::Bool(),
                         [](const auto& kinds) { return kinds.param ? "Postgres" : "Sqlite"; });

}  // namespace
}  // namespace consilience::testing
