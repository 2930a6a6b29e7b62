// Assertions between the wire and the domain.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_WIRE_ASSERTION_WIRE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_WIRE_ASSERTION_WIRE_H_

#include "absl/status/statusor.h"
#include "consilience/common/v1/place_time.pb.h"
#include "consilience/common/v1/quantity.pb.h"
#include "consilience/corroboration/v1/corroboration_service.pb.h"
#include "consilience/extraction/v1/assertion.pb.h"
#include "services/corroboration/model/assertion.h"

namespace consilience::corroboration {

// An unknown kind, group or mode is no error: the vocabularies are open, and what this version does
// not know it keeps as "unspecified".
extraction::Assertion FromWire(const extraction::v1::Assertion& wire);

// `quote` and `code_points` are not part of the domain's assertion.
extraction::v1::Assertion ToWire(const RecordedAssertion& assertion);

common::v1::Quantity ToWire(const extraction::Quantity& quantity, std::string text);
common::v1::Population ToWire(const extraction::Population& population);
common::v1::Place ToWire(const extraction::PlaceMention& place);
common::v1::DayRange ToWire(const extraction::DayRange& days);

PassageLink FromWire(const v1::ReusedPassage& wire);
v1::ReusedPassage ToWire(const PassageLink& link);

// INVALID_ARGUMENT when the document has no name of the right form.
absl::StatusOr<DocumentRecord> FromWire(const v1::RecordAssertionsRequest& request);

// "documents/4f…" → "4f…", checked. `field` names it in the error.
absl::StatusOr<std::string> IdIn(std::string_view collection, std::string_view name,
                                 std::string_view field);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_WIRE_ASSERTION_WIRE_H_
