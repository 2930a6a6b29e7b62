#include "services/ingest/pipeline/retry_policy.h"

#include <algorithm>

#include "services/common/errors/error.h"
#include "services/common/text/digest.h"

namespace consilience::ingest {
namespace {

constexpr int kMostDoublings = 20;
constexpr double kSpread = 0.25;

bool MayPass(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
      return true;
    case absl::StatusCode::kResourceExhausted:
      // A text over the limit will not shrink; a full queue says when to come back.
      return common::RetryAfter(status).has_value();
    default:
      return false;
  }
}

}  // namespace

bool IsAway(const absl::Status& status) {
  return absl::IsUnavailable(status) || common::ErrorReason(status) == "STORE_FULL";
}

absl::Duration RetryDelay(const RetryPolicy& policy, const absl::Status& status, int attempt,
                          std::string_view document) {
  const bool away = IsAway(status);
  if (!away && (!MayPass(status) || attempt >= policy.attempts)) return absl::InfiniteDuration();
  const int doublings = std::min(attempt - 1, kMostDoublings);
  const absl::Duration delay = std::min(policy.first * (int64_t{1} << doublings), policy.longest);
  constexpr uint64_t kSteps = 1024;
  const double share = static_cast<double>(common::Hash64(document) % kSteps) / kSteps;
  return std::max(delay * (1 + kSpread * share),
                  common::RetryAfter(status).value_or(absl::ZeroDuration()));
}

}  // namespace consilience::ingest
