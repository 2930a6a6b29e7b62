// How candidates are found; the inside of FindCandidates.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CUE_FINDER_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CUE_FINDER_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "services/extraction/attribution/cues.h"

namespace consilience::extraction {

// Forms of a verb, for the scorecard.
enum class Form : uint32_t {
  kPast,
  kPresent,
  kBase,
  kModal,
  kPerfect,
  kGerund,
  kInfinitive,
  kPassive,
  kReduced
};

// Classes of a subject, for the scorecard.
enum class SubjectClass : uint32_t {
  kNone,
  kPronoun,
  kName,
  kPerson,
  kGroup,
  kDocument,
  kRelative,
  kFirst,
  kIt,
  kOther
};

SubjectClass ClassOf(const Syntax& syntax, const CueLexicon& lexicon, TokenSpan core,
                     SubjectKind kind);

// One pass over one text.
class CandidateFinder {
 public:
  // With a card, candidates that it could never take are not looked at further.
  CandidateFinder(const Syntax& syntax, const CueLexicon& lexicon, const Lexicon& organisations,
                  const Scorecard* card)
      : syntax_(syntax),
        text_(syntax.text()),
        lexicon_(lexicon),
        organisations_(organisations),
        card_(card) {}

  CueCandidates Run();

 private:
  void AddVerb(const VerbGroup& verb, const Subject& before);
  void AddNoun(const NounPhrase& noun);
  CueWord WordOf(const CueCandidate& candidate, WordId lemma, uint32_t senses, Form form) const;
  bool MayBeCertain(const VerbGroup& verb, WordId lemma) const;
  bool Cites(const VerbGroup& verb) const;
  uint32_t AsAfter(const VerbGroup& verb) const;
  const VerbGroup* QuotedBefore(const VerbGroup& saying) const;
  bool IsQuotedAs(const VerbGroup& verb) const;
  bool IsLetTo(const VerbGroup& verb, const Subject& subject) const;
  std::optional<Subject> QuotedSubject(const VerbGroup& verb, CueCandidate& candidate) const;
  void AddPhrases();
  void ReadAgent(CueCandidate& candidate) const;
  bool IsPlainReport(const CueCandidate& candidate, const VerbGroup& verb, WordId lemma) const;
  bool MayBeInverted(const VerbGroup& verb, const Subject& before) const;
  bool IsOfDocument(const CueCandidate& candidate) const;
  bool TakesLives(const CueCandidate& candidate, WordId lemma) const;
  bool IsFalse(uint32_t token) const;
  bool IsAccount(const NounPhrase* noun) const;
  bool CallsFalse(const CueCandidate& candidate, WordId lemma) const;
  bool SaysFalse(const CueCandidate& candidate, WordId lemma) const;
  bool CountsOut(const CueCandidate& candidate, WordId lemma) const;
  bool Speaks(TokenSpan source) const;
  bool ChangesTo(TokenSpan said) const;
  bool IsPutAt(const VerbGroup& verb, TokenSpan source, const Content& content) const;
  void ExtendCue(CueCandidate& candidate) const;
  void AddFacts(CueCandidate& candidate, const CueWord& cue, SubjectClass subject);
  bool OpensQuoteOrStops(size_t token) const;
  // "Show Comments" says nothing.
  bool IsRead(size_t token) const {
    return text_.segments()[text_.SegmentOf(token)].kind != SegmentKind::kFurniture;
  }

  const Syntax& syntax_;
  const Text& text_;
  const CueLexicon& lexicon_;
  const Lexicon& organisations_;
  const Scorecard* card_;          // null to find all
  std::vector<Subject> subjects_;  // by verb
  std::vector<CueCandidate> found_;
  std::vector<CueFact> facts_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CUE_FINDER_H_
