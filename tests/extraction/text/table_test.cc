#include "services/extraction/lexicon/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace consilience::extraction {
namespace {

using ::testing::HasSubstr;

const Table::Schema kSchema{"units", 1, {"phrase", "unit"}};

TEST(TableTest, ReadsRowsAndFillsMissingCells) {
  const auto table =
      Table::Parse("u.tsv", "#schema units 1\nphrase\tunit\n# note\nday\tD\n\nage \n", kSchema);
  ASSERT_TRUE(table.ok()) << table.status().message();
  ASSERT_EQ(table->rows().size(), 2u);
  EXPECT_EQ(table->rows()[0][1], "D");
  EXPECT_EQ(table->rows()[1][0], "age");
  EXPECT_EQ(table->rows()[1][1], "");
  EXPECT_EQ(table->rows()[1].line, 6u);
  EXPECT_EQ(table->Error(table->rows()[1], "no unit").message(), "u.tsv:6: no unit");
}

TEST(TableTest, NamesFileLineAndReason) {
  const auto message = [](std::string_view content) {
    return std::string(Table::Parse("u.tsv", content, kSchema).status().message());
  };
  EXPECT_THAT(message("#schema units 2\n"), HasSubstr("u.tsv:1: expected \"#schema units 1\""));
  EXPECT_THAT(message("#schema units 1\nword\tunit\n"), HasSubstr("u.tsv:2: expected the columns"));
  EXPECT_THAT(message("#schema units 1\nphrase\tunit\na\tb\tc\n"),
              HasSubstr("u.tsv:3: 3 cells, but the table has 2 columns"));
  EXPECT_THAT(message("#schema units 1\n"), HasSubstr("u.tsv:2: no line of column names"));
  EXPECT_EQ(Table::Load("/nowhere/u.tsv", kSchema).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace consilience::extraction
