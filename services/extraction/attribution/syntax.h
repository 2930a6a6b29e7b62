// Noun phrases and verb groups of a text: the light syntax that sources, cues and contents are read
// from.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_SYNTAX_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_SYNTAX_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "services/extraction/attribution/tag.h"
#include "services/extraction/attribution/tagger.h"
#include "services/extraction/attribution/word_classes.h"
#include "services/extraction/text/text.h"

namespace consilience::extraction {

// Tokens [begin, end).
struct TokenSpan {
  uint32_t begin = 0;
  uint32_t end = 0;
  bool empty() const { return begin >= end; }
  bool Contains(size_t token) const { return begin <= token && token < end; }
  friend bool operator==(const TokenSpan&, const TokenSpan&) = default;
};

// A noun phrase without what follows its head: "a senior rebel official", "Donald J. Trump", "he".
struct NounPhrase : TokenSpan {
  uint32_t head = 0;  // its last noun, name or pronoun
};

// A verb with its auxiliaries and the adverbs among them: "has repeatedly denied", "to say",
// "saying". The head of "is critical" is "is".
struct VerbGroup : TokenSpan {
  uint32_t head = 0;
  bool finite = false;
  bool infinitive = false;  // "to say"
  bool gerund = false;      // "saying", without an auxiliary
  bool passive = false;     // "was told"; also a participle without an auxiliary
  bool negated = false;
};

// Immutable. Refers to the text, which must outlive it.
class Syntax {
 public:
  Syntax(const Text& text, const WordClasses& classes);

  const Text& text() const { return text_; }
  size_t size() const { return tokens_.size(); }
  Tag tag(size_t token) const { return tokens_[token].tag; }
  bool is(size_t token, TagSet tags) const { return In(tokens_[token].tag, tags); }
  const WordClass& word(size_t token) const { return *tokens_[token].word; }

  std::span<const NounPhrase> nouns() const { return nouns_; }
  std::span<const VerbGroup> verbs() const { return verbs_; }

  // The noun phrase or verb group that holds a token, or null.
  const NounPhrase* NounAt(size_t token) const {
    return noun_at_[token] < 0 ? nullptr : &nouns_[static_cast<size_t>(noun_at_[token])];
  }
  const VerbGroup* VerbAt(size_t token) const {
    return verb_at_[token] < 0 ? nullptr : &verbs_[static_cast<size_t>(verb_at_[token])];
  }

  const Sentence& SentenceOf(size_t token) const {
    return text_.sentences()[text_[token].sentence];
  }

 private:
  size_t ReadNoun(size_t begin, size_t limit);
  size_t ReadVerb(size_t begin, size_t limit);
  bool ContinuesNoun(size_t token, size_t begin, size_t head, size_t limit) const;
  bool OpensTitle(size_t token, size_t limit) const;
  size_t HearerEnd(size_t begin, size_t end) const;
  VerbGroup DescribeVerb(size_t begin, size_t head) const;

  const Text& text_;
  std::vector<TaggedToken> tokens_;
  std::vector<NounPhrase> nouns_;
  std::vector<VerbGroup> verbs_;
  std::vector<int32_t> noun_at_;
  std::vector<int32_t> verb_at_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_SYNTAX_H_
