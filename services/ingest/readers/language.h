// Which language a text is in.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_LANGUAGE_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_LANGUAGE_H_

#include <string>
#include <string_view>

namespace consilience::ingest {

// BCP 47 tag of the language that most of the text's opening is in; `declared` where it is too
// short to tell, "und" where nothing is declared either. Well-formed UTF-8.
std::string TellLanguage(std::string_view text, std::string_view declared);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_LANGUAGE_H_
