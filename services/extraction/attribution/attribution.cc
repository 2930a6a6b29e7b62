#include "services/extraction/attribution/attribution.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "services/extraction/attribution/chains.h"
#include "services/extraction/attribution/wires.h"
#include "services/extraction/lexicon/table.h"

namespace consilience::extraction {
namespace {

// How far after a cue the clause of the next speaker may open, in tokens.
constexpr uint32_t kClauseReach = 16;

// "AP says that it struck at noon; 13 were hurt, a doctor said": the doctor says what follows the
// semicolon.
void SeparateAtSemicolon(const Syntax& syntax, const CueCandidate& first, CueCandidate& second) {
  if (second.content.kind != ContentKind::kClauseBefore || second.content.parts.empty()) return;
  TokenSpan& said = second.content.parts.front();
  if (!said.Contains(first.head)) return;
  for (uint32_t at = said.end; at > first.cue.end; --at) {
    if (!syntax.is(at - 1, Bit(Tag::kSemicolon))) continue;
    if (at < said.end) said.begin = at;
    return;
  }
}

// "Five died, a spokesman told AFP, and ten were missing, the ministry said": the second speaker
// says what follows the first.
void SeparateClauses(const Syntax& syntax, std::vector<CueCandidate>& cues) {
  for (size_t i = 1; i < cues.size(); ++i) {
    const CueCandidate& first = cues[i - 1];
    CueCandidate& second = cues[i];
    SeparateAtSemicolon(syntax, first, second);
    const bool both = first.content.kind == ContentKind::kClauseBefore &&
                      second.content.kind == ContentKind::kClauseBefore;
    if (!both || first.content.parts.front().begin != second.content.parts.front().begin) continue;
    TokenSpan& said = second.content.parts.front();
    const uint32_t limit = std::min(said.end, first.cue.end + kClauseReach);
    for (uint32_t at = first.cue.end; at + 2 < limit; ++at) {
      if (!syntax.is(at, Bit(Tag::kComma)) || !syntax.is(at + 1, Bit(Tag::kConjunction))) continue;
      said.begin = at + 2;
      auto& parts = cues[i - 1].content.parts;
      if (parts.size() > 1 && parts.back().begin == said.begin) parts.pop_back();
      break;
    }
  }
}

// "at 80,000", "at about 80,000"
bool IsAtNumber(const Syntax& syntax, uint32_t at, uint32_t end) {
  if (at + 1 >= end || syntax.text().Lower(at) != "at") return false;
  const NounPhrase* counted = syntax.NounAt(at + 1);
  const uint32_t last = std::min(end, counted == nullptr ? at + 2 : counted->end);
  for (uint32_t i = at + 1; i < last; ++i) {
    if (syntax.is(i, Bit(Tag::kNumber))) return true;
  }
  return false;
}

// "The injured", "the dead" are counted and do not speak.
bool IsCounted(const WordClass& word) {
  return (word.tags & Bits(Tag::kParticiple, Tag::kGerund)) != 0 ||
         word.as_adjective > word.as_noun;
}

// "Organisers put the number at 80,000, | police at 25,000": the second speaker shares the verb of
// the first.
std::optional<CueCandidate> SharedVerb(const Syntax& syntax, CueCandidate& first) {
  if (first.content.kind != ContentKind::kObject || first.content.parts.size() != 1) return {};
  TokenSpan& said = first.content.parts.front();
  bool counted = false;
  for (uint32_t i = said.begin; i + 3 < said.end; ++i) {
    counted = counted || IsAtNumber(syntax, i, said.end);
    if (!counted || !syntax.is(i, Bits(Tag::kComma, Tag::kConjunction))) continue;
    const uint32_t open = syntax.is(i + 1, Bit(Tag::kConjunction)) ? i + 2 : i + 1;
    const NounPhrase* speaker = syntax.NounAt(open);
    if (speaker == nullptr || speaker->begin != open) continue;
    if (IsCounted(syntax.word(speaker->head))) continue;
    if (!IsAtNumber(syntax, speaker->end, said.end)) continue;
    CueCandidate second = first;
    second.source = {speaker->begin, speaker->end};
    second.subject = SubjectKind::kPlain;
    second.content.parts = {{speaker->end, said.end}};
    said.end = i;
    return second;
  }
  return {};
}

}  // namespace

absl::StatusOr<AttributionFinder> AttributionFinder::Load(const std::filesystem::path& rules,
                                                          Vocabulary& vocabulary) {
  const std::filesystem::path folder = rules / "attribution";
  absl::StatusOr<WordClasses> words = WordClasses::Load(folder, vocabulary);
  if (!words.ok()) return words.status();
  absl::StatusOr<CueLexicon> lexicon = CueLexicon::Load(folder, vocabulary);
  if (!lexicon.ok()) return lexicon.status();
  absl::StatusOr<Scorecard> card = Scorecard::Load(folder / "cue_weights.tsv", vocabulary);
  if (!card.ok()) return card.status();
  absl::StatusOr<Organisations> organisations =
      Organisations::Load(folder / "organisations.tsv", vocabulary);
  if (!organisations.ok()) return organisations.status();
  absl::StatusOr<CreditWords> credits = CreditWords::Load(folder / "credits.tsv", vocabulary);
  if (!credits.ok()) return credits.status();
  absl::StatusOr<HouseStyle> house =
      HouseStyle::Load(folder / "house.tsv", *organisations, vocabulary);
  if (!house.ok()) return house.status();
  AttributionFinder finder(*std::move(words), *std::move(lexicon), *std::move(card),
                           *std::move(organisations), *std::move(credits), *std::move(house));
  const absl::StatusOr<Table> titles =
      Table::Load(folder / "titles.tsv", {.name = "attribution.titles", .columns = {"title"}});
  if (!titles.ok()) return titles.status();
  for (const Table::Row& row : titles->rows()) {
    if (absl::Status status = finder.titles_.Add(vocabulary, row[0], 0); !status.ok()) {
      return titles->Error(row, std::string(status.message()));
    }
  }
  return finder;
}

AttributionResult AttributionFinder::Find(const Text& text) const {
  AttributionResult result;
  result.credits = FindWireCredits(text, organisations_, credits_, house_);
  const Syntax syntax(text, words_);
  std::vector<CueCandidate> cues;
  uint32_t taken = 0;  // tokens before this one belong to a cue
  CueCandidates candidates = FindCandidates(syntax, lexicon_, organisations_.names(), &card_);
  constexpr size_t kTaken = 4;  // about every fourth
  cues.reserve(candidates.all.size() / kTaken);
  for (CueCandidate& candidate : candidates.all) {
    if (candidate.cue.begin < taken) continue;
    const auto facts = candidates.FactsOf(candidate);
    if (!candidate.certain && card_.Score(facts) <= Scorecard::kThreshold) continue;
    taken = candidate.cue.end;
    // "said in a statement that": the statement is how it was said.
    if (candidate.content.adjunct && candidate.content.parts.front().begin > taken) {
      taken = candidate.content.parts.front().begin;
    }
    std::optional<CueCandidate> second = SharedVerb(syntax, candidate);
    cues.push_back(std::move(candidate));
    if (second.has_value()) cues.push_back(*std::move(second));
  }
  SeparateClauses(syntax, cues);
  result.attributions =
      BuildAttributions(syntax, lexicon_, organisations_, titles_, cues, result.credits);
  return result;
}

const AttributionMention* InnermostAround(const AttributionResult& result, Span span) {
  const AttributionMention* best = nullptr;
  size_t best_size = 0;
  for (const AttributionMention& mention : result.attributions) {
    if (!mention.reports) continue;
    for (const Span& part : mention.content) {
      if (!part.Contains(span) || (best != nullptr && part.size() >= best_size)) continue;
      best = &mention;
      best_size = part.size();
    }
  }
  return best;
}

std::vector<Speaker> ChainFor(const AttributionResult& result, Span span) {
  if (const AttributionMention* mention = InnermostAround(result, span); mention != nullptr) {
    return mention->chain;
  }
  for (const WireCredit& credit : result.credits) {
    if (credit.scope.Contains(span)) return {credit.wire};
  }
  return {};
}

}  // namespace consilience::extraction
