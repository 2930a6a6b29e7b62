#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "services/common/errors/catalogue.h"
#include "services/common/log/log.h"

namespace consilience::common::log {
namespace {

class LogTest : public testing::Test {
 protected:
  void SetUp() override {
    Configure({.level = Level::kInfo, .format = Format::kJson, .service = "test"});
    SetSink([this](std::string_view line) { lines_.emplace_back(line); });
  }
  void TearDown() override { SetSink(nullptr); }

  nlohmann::json Last() const { return nlohmann::json::parse(lines_.back()); }

  std::vector<std::string> lines_;
};

TEST_F(LogTest, ALineIsOneJsonObject) {
  Info("document accepted", {{"document", "documents/1"},
                             {"bytes", 42},
                             {"new", true},
                             {"took", absl::Milliseconds(1500)}});
  const auto line = Last();
  EXPECT_EQ(line["level"], "INFO");
  EXPECT_EQ(line["message"], "document accepted");
  EXPECT_EQ(line["service"], "test");
  EXPECT_EQ(line["document"], "documents/1");
  EXPECT_EQ(line["bytes"], 42);
  EXPECT_EQ(line["new"], true);
  EXPECT_EQ(line["took"], 1.5);
  EXPECT_FALSE(line.contains("trace_id"));
  EXPECT_EQ(lines_.back().find('\n'), std::string::npos);
}

TEST_F(LogTest, LevelsBelowAreDropped) {
  Debug("noise");
  EXPECT_TRUE(lines_.empty());
}

TEST_F(LogTest, TraceScopesNest) {
  const TraceScope outer("aaaa");
  {
    const TraceScope inner("bbbb");
    Warning("x");
    EXPECT_EQ(Last()["trace_id"], "bbbb");
  }
  Warning("x");
  EXPECT_EQ(Last()["trace_id"], "aaaa");
}

TEST_F(LogTest, ErrorsShowCodeReasonAndMessage) {
  Error("call failed", {{"error", StoreFull("a.db")}});
  EXPECT_TRUE(
      Last()["error"].get<std::string>().starts_with("RESOURCE_EXHAUSTED STORE_FULL: no space"));
}

TEST_F(LogTest, ForeignBytesDoNotBreakTheLine) {
  Info("odd \xFF bytes", {{"value", "line\nbreak\xFE"}});
  EXPECT_EQ(Last()["value"].get<std::string>().substr(0, 10), "line\nbreak");
}

}  // namespace
}  // namespace consilience::common::log
