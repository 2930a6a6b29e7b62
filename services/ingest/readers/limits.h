// How much of outside bytes a reader takes before it refuses. Every limit is there because some
// small input could otherwise take all memory or all time.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_LIMITS_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_LIMITS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/status/status.h"

namespace consilience::ingest {

struct Limits {
  // Bytes of one document, before and after normalisation.
  size_t document_bytes = size_t{10} << 20;
  // Bytes of one line of a format that is made of lines (JSONL, headers of WARC and HTTP).
  size_t line_bytes = size_t{12} << 20;
  // Elements within elements, or arrays and objects within each other.
  size_t nesting_depth = 256;
  // Archives, compressed files and records within each other.
  size_t container_depth = 4;
  // Bytes that one compressed file or archive member may become for each byte it has; text of the
  // press compresses about 1:4, deflate ends at 1:1032.
  size_t decompressed_ratio = 200;
  // A compressed stream is not held to the ratio before it has given this many bytes.
  size_t ratio_free_bytes = size_t{1} << 20;
  // Bytes that one compressed file may become altogether.
  uint64_t decompressed_bytes = uint64_t{64} << 30;
  // Items that one file or archive may hold.
  uint64_t items = 50'000'000;
};

// Sets one of them from its name and a number, "line_bytes=1000000". INVALID_ARGUMENT names what is
// wrong with it.
absl::Status SetLimit(std::string_view assignment, Limits& limits);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_LIMITS_H_
