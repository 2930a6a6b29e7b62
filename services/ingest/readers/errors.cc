#include "services/ingest/readers/errors.h"

#include <fmt/format.h>

#include <charconv>
#include <string>

#include "services/common/errors/error.h"

namespace consilience::ingest {
namespace {

using absl::StatusCode;
using common::ErrorMetadata;
using common::Quoted;

constexpr uint64_t kMebi = uint64_t{1} << 20U;

// The place goes into the metadata only: a message is moved with its item (MovedBy), and whoever
// prints an error prints the place beside it.
absl::Status Make(StatusCode code, std::string_view reason, Place place, std::string_view message,
                  ErrorMetadata metadata = {}) {
  metadata["format"] = std::string(place.format);
  if (place.offset.has_value()) metadata["offset"] = std::to_string(*place.offset);
  return common::MakeError(code, reason, message, metadata);
}

absl::Status Invalid(std::string_view reason, Place place, std::string_view message,
                     ErrorMetadata metadata = {}) {
  return Make(StatusCode::kInvalidArgument, reason, place, message, std::move(metadata));
}

absl::Status OverLimit(std::string_view reason, Place place, std::string_view message,
                       uint64_t limit) {
  return Make(StatusCode::kResourceExhausted, reason, place, message,
              {{"limit", std::to_string(limit)}});
}

}  // namespace

absl::Status EmptyDocument(Place place) {
  return Invalid("DOCUMENT_EMPTY", place, "the document holds no text: send one that does");
}

absl::Status NotText(Place place, unsigned byte) {
  return Invalid("DOCUMENT_BINARY", place,
                 fmt::format("control byte 0x{:02x} shows that this is not text: send the text, or "
                             "an archive or page of a known format",
                             byte),
                 {{"byte", fmt::format("0x{:02x}", byte)}});
}

absl::Status BrokenEncoding(Place place, std::string_view charset, std::string_view how) {
  return Invalid("ENCODING_BROKEN", place,
                 fmt::format("not well-formed {} ({}): send it in the encoding that it is in, or "
                             "declare that one",
                             charset, how),
                 {{"charset", std::string(charset)}, {"how", std::string(how)}});
}

absl::Status UnknownCharset(Place place, std::string_view charset) {
  const std::string shown = Quoted(charset);
  return Invalid("CHARSET_UNKNOWN", place,
                 fmt::format("character set {} is not known: convert the document to UTF-8", shown),
                 {{"charset", shown}});
}

absl::Status DocumentTooLarge(Place place, uint64_t limit) {
  return OverLimit("DOCUMENT_TOO_LARGE", place,
                   fmt::format("larger than the {} that one document may have: split it or raise "
                               "document_bytes",
                               limit % kMebi == 0 ? fmt::format("{} MiB", limit / kMebi)
                                                  : fmt::format("{} bytes", limit)),
                   limit);
}

absl::Status LineTooLong(Place place, uint64_t limit) {
  return OverLimit("LINE_TOO_LONG", place,
                   fmt::format("a line of more than {} bytes: break it or raise line_bytes", limit),
                   limit);
}

absl::Status NestedTooDeep(Place place, uint64_t limit) {
  return OverLimit(
      "NESTING_TOO_DEEP", place,
      fmt::format("nested deeper than {} levels: raise nesting_depth if that is meant", limit),
      limit);
}

absl::Status ContainersTooDeep(Place place, uint64_t limit) {
  return OverLimit("CONTAINERS_TOO_DEEP", place,
                   fmt::format("more than {} archives or compressed files within each other: "
                               "unpack the outer ones",
                               limit),
                   limit);
}

absl::Status InflatesTooMuch(Place place, uint64_t ratio) {
  return OverLimit("DECOMPRESSION_BOMB", place,
                   fmt::format("becomes more than {} times its size when decompressed: unpack it "
                               "first or raise decompressed_ratio",
                               ratio),
                   ratio);
}

absl::Status TooMuchDecompressed(Place place, uint64_t limit) {
  return OverLimit("DECOMPRESSED_TOO_LARGE", place,
                   fmt::format("becomes more than {} bytes when decompressed: split it or raise "
                               "decompressed_bytes",
                               limit),
                   limit);
}

absl::Status TooManyItems(Place place, uint64_t limit) {
  return OverLimit("ITEMS_TOO_MANY", place,
                   fmt::format("more than {} items in one file: split it or raise items", limit),
                   limit);
}

absl::Status Malformed(Place place, std::string_view problem) {
  return Invalid("FORMAT_MALFORMED", place, problem, {{"problem", std::string(problem)}});
}

absl::Status Truncated(Place place, std::string_view problem) {
  return Invalid("FORMAT_TRUNCATED", place, problem, {{"problem", std::string(problem)}});
}

absl::Status EntitiesRefused(Place place, std::string_view entity) {
  const std::string shown = Quoted(entity);
  return Invalid(
      "ENTITIES_REFUSED", place,
      fmt::format("declares the entity {}: entities are not expanded, write the text out", shown),
      {{"entity", shown}});
}

absl::Status DuplicateKey(Place place, std::string_view key) {
  const std::string shown = Quoted(key);
  return Invalid("KEY_DUPLICATE", place,
                 fmt::format("key {} stands twice in one object: which one holds is not defined, "
                             "so keep one",
                             shown),
                 {{"key", shown}});
}

absl::Status BadField(Place place, std::string_view field, std::string_view value,
                      std::string_view remedy) {
  const std::string shown = Quoted(value);
  return Invalid("ITEM_FIELD_INVALID", place, fmt::format("{} is {}: {}", field, shown, remedy),
                 {{"field", std::string(field)}, {"value", shown}});
}

absl::Status MissingField(Place place, std::string_view field, std::string_view remedy) {
  return Invalid("ITEM_FIELD_MISSING", place, fmt::format("{} is missing: {}", field, remedy),
                 {{"field", std::string(field)}});
}

absl::Status UnknownFormat(std::string_view format, std::string_view known) {
  const std::string shown = Quoted(format);
  return Invalid(
      "FORMAT_UNKNOWN", {.format = "unknown"},
      fmt::format("format {} is not known: it is one of {}, or leave it unset to have it "
                  "told from the content",
                  shown, known),
      {{"value", shown}, {"known", std::string(known)}});
}

absl::Status UnreadableFile(std::string_view path, std::string_view problem) {
  return common::MakeError(absl::StatusCode::kNotFound, "INPUT_UNREADABLE",
                           fmt::format("{} cannot be read: {}", Quoted(path, 400), problem),
                           {{"path", std::string(path)}, {"problem", std::string(problem)}});
}

std::optional<uint64_t> OffsetOf(const absl::Status& status) {
  const ErrorMetadata metadata = common::ErrorMetadataOf(status);
  const auto found = metadata.find("offset");
  if (found == metadata.end()) return std::nullopt;
  uint64_t offset = 0;
  std::from_chars(found->second.data(), found->second.data() + found->second.size(), offset);
  return offset;
}

absl::Status MovedBy(const absl::Status& status, uint64_t base) {
  const std::optional<uint64_t> offset = OffsetOf(status);
  if (status.ok() || !offset.has_value()) return status;
  ErrorMetadata metadata = common::ErrorMetadataOf(status);
  metadata["offset"] = std::to_string(*offset + base);
  return common::MakeError(status.code(), common::ErrorReason(status),
                           std::string_view(status.message().data(), status.message().size()),
                           metadata);
}

}  // namespace consilience::ingest
