// When a document that could not be processed is tried again.
#ifndef CONSILIENCE_SERVICES_INGEST_PIPELINE_RETRY_POLICY_H_
#define CONSILIENCE_SERVICES_INGEST_PIPELINE_RETRY_POLICY_H_

#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace consilience::ingest {

struct RetryPolicy {
  absl::Duration first = absl::Seconds(1);  // doubles with every attempt
  absl::Duration longest = absl::Seconds(30);
  int attempts = 8;  // of failures that may pass; of absence there is no end
};

// Whether a service or its store cannot work at all, for now: away, or out of space.
bool IsAway(const absl::Status& status);

// How long to wait after the attempt numbered `attempt` (from 1) failed with `status`;
// InfiniteDuration when there is no use in trying again.
//
// A service that is away is no fault of the document: it is waited for however long that takes.
// Other failures that may pass are tried `attempts` times; what the services say about the document
// itself is final. Up to a quarter is added to the wait, told by `document`, so that what failed
// together does not come back together.
absl::Duration RetryDelay(const RetryPolicy& policy, const absl::Status& status, int attempt,
                          std::string_view document);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_PIPELINE_RETRY_POLICY_H_
