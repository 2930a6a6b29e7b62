#include "services/ingest/readers/source_map.h"

#include <algorithm>

namespace consilience::ingest {
namespace {

size_t Along(const SourceMap::Run& run, size_t stored) {
  return run.original + (stored - run.stored) / run.stored_unit * run.original_unit;
}

const SourceMap::Run* RunAt(const std::vector<SourceMap::Run>& runs, size_t stored) {
  const auto next = std::upper_bound(
      runs.begin(), runs.end(), stored,
      [](size_t offset, const SourceMap::Run& run) { return offset < run.stored; });
  return next == runs.begin() ? nullptr : &*std::prev(next);
}

}  // namespace

void SourceMap::Add(size_t stored, size_t original, size_t stored_unit, size_t original_unit) {
  const Run run{static_cast<uint32_t>(stored), static_cast<uint32_t>(original),
                static_cast<uint16_t>(stored_unit), static_cast<uint16_t>(original_unit)};
  const Run last = runs_.empty() ? Run{} : runs_.back();
  const bool same_units =
      last.stored_unit == run.stored_unit && last.original_unit == run.original_unit;
  if (same_units && (stored - last.stored) % stored_unit == 0 && Along(last, stored) == original) {
    return;
  }
  if (!runs_.empty() && runs_.back().stored == run.stored) {
    runs_.back() = run;
  } else {
    runs_.push_back(run);
  }
}

size_t SourceMap::ToOriginal(size_t stored) const {
  const Run* run = RunAt(runs_, stored);
  return run == nullptr ? stored : Along(*run, stored);
}

SourceMap SourceMap::Then(const SourceMap& inner) const {
  if (identity()) return inner;
  if (inner.identity()) return *this;
  // The result can bend only where this map bends or where it meets a bend of the inner one.
  SourceMap result;
  const Run start{};
  for (size_t i = 0; i <= runs_.size(); ++i) {
    const Run& run = i == 0 ? start : runs_[i - 1];
    const size_t end = i < runs_.size() ? runs_[i].stored : SIZE_MAX;
    if (i == 0 && !runs_.empty() && runs_[0].stored == 0) continue;
    const Run* at = RunAt(inner.runs_, run.original);
    const Run first = at == nullptr ? start : *at;
    // A run of unequal units composes with a linear stretch by scaling; both are 1:1 in practice
    // but for text decoded from wide characters, which is always the innermost map.
    result.Add(run.stored, inner.ToOriginal(run.original),
               size_t{run.stored_unit} * first.stored_unit,
               size_t{run.original_unit} * first.original_unit);
    auto next =
        std::upper_bound(inner.runs_.begin(), inner.runs_.end(), run.original,
                         [](size_t offset, const Run& other) { return offset < other.stored; });
    for (; next != inner.runs_.end(); ++next) {
      const size_t ahead = next->stored - run.original;
      const size_t stored = run.stored + ahead / run.original_unit * run.stored_unit;
      if (stored >= end) break;
      result.Add(stored, next->original, size_t{run.stored_unit} * next->stored_unit,
                 size_t{run.original_unit} * next->original_unit);
    }
  }
  return result;
}

}  // namespace consilience::ingest
