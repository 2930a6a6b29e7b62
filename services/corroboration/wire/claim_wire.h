// Claims, questions, explanations, sources and their history on the wire.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_WIRE_CLAIM_WIRE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_WIRE_CLAIM_WIRE_H_

#include <string>
#include <vector>

#include "consilience/corroboration/v1/claim.pb.h"
#include "consilience/corroboration/v1/explanation.pb.h"
#include "consilience/corroboration/v1/source.pb.h"
#include "services/corroboration/engine/engine.h"
#include "services/corroboration/model/claim.h"
#include "services/corroboration/model/explanation.h"
#include "services/corroboration/model/revision.h"
#include "services/corroboration/model/source.h"

namespace consilience::corroboration {

// Microseconds since 1970 as a timestamp.
google::protobuf::Timestamp TimestampOf(int64_t time_us);

v1::Corroboration ToWire(const Corroboration& corroboration);
Corroboration FromWire(const v1::Corroboration& wire);

v1::ValueRange ToWire(const ValueRange& range);
v1::Question ToWire(const QuestionView& view);

// BASIC has neither assertions nor relations.
enum class Detail { kBasic, kFull };
v1::Claim ToWire(const ClaimView& view, Detail detail);
// The same as the view of its claim in basic detail. The row must have its leader.
v1::Claim ToWire(const ClaimRow& row);
v1::ClaimAssertion ToWire(const RecordedAssertion& assertion, const ClaimMember& member);
// `record` holds the assertions that the explanation names.
v1::Explanation ToWire(const Explanation& explanation, const QuestionView& in,
                       const CalibrationMap& calibration);
v1::Revision ToWire(const Revision& revision);
v1::Review ToWire(const Review& review);

v1::Source ToWire(const Source& source);
Source FromWire(const v1::Source& wire);

// `claims` are ids.
v1::SourceDependence ToWire(const Source& source, const SourceDependence& dependence,
                            const std::vector<std::string>& claims);

v1::ClaimRelation::Type ToWire(RelationType type);

// What changes whenever the claim or its reviews do.
std::string EtagOf(const ClaimRow& row, const std::string& latest_review);
std::string EtagOf(const Source& source);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_WIRE_CLAIM_WIRE_H_
