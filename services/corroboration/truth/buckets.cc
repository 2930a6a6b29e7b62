#include "services/corroboration/truth/buckets.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace consilience::corroboration {
namespace {

// Whether a represents a bucket rather than b.
bool RepresentsBefore(const StatedNumber& a, const StatedNumber& b) {
  return std::tuple(b.count, b.belief, a.number, a.text) <
         std::tuple(a.count, a.belief, b.number, b.text);
}

}  // namespace

std::vector<std::uint32_t> RepresentativesOf(const KindSpec& spec,
                                             const std::vector<StatedNumber>& stated) {
  std::vector<std::uint32_t> order(stated.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (stated[a].belief != stated[b].belief) return stated[a].belief > stated[b].belief;
    return RepresentsBefore(stated[a], stated[b]);
  });
  constexpr std::uint32_t kNone = UINT32_MAX;
  std::vector<std::uint32_t> representative(stated.size(), kNone);
  std::vector<std::uint32_t> members;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (representative[order[i]] != kNone) continue;
    const double center = stated[order[i]].number;
    const double tolerance = Tolerance(spec, center);
    members.clear();
    for (std::size_t j = i; j < order.size(); ++j) {
      if (representative[order[j]] != kNone) continue;
      if (j == i || Distance(spec, stated[order[j]].number, center) <= tolerance) {
        members.push_back(order[j]);
      }
    }
    std::uint32_t best = order[i];
    for (const std::uint32_t member : members) {
      if (RepresentsBefore(stated[member], stated[best])) best = member;
    }
    for (const std::uint32_t member : members) representative[member] = best;
  }
  return representative;
}

}  // namespace consilience::corroboration
