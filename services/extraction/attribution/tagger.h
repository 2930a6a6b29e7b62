// Gives every token of a text its coarse part of speech.
//
// One pass from left to right: a word's possible tags come from the word classes or its ending, and
// its neighbours decide between them. It is made for finding subjects, verbs and clauses in edited
// prose and in headlines; it does not try to be right about anything else.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_TAGGER_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_TAGGER_H_

#include <cstddef>
#include <vector>

#include "services/extraction/attribution/tag.h"
#include "services/extraction/attribution/word_classes.h"
#include "services/extraction/text/text.h"

namespace consilience::extraction {

struct TaggedToken {
  Tag tag = Tag::kOther;
  const WordClass* word = nullptr;  // never null once tagged
};

// Tokens of the text in order, one tag each; linear in the length of the text.
std::vector<TaggedToken> TagText(const Text& text, const WordClasses& classes);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_TAGGER_H_
