// ACCU and ACCUCOPY: Dong, Berti-Équille and Srivastava, "Integrating conflicting data: the role of
// source dependence", VLDB 2009. In the log domain, with the error rates of both sources of a pair,
// and with the shared counts taken again in every round.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "services/corroboration/scoring/log_math.h"
#include "services/corroboration/scoring/posterior.h"
#include "services/corroboration/truth/methods/method.h"
#include "services/corroboration/truth/pair_counts.h"

namespace consilience::corroboration {
namespace {

constexpr int kMaxRounds = 30;
constexpr double kConverged = 1e-4;
constexpr double kStart = 0.8;
constexpr double kFalseValues = 100.0;  // n
constexpr double kAccuracyMargin = 0.01;
constexpr std::size_t kMinOverlap = 3;
constexpr CopyModel kModel;

class AccuModel {
 public:
  AccuModel(const TruthTable& table, bool copying)
      : table_(table),
        copying_(copying),
        counts_(ClaimCounts(table)),
        accuracy_(table.sources.size(), kStart),
        independence_(table.claims.size(), 1.0),
        pairs_(table, copying ? kMinOverlap : SourcePairs::kNone) {}

  TruthResult Run() {
    TruthResult result;
    UpdateProbability();
    while (result.rounds < kMaxRounds) {
      ++result.rounds;
      const std::vector<double> before = accuracy_;
      UpdateAccuracy();
      if (copying_) UpdateIndependence();
      UpdateProbability();
      if (LargestChange(before, accuracy_) < kConverged) break;
    }
    result.probability = probability_;
    result.accuracy = accuracy_;
    if (copying_) Report(&result);
    return result;
  }

 private:
  void UpdateProbability() {
    std::vector<double> score(table_.values.size(), 0.0);
    for (std::size_t c = 0; c < table_.claims.size(); ++c) {
      const SourceClaim& claim = table_.claims[c];
      const double a = accuracy_[claim.source];
      score[claim.value] += static_cast<double>(claim.weight) * independence_[c] *
                            (std::log(kFalseValues) + Logit(a));
    }
    probability_.resize(score.size());
    for (std::size_t i = 0; i < table_.items.size(); ++i) {
      const std::size_t first = table_.first_value(i);
      const std::size_t count = table_.end_value(i) - first;
      const double none = NoneOfTheseLogMass(kFalseValues, static_cast<double>(count), 1.0);
      const std::vector<double> p = PosteriorOver({score.data() + first, count}, none);
      std::copy(p.begin(), p.end(), probability_.begin() + static_cast<std::ptrdiff_t>(first));
    }
  }

  void UpdateAccuracy() {
    std::vector<double> right(accuracy_.size(), 0.0);
    for (const SourceClaim& claim : table_.claims) right[claim.source] += probability_[claim.value];
    for (std::size_t s = 0; s < right.size(); ++s) {
      if (counts_[s] == 0.0) continue;
      accuracy_[s] = std::clamp(right[s] / counts_[s], kAccuracyMargin, 1.0 - kAccuracyMargin);
    }
  }

  // Over the claims of each value, by falling accuracy.
  void UpdateIndependence() {
    shared_ = CountShared(table_, pairs_, probability_);
    dependent_.resize(pairs_.size());
    for (std::size_t p = 0; p < pairs_.size(); ++p) {
      const auto [first, second] = pairs_.pair(p);
      dependent_[p] =
          DetectCopying(shared_[p], accuracy_[first], accuracy_[second], kFalseValues, kModel)
              .dependent();
    }
    std::vector<std::size_t> order;
    for (std::size_t begin = 0; begin < table_.claims.size();) {
      std::size_t end = begin;
      while (end < table_.claims.size() && table_.claims[end].value == table_.claims[begin].value) {
        ++end;
      }
      if (end - begin > kMostPairedClaims) {
        begin = end;
        continue;
      }
      order.resize(end - begin);
      std::iota(order.begin(), order.end(), begin);
      std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const std::uint32_t x = table_.claims[a].source;
        const std::uint32_t y = table_.claims[b].source;
        return accuracy_[x] != accuracy_[y] ? accuracy_[x] > accuracy_[y] : x < y;
      });
      for (std::size_t i = 0; i < order.size(); ++i) {
        double factor = 1.0;
        for (std::size_t j = 0; j < i; ++j) {
          const std::uint32_t slot =
              pairs_.Find(table_.claims[order[i]].source, table_.claims[order[j]].source);
          if (slot != SourcePairs::kNone) factor *= 1.0 - kModel.copy_rate * dependent_[slot];
        }
        independence_[order[i]] = factor;
      }
      begin = end;
    }
  }

  void Report(TruthResult* result) const {
    result->independence = independence_;
    for (std::size_t p = 0; p < pairs_.size(); ++p) {
      const auto [first, second] = pairs_.pair(p);
      const SharedCounts& shared = shared_[p];
      result->dependence.push_back(
          {first, second, dependent_[p], shared.same_true, shared.same_false, shared.different});
    }
    result->effective_origins.assign(table_.values.size(), 0.0);
    for (std::size_t c = 0; c < table_.claims.size(); ++c) {
      result->effective_origins[table_.claims[c].value] += independence_[c];
    }
  }

  const TruthTable& table_;
  bool copying_;
  std::vector<double> counts_;
  std::vector<double> accuracy_;
  std::vector<double> independence_;
  std::vector<double> probability_;
  SourcePairs pairs_;
  std::vector<SharedCounts> shared_;
  std::vector<double> dependent_;
};

}  // namespace

TruthResult Accu(const TruthTable& table) { return AccuModel(table, false).Run(); }

TruthResult AccuCopy(const TruthTable& table) { return AccuModel(table, true).Run(); }

}  // namespace consilience::corroboration
