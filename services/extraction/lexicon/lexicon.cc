#include "services/extraction/lexicon/lexicon.h"

#include <fmt/format.h>

#include <string>

#include "services/extraction/text/fold.h"
#include "services/extraction/text/tokenize.h"

namespace consilience::extraction {

bool IsInnerHyphen(std::span<const Token> tokens, size_t at) {
  const Token& token = tokens[at];
  return token.mark == '-' && token.end - token.begin == 1 && !token.is(kSpaceBefore) &&
         at + 1 < tokens.size() && !tokens[at + 1].is(kSpaceBefore);
}

std::vector<WordId> InternPhrase(Vocabulary& vocabulary, std::string_view phrase) {
  const FoldedText folded(phrase);
  const std::string lower = AsciiLower(folded.text());
  const std::vector<Token> tokens = Tokenize(folded.text());
  std::vector<WordId> words;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (!IsInnerHyphen(tokens, i)) words.push_back(vocabulary.Intern(WordForm(lower, tokens[i])));
  }
  return words;
}

absl::Status Lexicon::Add(Vocabulary& vocabulary, std::string_view phrase, int32_t payload) {
  const std::vector<WordId> words = InternPhrase(vocabulary, phrase);
  if (words.empty()) return absl::InvalidArgumentError("the phrase has no words");
  if (mark_ == 0) mark_ = vocabulary.NewMark();
  vocabulary.Mark(words[0], mark_);
  if (starts_.size() <= words[0]) starts_.resize(words[0] + size_t{1});
  Start& start = starts_[words[0]];
  if (start.index == 0) {
    start.index = static_cast<uint32_t>(nodes_.size());
    nodes_.emplace_back();
  }
  uint32_t node = start.index;
  for (size_t i = 1; i < words.size(); ++i) node = Child(node, words[i]);
  const absl::Status meant = GiveMeaning(node, phrase, payload);
  start.node = nodes_[start.index];
  return meant;
}

absl::Status Lexicon::GiveMeaning(uint32_t node, std::string_view phrase, int32_t payload) {
  int32_t& stored = nodes_[node].payload;
  if (stored == payload) return absl::OkStatus();
  if (stored >= 0) {
    return absl::AlreadyExistsError(fmt::format("\"{}\" already has another meaning", phrase));
  }
  stored = payload;
  ++phrases_;
  return absl::OkStatus();
}

// Answers by itself where no phrase goes on after the first word, as mostly, without the registers
// that following one needs.
Lexicon::Found Lexicon::Follow(std::span<const Token> tokens, size_t at, size_t limit) const {
  if (tokens[at].word >= starts_.size()) return {};
  const Node& node = starts_[tokens[at].word].node;
  const size_t next = at + 1;
  const bool may_go_on = node.next != 0 && next < limit &&
                         (tokens[next].mark == '-' || node.MayGoOn(tokens[next].word));
  if (may_go_on) return FollowOn(tokens, at, limit);
  return {static_cast<uint32_t>(next), node.payload};
}

[[gnu::noinline]] Lexicon::Found Lexicon::FollowOn(std::span<const Token> tokens, size_t at,
                                                   size_t limit) const {
  auto [node, index] = starts_[tokens[at].word];
  Found best;
  for (size_t next = at + 1;; ++next) {
    if (node.payload >= 0) best = {static_cast<uint32_t>(next), node.payload};
    if (node.next == 0) break;
    if (next < limit && tokens[next].mark == '-' && IsInnerHyphen(tokens, next)) ++next;
    if (next >= limit || !node.MayGoOn(tokens[next].word)) break;
    index = edges_[ProbeEdge(index, tokens[next].word)].to;
    if (index == 0) break;
    node = nodes_[index];
  }
  return best;
}

std::vector<LexiconMatch> Lexicon::All(std::span<const Token> tokens) const {
  std::vector<LexiconMatch> matches;
  constexpr size_t kTokensOfMatch = 32;  // of a lexicon of which a text has many
  matches.reserve(tokens.size() / kTokensOfMatch);
  for (size_t at = 0; at < tokens.size(); ++at) {
    if (!Starts(tokens[at])) continue;
    const auto match = Follow(tokens, at, tokens.size()).MatchAt(at);
    if (!match) continue;
    matches.push_back(*match);
    at = match->end - 1;
  }
  return matches;
}

uint32_t Lexicon::Child(uint32_t node, WordId word) {
  size_t at = ProbeEdge(node, word);
  if (edges_[at].to != 0) return edges_[at].to;
  if (++edge_count_ * 2 > edges_.size()) {
    std::vector<Edge> old(edges_.size() * 2);
    old.swap(edges_);
    for (const Edge& edge : old) {
      if (edge.to != 0) edges_[ProbeEdge(edge.from, edge.word)] = edge;
    }
    at = ProbeEdge(node, word);
  }
  const auto child = static_cast<uint32_t>(nodes_.size());
  edges_[at] = {node, word, child};
  nodes_.emplace_back();
  nodes_[node].next |= NextBit(word);
  return child;
}

}  // namespace consilience::extraction
