// One JSON object as a document.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_JSON_RECORD_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_JSON_RECORD_H_

#include <cstdint>
#include <string_view>

#include "services/ingest/readers/json.h"
#include "services/ingest/readers/reader.h"

namespace consilience::ingest {

struct JsonItem {
  std::string_view bytes;  // that `value` was parsed from
  const JsonValue& value;
  std::string_view format;
  uint64_t base = 0;  // where `bytes` begin in the file
};

// A ninjs item or a record, told by its keys.
bool ReadRecord(const JsonItem& item, const Request& request, const ReadOptions& options,
                const ItemCallback& callback);

// A member that has to be a string where it stands at all: its text, empty when absent or null.
absl::StatusOr<std::string_view> OptionalText(const JsonItem& item, std::string_view key);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_JSON_RECORD_H_
