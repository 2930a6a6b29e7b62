// What a question may believe of its sources, from what was learned of them everywhere else.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_RELIABILITY_BELIEFS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_RELIABILITY_BELIEFS_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/corroboration/config/configuration.h"
#include "services/corroboration/store/records.h"

namespace consilience::corroboration {

// Where the sums of all lessons are looked up.
struct Learned {
  std::function<absl::StatusOr<SourceCounts>(const std::string& source, const std::string& family)>
      counts;
  // By family; `first` < `second`.
  std::function<absl::StatusOr<std::vector<PairCounts>>(const std::string& first,
                                                        const std::string& second)>
      pair;
};

// Sets the accuracies of `beliefs.sources`, whose kinds are given, and the dependences, leaving out
// what its own lessons added: no question judges its own sources. A function of the
// sums alone, so the order in which they came together makes no difference. Whether anything
// changed.
absl::StatusOr<bool> UpdateBeliefs(const Learned& learned, const Configuration& config,
                                   QuestionBeliefs& beliefs);

// P(first ~ second) from their counts in each family and their accuracies there; the prior where
// there is too little. Kinds are of first and second.
absl::StatusOr<CopyPosterior> JudgePair(const std::vector<PairCounts>& counts,
                                        const Learned& learned, SourceKind first, SourceKind second,
                                        const Configuration& config);

// What is known of a pair beyond the prior, as a share of what could be, rounded down to a step: a
// score is due again only when one is crossed.
double PublishedDependence(const CopyPosterior& posterior, const Configuration& config);

// The same sums, each looked up at most once.
Learned Remembered(Learned learned);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_RELIABILITY_BELIEFS_H_
