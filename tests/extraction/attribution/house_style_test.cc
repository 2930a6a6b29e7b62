#include "services/extraction/attribution/house_style.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "services/extraction/attribution/organisations.h"
#include "tests/support/paths.h"

namespace consilience::extraction {
namespace {

absl::Status LoadStyle(const std::string& rows) {
  const std::filesystem::path file =
      std::filesystem::path(::testing::TempDir()) / "house_style_test.tsv";
  std::ofstream(file) << "#schema attribution.house 1\nphrase\tagency\n" << rows;
  Vocabulary vocabulary;
  const auto organisations = Organisations::Load(
      consilience::testing::SourceFile("services/extraction/rules/attribution/organisations.tsv"),
      vocabulary);
  if (!organisations.ok()) return organisations.status();
  return HouseStyle::Load(file, *organisations, vocabulary).status();
}

TEST(HouseStyle, TakesWires) { EXPECT_TRUE(LoadStyle("all times local\tap\n").ok()); }

TEST(HouseStyle, RefusesWhoIsNotKnown) {
  const absl::Status status = LoadStyle("all times local\tap\nour copy\tnobody\n");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_NE(status.message().find("tsv:4"), std::string::npos) << status;
  EXPECT_NE(status.message().find("nobody"), std::string::npos) << status;
}

TEST(HouseStyle, RefusesWhoIsNoWire) {
  EXPECT_EQ(LoadStyle("our copy\tsohr\n").code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace consilience::extraction
