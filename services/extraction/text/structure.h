// Steps from tokens to the larger units of a text. Each is linear in the number of tokens.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_TEXT_STRUCTURE_H_
#define CONSILIENCE_SERVICES_EXTRACTION_TEXT_STRUCTURE_H_

#include <span>
#include <string_view>
#include <vector>

#include "services/extraction/lexicon/lexicon.h"
#include "services/extraction/text/token.h"

namespace consilience::extraction {

// What a word or phrase of rules/text/words.tsv is, as bits of the lexicon's payload.
enum TextWord : int32_t {
  kTitleWord = 1 << 0,  // an abbreviation that a name or number follows: it never ends a sentence
  kAbbreviation = 1 << 1,  // may end a sentence when a starter follows
  kStarter = 1 << 2,       // a word that starts sentences and seldom stands capitalised elsewhere
  kLanguage = 1 << 3,
  kFurnitureLine = 1 << 4,  // a line of its own that belongs to the web page
  kAnyCase = 1 << 5,        // an abbreviation written in lower case too: "vs", not "Ill"
};

// The token ranges of paragraphs. A single line break separates paragraphs unless the text is
// wrapped: most of its longer lines end between columns 50 and 100.
std::vector<Paragraph> FindParagraphs(std::string_view folded, std::span<const Token> tokens);

// Sentences within paragraphs. Sets Token::sentence and kSentenceInitial.
std::vector<Sentence> FindSentences(std::span<const Paragraph> paragraphs, const Lexicon& words,
                                    bool all_caps, std::vector<Token>& tokens);

// Paired quotation marks; those that curl are told apart by the stored text.
std::vector<Quote> FindQuotes(std::string_view stored, std::span<const Paragraph> paragraphs,
                              std::span<const Token> tokens);

std::vector<Segment> FindSegments(std::string_view lower, std::span<const Paragraph> paragraphs,
                                  std::span<const Sentence> sentences, const Lexicon& words,
                                  std::span<const Token> tokens);

// Closes `range` over tokens [begin, end).
template <typename Range>
Range MakeRange(std::span<const Token> tokens, size_t begin, size_t end) {
  Range range;
  range.begin = static_cast<uint32_t>(begin);
  range.end = static_cast<uint32_t>(end);
  range.span = {tokens[begin].span.begin, tokens[end - 1].span.end};
  return range;
}

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_TEXT_STRUCTURE_H_
