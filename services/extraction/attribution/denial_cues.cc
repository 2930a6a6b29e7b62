// Who says of an account that it is not so: "called the figure baseless", "said the reports were
// untrue", "rejected as false claims that …".
#include <algorithm>
#include <string_view>

#include "services/extraction/attribution/cue_finder.h"

namespace consilience::extraction {
namespace {

// Tokens from the noun of an account to the word that calls it false: "the claim that the warning
// had been ignored a lie".
constexpr uint32_t kVerdictReach = 24;
// Tokens from a verb to the falsity that it calls something: "dismissed | as entirely | unfounded".
constexpr uint32_t kCallReach = 4;
// Tokens of a clause after its subject that only give a verdict: "were | completely | false".
constexpr uint32_t kPredicate = 5;

}  // namespace

bool CandidateFinder::IsFalse(uint32_t token) const {
  const uint32_t flags = lexicon_.Flags(text_[token].word);
  const auto negated = [&] {
    for (uint32_t i = token; i > 0 && token - i < 2; --i) {
      if (syntax_.is(i - 1, Bit(Tag::kNot))) return true;
    }
    return false;
  };
  if ((flags & kFalsity) != 0) return !negated();
  return (flags & kTruth) != 0 && negated();
}

bool CandidateFinder::IsAccount(const NounPhrase* noun) const {
  return noun != nullptr && (lexicon_.Flags(text_[noun->head].word) & kAccount) != 0;
}

// "called the figure | exaggerated", "rejected as | false reports that …", "a sum that the court
// called | baseless".
bool CandidateFinder::CallsFalse(const CueCandidate& candidate, WordId lemma) const {
  if ((lexicon_.Flags(lemma) & kCalls) == 0 || candidate.source.empty()) return false;
  const uint32_t limit = syntax_.SentenceOf(candidate.head).end;
  uint32_t at = candidate.head + 1;
  bool account = false;
  uint32_t end = std::min(limit, at + kCallReach);
  for (; at < end; ++at) {
    if (IsFalse(at)) return true;
    const NounPhrase* noun = syntax_.NounAt(at);
    if (noun == nullptr) {
      if (!syntax_.is(at, Bits(Tag::kPreposition, Tag::kDeterminer, Tag::kAdverb))) return false;
      continue;
    }
    account = IsAccount(noun) || syntax_.is(noun->head, Bits(Tag::kPronoun, Tag::kObject));
    at = noun->end;
    break;
  }
  if (!account) return false;
  end = std::min(limit, at + kVerdictReach);
  for (; at < end && !syntax_.is(at, Bits(Tag::kStop, Tag::kSemicolon, Tag::kQuote)); ++at) {
    if (IsFalse(at)) return true;
  }
  return false;
}

// "said | the reports were untrue", "a claim that parents said | was untrue".
bool CandidateFinder::SaysFalse(const CueCandidate& candidate, WordId lemma) const {
  if ((lexicon_.Flags(lemma) & kReports) == 0 || candidate.source.empty() ||
      candidate.content.parts.size() != 1) {
    return false;
  }
  const TokenSpan& said = candidate.content.parts.front();
  if (said.begin < candidate.head) return false;
  uint32_t at = said.begin + (syntax_.is(said.begin, Bit(Tag::kThat)) ? 1 : 0);
  if (at >= said.end) return false;
  const NounPhrase* noun = syntax_.NounAt(at);
  if (noun != nullptr) {
    const bool refers = syntax_.is(noun->head, Bit(Tag::kPronoun));
    if (!IsAccount(noun) && !refers) return false;
    at = noun->end;
  } else if (syntax_.is(at, Bits(Tag::kBe, Tag::kModal))) {
    // The account is what the relative clause is about.
    const uint32_t first = candidate.source.begin;
    if (first < 2 || !syntax_.is(first - 1, Bits(Tag::kThat, Tag::kWh))) return false;
    const uint32_t before = first - (syntax_.is(first - 2, Bit(Tag::kComma)) ? 3 : 2);
    if (before >= first || !IsAccount(syntax_.NounAt(before))) return false;
  } else if (syntax_.is(at, Bits(Tag::kThat, Tag::kDeterminer))) {  // "said that was false"
    ++at;
  } else {
    return false;
  }
  if (at >= said.end || !syntax_.is(at, Bits(Tag::kBe, Tag::kModal, Tag::kHave))) return false;
  if (said.end - at > kPredicate) return false;
  for (; at < said.end; ++at) {
    if (IsFalse(at)) return true;
  }
  return false;
}

}  // namespace consilience::extraction
