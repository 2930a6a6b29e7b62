// Postings as bytes.
//
//   entry = hash (6 bytes) document (4 bytes) word (3 bytes)     big-endian, so bytes sort as
//   values block = entry { entry }                                      in ascending order
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_POSTING_BLOCK_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_POSTING_BLOCK_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "services/ingest/passages/passage_index.h"

namespace consilience::ingest {

inline constexpr size_t kEntryBytes = 13;
// A block and its row fill one page of 4 KiB.
inline constexpr size_t kBlockEntries = 300;
// Words beyond are not indexed: such a text would have more words than 10 MiB can hold.
inline constexpr uint32_t kMostWords = (uint32_t{1} << 24U) - 1;

struct HashPosting {
  uint64_t hash = 0;
  Posting posting;

  friend auto operator<=>(const HashPosting&, const HashPosting&) = default;
};

void AppendEntry(const HashPosting& entry, std::string& block);
// The entry numbered `index`, from 0.
HashPosting ReadEntry(std::string_view block, size_t index);
inline size_t EntriesOf(std::string_view block) { return block.size() / kEntryBytes; }
// The first entry whose hash is not less than `hash`.
size_t LowerBound(std::string_view block, uint64_t hash);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_POSTING_BLOCK_H_
