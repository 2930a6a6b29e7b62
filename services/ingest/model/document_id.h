// How documents are named: by what their text is.
#ifndef CONSILIENCE_SERVICES_INGEST_MODEL_DOCUMENT_ID_H_
#define CONSILIENCE_SERVICES_INGEST_MODEL_DOCUMENT_ID_H_

#include <optional>
#include <string>
#include <string_view>

namespace consilience::ingest {

// Hexadecimal digits of an id: 128 bits of the digest.
inline constexpr size_t kIdDigits = 32;

// The id of the document with this normalised text: the first digits of its SHA-256.
std::string IdOfText(std::string_view text);

// "documents/{id}" and back; nothing when `name` does not read so.
std::string NameOf(std::string_view id);
std::optional<std::string> IdOf(std::string_view name);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_MODEL_DOCUMENT_ID_H_
