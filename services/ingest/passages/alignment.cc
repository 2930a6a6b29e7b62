#include "services/ingest/passages/alignment.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

namespace consilience::ingest {
namespace {

// A maximal exact run: words [here, here + size) are words [there, there + size).
struct Run {
  uint32_t here = 0;
  uint32_t there = 0;
  uint32_t size = 0;

  uint32_t here_end() const { return here + size; }
  uint32_t there_end() const { return there + size; }
};

struct Edit {
  uint32_t here = 0;
  uint32_t there = 0;
  uint32_t widest() const { return std::max(here, there); }
};

Edit Between(const Run& a, const Run& b) {
  return {b.here - a.here_end(), b.there - a.there_end()};
}

bool Follows(const Run& a, const Run& b, uint32_t max_gap) {
  return b.here >= a.here_end() && b.there >= a.there_end() && Between(a, b).widest() <= max_gap;
}

// Positions of `there` by the words that begin there, so that runs can be looked up. A word met in
// very many places ("the") would make the look-up quadratic, so the key is a gram of min_run words.
class GramTable {
 public:
  GramTable(std::span<const Word> words, uint32_t gram) : gram_(gram) {
    if (words.size() < gram) return;
    entries_.reserve(words.size() - gram + 1);
    for (size_t i = 0; i + gram <= words.size(); ++i) {
      entries_.emplace_back(Key(words, i), static_cast<uint32_t>(i));
    }
    std::sort(entries_.begin(), entries_.end());
  }

  // A text that repeats itself gives at most this many places of one gram.
  static constexpr ptrdiff_t kMaxPlaces = 16;

  auto Places(std::span<const Word> words, size_t at) const {
    const uint64_t key = Key(words, at);
    const auto begin =
        std::lower_bound(entries_.begin(), entries_.end(), std::pair<uint64_t, uint32_t>(key, 0));
    auto end = begin;
    while (end != entries_.end() && end->first == key && end - begin < kMaxPlaces) ++end;
    return std::span(begin, end);
  }

 private:
  uint64_t Key(std::span<const Word> words, size_t at) const {
    uint64_t key = 0;
    for (size_t i = at; i < at + gram_; ++i) key = key * 0x9E3779B97F4A7C15ULL + words[i].folded;
    return key;
  }

  uint32_t gram_;
  std::vector<std::pair<uint64_t, uint32_t>> entries_;
};

// Words that may be compared for each word of the two texts. Prose takes one or two; only a text
// that says the same thing over and over gets here, and then its later repetitions go unseen.
constexpr size_t kComparisonsPerWord = 64;

// All maximal runs of at least min_run words, in order of `here`, then `there`.
std::vector<Run> FindRuns(std::span<const Word> here, std::span<const Word> there,
                          uint32_t min_run) {
  std::vector<Run> runs;
  const GramTable table(there, min_run);
  size_t budget = kComparisonsPerWord * (here.size() + there.size());
  // Diagonals (here - there) on which a run is open, and where it ends.
  std::unordered_map<int64_t, size_t> open;
  for (size_t i = 0; i + min_run <= here.size(); ++i) {
    for (const auto& [key, j] : table.Places(here, i)) {
      size_t& end = open[static_cast<int64_t>(i) - static_cast<int64_t>(j)];
      if (i < end) continue;  // within a run that began earlier
      size_t size = 0;
      while (i + size < here.size() && j + size < there.size() &&
             here[i + size].folded == there[j + size].folded) {
        ++size;
      }
      end = i + size;
      if (size >= min_run) {
        runs.push_back({static_cast<uint32_t>(i), j, static_cast<uint32_t>(size)});
      }
      budget -= std::min(budget, size);
    }
    if (budget == 0) break;
  }
  return runs;
}

// Longest common subsequence of two short stretches.
uint32_t CommonWithin(std::span<const Word> a, std::span<const Word> b) {
  constexpr size_t kMost = 32;
  if (a.empty() || b.empty() || a.size() > kMost || b.size() > kMost) return 0;
  std::array<uint32_t, kMost + 1> row{};
  for (const Word& word : a) {
    uint32_t diagonal = 0;
    for (size_t j = 0; j < b.size(); ++j) {
      const uint32_t above = row[j + 1];
      row[j + 1] = word.folded == b[j].folded ? diagonal + 1 : std::max(above, row[j]);
      diagonal = above;
    }
  }
  return row[b.size()];
}

class Aligner {
 public:
  Aligner(std::span<const Word> here, std::span<const Word> there, const AlignmentOptions& options)
      : here_(here),
        there_(there),
        options_(options),
        runs_(FindRuns(here, there, options.min_run)) {}

