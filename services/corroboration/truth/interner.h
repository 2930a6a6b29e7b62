// Strings as small numbers.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_INTERNER_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_INTERNER_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace consilience::corroboration {

// Numbers strings from 0 in the order in which they are met. Not thread-safe.
class Interner {
 public:
  std::uint32_t Id(std::string_view text) {
    if (const auto found = ids_.find(text); found != ids_.end()) return found->second;
    const auto id = static_cast<std::uint32_t>(texts_.size());
    texts_.emplace_back(text);
    ids_.emplace(texts_.back(), id);
    return id;
  }

  std::size_t size() const { return texts_.size(); }
  const std::string& text(std::uint32_t id) const { return texts_[id]; }

  // Hands out the strings in bytewise order and returns, for every id, its place in that order. The
  // interner is empty afterwards.
  std::vector<std::uint32_t> Rank(std::vector<std::string>* sorted);

 private:
  // A deque, because the keys of `ids_` point into the strings, which must stay where they are.
  std::deque<std::string> texts_;
  absl::flat_hash_map<std::string_view, std::uint32_t, std::hash<std::string_view>> ids_;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_INTERNER_H_
