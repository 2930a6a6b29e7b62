// What was learned of sources and pairs of them, as far as it was asked for: every score asks for
// all of its sources again.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_LEARNED_CACHE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_LEARNED_CACHE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "services/corroboration/store/records.h"

namespace consilience::corroboration {

// Not thread-safe.
class LearnedCache {
 public:
  // Null when it is not here.
  const SourceCounts* FindCounts(std::string_view source, std::string_view family) const;
  const std::vector<PairCounts>* FindPair(std::string_view first, std::string_view second) const;
  void PutCounts(const SourceCounts& counts);
  // By family; all of the two.
  void PutPair(std::string_view first, std::string_view second, std::vector<PairCounts> counts);

  // What a write adds to it.
  void Add(const ChangeSet& changes);
  void Clear();

 private:
  // Entries of each kind, some 20 MB.
  static constexpr size_t kMost = 100'000;

  std::unordered_map<std::string, SourceCounts> counts_;            // by source and family
  std::unordered_map<std::string, std::vector<PairCounts>> pairs_;  // by first and second
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_LEARNED_CACHE_H_
