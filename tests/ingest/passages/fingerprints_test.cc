// The laws of words and winnowing.
#include "services/ingest/passages/fingerprints.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>

namespace consilience::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Texts(const std::string& text) {
  std::vector<std::string> words;
  for (const Word& word : FindWords(text))
    words.push_back(text.substr(word.begin, word.end - word.begin));
  return words;
}

std::vector<uint64_t> Folded(const std::string& text) {
  std::vector<uint64_t> words;
  for (const Word& word : FindWords(text)) words.push_back(word.folded);
  return words;
}

TEST(Words, AreWhatReadersCallWords) {
  EXPECT_THAT(
      Texts("“Assad’s rebel-held east,” U.N. said: 450.000 (or 1,200)."),
      ElementsAre("Assad’s", "rebel", "held", "east", "U", "N", "said", "450.000", "or", "1,200"));
  EXPECT_THAT(Texts("'quoted' 12, 13. x"), ElementsAre("quoted", "12", "13", "x"));
  EXPECT_THAT(Texts("حلب الشرقية – Ærø"), ElementsAre("حلب", "الشرقية", "Ærø"));
  EXPECT_THAT(Texts(" — … !"), IsEmpty());
}

TEST(Words, FoldAsCopyingLeavesThem) {
  EXPECT_EQ(Folded("Assad’s Shi'ite FORCES in ÉTAT, 450.000"),
            Folded("assads SHIITE forces in état 450000"));
  EXPECT_NE(Folded("141 civilians"), Folded("114 civilians"));
}

std::vector<Word> RandomWords(std::mt19937_64& random, size_t count, uint64_t vocabulary) {
  std::vector<Word> words(count);
  for (size_t i = 0; i < count; ++i)
    words[i].folded = random() % vocabulary * 0x9E3779B97F4A7C15ULL;
  return words;
}

TEST(Winnow, EverySharedRunOfTwelveWordsSharesAFingerprintAtTheSamePlace) {
  std::mt19937_64 random(20161122);
  for (int round = 0; round < 2000; ++round) {
    std::vector<Word> a = RandomWords(random, 12 + random() % 80, 1U << (1 + random() % 12));
    std::vector<Word> b = RandomWords(random, 12 + random() % 80, 1U << (1 + random() % 12));
    const size_t at_a = random() % (a.size() - 11);
    const size_t at_b = random() % (b.size() - 11);
    std::copy_n(a.begin() + static_cast<ptrdiff_t>(at_a), 12,
                b.begin() + static_cast<ptrdiff_t>(at_b));
    std::set<std::pair<uint64_t, size_t>> in_a;
    for (const Fingerprint& fingerprint : Winnow(a)) {
      if (fingerprint.word >= at_a && fingerprint.word + kGramWords <= at_a + 12) {
        in_a.emplace(fingerprint.hash, fingerprint.word - at_a);
      }
    }
    bool shared = false;
    for (const Fingerprint& fingerprint : Winnow(b)) {
      if (fingerprint.word >= at_b) {
        shared = shared || in_a.contains({fingerprint.hash, fingerprint.word - at_b});
      }
    }
    EXPECT_TRUE(shared) << "round " << round;
  }
}

TEST(Winnow, KeepsTwoOfNineHashes) {
  std::mt19937_64 random(7);
  const std::vector<Word> words = RandomWords(random, 100'000, uint64_t{1} << 40U);
  const auto kept = static_cast<double>(Winnow(words).size());
  EXPECT_NEAR(kept / 100'000, 2.0 / 9.0, 0.003);
  for (const Fingerprint& fingerprint : Winnow(words)) EXPECT_LE(fingerprint.hash, kHashMask);
}

TEST(Winnow, HasLittleToSayOfShortTexts) {
  std::mt19937_64 random(7);
  EXPECT_THAT(Winnow({}), IsEmpty());
  EXPECT_THAT(Winnow(RandomWords(random, 4, 1000)), IsEmpty());
  EXPECT_EQ(Winnow(RandomWords(random, 5, 1000)).size(), 1U);
  EXPECT_GE(Winnow(RandomWords(random, 11, 1000)).size(), 1U);
}

}  // namespace
}  // namespace consilience::ingest
