// What searches take for the same word.
#include "services/corroboration/matching/search_words.h"

#include <gtest/gtest.h>

namespace consilience::corroboration {
namespace {

using Words = std::vector<std::string>;

Words WordsOf(const std::string& query) {
  Words words;
  for (const SearchTerm& term : SearchTermsOf(query)) words.push_back(term.word);
  return words;
}

TEST(SearchWordsTest, CaseAccentsMarksAndArticlesDoNotCount) {
  EXPECT_EQ(WordsOf("Al-Bāb"), Words({"bab"}));
  EXPECT_EQ(WordsOf("el Bab, ash-Sha\u2019ar"), Words({"bab", "shaar"}));
  EXPECT_EQ(WordsOf("ÉCOLE école e\u0301cole"), Words({"ecole"}));
  EXPECT_EQ(WordsOf("АЛЕППО"), Words({"алеппо"}));
  EXPECT_EQ(WordsOf("حَلَب"), WordsOf("حلب"));
  EXPECT_EQ(WordsOf("\u0661\u0664\u0661"), Words({"141"}));
  EXPECT_EQ(WordsOf("OUT_OF_SERVICE"), Words({"of", "out", "service"}));
  EXPECT_EQ(WordsOf("al-"), Words());
  EXPECT_EQ(WordsOf("a\xff"
                    "b"),
            Words({"a", "b"}));
}

TEST(SearchWordsTest, WordsAreFoundByTheirBeginningAndNumbersWhole) {
  const SearchWords words = {"141", "killed", "observatory"};
  EXPECT_TRUE(HoldsAll(words, SearchTermsOf("KILL 141")));
  EXPECT_TRUE(HoldsAll(words, SearchTermsOf("obs")));
  EXPECT_FALSE(HoldsAll(words, SearchTermsOf("14")));
  EXPECT_FALSE(HoldsAll(words, SearchTermsOf("killer")));
  EXPECT_FALSE(HoldsAll(words, SearchTermsOf("observatory aleppo")));
  EXPECT_FALSE(HoldsAll({}, SearchTermsOf("a")));
}

TEST(SearchWordsTest, AnAssertionIsFoundByWhatItSaysWhereAndOnWhoseWord) {
  RecordedAssertion assertion;
  assertion.quote = "at least 141 civilians died";
  assertion.said.kind = extraction::Kind::kCasualty;
  assertion.said.measure = "KILLED";
  assertion.said.place.name = "Aleppo";
  assertion.said.time = {"2016-11-22", "2016-11-22"};
  extraction::Speaker speaker;
  speaker.name = "Syrian Observatory";
  assertion.said.chain = {speaker};
  assertion.document.outlet = "BBC";
  assertion.document.title = "Dozens of bodies";
  const SearchWords words = SearchWordsOf(assertion);
  for (const char* const query :
       {"141 civilians aleppo", "observatory killed", "bbc bodies", "2016-11-22 casualty"}) {
    EXPECT_TRUE(HoldsAll(words, SearchTermsOf(query))) << query;
  }
}

TEST(SearchWordsTest, WordsAndDocumentsAreBounded) {
  EXPECT_LE(WordsOf(std::string(10'000, 'a')).front().size(), 100U);
  std::vector<RecordedAssertion> assertions(1);
  for (int i = 0; i < 200'000; ++i) assertions.front().quote += "w" + std::to_string(i) + " ";
  size_t bytes = 0;
  for (const std::string& word : SearchWordsOf(assertions)) bytes += word.size() + 1;
  EXPECT_GT(bytes, 400'000U);
  EXPECT_LE(bytes, 600'000U);
}

}  // namespace
}  // namespace consilience::corroboration
