// Phrases of one or more words, each with a payload, found by longest match.
//
// Phrases are tokenised like texts, so a phrase matches whatever the spelling of its spaces,
// quotes, capitals and diacritics; a hyphen without white space around it is passed over ("air
// strike" finds "air-strike").
#ifndef CONSILIENCE_SERVICES_EXTRACTION_LEXICON_LEXICON_H_
#define CONSILIENCE_SERVICES_EXTRACTION_LEXICON_LEXICON_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "services/extraction/lexicon/vocabulary.h"
#include "services/extraction/text/token.h"

namespace consilience::extraction {

struct LexiconMatch {
  uint32_t begin = 0;  // tokens, `end` not included
  uint32_t end = 0;
  int32_t payload = 0;
};

// Thread-safe once built.
class Lexicon {
 public:
  // Adds a phrase with a payload ≥ 0. Fails with InvalidArgument when the phrase has no words and
  // with AlreadyExists when it is there with another payload; adding the same pair again does
  // nothing.
  absl::Status Add(Vocabulary& vocabulary, std::string_view phrase, int32_t payload);

  // The longest phrase that starts at tokens[at] and ends at or before `limit`.
  std::optional<LexiconMatch> Longest(std::span<const Token> tokens, size_t at,
                                      size_t limit) const {
    if (at >= limit || !Starts(tokens[at])) return std::nullopt;
    return Follow(tokens, at, limit).MatchAt(at);
  }
  std::optional<LexiconMatch> Longest(std::span<const Token> tokens, size_t at) const {
    return Longest(tokens, at, tokens.size());
  }

  // The payload of a phrase of the one word `word`, or -1.
  int32_t Payload(WordId word) const {
    return word < starts_.size() ? starts_[word].node.payload : -1;
  }

  // Some phrase may start with this token of an analysed text: a quick way to pass over it.
  bool Starts(const Token& token) const { return (token.marks & mark_) != 0; }
  // The mark of such tokens, to ask several lexicons at once.
  uint32_t mark() const { return mark_; }
  // Has what Longest needs of a token that is asked for soon fetched from memory.
  void Prefetch(const Token& token) const {
    if (Starts(token)) __builtin_prefetch(&starts_[token.word]);
  }

  // Every match that no longer or earlier one overlaps, from left to right.
  std::vector<LexiconMatch> All(std::span<const Token> tokens) const;

  size_t size() const { return phrases_; }

 private:
  struct Node {
    int32_t payload = -1;
    uint32_t next = 0;  // NextBit of every word that may follow

    bool MayGoOn(WordId word) const { return (next & NextBit(word)) != 0; }
  };
  // The node of a phrase's first word, copied to where it is looked for: most phrases are one word.
  struct Start {
    Node node;
    uint32_t index = 0;  // of the node; 0 if no phrase starts with the word
  };
  // Most words that follow a phrase's first are none of its second; a bit for a class of words
  // tells so without a look at the edges.
  static uint32_t NextBit(WordId word) { return uint32_t{1} << (word * 0x9E3779B9U >> 27); }

  // From a node by a word to a node; free where `to` is 0.
  struct Edge {
    uint32_t from = 0;
    WordId word = kNoWord;
    uint32_t to = 0;
  };

  // The edge from `node` by `word`, or the free place where it belongs.
  size_t ProbeEdge(uint32_t node, WordId word) const {
    const size_t mask = edges_.size() - 1;
    // Two odd constants of many bits keep neighbouring nodes and words apart.
    const uint64_t mixed =
        node * uint64_t{0x9E3779B97F4A7C15} ^ word * uint64_t{0xC2B2AE3D27D4EB4F};
    size_t at = (mixed ^ mixed >> 32) & mask;
    while (edges_[at].to != 0 && (edges_[at].from != node || edges_[at].word != word)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  // What was found at a token that is known, in one register: an optional match comes back through
  // memory, written in parts and read whole, for which a processor waits.
  class Found {
   public:
    Found() = default;
    Found(uint32_t end, int32_t payload)
        : packed_(uint64_t{end} << 32 | static_cast<uint32_t>(payload)) {}
    std::optional<LexiconMatch> MatchAt(size_t begin) const {
      const auto payload = static_cast<int32_t>(static_cast<uint32_t>(packed_));
      if (payload < 0) return std::nullopt;
      return LexiconMatch{static_cast<uint32_t>(begin), static_cast<uint32_t>(packed_ >> 32),
                          payload};
    }

   private:
    uint64_t packed_ = 0xFFFFFFFF;  // the end, the payload; -1 of which stands for nothing
  };
  Found Follow(std::span<const Token> tokens, size_t at, size_t limit) const;
  Found FollowOn(std::span<const Token> tokens, size_t at, size_t limit) const;
  uint32_t Child(uint32_t node, WordId word);
  absl::Status GiveMeaning(uint32_t node, std::string_view phrase, int32_t payload);
  std::vector<Node> nodes_ = std::vector<Node>(1);   // node 0 stands for "none"
  std::vector<Start> starts_;                        // by word
  std::vector<Edge> edges_ = std::vector<Edge>(16);  // open addressing, a power of two in size
  size_t edge_count_ = 0;
  uint32_t mark_ = 0;  // what Vocabulary::Look tells of the first words
  size_t phrases_ = 0;
};

// The words of a phrase as texts are tokenised, hyphens left out. For loaders that build structures
// of their own.
std::vector<WordId> InternPhrase(Vocabulary& vocabulary, std::string_view phrase);

// A hyphen right against both of its neighbours.
bool IsInnerHyphen(std::span<const Token> tokens, size_t at);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_LEXICON_LEXICON_H_
