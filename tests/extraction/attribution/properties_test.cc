// Laws that hold for any text: spans lie in it, the same text gives the same answer, time grows
// with length.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <string>
#include <vector>

#include "tests/extraction/attribution/stages.h"

namespace consilience::extraction {
namespace {

std::string Repeated(const std::string& piece, size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

AttributionResult Find(const std::string& text) {
  const testing::Stages& stages = testing::SharedStages();
  const Text analysed = stages.text.Analyse(text);
  return stages.finder.Find(analysed);
}

void ExpectInside(const Spans& spans, const std::string& text) {
  for (const Span& span : spans) {
    EXPECT_LT(span.begin, span.end);
    EXPECT_LE(span.end, text.size());
  }
}

const char* const kPieces[] = {
    "he said ",
    "and said and told ",
    "\"a ",
    "“‘a” said ",
    "the army and the army of ",
    "who said who said ",
    "It said it was. ",
    ", according to him ",
    "X, the head of Y, ",
    "(AFP) ",
    "Trump ",
    "denied by ",
    "\n\n\"No.\"",
    "— A (@b) ",
    "'s ",
};

TEST(Properties, SpansLieInTheText) {
  for (const char* piece : kPieces) {
    const std::string text = Repeated(piece, 3000);
    const AttributionResult result = Find(text);
    for (const AttributionMention& mention : result.attributions) {
      ExpectInside(mention.source, text);
      ExpectInside(mention.cue, text);
      ExpectInside(mention.content, text);
      EXPECT_LT(mention.parent, static_cast<int>(result.attributions.size()));
    }
  }
}

TEST(Properties, EveryPrefixOfAnArticleIsRead) {
  const std::string article =
      "BEIRUT (Reuters) - \"The city has fallen,\" an official told AFP. Rebels said they had won, "
      "a "
      "claim denied by Rami Abdel Rahman, the head of the Observatory. “We will stay,” he added.";
  for (size_t end = 0; end <= article.size(); ++end) {
    const std::string text = article.substr(0, end);
    for (const AttributionMention& mention : Find(text).attributions) {
      ExpectInside(mention.content, text);
    }
  }
}

double Seconds(const std::string& text) {
  const testing::Stages& stages = testing::SharedStages();
  const Text analysed = stages.text.Analyse(text);
  double best = 1e9;
  for (int i = 0; i < 3; ++i) {
    const std::clock_t begin = std::clock();  // of this process, whatever else the machine does
    const AttributionResult result = stages.finder.Find(analysed);
    const std::clock_t end = std::clock();
    best = std::min(best, static_cast<double>(end - begin) / CLOCKS_PER_SEC);
  }
  return best;
}

// Eight times the text may take at most four times eight times as long, and a little for the clock.
TEST(Properties, TimeGrowsWithLength) {
  for (const char* piece : kPieces) {
    const double small = Seconds(Repeated(piece, 16 << 10));
    const double large = Seconds(Repeated(piece, 128 << 10));
    EXPECT_LT(large, 32 * small + 0.02) << piece;
  }
}

}  // namespace
}  // namespace consilience::extraction
