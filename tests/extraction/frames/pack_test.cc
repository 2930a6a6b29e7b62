#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "services/extraction/extractor.h"
#include "services/extraction/pack/digest.h"
#include "services/extraction/pack/rules_path.h"
#include "tests/extraction/golden.h"

namespace consilience::extraction {
namespace {

using ::testing::HasSubstr;

class UserPack : public ::testing::Test {
 protected:
  UserPack() : folder_(std::filesystem::path(::testing::TempDir()) / "floods") {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    Write("pack.tsv", "#schema pack 1\nkey\tvalue\nversion\t2\ntitle\tFloods\n");
    Write("words.tsv", "#schema words 1\nclass\tphrase\nflood\tflash flood\nflood\tflood\n");
  }
  ~UserPack() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& name, const std::string& content) const {
    std::ofstream(folder_ / name) << content;
  }
  void WriteRule(const std::string& row) const {
    Write(
        "rules.tsv",
        "#schema rules 1\nrule\tkind\tmeasures\tweight\toptions\tpattern\texample\n" + row + "\n");
  }
  absl::StatusOr<Extractor> Load() const {
    return Extractor::Load(testing::RulesPath(), {folder_});
  }
  std::string Error() const { return std::string(Load().status().message()); }

  std::filesystem::path folder_;
};

TEST_F(UserPack, AddsRulesWithoutRecompiling) {
  WriteRule("hit\tATTACK\tFLOOD\t0.9\t\ttrigger:$flood hit place:PLACE\tA flash flood hit Homs.");
  const auto extractor = Load();
  ASSERT_TRUE(extractor.ok()) << extractor.status();
  EXPECT_EQ(extractor->packs().packs().back().version, "2");
  const Analysis analysis = extractor->Extract({"A flash flood hit Homs.", "", ""});
  ASSERT_FALSE(analysis.assertions.empty());
  EXPECT_EQ(analysis.assertions[0].rule, "floods/hit");
  EXPECT_EQ(analysis.assertions[0].measure, "FLOOD");
  EXPECT_EQ(analysis.rules_digest, extractor->digest());
}

TEST_F(UserPack, ErrorsNameFileLineAndRule) {
  WriteRule("hit\tATTACK\tFLOOD\t0.9\t\ttrigger:$nothing\t");
  EXPECT_THAT(Error(), HasSubstr("rules.tsv:3: rule \"hit\": no words have this class"));
  WriteRule("hit\tSTORM\tFLOOD\t0.9\t\ttrigger:$flood\t");
  EXPECT_THAT(Error(), HasSubstr("rules.tsv:3: rule \"hit\": no kind \"STORM\""));
  WriteRule("hit\tATTACK\tFLOOD\t1.5\t\ttrigger:$flood\t");
  EXPECT_THAT(Error(), HasSubstr("weight must be in (0, 1]"));
  WriteRule("hit\tATTACK\tFLOOD\t0.9\tquickly\ttrigger:$flood\t");
  EXPECT_THAT(Error(), HasSubstr("no option \"quickly\""));
}

TEST_F(UserPack, MissingOrForeignFilesAreErrors) {
  std::filesystem::remove(folder_ / "pack.tsv");
  EXPECT_THAT(Error(), HasSubstr("pack.tsv"));
  Write("pack.tsv", "#schema pack 1\nkey\tvalue\ncolour\tred\n");
  EXPECT_THAT(Error(), HasSubstr("no key \"colour\""));
  EXPECT_FALSE(Extractor::Load(folder_ / "nowhere").ok());
}

TEST_F(UserPack, DigestFollowsTheContent) {
  const auto before = DigestRules({folder_});
  ASSERT_TRUE(before.ok());
  EXPECT_EQ(before->size(), 32u);
  EXPECT_EQ(*DigestRules({folder_}), *before);
  Write("words.tsv", "#schema words 1\nclass\tphrase\nflood\tdeluge\n");
  EXPECT_NE(*DigestRules({folder_}), *before);
}

TEST(RulesPath, AnArgumentMustHoldRules) {
  EXPECT_TRUE(FindRules(testing::RulesPath().string()).ok());
  EXPECT_THAT(std::string(FindRules("/nowhere").status().message()),
              HasSubstr("/nowhere holds no rules"));
}

}  // namespace
}  // namespace consilience::extraction
