// Reuse between documents, on the seed articles and on made ones.
#include "services/ingest/passages/passages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "services/ingest/passages/memory_index.h"
#include "services/ingest/passages/words.h"
#include "tests/support/paths.h"

namespace consilience::ingest {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Collection {
 public:
  void Add(IndexedDocument document) {
    EXPECT_TRUE(index_.Add(document.number, Winnow(FindWords(document.text))).ok());
    documents_[document.number] = std::move(document);
  }
  const IndexedDocument& At(DocumentNumber number) const { return documents_.at(number); }
  MemoryPassageIndex& index() { return index_; }

  std::vector<Passage> Find(DocumentNumber number) const {
    const auto passages = FindPassages(
        At(number), index_,
        [this](DocumentNumber other) -> absl::StatusOr<IndexedDocument> { return At(other); });
    EXPECT_TRUE(passages.ok()) << passages.status();
    return *passages;
  }
  // This side of the passages that `number` shares with `other`.
  std::vector<std::string> Shared(DocumentNumber number, DocumentNumber other) const {
    std::vector<std::string> texts;
    for (const Passage& passage : Find(number)) {
      if (passage.other == other) texts.emplace_back(passage.span.In(At(number).text));
    }
    return texts;
  }

 private:
  MemoryPassageIndex index_;
  std::map<DocumentNumber, IndexedDocument> documents_;
};

Collection Seeds() {
  const std::vector<std::string> days = {"2016-11-22", "2016-09-24", "2016-09-24", "2016-10-06",
                                         "2016-11-22"};
  std::vector<std::filesystem::path> files;
  for (const auto& file :
       std::filesystem::directory_iterator(consilience::testing::SourceFile("seeds/articles"))) {
    files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());
  Collection seeds;
  for (size_t i = 0; i < files.size(); ++i) {
    std::ifstream file(files[i]);
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    seeds.Add({static_cast<DocumentNumber>(i), std::move(text), "", days[i]});
  }
  return seeds;
}

constexpr char kTail[] =
    "Recovering full control of the rebels’ last significant urban area would be the most "
    "important victory of the "
    "war so far for Assad, strengthening his control over Syria’s most populous and strategically "
    "important regions";
constexpr char kCrisis[] = "The Syrian crisis began as a peaceful demonstration";

TEST(Seeds, TheTailStandsInThreeArticlesAndIsHouseCopy) {
  const Collection seeds = Seeds();
  for (const auto& [a, b] :
       std::vector<std::pair<DocumentNumber, DocumentNumber>>{{0, 1}, {0, 3}, {1, 3}}) {
    SCOPED_TRACE(::testing::Message() << a << " and " << b);
    EXPECT_THAT(seeds.Shared(a, b), Contains(HasSubstr(kTail)));
    EXPECT_THAT(seeds.Shared(b, a), Contains(HasSubstr(kTail)));
    for (const Passage& passage : seeds.Find(a)) {
      const std::string_view text = passage.span.In(seeds.At(a).text);
      if (passage.other == b && text.find(kTail) != std::string_view::npos) {
        EXPECT_TRUE(passage.boilerplate);
      }
    }
  }
  EXPECT_THAT(seeds.Shared(1, 3), Contains(HasSubstr(kCrisis)));
}

TEST(Seeds, OneHouseReusesItsSentencesWithLightEdits) {
  const Collection seeds = Seeds();
  EXPECT_THAT(seeds.Shared(1, 3),
              Contains(::testing::AllOf(
                  HasSubstr("it was starting a new wide offensive to recapture the rebel-held"),
                  HasSubstr("artillery bombardment, and intensive airstrikes"))));
}

TEST(Seeds, TwoHousesShareWhatReutersWasToldExactly) {
  const Collection seeds = Seeds();
  std::vector<Passage> shared;
  for (const Passage& passage : seeds.Find(2)) {
    if (passage.other == 1) shared.push_back(passage);
  }
  ASSERT_THAT(shared, Not(IsEmpty()));
  std::vector<std::string> here;
  std::vector<std::string> there;
  for (const Passage& passage : shared) {
    here.emplace_back(passage.span.In(seeds.At(2).text));
    there.emplace_back(passage.other_span.In(seeds.At(1).text));
    EXPECT_FALSE(passage.boilerplate);
    EXPECT_EQ(passage.direction, Direction::kUnknown);  // of one day
  }
  EXPECT_THAT(here,
              Contains(HasSubstr(
                  "Handarat has fallen,\" an official with one of the main Aleppo rebel groups "
                  "told Reuters. An army statement confirming the advance said \"large numbers "
                  "of terrorists\" had been killed")));
  EXPECT_THAT(there,
              Contains(HasSubstr(
                  "Handarat has fallen,” an official with one of the main Aleppo rebel groups "
                  "told Reuters. An army statement confirming the advance said “large numbers "
                  "of terrorists” had been killed")));
}

TEST(Seeds, TheAggregatorSharesNothing) {
  const Collection seeds = Seeds();
  EXPECT_THAT(seeds.Find(4), IsEmpty());
}

std::string Lines(const std::string& word, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += word + std::to_string(i) + " ";
  return text;
}

TEST(FindPassages, GivesTheDirectionByDay) {
  Collection all;
  all.Add({1, Lines("w", 30), "a", "2016-11-20"});
  all.Add({2, Lines("w", 30), "b", "2016-11-21"});
  all.Add({3, Lines("w", 30), "c", ""});
  const std::vector<Passage> passages = all.Find(2);
  ASSERT_THAT(passages, ::testing::SizeIs(2));
  EXPECT_EQ(passages[0].direction, Direction::kFromOther);
  EXPECT_EQ(passages[1].direction, Direction::kUnknown);
  EXPECT_EQ(all.Find(1)[0].direction, Direction::kToOther);
  EXPECT_FALSE(passages[0].boilerplate);  // a copy of the whole is no tail
}

TEST(FindPassages, HouseCopyStandsInSeveralDocumentsOfTheHouse) {
  const std::string copy = Lines("copy", 15);
  Collection all;
  all.Add({1, copy + Lines("a", 60), "house", "2016-11-20"});
  all.Add({2, Lines("b", 40) + copy + Lines("c", 40), "house", "2016-11-20"});
  all.Add({3, Lines("d", 40) + copy + Lines("e", 40), "house", "2016-11-20"});
  all.Add({4, Lines("f", 40) + copy + Lines("g", 40), "elsewhere", "2016-11-20"});
  for (const Passage& passage : all.Find(1)) EXPECT_TRUE(passage.boilerplate);
  for (const Passage& passage : all.Find(4)) EXPECT_FALSE(passage.boilerplate);
}

TEST(FindPassages, ATailOfAnotherHouseIsReuse) {
  Collection all;
  all.Add({1, Lines("a", 60) + Lines("tail", 20), "one", "2016-11-20"});
  all.Add({2, Lines("b", 60) + Lines("tail", 20), "one", "2016-11-21"});
  all.Add({3, Lines("c", 60) + Lines("tail", 20), "two", "2016-11-21"});
  std::map<DocumentNumber, bool> boilerplate;
  for (const Passage& passage : all.Find(1)) boilerplate[passage.other] = passage.boilerplate;
  EXPECT_TRUE(boilerplate.at(2));
  EXPECT_FALSE(boilerplate.at(3));
}

TEST(MemoryIndex, FindsTheEarliestPostingsAndForgetsWhatWasRemoved) {
  MemoryPassageIndex index;
  const std::vector<Fingerprint> one = {{7, 0}, {9, 3}};
  ASSERT_TRUE(index.Add(2, one).ok());
  ASSERT_TRUE(index.Add(1, one).ok());
  ASSERT_TRUE(index.Add(1, one).ok());
  EXPECT_THAT(*index.Find(one, 1), ElementsAre(PostingHit{0, {1, 0}}, PostingHit{1, {1, 3}}));
  EXPECT_EQ(index.Find(one, 9)->size(), 4U);
  ASSERT_TRUE(index.Remove(1).ok());
  EXPECT_THAT(*index.Find(one, 9), ElementsAre(PostingHit{0, {2, 0}}, PostingHit{1, {2, 3}}));
}

}  // namespace
}  // namespace consilience::ingest
