// Metadata as one JSON object, the form in which stores keep it.
//
//   {"title": {"value": …, "basis": "given|read|inferred", "evidence": …, "conflicting": [ … ]}, …}
//
// Unknown values are absent.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_METADATA_JSON_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_METADATA_JSON_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/ingest/readers/metadata.h"

namespace consilience::ingest {

std::string MetadataToJson(const Metadata& metadata);
// DATA_LOSS when `json` is not what MetadataToJson writes.
absl::StatusOr<Metadata> MetadataFromJson(std::string_view json);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_METADATA_JSON_H_
