// The history of a claim, and what people decided about it.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MODEL_REVISION_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MODEL_REVISION_H_

#include <cstdint>
#include <string>

#include "services/corroboration/model/claim.h"

namespace consilience::corroboration {

enum class RevisionCause {
  kDocumentRecorded,
  kDocumentWithdrawn,
  kSourceChanged,
  kAssertionReviewed,
  kRefreshed,
  kMatchChanged,
};

// Append-only: what changed a claim's corroboration, when, and why.
struct Revision {
  std::string id;  // sorts by time
  std::string claim;
  int64_t time_us = 0;  // microseconds since 1970, UTC
  Corroboration corroboration;
  RevisionCause cause = RevisionCause::kDocumentRecorded;
  std::string subject;  // the document, source or review behind it
  std::string summary;
};

enum class ReviewDecision { kUnspecified, kConfirmed, kRefuted, kNeedsWork, kNotAClaim };

// A person's decision, kept beside the machine's score, never instead of it.
struct Review {
  std::string id;
  std::string claim;
  ReviewDecision decision = ReviewDecision::kUnspecified;
  std::string actor;
  std::string reason;
  int64_t time_us = 0;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MODEL_REVISION_H_
