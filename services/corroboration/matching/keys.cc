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
// A headline that tells of more sorts of event than these is found by the first of them.
constexpr size_t kMostHappenings = 3;

class KeyMaker {
 public:
  KeyMaker(const Facet& facet, std::string_view where)
      : base_(fmt::format("{}\n{}\n{}\n{}\n", facet.family, facet.crowd, facet.subject, where)) {}

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

// A happening is told with the place or with the country, and is in the news for some days.
void AddHappenings(const Facet& facet, std::vector<uint64_t>& keys) {
  if (facet.as_of == kNoDay || facet.country.empty()) return;
  for (size_t i = 0; i < facet.happenings.size() && i < kMostHappenings; ++i) {
    KeyMaker maker(facet, fmt::format("{}\n{}", facet.country, facet.happenings[i]));
    maker.AddAround('h', facet.as_of, kHappeningDays, kCellsPerTolerance * kHappeningDays);
    for (const uint64_t key : maker.Take()) keys.push_back(key);
  }
  std::sort(keys.begin(), keys.end());
}

}  // namespace

std::vector<uint64_t> BlockingKeys(const Facet& facet) {
  KeyMaker keys(facet, facet.anchor);
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
  std::vector<uint64_t> all = keys.Take();
  AddHappenings(facet, all);
  return all;
}

}  // namespace consilience::corroboration
