#include "services/corroboration/matching/keys.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace consilience::corroboration {
namespace {

// Tolerances, in days, of the grids that starts of windows are laid on. A facet goes on every grid
// up to the first that covers its own tolerance; a pair's tolerance is the smaller of two, so the
// one with less of it meets the other on the last grid that it is on.
constexpr std::array<double, 5> kGrids = {1.0, 8.0, 64.0, 512.0, 4096.0};
// A cell is four tolerances wide, so a day and its neighbourhood touch two cells at most.
constexpr double kCellsPerTolerance = 4.0;

class KeyMaker {
 public:
  explicit KeyMaker(const Facet& facet)
      : base_(fmt::format("{}\n{}\n{}\n{}\n", facet.family, facet.crowd, facet.subject,
                          facet.anchor)) {}

  void AddAround(char grid, double day, double tolerance, double cell) {
    const auto first = static_cast<int64_t>(std::floor((day - tolerance) / cell));
    const auto last = static_cast<int64_t>(std::floor((day + tolerance) / cell));
    for (int64_t at = first; at <= last; ++at) Add(fmt::format("{}{:.0f}:{}", grid, cell, at));
  }

  void Add(std::string_view when) {
    const std::string text = fmt::format("{}{}", base_, when);
    keys_.push_back(XXH3_64bits(text.data(), text.size()));
  }

  std::vector<uint64_t> Take() {
    std::sort(keys_.begin(), keys_.end());
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    return std::move(keys_);
  }

 private:
  std::string base_;
  std::vector<uint64_t> keys_;
};

// `grid` tells starts ('f') from the days of states ('s').
void AddGrids(KeyMaker& keys, char grid, int day, double tolerance) {
  for (const double step : kGrids) {
    keys.AddAround(grid, day, std::min(step, tolerance), kCellsPerTolerance * step);
    if (step >= tolerance) break;
  }
}

}  // namespace

std::vector<uint64_t> BlockingKeys(const Facet& facet) {
  KeyMaker keys(facet);
  if (facet.rule->state && facet.as_of != kNoDay) {
    AddGrids(keys, 's', facet.as_of, WindowTolerance(facet));
  } else if (facet.from != kNoDay) {
    AddGrids(keys, 'f', facet.from, WindowTolerance(facet));
  }
  if (!facet.rule->state && facet.as_of != kNoDay) {
    // An assertion without a window attaches to what ended about the day it was published.
    const double tolerance = ReportTolerance(facet);
    keys.AddAround('e', facet.as_of, tolerance, kCellsPerTolerance * tolerance);
  }
  if (facet.as_of == kNoDay) keys.Add("undated");
  return keys.Take();
}

}  // namespace consilience::corroboration
