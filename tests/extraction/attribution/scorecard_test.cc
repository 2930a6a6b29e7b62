#include "services/extraction/attribution/scorecard.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "services/extraction/attribution/word_classes.h"
#include "tests/support/paths.h"

namespace consilience::extraction {
namespace {

constexpr uint32_t kContents = 11;
constexpr uint32_t kSubjects = 10;
constexpr uint32_t kForms = 9;

// Every fact of a candidate with this subject and content, as candidates have them.
std::vector<CueFact> FactsOf(const CueWord& cue, uint32_t subject, uint32_t content) {
  std::vector<CueFact> facts = {
      {FactKind::kBias, kNoWord, cue.type},
      {FactKind::kLemma, cue.lemma, cue.type},
      {FactKind::kLemmaContent, cue.lemma, cue.type * 32 + content},
      {FactKind::kLemmaForm, cue.lemma, cue.form},
      {FactKind::kLemmaSubject, cue.lemma, subject},
      {FactKind::kContent, kNoWord, cue.type * 32 + content},
      {FactKind::kSense, kNoWord, cue.type << 20 | cue.senses},
      {FactKind::kSenseContent, kNoWord, content << 16 | cue.senses},
      {FactKind::kForm, kNoWord, cue.type * 32 + cue.form},
      {FactKind::kFormContent, kNoWord, cue.form * 32 + content},
      {FactKind::kSubject, kNoWord, cue.type * 32 + subject},
      {FactKind::kSubjectContent, kNoWord, subject * 32 + content},
      {FactKind::kPlace, kNoWord, cue.type * 32 + cue.place},
      {FactKind::kSenseSubject, kNoWord, subject << 16 | cue.senses},
  };
  if (cue.next != kNoWord) {
    facts.push_back({FactKind::kNext, cue.next, cue.type});
    facts.push_back({FactKind::kLemmaNext, cue.lemma, cue.next});
  }
  return facts;
}

TEST(ScorecardTest, PassesOverNoCueAndOverManyOthers) {
  Vocabulary vocabulary;
  const auto folder = consilience::testing::SourceFile("services/extraction/rules/attribution");
  const auto classes = WordClasses::Load(folder, vocabulary);
  ASSERT_TRUE(classes.ok()) << classes.status();
  const auto card = Scorecard::Load(std::filesystem::path(folder) / "cue_weights.tsv", vocabulary);
  ASSERT_TRUE(card.ok()) << card.status();
  int asked = 0;
  int passed_over = 0;
  for (const char* lemma : {"say", "claim", "deny", "make", "hit", "fly", "zorb"}) {
    for (const char* next : {"", "that", "to", "the"}) {
      for (uint32_t at = 0; at < 3 * kForms * 4; ++at) {
        const WordId word = vocabulary.Find(lemma);
        const CueWord cue{at % 3,
                          word,
                          (*classes)[word].verb_senses,
                          at / 3 % kForms,
                          at / (3 * kForms),
                          vocabulary.Find(next)};
        const bool may_be = card->MayBeCue(cue);
        ++asked;
        passed_over += may_be ? 0 : 1;
        for (uint32_t other = 0; other < kSubjects * kContents && !may_be; ++other) {
          EXPECT_LE(card->Score(FactsOf(cue, other % kSubjects, other / kSubjects)),
                    Scorecard::kThreshold)
              << lemma << " before \"" << next << "\"";
        }
      }
    }
  }
  EXPECT_GT(passed_over, asked / 10);
  EXPECT_LT(passed_over, asked);
}

}  // namespace
}  // namespace consilience::extraction
