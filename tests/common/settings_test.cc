#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "services/common/config/nearest.h"
#include "services/common/config/settings.h"
#include "services/common/errors/error.h"

namespace consilience::common {
namespace {

using testing::HasSubstr;

struct Options {
  std::string dir = "/data";
  std::string level = "info";
  int workers = 8;
  double share = 0.5;
  bool reflection = false;
  absl::Duration drain = absl::Seconds(5);
};

class SettingsTest : public testing::Test {
 protected:
  absl::StatusOr<Settings::Result> Parse(const std::vector<std::string>& arguments,
                                         const Variables& variables = {}) {
    Settings settings("program", "Does a thing.");
    settings.Add("data-dir", options_.dir, "Folder.");
    settings.Add("log-level", options_.level, "Level.", {"debug", "info"});
    settings.Add("workers", options_.workers, "Threads.", {.minimum = 1, .maximum = 64});
    settings.Add("share", options_.share, "Share.", 0, 1);
    settings.Add("reflection", options_.reflection, "Reflection.");
    settings.Add("drain-delay", options_.drain, "Delay.");
    return settings.Parse(arguments, variables);
  }

  std::string WriteFile(const std::string& text) {
    const std::string path = testing::TempDir() + "settings_test.toml";
    std::ofstream(path) << text;
    return path;
  }

  Options options_;
};

TEST_F(SettingsTest, AFlagBeatsTheEnvironmentBeatsTheFileBeatsTheDefault) {
  const auto path = WriteFile("# comment\nworkers = 2\ndata-dir = \"/file\"\nshare = 0.25\n");
  const auto result = Parse({"--config", path, "--workers=4"},
                            {{"CONSIL_WORKERS", "3"}, {"CONSIL_DATA_DIR", "/variable"}});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(options_.workers, 4);
  EXPECT_EQ(options_.dir, "/variable");
  EXPECT_EQ(options_.share, 0.25);
  EXPECT_EQ(options_.drain, absl::Seconds(5));
}

TEST_F(SettingsTest, PrintConfigSaysWhereEachValueComesFrom) {
  const auto result = Parse({"--print-config", "--reflection"}, {{"CONSIL_DRAIN_DELAY", "250ms"}});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_TRUE(result->exit);
  EXPECT_THAT(result->output, HasSubstr("reflection = true  # --reflection\n"));
  EXPECT_THAT(result->output, HasSubstr("drain-delay = \"250ms\"  # CONSIL_DRAIN_DELAY\n"));
  EXPECT_THAT(result->output, HasSubstr("workers = 8  # default\n"));
}

TEST_F(SettingsTest, WhatWasPrintedCanBeReadBack) {
  const auto printed = Parse({"--print-config", "--workers=3"});
  std::string without_comments;
  std::istringstream lines(printed->output);
  for (std::string line; std::getline(lines, line);) {
    without_comments += line.substr(0, line.find("  #")) + "\n";
  }
  options_ = {};
  ASSERT_TRUE(Parse({"--config=" + WriteFile(without_comments)}).ok());
  EXPECT_EQ(options_.workers, 3);
}

TEST_F(SettingsTest, UnknownNamesAreRefusedNamingTheNearest) {
  const auto flag = Parse({"--worker", "3"});
  EXPECT_EQ(ErrorReason(flag.status()), "SETTING_UNKNOWN");
  EXPECT_THAT(std::string(flag.status().message()), HasSubstr("did you mean \"--workers\""));
  const auto path = WriteFile("\nlog_level = \"info\"\n");
  const auto key = Parse({"--config", path});
  EXPECT_THAT(std::string(key.status().message()), HasSubstr(path + ":2"));
  EXPECT_THAT(std::string(key.status().message()), HasSubstr("did you mean \"log-level\""));
}

TEST_F(SettingsTest, VariablesThatAreNearlyOursAreNamed) {
  const auto result = Parse({}, {{"CONSIL_DATADIR", "/typo"},
                                 {"CONSIL_WORKERS", "3"},
                                 {"CONSIL_SERVER", "of another program"},
                                 {"CONSOLE_WORKER", "of somebody else"},
                                 {"WORKER", "5"}});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(options_.workers, 3);
  EXPECT_EQ(options_.dir, "/data");
  ASSERT_EQ(result->passed_over.size(), 1U);
  EXPECT_EQ(ErrorReason(result->passed_over[0]), "SETTING_UNKNOWN");
  EXPECT_THAT(std::string(result->passed_over[0].message()),
              HasSubstr("\"CONSIL_DATADIR\"; did you mean \"CONSIL_DATA_DIR\""));
}

TEST_F(SettingsTest, BadValuesNameKeyValueOriginAndRule) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"--workers=0", "from 1 to 64"},
      {"--workers=many", "whole number"},
      {"--share=1.5", "from 0 to 1"},
      {"--share=nan", "from 0 to 1"},
      {"--reflection=perhaps", "true or false"},
      {"--drain-delay=soon", "duration"},
      {"--log-level=loud", "debug|info"},
      {"--workers", "needs a value"}};
  for (const auto& [argument, rule] : cases) {
    const auto result = Parse({argument});
    EXPECT_EQ(ErrorReason(result.status()), "SETTING_INVALID") << argument;
    EXPECT_THAT(std::string(result.status().message()), HasSubstr(rule)) << argument;
  }
}

TEST_F(SettingsTest, HelpListsEverySetting) {
  const auto result = Parse({"--help"});
  ASSERT_TRUE(result.ok());
  EXPECT_TRUE(result->exit);
  for (const char* flag :
       {"--data-dir TEXT", "--log-level debug|info", "--reflection", "CONSIL_"}) {
    EXPECT_THAT(result->output, HasSubstr(flag));
  }
}

TEST(Nearest, NamesOnlyWhatIsNear) {
  EXPECT_EQ(Nearest("prot", {"port", "probe-port"}), "port");
  EXPECT_EQ(Nearest("probe-prot", {"port", "probe-port"}), "probe-port");
  EXPECT_EQ(Nearest("zzz", {"port"}), "");
}

}  // namespace
}  // namespace consilience::common
