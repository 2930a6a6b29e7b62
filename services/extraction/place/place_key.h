// One key for the many spellings of one name in Latin letters.
//
// News writes "Idlib" and "Idleb", "Bustan al-Basha" and "Bostan Bash", "Raqqa" and "Raqa". The key
// keeps what the spellings share: articles go, long and short vowels fall together (a · e=i=y ·
// o=u=w), doubled letters become one, emphatic and aspirated consonants their plain neighbours, a
// final "-ah", "-eh", "-e" becomes "-a".
#ifndef CONSILIENCE_SERVICES_EXTRACTION_PLACE_PLACE_KEY_H_
#define CONSILIENCE_SERVICES_EXTRACTION_PLACE_PLACE_KEY_H_

#include <string>
#include <string_view>

namespace consilience::extraction {

// Appends the key of one word, given folded and in lower case, to `key`. Characters other than
// letters of a–z are left out.
void AppendPlaceKey(std::string_view word, std::string& key);

// "al", "el" and their assimilated forms ("ash", "ez"), which a name may carry or not.
bool IsArabicArticle(std::string_view word);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_PLACE_PLACE_KEY_H_
