// What a format told of a text, as it is stored.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_READING_JSON_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_READING_JSON_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/ingest/model/document.h"

namespace consilience::ingest {

//   {"segments": [[kind, begin, end], …], "map": [[text, source, text unit, source unit], …],
//    "offset": bytes, "warnings": ["…"]}
// What is empty is left out. Kinds are the numbers of SegmentKind, which are never reused.
std::string ReadingToJson(const Reading& reading);
// DATA_LOSS when `text` is not that.
absl::StatusOr<Reading> ReadingFromJson(std::string_view text);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_READING_JSON_H_
