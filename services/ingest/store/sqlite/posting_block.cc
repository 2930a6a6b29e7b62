#include "services/ingest/store/sqlite/posting_block.h"

namespace consilience::ingest {
namespace {

constexpr size_t kHashBytes = 6;
constexpr size_t kDocumentBytes = 4;
constexpr size_t kWordBytes = 3;
static_assert(kHashBytes + kDocumentBytes + kWordBytes == kEntryBytes);

void AppendBigEndian(uint64_t value, size_t bytes, std::string& block) {
  for (size_t i = bytes; i > 0; --i) {
    block.push_back(static_cast<char>((value >> ((i - 1) * 8)) & 0xFFU));
  }
}

uint64_t ReadBigEndian(std::string_view bytes) {
  uint64_t value = 0;
  for (const char c : bytes) value = value << 8U | static_cast<unsigned char>(c);
  return value;
}

uint64_t HashAt(std::string_view block, size_t index) {
  return ReadBigEndian(block.substr(index * kEntryBytes, kHashBytes));
}

}  // namespace

void AppendEntry(const HashPosting& entry, std::string& block) {
  AppendBigEndian(entry.hash, kHashBytes, block);
  AppendBigEndian(entry.posting.document, kDocumentBytes, block);
  AppendBigEndian(entry.posting.word, kWordBytes, block);
}

HashPosting ReadEntry(std::string_view block, size_t index) {
  const std::string_view entry = block.substr(index * kEntryBytes, kEntryBytes);
  return {ReadBigEndian(entry.substr(0, kHashBytes)),
          {static_cast<DocumentNumber>(ReadBigEndian(entry.substr(kHashBytes, kDocumentBytes))),
           static_cast<uint32_t>(ReadBigEndian(entry.substr(kHashBytes + kDocumentBytes)))}};
}

size_t LowerBound(std::string_view block, uint64_t hash) {
  size_t first = 0;
  size_t count = EntriesOf(block);
  while (count > 0) {
    const size_t half = count / 2;
    if (HashAt(block, first + half) < hash) {
      first += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return first;
}

}  // namespace consilience::ingest