  std::vector<Alignment> Align() {
    Chain();
    for (const size_t last : ByScore()) {
      std::vector<Run> chain;
      for (std::optional<size_t> i = last; i.has_value() && !used_[*i]; i = previous_[*i]) {
        used_[*i] = true;
        chain.push_back(runs_[*i]);
      }
      std::reverse(chain.begin(), chain.end());
      Take(chain);
    }
    std::sort(found_.begin(), found_.end(), [](const Alignment& a, const Alignment& b) {
      return std::pair(a.here, a.there) < std::pair(b.here, b.there);
    });
    return std::move(found_);
  }

 private:
  // Runs that a chain may look back over; more lie between two of one chain only in texts that
  // repeat themselves.
  static constexpr size_t kLookBack = 64;

  // The best chain that ends with each run: its words, less half a word for each word of its edits.
  // Scores are doubled to stay whole.
  void Chain() {
    score_.resize(runs_.size());
    previous_.resize(runs_.size());
    used_.resize(runs_.size());
    for (size_t i = 0; i < runs_.size(); ++i) {
      int64_t best = 0;
      for (size_t j = i; j-- > 0 && i - j <= kLookBack;) {
        if (!Follows(runs_[j], runs_[i], options_.max_gap)) continue;
        const int64_t joined = score_[j] - Between(runs_[j], runs_[i]).widest();
        if (joined > best) {
          best = joined;
          previous_[i] = j;
        }
      }
      score_[i] = best + 2 * int64_t{runs_[i].size};
    }
  }

  std::vector<size_t> ByScore() const {
    std::vector<size_t> order(runs_.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](size_t a, size_t b) { return score_[a] > score_[b]; });
    return order;
  }

  Alignment Measure(std::span<const Run> chain) const {
    Alignment result;
    result.here = {chain.front().here, chain.back().here_end()};
    result.there = {chain.front().there, chain.back().there_end()};
    for (size_t i = 0; i < chain.size(); ++i) {
      result.words += chain[i].size;
      if (i == 0) continue;
      const Edit edit = Between(chain[i - 1], chain[i]);
      result.words += CommonWithin(here_.subspan(chain[i - 1].here_end(), edit.here),
                                   there_.subspan(chain[i - 1].there_end(), edit.there));
    }
    return result;
  }

  // Keeps a chain, or the parts of it that are alike enough. The recursion halves nothing but ends:
  // each cut leaves fewer runs on either side.
  void Take(std::span<const Run> chain) {
    if (chain.empty()) return;
    const Alignment alignment = Measure(chain);
    if (alignment.words < options_.min_words) return;
    if (alignment.similarity() >= options_.min_similarity) {
      Keep(alignment);
      return;
    }
    size_t cut = 1;
    for (size_t i = 1; i < chain.size(); ++i) {
      if (Between(chain[i - 1], chain[i]).widest() > Between(chain[cut - 1], chain[cut]).widest()) {
        cut = i;
      }
    }
    Take(chain.subspan(0, cut));
    Take(chain.subspan(cut));
  }

  // The better-scored alignment of the same words stands.
  void Keep(const Alignment& alignment) {
    const bool told = std::any_of(found_.begin(), found_.end(), [&](const Alignment& other) {
      return other.here.Contains(alignment.here);
    });
    if (!told) found_.push_back(alignment);
  }

  std::span<const Word> here_;
  std::span<const Word> there_;
  const AlignmentOptions& options_;
  std::vector<Run> runs_;
  std::vector<int64_t> score_;
  std::vector<std::optional<size_t>> previous_;
  std::vector<bool> used_;
  std::vector<Alignment> found_;
};

}  // namespace

double Alignment::similarity() const {
  return static_cast<double>(words) / static_cast<double>(std::max(here.size(), there.size()));
}

std::vector<Alignment> Align(std::span<const Word> here, std::span<const Word> there,
                             const AlignmentOptions& options) {
  return Aligner(here, there, options).Align();
}

}  // namespace consilience::ingest
