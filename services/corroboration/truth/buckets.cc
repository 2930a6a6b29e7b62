#include "services/corroboration/truth/buckets.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace consilience::corroboration {

std::vector<std::uint32_t> RepresentativesOf(const KindSpec& spec,
                                             const std::vector<StatedNumber>& stated) {
  std::vector<std::uint32_t> order(stated.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tuple(stated[b].count, stated[a].number, stated[a].text) <
           std::tuple(stated[a].count, stated[b].number, stated[b].text);
  });
  constexpr std::uint32_t kNone = UINT32_MAX;
  std::vector<std::uint32_t> representative(stated.size(), kNone);
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (representative[order[i]] != kNone) continue;
    const double center = stated[order[i]].number;
    const double tolerance = Tolerance(spec, center);
    for (std::size_t j = i; j < order.size(); ++j) {
      std::uint32_t& slot = representative[order[j]];
      if (slot != kNone) continue;
      if (j == i || Distance(spec, stated[order[j]].number, center) <= tolerance) slot = order[i];
    }
  }
  return representative;
}

}  // namespace consilience::corroboration
