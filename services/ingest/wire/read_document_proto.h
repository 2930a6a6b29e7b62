// What a reader made of an item, on its way from whoever read it to the service.
#ifndef CONSILIENCE_SERVICES_INGEST_WIRE_READ_DOCUMENT_PROTO_H_
#define CONSILIENCE_SERVICES_INGEST_WIRE_READ_DOCUMENT_PROTO_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "consilience/ingest/v1/document.pb.h"
#include "consilience/ingest/v1/ingest_service.pb.h"
#include "services/ingest/model/document.h"
#include "services/ingest/readers/document.h"
#include "services/ingest/readers/reader.h"

namespace consilience::ingest {

// Title, date, outlet, url, byline and wire, those that are known or have conflicting evidence.
void ToProto(const Metadata& metadata, v1::Document& proto);
// Segments (byte offsets only), source map, offset and warnings.
void ToProto(const Reading& reading, v1::Document& proto);

// As DocumentInput.read. Its text is moved out of `document`.
v1::DocumentInput ToProto(ReadDocument&& document);
v1::ItemRetraction ToProto(const ReadRetraction& retraction);

// What the caller's reader sent. It is checked as if it were read here: INVALID_ARGUMENT for a text
// that is not normalised, a value without provenance, a date that cannot be, parts that lie outside
// the text or overlap; RESOURCE_EXHAUSTED over the limits. Fields are named from `read` on.
absl::StatusOr<ReadDocument> FromProto(const v1::Document& read, std::string_view label,
                                       const ReadOptions& options);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_WIRE_READ_DOCUMENT_PROTO_H_
