#include "services/extraction/frames/draft.h"

#include <algorithm>
#include <numeric>

namespace consilience::extraction {
namespace {

double CountOf(const Assertion& assertion) {
  if (!assertion.quantity) return 0.0;
  return assertion.quantity->lower.value_or(assertion.quantity->upper.value_or(0.0));
}

}  // namespace

std::vector<size_t> InOrderOfText(const std::vector<Draft>& drafts) {
  std::vector<size_t> order(drafts.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return drafts[a].trigger < drafts[b].trigger; });
  return order;
}

bool AreFarApart(const Assertion& a, const Assertion& b, double ratio) {
  if (a.measure != b.measure) return false;
  const double low = std::min(CountOf(a), CountOf(b));
  return low > 0.0 && std::max(CountOf(a), CountOf(b)) > ratio * low;
}

}  // namespace consilience::extraction
