// The one normalisation that every stored text goes through.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_NORMALISE_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_NORMALISE_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/ingest/readers/limits.h"
#include "services/ingest/readers/source_map.h"

namespace consilience::ingest {

struct NormalisedText {
  std::string text;
  SourceMap map;  // to the UTF-8 that was given
};

// NFC; \r\n, \r, form feeds and vertical tabs become \n; a leading byte order mark goes. U+00A0 and
// every other character, white space included, stay as they are, so that a quote can be compared
// with the publisher's own text. `utf8` must be well-formed. Errors: nothing but white space, a
// control character (binary), over limits.document_bytes.
absl::StatusOr<NormalisedText> Normalise(std::string_view utf8, std::string_view format,
                                         const Limits& limits);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_NORMALISE_H_
