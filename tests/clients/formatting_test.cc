// What the program makes of numbers, days, widths, words and settings.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/commands/support.h"
#include "clients/cli/config_file.h"
#include "clients/cli/dossier/dossier.h"
#include "clients/cli/explain/recompute.h"
#include "clients/cli/input/manifest.h"
#include "clients/cli/output/json.h"
#include "clients/cli/output/progress.h"
#include "clients/cli/output/record_writer.h"
#include "clients/cli/output/text_width.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/phrase.h"
#include "clients/cli/suggest.h"
#include "clients/cpp/paging.h"
#include "tests/clients/fake_services.h"

namespace consilience::cli {
namespace {

using ::testing::ElementsAre;

common::v1::Quantity Bounds(std::optional<double> lower, std::optional<double> upper, bool open) {
  common::v1::Quantity quantity;
  if (lower) quantity.set_lower(*lower);
  if (upper) quantity.set_upper(*upper);
  quantity.set_lower_open(open);
  quantity.set_upper_open(open);
  return quantity;
}

TEST(NumbersTest, QuantitiesKeepTheirBounds) {
  EXPECT_EQ(ShortQuantity(Bounds(141, 141, false)), "141");
  EXPECT_EQ(ShortQuantity(Bounds(140, std::nullopt, true)), "> 140");
  EXPECT_EQ(ShortQuantity(Bounds(45, std::nullopt, false)), "≥ 45");
  EXPECT_EQ(ShortQuantity(Bounds(std::nullopt, 100000, true)), "< 100,000");
  EXPECT_EQ(ShortQuantity(Bounds(10, 12, false)), "10–12");
  common::v1::Quantity third = Bounds(1.0 / 3, 1.0 / 3, false);
  third.set_fraction(true);
  EXPECT_EQ(ShortQuantity(third), "33.3%");
}

TEST(NumbersTest, WindowsAreShort) {
  const auto window = [](const char* from, const char* to) {
    common::v1::DayRange days;
    days.set_from(from);
    days.set_to(to);
    return Window(days);
  };
  EXPECT_EQ(window("2016-11-22", "2016-11-22"), "22 Nov 2016");
  EXPECT_EQ(window("2016-11-15", "2016-11-22"), "15–22 Nov 2016");
  EXPECT_EQ(window("2016-09-19", "2016-11-22"), "19 Sep – 22 Nov 2016");
  EXPECT_EQ(window("2011-01-01", "2011-12-31"), "2011");
  EXPECT_EQ(window("2016-02-01", "2016-02-29"), "Feb 2016");
  EXPECT_EQ(window("2016-09-19", ""), "from 19 Sep 2016");
  EXPECT_EQ(window("", ""), "");
}

TEST(JsonTest, MapsGoByKey) {
  // Each map has an order of its own in memory; twenty of them do not fall into one by chance.
  for (int run = 0; run < 20; ++run) {
    corroboration::v1::Explanation explanation;
    for (const char* key : {"relay", "cap", "prior", "tolerance", "bound", "accuracy"}) {
      (*explanation.mutable_parameters())[key] = 1;
    }
    EXPECT_THAT(ToJson(explanation, false),
                ::testing::HasSubstr("\"parameters\":{\"accuracy\":1,\"bound\":1,\"cap\":1,"
                                     "\"prior\":1,\"relay\":1,\"tolerance\":1}"));
  }
}

TEST(NumbersTest, OnlyCertaintyReadsAsOne) {
  EXPECT_EQ(Score(0.9972), "0.99");
  EXPECT_EQ(Score(1.0), "1.00");
  EXPECT_EQ(Score(0.126), "0.13");
}

TEST(PhraseTest, QuotesThatOnlyFitAFigureSaySo) {
  corroboration::v1::Claim claim;
  claim.set_kind("CASUALTY");
  *claim.mutable_quantity() = Bounds(97, 97, false);
  const auto fit = [&](const common::v1::Quantity& said) {
    corroboration::v1::ClaimAssertion assertion;
    *assertion.mutable_quantity() = said;
    return FitOf(assertion, claim);
  };
  EXPECT_EQ(fit(Bounds(64, std::nullopt, false)), "only a bound: at least 64");
  EXPECT_EQ(fit(Bounds(std::nullopt, 100, true)), "only a bound: fewer than 100");
  EXPECT_EQ(fit(Bounds(97, 97, false)), "");
  EXPECT_EQ(fit(Bounds(90, 100, false)), "close to it: 90 to 100");
  EXPECT_EQ(fit({}), "names no number, so any number fits it");
  // A bound that is itself the answer is no bound on it.
  *claim.mutable_quantity() = Bounds(64, std::nullopt, false);
  EXPECT_EQ(fit(Bounds(64, std::nullopt, false)), "");
}

TEST(PhraseTest, APlaceReadsOn) {
  corroboration::v1::Claim claim;
  claim.set_kind("NUMERIC_FACT");
  claim.set_measure("PEOPLE");
  *claim.mutable_quantity() = Bounds(80000, 80000, false);
  const auto in = [&](const std::string& place) {
    claim.mutable_place()->set_name(place);
    return SentenceOf(claim);
  };
  EXPECT_EQ(in("Paris"), "80,000 people in Paris");
  EXPECT_EQ(in("near Paris"), "80,000 people near Paris");
  EXPECT_EQ(in("north of Paris"), "80,000 people north of Paris");
  EXPECT_EQ(in("north Paris"), "80,000 people in north Paris");
  EXPECT_EQ(in("Isle of Man"), "80,000 people in Isle of Man");

  corroboration::v1::Question question;
  question.set_kind("NUMERIC_FACT");
  question.set_measure("PEOPLE");
  question.mutable_place()->set_name("Paris");
  EXPECT_EQ(SentenceOf(question), "people in Paris");
  question.mutable_population()->set_text("passengers");
  EXPECT_EQ(SentenceOf(question), "passengers in Paris");
}

TEST(NumbersTest, ThousandsAreSetApart) {
  EXPECT_EQ(WithThousands(450000), "450,000");
  EXPECT_EQ(WithThousands(999), "999");
  EXPECT_EQ(WithThousands(1234.5), "1,234.5");
  EXPECT_EQ(WithThousands(-1000), "-1,000");
}

TEST(DaysTest, AnInstantIsOneThatAClockShows) {
  EXPECT_EQ(ParseInstant("2016-11-22T02:00:00+02:00", "--since")->seconds(), 1479772800);
  EXPECT_EQ(ParseInstant("2016-11-22", "--since")->seconds(), 1479772800);
  EXPECT_TRUE(ParseInstant("7d", "--since").ok());
  for (const char* text : {"infinite-future", "infinite-past", "inf", "2016-11-31", ""}) {
    EXPECT_FALSE(ParseInstant(text, "--since").ok()) << text;
  }
}

// The date of a manifest as it is taken; empty when it is none.
std::string Tidied(const std::string& date) {
  ItemMetadata metadata;
  metadata.date = date;
  const absl::Status status = TidyDate(metadata);
  EXPECT_EQ(status.ok(), !metadata.date.empty()) << status;
  return metadata.date;
}

TEST(DaysTest, DaysAreWrittenInFull) {
  EXPECT_TRUE(CheckDay("2016-11-22", "--date").ok());
  EXPECT_TRUE(CheckDay("", "--date").ok());
  for (const char* text : {" 2016-11-2", "2016-11-31", "12016-1-02"}) {
    EXPECT_FALSE(CheckDay(text, "--date").ok()) << text;
    EXPECT_EQ(Tidied(text), "") << text;
  }
  EXPECT_EQ(Tidied("infinite-past"), "");
  EXPECT_EQ(Tidied("2016-11-22 09:30"), "2016-11-22");
}

TEST(TextWidthTest, WideAndCombiningCharacters) {
  EXPECT_EQ(DisplayWidth("Aleppo"), 6);
  EXPECT_EQ(DisplayWidth("北京"), 4);
  EXPECT_EQ(DisplayWidth("e\u0301"), 1);
  EXPECT_EQ(Truncated("北京上海", 5), "北京…");
  EXPECT_EQ(Truncated("short", 5), "short");
  EXPECT_THAT(Wrapped("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_EQ(OneLine("a\nb\x1b[31m"), "a b[31m");
}

TEST(TableTest, ColumnsLeaveBeforeTextIsLost) {
  std::string out;
  TableWriter table(
      {{.header = "A"}, {.header = "B", .min_width = 4}, {.header = "C", .leaves = 1}}, 12,
      Palette(false), [&](std::string_view text) { out += text; });
  table.Add({{"12345"}, {"abcdefgh"}, {"xyz"}});
  table.Finish();
  EXPECT_EQ(out, "A      B\n12345  abcd…\n");
}

TEST(CsvTest, QuotesWhatNeedsQuotes) {
  EXPECT_EQ(CsvField("plain"), "plain");
  EXPECT_EQ(CsvField("a,\"b\""), "\"a,\"\"b\"\"\"");
}

TEST(CsvTest, WhatASpreadsheetWouldRunIsMarkedAsText) {
  EXPECT_EQ(CsvField("=1+2"), "'=1+2");
  EXPECT_EQ(CsvField("=HYPERLINK(\"http://x\",\"y\")"),
            "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
  EXPECT_EQ(CsvField("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(CsvField("-1+cmd|' /C calc'!A0"), "'-1+cmd|' /C calc'!A0");
  EXPECT_EQ(CsvField("+cmd"), "'+cmd");
  EXPECT_EQ(CsvField("\t=1"), "\"'\t=1\"");
  EXPECT_EQ(CsvField("＝1"), "'＝1");
  EXPECT_EQ(CsvField("a;=1"), "\"a;=1\"");
  for (const char* harmless : {"-1,000.5", "+3", "-", "", "a = b", "0.5"}) {
    EXPECT_EQ(CsvField(harmless).find('\''), std::string::npos) << harmless;
  }
}

TEST(ProgressTest, TellsRateAndTimeLeft) {
  EXPECT_EQ(ProgressLine("documents", 250, 1000, 2.5),
            "250 of 1,000 documents  25%  100/s  8 s left");
  EXPECT_EQ(ProgressLine("claims", 10, 0, 1), "10 claims  10/s");
}

TEST(SuggestTest, NearWordsOnly) {
  EXPECT_EQ(Nearest("clams", {"claims", "check"}), "claims");
  EXPECT_EQ(Nearest("doc", {"dossier", "documents"}), "documents");
  EXPECT_EQ(Nearest("xyzzy", {"claims", "check"}), std::nullopt);
}

TEST(RecomputeTest, TheScoreFollowsFromTheExplanation) {
  const auto explanation = consilience::testing::SampleExplanation();
  const Recomputed result = Recompute(explanation);
  EXPECT_DOUBLE_EQ(result.log_weight, 2.25);
  EXPECT_NEAR(result.posterior, explanation.posterior(), 1e-12);
  EXPECT_NEAR(result.score, explanation.corroboration().score(), 1e-12);
}

TEST(RecomputeTest, ARelayLimitsAndGreatWeightsDoNotOverflow) {
  auto explanation = consilience::testing::SampleExplanation();
  explanation.set_relay_cap(0.5);
  EXPECT_DOUBLE_EQ(Recompute(explanation).score, 0.4);
  explanation.set_relay_cap(1);
  explanation.mutable_origins(0)->set_weight(5000);
  EXPECT_DOUBLE_EQ(Recompute(explanation).posterior, 1.0);
}

TEST(ConfigFileTest, EditsKeepComments) {
  auto config = ConfigFile::Parse("# mine\ncontext = \"a\"\n\n[a]\nserver = \"x:1\"\n", "f");
  ASSERT_TRUE(config.ok());
  config->Set("a", "server", "y:2");
  config->Set("b", "tls", "true");
  EXPECT_EQ(config->Text(),
            "# mine\ncontext = \"a\"\n\n[a]\nserver = \"y:2\"\n\n[b]\ntls = \"true\"\n");
  EXPECT_TRUE(config->Unset("b", "tls"));
  EXPECT_FALSE(config->Unset("b", "tls"));
}

TEST(ConfigFileTest, ErrorsNameTheLine) {
  const auto config = ConfigFile::Parse("[a]\nserver\n", "f");
  EXPECT_THAT(std::string(config.status().message()), ::testing::HasSubstr("f:2"));
}

TEST(ContextTest, CutsOnCodePoints) {
  const std::string text = "ééééQééé";
  const QuoteContext context = ContextOf(text, 8, 9, 3);
  EXPECT_EQ(context.before, "…é");
  EXPECT_EQ(context.after, "é…");
  EXPECT_EQ(ContextOf(text, 8, 99).before, "");
}

TEST(PagingTest, FetchesOnlyWhatIsRead) {
  int fetched = 0;
  client::PagedRange<int> range([&](const std::string& token) -> absl::StatusOr<client::Page<int>> {
    ++fetched;
    if (token == "2") return absl::UnavailableError("gone");
    return client::Page<int>{{fetched * 10, fetched * 10 + 1}, std::to_string(fetched)};
  });
  std::vector<int> seen;
  absl::Status end;
  for (const auto& item : range) {
    if (!item.ok()) {
      end = item.status();
      break;
    }
    seen.push_back(*item);
    EXPECT_LE(fetched, static_cast<int>(seen.size() + 1) / 2);
  }
  EXPECT_THAT(seen, ElementsAre(10, 11, 20, 21));
  EXPECT_EQ(end.code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace consilience::cli
