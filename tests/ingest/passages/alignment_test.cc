// Alignment against every pair of positions.
#include "services/ingest/passages/alignment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace consilience::ingest {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<Word> ToWords(const std::vector<uint64_t>& values) {
  std::vector<Word> words(values.size());
  for (size_t i = 0; i < values.size(); ++i) words[i].folded = values[i];
  return words;
}

// Words of `here` within some run of `min` or more words that stands in `there`, by brute force.
std::vector<bool> Covered(const std::vector<Word>& here, const std::vector<Word>& there,
                          size_t min) {
  std::vector<bool> covered(here.size());
  for (size_t i = 0; i < here.size(); ++i) {
    for (size_t j = 0; j < there.size(); ++j) {
      size_t size = 0;
      while (i + size < here.size() && j + size < there.size() &&
             here[i + size].folded == there[j + size].folded) {
        ++size;
      }
      if (size >= min) std::fill_n(covered.begin() + static_cast<ptrdiff_t>(i), size, true);
    }
  }
  return covered;
}

TEST(Align, CoversEveryRunOfTwelveWordsAndClaimsNoneThatIsNotThere) {
  std::mt19937_64 random(42);
  for (int round = 0; round < 500; ++round) {
    const uint64_t vocabulary = uint64_t{1} << (3 + random() % 10);
    std::vector<uint64_t> a(40 + random() % 120);
    std::vector<uint64_t> b(40 + random() % 120);
    for (uint64_t& word : a) word = random() % vocabulary;
    for (uint64_t& word : b) word = random() % vocabulary;
    for (int copies = 0; copies < 3; ++copies) {
      const size_t size = 8 + random() % 20;
      const size_t from = random() % (a.size() - size);
      const size_t to = random() % (b.size() - size);
      std::copy_n(a.begin() + static_cast<ptrdiff_t>(from), size,
                  b.begin() + static_cast<ptrdiff_t>(to));
    }
    const std::vector<Word> here = ToWords(a);
    const std::vector<Word> there = ToWords(b);
    const std::vector<bool> wanted = Covered(here, there, 12);
    std::vector<bool> found(here.size());
    for (const Alignment& alignment : Align(here, there)) {
      ASSERT_LE(alignment.here.end, here.size());
      ASSERT_LE(alignment.there.end, there.size());
      EXPECT_GE(alignment.words, 12U);
      EXPECT_GE(alignment.similarity(), 0.7);
      EXPECT_LE(alignment.similarity(), 1.0);
      // Both ends of a passage are words that the two texts share.
      EXPECT_EQ(here[alignment.here.begin].folded, there[alignment.there.begin].folded);
      EXPECT_EQ(here[alignment.here.end - 1].folded, there[alignment.there.end - 1].folded);
      for (uint32_t i = alignment.here.begin; i < alignment.here.end; ++i) found[i] = true;
    }
    for (size_t i = 0; i < here.size(); ++i) {
      EXPECT_TRUE(!wanted[i] || found[i]) << "round " << round << ", word " << i;
    }
  }
}

std::vector<Word> Words(const std::string& text) { return FindWords(text); }

TEST(Align, JoinsRunsAcrossLightEdits) {
  const auto a = Words(
      "The Assad regime forces, strengthened by Russian air power and Iranian-backed Shi’ite "
      "militias, has been "
      "tightening its grip on rebel-held districts of Aleppo this year");
  const auto b = Words(
      "The Assad regime forces, backed by Russian air power, Iranian ground forces and Shi’ite "
      "militia fighters, has "
      "been tightening its grip on rebel-held districts of Aleppo this year");
  const auto found = Align(a, b);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].here, (WordRange{0, static_cast<uint32_t>(a.size())}));
  EXPECT_EQ(found[0].there, (WordRange{0, static_cast<uint32_t>(b.size())}));
  EXPECT_LT(found[0].similarity(), 1.0);
}

TEST(Align, EqualTextsAreOnePassage) {
  const auto a = Words("one two three four five six seven eight nine ten eleven twelve thirteen");
  ASSERT_THAT(Align(a, a), SizeIs(1));
  EXPECT_EQ(Align(a, a)[0], (Alignment{{0, 13}, {0, 13}, 13}));
}

TEST(Align, ElevenWordsAreNone) {
  const auto a = Words("x one two three four five six seven eight nine ten eleven y");
  const auto b = Words("u one two three four five six seven eight nine ten eleven v");
  EXPECT_THAT(Align(a, b), IsEmpty());
}

TEST(Align, TextsThatRepeatThemselvesEndInTime) {
  const std::vector<Word> a = ToWords(std::vector<uint64_t>(200'000, 5));
  EXPECT_THAT(Align(a, a), Not(IsEmpty()));
}

}  // namespace
}  // namespace consilience::ingest
