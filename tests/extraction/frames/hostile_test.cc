// A short run of what tests/fuzz does at length: articles and rule examples, broken at random, and
// texts made to be slow.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "services/extraction/extractor.h"
#include "tests/extraction/golden.h"
#include "tests/extraction/invariants.h"
#include "tests/support/paths.h"

namespace consilience::extraction {
namespace {

const Extractor& Shared() {
  static const Extractor* extractor = [] {
    auto loaded = Extractor::Load(testing::RulesPath());
    if (!loaded.ok()) throw std::runtime_error(loaded.status().ToString());
    return new Extractor(*std::move(loaded));
  }();
  return *extractor;
}

void Check(const std::string& text) {
  const Analysis analysis = Shared().Extract({text, "2016-11-22", ""});
  EXPECT_EQ(testing::ProblemOf(text, analysis), "") << text;
}

// Words of a text with the white space before each.
std::vector<std::string> Pieces(const std::string& text) {
  std::vector<std::string> pieces;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find_first_of(" \n", begin + 1), text.size());
    pieces.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return pieces;
}

std::vector<std::string> Sources() {
  std::vector<std::string> texts;
  const std::filesystem::path articles =
      std::filesystem::path(consilience::testing::SourceFile("seeds/articles"));
  for (const auto& entry : std::filesystem::directory_iterator(articles)) {
    std::ostringstream content;
    content << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    texts.push_back(content.str());
  }
  std::string examples;
  for (const Rule& rule : Shared().packs().rules()) examples += rule.example + " ";
  texts.push_back(examples);
  return texts;
}

TEST(Hostile, BrokenArticlesKeepEverySpanInTheText) {
  const std::vector<std::string> glue = {
      "",      "“",  "”",      "(",      ")",      ".",   ",",  ":", " 10 ",  "\n", "\n\n",
      " a.m.", "'s", " said ", "\u00A0", "\u200B", " - ", "--", "%", " and ", "é"};
  std::mt19937 random(7);
  for (const std::string& source : Sources()) {
    const std::vector<std::string> pieces = Pieces(source);
    for (int round = 0; round < 30; ++round) {
      std::string text;
      for (size_t i = 0; i < pieces.size(); ++i) {
        const auto luck = random() % 20;
        if (luck == 0) continue;
        text += luck == 1 ? pieces[random() % pieces.size()] : pieces[i];
        if (luck <= 3) text += glue[random() % glue.size()];
      }
      Check(text);
    }
  }
}

// What the fuzzer found worth keeping: each input takes a way through the code of its own.
TEST(Hostile, CorpusOfTheFuzzerKeepsEverySpanInTheText) {
  const std::filesystem::path corpus =
      std::filesystem::path(consilience::testing::SourceFile("tests/fuzz/corpus/extraction"));
  size_t inputs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(corpus)) {
    std::ostringstream content;
    content << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    Check(content.str());
    ++inputs;
  }
  EXPECT_GE(inputs, 50U);
}

TEST(Hostile, RepeatedScrapsComeToAnEnd) {
  for (const std::string unit :
       {"10 a.m. ", "123 ", "ab.", "he said “", "\"", "“", "(", "1234567890", "a-", "'s ", "May 5 ",
        "one hundred and two thousand ", "five people killed, ", "UN: 40 killed. ", "the ",
        "and another 5 people were injured, ",
        "Another 5 were injured in Homs. On Monday 6.\n\n"}) {
    std::string text;
    while (text.size() < 20'000) text += unit;
    Check(text);
  }
}

}  // namespace
}  // namespace consilience::extraction
