// The words by which searches find what an assertion says.
//
// Case, the diacritics of Latin letters, combining marks and apostrophes do not count, digits of
// other scripts are digits, and whatever is neither letter nor digit parts words: "Al-Bāb" is "al"
// and "bab". The articles of Arabic names ("al", "el", "an", "ash" and the like) are no words, so
// that "Bab" and "al-Bab" find the same.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MATCHING_SEARCH_WORDS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MATCHING_SEARCH_WORDS_H_

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "services/corroboration/model/assertion.h"

namespace consilience::corroboration {

// What is looked for: a word that begins so, or is just so. Letters and digits only, folded.
struct SearchTerm {
  std::string word;
  bool whole = false;

  friend bool operator==(const SearchTerm&, const SearchTerm&) = default;
};

// Sorted bytewise, each word one time.
using SearchWords = std::set<std::string, std::less<>>;

// One term a word of the query, sorted, each one time. A number has to be the whole word: "14" does
// not find 141.
std::vector<SearchTerm> SearchTermsOf(std::string_view query);

// Of its quote, kind, measure, place, population, parties, days and speakers, and of the outlet and
// the title of its document.
SearchWords SearchWordsOf(const RecordedAssertion& assertion);
// Of all of them. Bounded, so that an index can hold it; words beyond are not found.
SearchWords SearchWordsOf(const std::vector<RecordedAssertion>& assertions);

bool HoldsAll(const SearchWords& words, const std::vector<SearchTerm>& terms);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MATCHING_SEARCH_WORDS_H_
