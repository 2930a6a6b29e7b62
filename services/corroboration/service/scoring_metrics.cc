#include "services/corroboration/service/scoring_metrics.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include "services/common/time/clock.h"
#include "services/corroboration/model/names.h"

namespace consilience::corroboration {
namespace {

constexpr absl::Duration kCountEvery = absl::Seconds(10);
constexpr int kShareOfTime = 50;
// Claims that are read at a time; others take their turns in between.
constexpr size_t kReadAtOnce = 500;

const prometheus::Histogram::BucketBoundaries kSeconds = {.01, .05, .1, .5, 1, 5, 10, 60, 300};

std::string Lower(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

}  // namespace

ScoringMetrics::ScoringMetrics(prometheus::Registry& registry)
    : rescored_(prometheus::BuildCounter()
                    .Name("consilience_rescored_questions_total")
                    .Help("Questions scored again because something was learned of their sources.")
                    .Register(registry)
                    .Add({})),
      seconds_(prometheus::BuildHistogram()
                   .Name("consilience_rescore_seconds")
                   .Help("Time of scoring again what was due.")
                   .Register(registry)
                   .Add({}, kSeconds)),
      review_queue_(prometheus::BuildGauge()
                        .Name("consilience_review_queue")
                        .Help("Disputed claims that nobody has reviewed.")
                        .Register(registry)
                        .Add({})) {
  auto& claims = prometheus::BuildGauge()
                     .Name("consilience_claims")
                     .Help("Claims, by state.")
                     .Register(registry);
  for (const std::string& name : ClaimStateNames()) {
    claims_[*ParseClaimState(name)] = &claims.Add({{"state", Lower(name)}});
  }
}

void ScoringMetrics::Rescored(int questions, absl::Duration took) {
  if (questions == 0) return;
  rescored_.Increment(questions);
  seconds_.Observe(absl::ToDoubleSeconds(took));
}

absl::Status ScoringMetrics::Count(Store& store, absl::Time now) {
  if (now < due_) return absl::OkStatus();
  absl::Status status = CountAll(store);
  const absl::Time end = common::RealClock().Now();
  due_ = end + std::max(kCountEvery, kShareOfTime * (end - now));
  return status;
}

absl::Status ScoringMetrics::CountAll(Store& store) {
  std::map<ClaimState, int> counts;
  int unreviewed = 0;
  Cursor after;
  for (size_t read = kReadAtOnce; read == kReadAtOnce;) {
    read = 0;
    std::vector<std::string> disputed;
    const absl::Status status =
        store.ScanClaims(ClaimOrder::kFrom, after, [&](const ClaimRow& claim) {
          after = {SortValue(claim, ClaimOrder::kFrom), claim.id};
          ++counts[claim.corroboration.state];
          if (claim.corroboration.state == ClaimState::kDisputed) disputed.push_back(claim.id);
          return ++read < kReadAtOnce;
        });
    if (!status.ok()) return status;
    for (const std::string& claim : disputed) {
      const auto review = store.LatestReview(claim);
      if (!review.ok()) return review.status();
      if (!review->has_value()) ++unreviewed;
    }
  }
  for (const auto& [state, gauge] : claims_) gauge->Set(counts[state]);
  review_queue_.Set(unreviewed);
  return absl::OkStatus();
}

}  // namespace consilience::corroboration
