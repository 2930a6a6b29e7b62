// One code point to UTF-8.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_UTF8_APPEND_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_UTF8_APPEND_H_

#include <unicode/utf8.h>

#include <cstdint>
#include <string>

namespace consilience::ingest {

// `code_point` is a Unicode scalar value.
inline void AppendUtf8(uint32_t code_point, std::string& text) {
  char bytes[U8_MAX_LENGTH];
  size_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, code_point);
  text.append(bytes, length);
}

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_UTF8_APPEND_H_
