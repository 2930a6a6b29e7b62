// What several handlers do: claims by resource name, as messages, as they stood.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_SERVICE_LOOKUP_H_
#define CONSILIENCE_SERVICES_CORROBORATION_SERVICE_LOOKUP_H_

#include <functional>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "consilience/corroboration/v1/corroboration_service.pb.h"
#include "services/common/errors/written.h"
#include "services/common/query/filter.h"
#include "services/corroboration/engine/engine.h"
#include "services/corroboration/engine/past.h"
#include "services/corroboration/wire/claim_wire.h"

namespace consilience::corroboration {

// As it is, or as it stood in the past. NOT_FOUND names the claim.
absl::StatusOr<ClaimView> LookUpClaim(Engine& engine, const std::string& name,
                                      std::string_view field, Past* past = nullptr);

// "documents/{document}/assertions/{assertion}"; INVALID_ARGUMENT names the field.
struct AssertionRef {
  std::string document;
  std::string assertion;
};
absl::StatusOr<AssertionRef> AssertionIn(const std::string& name, std::string_view field);

// Who decides and why, as a review states it; INVALID_ARGUMENT names the field.
template <typename Request>
absl::StatusOr<Decider> DeciderOf(const Request& request) {
  absl::Status written = common::RequireLine("actor", request.actor(), "say who decides");
  if (written.ok()) {
    written = common::RequireNote("reason", request.reason(), "say why, for the record");
  }
  if (!written.ok()) return written;
  return Decider{request.actor(), request.reason()};
}

// The message, with review, aliases and etag; those of `past` where the view is.
absl::StatusOr<v1::Claim> ClaimMessage(Engine& engine, const ClaimView& view, Detail detail,
                                       Past* past = nullptr);

// The message in basic detail, of a row that has its leader: as it was scored last, without being
// assessed again.
absl::StatusOr<v1::Claim> ListedMessage(Engine& engine, const ClaimRow& row);

int64_t MicrosOf(const google::protobuf::Timestamp& time);

// The past that a request with a read_time asks for; nothing for one without.
template <typename Request>
absl::StatusOr<std::optional<Past>> PastOf(Engine& engine, const Request& request) {
  if (!request.has_read_time()) return std::nullopt;
  auto past = Past::At(engine, MicrosOf(request.read_time()));
  if (!past.ok()) return past.status();
  return *std::move(past);
}
// For page tokens: lists of different instants are different lists.
std::string InstantOf(const std::optional<Past>& past);

// The last revision of a claim at or before an instant; nothing when it did not exist yet.
absl::StatusOr<std::optional<Revision>> RevisionAt(Engine& engine, const std::string& claim,
                                                   int64_t time_us);

// The filter of claim lists.
absl::StatusOr<common::Filter> ParseClaimFilter(const std::string& text);
// The fields of a claim as that filter sees them, now or then.
common::Filter::RepeatedValues FieldsOf(Engine& engine, const ClaimRow& row, Past* past = nullptr);

// Rows after the cursor, in order, that may match the filter; `visit` returns false to stop. A
// filter that names a question, a document or a source is answered from their claims, one that
// names a place or a state from those that have it, any other by walking through the order. Other
// reads of the store may happen within `visit`.
absl::Status VisitClaims(Engine& engine, const common::Filter& filter, ClaimOrder order,
                         Cursor after, const std::function<bool(const ClaimRow&)>& visit);

// Whether a filter takes it for a number, of which several spellings are equal.
bool IsNumber(const std::string& text);

// The rows after the cursor, in order; `visit` returns false to stop.
void VisitRows(const std::vector<ClaimRow>& rows, ClaimOrder order, const Cursor& after,
               const std::function<bool(const ClaimRow&)>& visit);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_SERVICE_LOOKUP_H_
