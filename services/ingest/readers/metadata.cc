#include "services/ingest/readers/metadata.h"

#include <algorithm>
#include <utility>

namespace consilience::ingest {
namespace {

// More tell a reader nothing, and a page may hold any number of them.
constexpr size_t kMostConflicts = 16;

}  // namespace

MetadataValue Resolve(std::vector<Candidate> candidates) {
  std::erase_if(candidates, [](const Candidate& candidate) {
    return candidate.value.empty() || candidate.basis == Basis::kUnknown;
  });
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.basis > b.basis; });
  MetadataValue result;
  for (Candidate& candidate : candidates) {
    if (!result.known()) {
      result.value = std::move(candidate.value);
      result.basis = candidate.basis;
      result.evidence = std::move(candidate.evidence);
      continue;
    }
    const auto says_the_same = [&](const Candidate& other) {
      return other.value == candidate.value;
    };
    if (candidate.value != result.value && result.conflicting.size() < kMostConflicts &&
        std::none_of(result.conflicting.begin(), result.conflicting.end(), says_the_same)) {
      result.conflicting.push_back(std::move(candidate));
    }
  }
  return result;
}

}  // namespace consilience::ingest
