#include "services/extraction/lexicon/lexicon.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "services/extraction/text/text.h"
#include "tests/extraction/golden.h"

namespace consilience::extraction {
namespace {

class LexiconTest : public ::testing::Test {
 protected:
  void Add(const std::string& phrase, int payload) {
    ASSERT_TRUE(lexicon_.Add(vocabulary_, phrase, payload).ok()) << phrase;
  }

  std::string Find(const std::string& stored) {
    const auto analyser = TextAnalyser::Load(testing::RulesPath(), vocabulary_);
    const Text text = analyser->Analyse(stored);
    std::string found;
    for (const LexiconMatch& match : lexicon_.All(text.tokens())) {
      found += fmt::format("{}={};", match.payload, text.SpanOf(match.begin, match.end).In(stored));
    }
    return found;
  }

  Vocabulary vocabulary_;
  Lexicon lexicon_;
};

TEST_F(LexiconTest, TakesTheLongestPhrase) {
  Add("air", 1);
  Add("air strike", 2);
  Add("strike", 3);
  EXPECT_EQ(Find("air strike, air, strike"), "2=air strike;1=air;3=strike;");
}

TEST_F(LexiconTest, PassesOverHyphensCapitalsQuotesAndDiacritics) {
  Add("air strike", 1);
  Add("al-Bab", 2);
  Add("Shi'ite", 3);
  Add("Bogota", 4);
  EXPECT_EQ(Find("AIR-STRIKE al\u00A0bab Shi\u2019ite Bogot\u00E1 air - strike"),
            "1=AIR-STRIKE;2=al\u00A0bab;3=Shi\u2019ite;4=Bogot\u00E1;");
}

TEST_F(LexiconTest, KnowsDottedWordsWithAndWithoutTheirLastStop) {
  Add("U.S.", 1);
  EXPECT_EQ(Find("the U.S. army, the U.S army"), "1=U.S.;1=U.S;");
}

TEST_F(LexiconTest, RefusesASecondMeaning) {
  Add("Homs", 1);
  EXPECT_TRUE(lexicon_.Add(vocabulary_, "homs", 1).ok());
  EXPECT_EQ(lexicon_.Add(vocabulary_, "homs", 2).code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(lexicon_.Add(vocabulary_, "  ", 2).code(), absl::StatusCode::kInvalidArgument);
}

TEST(VocabularyTest, KeepsIdsAndWordsWhileItGrows) {
  Vocabulary vocabulary;
  for (int i = 0; i < 20000; ++i) vocabulary.Intern(fmt::format("w{}", i));
  EXPECT_EQ(vocabulary.size(), 20001u);
  for (int i = 0; i < 20000; ++i) {
    const std::string word = fmt::format("w{}", i);
    EXPECT_EQ(vocabulary.Word(vocabulary.Find(word)), word);
  }
  EXPECT_EQ(vocabulary.Find("absent"), kNoWord);
}

// Words of every length, whose prefixes and repetitions share their first and last bytes.
std::vector<std::string> WordsOfEveryLength() {
  std::vector<std::string> words;
  for (size_t size = 1; size <= 40; ++size) {
    words.emplace_back(size, 'a');
    words.push_back(std::string(size - 1, 'a') + "b");
    words.push_back("b" + std::string(size - 1, 'a') + "b");
  }
  return words;
}

TEST(VocabularyTest, TellsWordsOfEveryLengthApart) {
  Vocabulary vocabulary;
  const std::vector<std::string> words = WordsOfEveryLength();
  for (const std::string& word : words) vocabulary.Intern(word);
  EXPECT_EQ(vocabulary.size(), words.size() + 1);
  for (const std::string& word : words) EXPECT_EQ(vocabulary.Word(vocabulary.Find(word)), word);
  EXPECT_EQ(vocabulary.Find(""), kNoWord);
  EXPECT_EQ(vocabulary.Find(std::string(41, 'a')), kNoWord);
}

TEST(VocabularyTest, LooksForManyWordsAsForOne) {
  Vocabulary vocabulary;
  std::vector<std::string> words = WordsOfEveryLength();
  for (int i = 0; i < 12000; ++i) words.push_back(fmt::format("w{}", i));  // some of them rare
  const uint32_t mark = vocabulary.NewMark();
  for (size_t i = 0; i < words.size(); i += 2) {
    const WordId id = vocabulary.Intern(words[i]);
    if (i % 4 == 0) vocabulary.Mark(id, mark);
  }
  std::vector<std::string> padded = words;
  std::vector<std::string_view> views;
  for (size_t i = 0; i < words.size(); ++i) {
    padded[i].append(Vocabulary::kPadding, 'x');
    views.emplace_back(padded[i].data(), words[i].size());
  }
  std::vector<Vocabulary::Known> known(words.size());
  vocabulary.LookAll(views, known);
  for (size_t i = 0; i < words.size(); ++i) {
    EXPECT_EQ(known[i].id, vocabulary.Find(words[i])) << words[i];
    EXPECT_EQ(known[i].id != kNoWord, i % 2 == 0) << words[i];
    EXPECT_EQ(known[i].marks, i % 4 == 0 ? mark : 0u) << words[i];
  }
}

}  // namespace
}  // namespace consilience::extraction
