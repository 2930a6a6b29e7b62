// Every error that a reader gives. The metadata of each names `format` and, where the place is
// known, `offset`: the byte of the file (after decompression) at which it went wrong.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_ERRORS_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_ERRORS_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/status/status.h"

namespace consilience::ingest {

// Where in which format.
struct Place {
  std::string_view format;
  std::optional<uint64_t> offset = std::nullopt;
};

absl::Status EmptyDocument(Place place);
absl::Status NotText(Place place, unsigned byte);
absl::Status BrokenEncoding(Place place, std::string_view charset, std::string_view how);
absl::Status UnknownCharset(Place place, std::string_view charset);
absl::Status DocumentTooLarge(Place place, uint64_t limit);
absl::Status LineTooLong(Place place, uint64_t limit);
absl::Status NestedTooDeep(Place place, uint64_t limit);
absl::Status ContainersTooDeep(Place place, uint64_t limit);
absl::Status InflatesTooMuch(Place place, uint64_t ratio);
absl::Status TooMuchDecompressed(Place place, uint64_t limit);
absl::Status TooManyItems(Place place, uint64_t limit);
// The bytes break a rule of their format; `problem` says which.
absl::Status Malformed(Place place, std::string_view problem);
absl::Status Truncated(Place place, std::string_view problem);
// Declared entities are how XML bombs and file disclosure work; no news format needs them.
absl::Status EntitiesRefused(Place place, std::string_view entity);
absl::Status DuplicateKey(Place place, std::string_view key);
absl::Status BadField(Place place, std::string_view field, std::string_view value,
                      std::string_view remedy);
absl::Status MissingField(Place place, std::string_view field, std::string_view remedy);
absl::Status UnknownFormat(std::string_view format, std::string_view known);
absl::Status UnreadableFile(std::string_view path, std::string_view problem);

// The byte offset that an error of this catalogue names.
std::optional<uint64_t> OffsetOf(const absl::Status& status);

// The same error, met in an item that begins `base` bytes into its file.
absl::Status MovedBy(const absl::Status& status, uint64_t base);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_ERRORS_H_
