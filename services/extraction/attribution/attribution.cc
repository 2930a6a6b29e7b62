#include "services/extraction/attribution/attribution.h"

#include <utility>

namespace consilience::extraction {
namespace {

Span ToSpan(const Text& text, TokenSpan span) { return text.SpanOf(span.begin, span.end); }

AttributionMention ToMention(const Text& text, const CueCandidate& candidate) {
  AttributionMention mention;
  if (!candidate.source.empty()) mention.source.push_back(ToSpan(text, candidate.source));
  if (!candidate.cue.empty()) mention.cue.push_back(ToSpan(text, candidate.cue));
  for (const TokenSpan& part : candidate.content.parts) {
    mention.content.push_back(ToSpan(text, part));
  }
  return mention;
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
  return AttributionFinder(*std::move(words), *std::move(lexicon), *std::move(card));
}

std::vector<AttributionMention> AttributionFinder::Find(const Text& text) const {
  const Syntax syntax(text, words_);
  std::vector<AttributionMention> mentions;
  uint32_t taken = 0;  // tokens before this one belong to a cue
  for (const CueCandidate& candidate : Candidates(syntax)) {
    if (candidate.cue.begin < taken || card_.Score(candidate.facts) <= 0.0) continue;
    taken = candidate.cue.end;
    mentions.push_back(ToMention(text, candidate));
  }
  return mentions;
}

}  // namespace consilience::extraction
