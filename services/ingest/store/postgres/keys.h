// What stands in an index for text of any length.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_KEYS_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_KEYS_H_

#include <string>
#include <string_view>

#include "services/common/text/digest.h"

namespace consilience::ingest {

// Empty for an empty text.
inline std::string KeyOf(std::string_view text) {
  return text.empty() ? "" : common::Sha256Hex(text).substr(0, 32);
}

// Of an appearance.
inline std::string PlaceKey(const std::string& outlet, const std::string& url,
                            const std::string& publication_date) {
  return KeyOf(std::to_string(outlet.size()) + " " + outlet + " " + std::to_string(url.size()) +
               " " + url + " " + publication_date);
}

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_KEYS_H_
