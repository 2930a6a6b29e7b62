// Which character set bytes are in, and the same text in UTF-8.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_CHARSET_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_CHARSET_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/ingest/readers/limits.h"
#include "services/ingest/readers/source_map.h"

namespace consilience::ingest {

struct Charset {
  std::string name;     // as ICU knows it
  std::string how;      // "byte order mark", "declared", "well-formed UTF-8", "uchardet"
  size_t bom_size = 0;  // bytes of the byte order mark
};

// A byte order mark beats the declaration, the declaration beats the bytes. Bytes that are UTF-8
// but for fewer faults than well-formed sequences, or with a fault that only UTF-8 can have, are
// UTF-8 that was damaged; the rest is uchardet's to tell. An empty `declared` declares nothing.
Charset TellCharset(std::string_view bytes, std::string_view declared);

struct Utf8Text {
  std::string text;
  SourceMap map;  // to the bytes
};

// `bytes` in UTF-8, without a byte order mark. Errors name the offset of the first byte that the
// character set does not have.
absl::StatusOr<Utf8Text> DecodeToUtf8(std::string_view bytes, std::string_view declared,
                                      std::string_view format, const Limits& limits);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_CHARSET_H_
