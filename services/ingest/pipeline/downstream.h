// The two services that ingest drives, as it sees them.
#ifndef CONSILIENCE_SERVICES_INGEST_PIPELINE_DOWNSTREAM_H_
#define CONSILIENCE_SERVICES_INGEST_PIPELINE_DOWNSTREAM_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "consilience/corroboration/v1/corroboration_service.pb.h"
#include "consilience/extraction/v1/extraction_service.pb.h"

namespace consilience::ingest {

// Thread-safe. Errors carry the code of the service that gave them.
class Downstream {
 public:
  virtual ~Downstream() = default;
  virtual absl::StatusOr<extraction::v1::ExtractAssertionsResponse> Extract(
      const extraction::v1::ExtractAssertionsRequest& request) = 0;
  // Idempotent: the same document with the same assertions changes nothing.
  virtual absl::Status Record(const corroboration::v1::RecordAssertionsRequest& request) = 0;
  // Idempotent. NOT_FOUND when the document was never recorded.
  virtual absl::Status Withdraw(const corroboration::v1::WithdrawDocumentRequest& request) = 0;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_PIPELINE_DOWNSTREAM_H_
