#include "services/corroboration/truth/interner.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace consilience::corroboration {

std::vector<std::uint32_t> Interner::Rank(std::vector<std::string>* sorted) {
  std::vector<std::uint32_t> order(texts_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [this](std::uint32_t a, std::uint32_t b) { return texts_[a] < texts_[b]; });
  std::vector<std::uint32_t> rank(texts_.size());
  sorted->clear();
  sorted->reserve(texts_.size());
  ids_.clear();
  for (std::uint32_t place = 0; place < order.size(); ++place) {
    rank[order[place]] = place;
    sorted->push_back(std::move(texts_[order[place]]));
  }
  texts_.clear();
  return rank;
}

}  // namespace consilience::corroboration
