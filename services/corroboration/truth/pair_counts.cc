#include "services/corroboration/truth/pair_counts.h"

#include <algorithm>

namespace consilience::corroboration {
namespace {

// Up to here a triangle of slots takes at most 8 MB and beats a hash by far.
constexpr std::size_t kDenseSources = 2000;

std::size_t TriangleIndex(std::uint32_t a, std::uint32_t b) {
  const auto [low, high] = std::minmax(a, b);
  return static_cast<std::size_t>(high) * (high - 1) / 2 + low;
}

}  // namespace

std::uint64_t SourcePairs::Key(std::uint32_t a, std::uint32_t b) {
  const auto [low, high] = std::minmax(a, b);
  return (static_cast<std::uint64_t>(low) << 32) | high;
}

SourcePairs::SourcePairs(const TruthTable& table, std::size_t min_overlap)
    : sources_(table.sources.size()), dense_(sources_ <= kDenseSources) {
  std::vector<std::uint64_t> keys;
  if (dense_) {
    triangle_.assign(sources_ * (sources_ + 1) / 2, 0);
    ForEachClaimPair(table, [&](std::size_t, std::size_t a, std::size_t b) {
      ++triangle_[TriangleIndex(table.claims[a].source, table.claims[b].source)];
    });
    for (std::uint32_t high = 1; high < sources_; ++high) {
      for (std::uint32_t low = 0; low < high; ++low) {
        if (triangle_[TriangleIndex(low, high)] >= min_overlap) keys.push_back(Key(low, high));
      }
    }
    triangle_.assign(triangle_.size(), kNone);
  } else {
    absl::flat_hash_map<std::uint64_t, std::uint32_t> overlap;
    ForEachClaimPair(table, [&](std::size_t, std::size_t x, std::size_t y) {
      const SourceClaim& a = table.claims[x];
      const SourceClaim& b = table.claims[y];
      ++overlap[Key(a.source, b.source)];
    });
    for (const auto& [key, count] : overlap) {
      if (count >= min_overlap) keys.push_back(key);
    }
  }
  std::sort(keys.begin(), keys.end());
  for (const std::uint64_t key : keys) {
    const auto low = static_cast<std::uint32_t>(key >> 32);
    const auto high = static_cast<std::uint32_t>(key);
    const auto slot = static_cast<std::uint32_t>(pairs_.size());
    if (dense_) {
      triangle_[TriangleIndex(low, high)] = slot;
    } else {
      slots_[key] = slot;
    }
    pairs_.emplace_back(low, high);
  }
}

std::uint32_t SourcePairs::Find(std::uint32_t a, std::uint32_t b) const {
  if (a == b) return kNone;
  if (dense_) return triangle_[TriangleIndex(a, b)];
  const auto found = slots_.find(Key(a, b));
  return found == slots_.end() ? kNone : found->second;
}

std::vector<SharedCounts> CountShared(const TruthTable& table, const SourcePairs& pairs,
                                      std::span<const double> probability) {
  std::vector<SharedCounts> counts(pairs.size());
  if (pairs.size() == 0) return counts;
  ForEachClaimPair(table, [&](std::size_t, std::size_t x, std::size_t y) {
    const SourceClaim& a = table.claims[x];
    const SourceClaim& b = table.claims[y];
    const std::uint32_t slot = pairs.Find(a.source, b.source);
    if (slot == SourcePairs::kNone) return;
    counts[slot].different += static_cast<double>(a.weight * b.weight);
    if (a.value != b.value) return;
    const auto shared = static_cast<double>(std::min(a.weight, b.weight));
    const double p = std::clamp(probability[a.value], 0.0, 1.0);
    counts[slot].same_true += shared * p;
    counts[slot].same_false += shared * (1.0 - p);
    counts[slot].different -= shared;
  });
  for (SharedCounts& count : counts) count.different = std::max(0.0, count.different);
  return counts;
}

}  // namespace consilience::corroboration
