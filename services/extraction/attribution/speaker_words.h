// Pronouns and words of names, as speakers are recalled by them.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_SPEAKER_WORDS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_SPEAKER_WORDS_H_

#include <string_view>

#include "services/extraction/model/mention.h"

namespace consilience::extraction {

// "we", "our".
bool IsFirstPerson(std::string_view word);
// "he", "her".
bool IsPersonal(std::string_view word);
// "they".
bool IsPlural(std::string_view word);
// "No one has claimed the attack."
bool IsNobody(std::string_view word);
// Whether a name ends with a lower-case word, or holds it.
bool EndsWithWord(std::string_view name, std::string_view word);
bool ContainsWord(std::string_view name, std::string_view word);
// Whether a speaker of a type may be meant by "he" (`person`), or by "it".
bool IsKind(SpeakerType type, bool person);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_SPEAKER_WORDS_H_
