// Texts as lists of comparable words.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MATCHING_WORDS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MATCHING_WORDS_H_

#include <string>
#include <string_view>
#include <vector>

namespace consilience::corroboration {

// Lower-case words: runs of ASCII letters and digits and of letters beyond ASCII. Apostrophes are
// dropped, so that typographic variants agree; every other sign and every kind of space separates.
std::vector<std::string> Words(std::string_view text);

// The words joined by single spaces, without a leading "the": the key under which names compare.
std::string FoldedName(std::string_view text);

// Share of words that two texts have in common in the same order: 2·LCS / (|a| + |b|), in [0, 1].
// Texts are compared over their first 200 words, which bounds the work whatever the input.
double WordSimilarity(const std::vector<std::string>& a, const std::vector<std::string>& b);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MATCHING_WORDS_H_
