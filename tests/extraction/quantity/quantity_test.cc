#include "services/extraction/quantity/quantity_tagger.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "services/extraction/quantity/number_reader.h"
#include "tests/extraction/golden.h"

namespace consilience::extraction {
namespace {

const char* const kRoles[] = {"count", "share", "percent",     "money", "measure", "ordinal",
                              "time",  "age",   "designation", "score", "address", "pronoun"};

struct Read {
  std::vector<Number> numbers;
  std::vector<Quantity> quantities;
};

class QuantityTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto analyser = TextAnalyser::Load(testing::RulesPath(), vocabulary_);
    auto reader = NumberReader::Load(testing::RulesPath(), vocabulary_);
    auto tagger = QuantityTagger::Load(testing::RulesPath(), vocabulary_);
    ASSERT_TRUE(analyser.ok() && reader.ok()) << reader.status().message();
    ASSERT_TRUE(tagger.ok()) << tagger.status().message();
    analyser_.emplace(*std::move(analyser));
    reader_.emplace(*std::move(reader));
    tagger_.emplace(*std::move(tagger));
  }

  Read ReadText(const std::string& stored) const {
    const Text text = analyser_->Analyse(stored);
    Read read{reader_->Read(text), {}};
    read.quantities = tagger_->Tag(text, {}, read.numbers);
    return read;
  }

  Vocabulary vocabulary_;
  std::optional<TextAnalyser> analyser_;
  std::optional<NumberReader> reader_;
  std::optional<QuantityTagger> tagger_;
};

// "[140,inf) ~" and so on: the interval, then a letter for each flag, then the unit.
std::string Show(const Quantity& quantity) {
  std::string shown = fmt::format("{}{},{}{}", quantity.lower_open || !quantity.lower ? '(' : '[',
                                  quantity.lower ? fmt::format("{:.10g}", *quantity.lower) : "-inf",
                                  quantity.upper ? fmt::format("{:.10g}", *quantity.upper) : "inf",
                                  quantity.upper_open || !quantity.upper ? ')' : ']');
  if (quantity.approximate) shown += " about";
  if (quantity.vague) shown += " vague";
  if (quantity.additional) shown += " another";
  if (quantity.fraction) shown += " share";
  if (quantity.percent) shown += " percent";
  if (!quantity.unit.empty()) shown += " " + quantity.unit;
  return shown;
}

// Each case: "text" and "quantities": [[words, interval and flags]].
TEST_F(QuantityTest, GoldenQuantities) {
  for (const auto& golden : testing::ReadGolden("quantity/quantities.jsonl")) {
    const auto stored = golden["text"].get<std::string>();
    SCOPED_TRACE(stored);
    auto shown = nlohmann::json::array();
    for (const Quantity& quantity : ReadText(stored).quantities) {
      shown.push_back({quantity.span.In(stored), Show(quantity)});
    }
    EXPECT_EQ(shown, golden["quantities"]);
  }
}

// Each case: "text" and "numbers": [[words, value, role]].
TEST_F(QuantityTest, GoldenNumbers) {
  for (const auto& golden : testing::ReadGolden("quantity/numbers.jsonl")) {
    const auto stored = golden["text"].get<std::string>();
    SCOPED_TRACE(stored);
    auto shown = nlohmann::json::array();
    for (const Number& number : ReadText(stored).numbers) {
      shown.push_back({number.span.In(stored), fmt::format("{:.10g}", number.value),
                       kRoles[static_cast<int>(number.role)]});
    }
    EXPECT_EQ(shown, golden["numbers"]);
  }
}

TEST_F(QuantityTest, SpansOfNumbersNeverOverlap) {
  for (const char* file : {"quantity/quantities.jsonl", "quantity/numbers.jsonl"}) {
    for (const auto& golden : testing::ReadGolden(file)) {
      const auto stored = golden["text"].get<std::string>();
      const Read read = ReadText(stored);
      for (size_t i = 1; i < read.numbers.size(); ++i) {
        EXPECT_LE(read.numbers[i - 1].span.end, read.numbers[i].span.begin) << stored;
      }
      for (size_t i = 1; i < read.quantities.size(); ++i) {
        EXPECT_LE(read.quantities[i - 1].span.end, read.quantities[i].span.begin) << stored;
      }
    }
  }
}

TEST_F(QuantityTest, SpansStayWithinDamagedTexts) {
  for (const auto& golden : testing::ReadGolden("quantity/quantities.jsonl")) {
    for (const std::string& stored : testing::Mutations(golden["text"], 40)) {
      size_t last = 0;
      for (const Quantity& quantity : ReadText(stored).quantities) {
        EXPECT_LT(quantity.span.begin, quantity.span.end);
        EXPECT_LE(last, quantity.span.begin);
        last = quantity.span.end;
      }
      EXPECT_LE(last, stored.size());
    }
  }
}

// Work grows with the text, not with its square: one number a repetition, whatever came before.
TEST_F(QuantityTest, EndlessNumberWordsStayApart) {
  std::string stored;
  for (int i = 0; i < 2000; ++i) stored += "one hundred and two thousand ";
  const Read read = ReadText(stored);
  EXPECT_EQ(read.numbers.size(), 2000u);
  for (const Number& number : read.numbers) EXPECT_EQ(number.value, 102000);
}

TEST_F(QuantityTest, EndlessDigitsAreNoNumber) {
  EXPECT_TRUE(ReadText(std::string(100000, '7')).quantities.empty());
}

}  // namespace
}  // namespace consilience::extraction
