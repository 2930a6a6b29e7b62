// Cosine, 2-Estimates and 3-Estimates: Galland, Abiteboul, Marian and Senellart, "Corroborating
// information from disagreeing views", WSDM 2010. A source that gives one candidate of an item
// votes against the others.
#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "services/corroboration/truth/methods/method.h"

namespace consilience::corroboration {
namespace {

constexpr int kRounds = 20;
constexpr double kDamping = 0.2;        // η of Cosine
constexpr double kNormalisation = 0.5;  // λ: from the linear rescale (0) to rounding (1)
constexpr double kFloor = 0.01;         // keeps errors and difficulties away from a division by 0

// Calls visit(source, value, for) for every vote: one for the claimed candidate and one against
// each other.
void ForEachVote(const TruthTable& table,
                 const std::function<void(std::uint32_t, std::size_t, bool)>& visit) {
  for (std::size_t i = 0; i < table.items.size(); ++i) {
    for (const SourceClaim& claim : table.claims_of(i)) {
      for (std::size_t v = table.first_value(i); v < table.end_value(i); ++v) {
        visit(claim.source, v, v == claim.value);
      }
    }
  }
}

// λ · round(x) + (1 − λ) · (x − min) / (max − min).
void Normalise(std::vector<double>* numbers) {
  if (numbers->empty()) return;
  const auto [low, high] = std::minmax_element(numbers->begin(), numbers->end());
  const double from = *low;
  const double width = *high - *low;
  for (double& x : *numbers) {
    const double linear = width > 0.0 ? (x - from) / width : x;
    x = kNormalisation * (x >= 0.5 ? 1.0 : 0.0) + (1.0 - kNormalisation) * linear;
  }
}

struct Votes {
  std::vector<double> by_source;
  std::vector<double> by_value;
};

Votes CountVotes(const TruthTable& table) {
  Votes votes{std::vector<double>(table.sources.size(), 0.0),
              std::vector<double>(table.values.size(), 0.0)};
  ForEachVote(table, [&](std::uint32_t s, std::size_t v, bool) {
    votes.by_source[s] += 1.0;
    votes.by_value[v] += 1.0;
  });
  return votes;
}

void DivideBy(const std::vector<double>& counts, std::vector<double>* sums) {
  for (std::size_t i = 0; i < sums->size(); ++i) {
    if (counts[i] > 0.0) (*sums)[i] /= counts[i];
  }
}

TruthResult Finish(const TruthTable& table, std::vector<double> truth,
                   std::vector<double> accuracy) {
  TruthResult result;
  for (double& x : truth) x = std::max(x, 0.0);
  NormaliseItems(table, &truth);
  result.probability = std::move(truth);
  result.accuracy = std::move(accuracy);
  result.rounds = kRounds;
  return result;
}

// Vote shares, where every source is believed alike: the start of all three.
std::vector<double> Start(const TruthTable& table, const Votes& votes) {
  std::vector<double> truth(table.values.size(), 0.0);
  for (const SourceClaim& claim : table.claims) truth[claim.value] += 1.0;
  DivideBy(votes.by_value, &truth);
  return truth;
}

}  // namespace

TruthResult Cosine(const TruthTable& table) {
  const Votes votes = CountVotes(table);
  std::vector<double> truth = Start(table, votes);
  for (double& x : truth) x = 2.0 * x - 1.0;
  std::vector<double> trust(table.sources.size(), 1.0);
  for (int round = 0; round < kRounds; ++round) {
    std::vector<double> dot(trust.size(), 0.0);
    std::vector<double> norm(trust.size(), 0.0);
    ForEachVote(table, [&](std::uint32_t s, std::size_t v, bool agrees) {
      dot[s] += agrees ? truth[v] : -truth[v];
      norm[s] += truth[v] * truth[v];
    });
    for (std::size_t s = 0; s < trust.size(); ++s) {
      const double length = std::sqrt(votes.by_source[s] * norm[s]);
      const double cosine = length > 0.0 ? dot[s] / length : 0.0;
      trust[s] = (1.0 - kDamping) * trust[s] + kDamping * cosine;
    }
    std::vector<double> weight(truth.size(), 0.0);
    truth.assign(truth.size(), 0.0);
    ForEachVote(table, [&](std::uint32_t s, std::size_t v, bool agrees) {
      const double cube = trust[s] * trust[s] * trust[s];
      truth[v] += agrees ? cube : -cube;
      weight[v] += std::abs(cube);
    });
    DivideBy(weight, &truth);
  }
  for (double& x : truth) x = (1.0 + x) / 2.0;
  for (double& x : trust) x = (1.0 + x) / 2.0;
  return Finish(table, std::move(truth), std::move(trust));
}

TruthResult TwoEstimates(const TruthTable& table) {
  const Votes votes = CountVotes(table);
  std::vector<double> truth = Start(table, votes);
  std::vector<double> error(table.sources.size(), 0.0);
  for (int round = 0; round < kRounds; ++round) {
    Normalise(&truth);
    error.assign(error.size(), 0.0);
    ForEachVote(table, [&](std::uint32_t s, std::size_t v, bool agrees) {
      error[s] += agrees ? 1.0 - truth[v] : truth[v];
    });
    DivideBy(votes.by_source, &error);
    Normalise(&error);
    truth.assign(truth.size(), 0.0);
    ForEachVote(table, [&](std::uint32_t s, std::size_t v, bool agrees) {
      truth[v] += agrees ? 1.0 - error[s] : error[s];
    });
    DivideBy(votes.by_value, &truth);
  }
  for (double& e : error) e = 1.0 - e;
  return Finish(table, std::move(truth), std::move(error));
}

TruthResult ThreeEstimates(const TruthTable& table) {
  const Votes votes = CountVotes(table);
  std::vector<double> truth = Start(table, votes);
  std::vector<double> error(table.sources.size(), 0.4);
  std::vector<double> difficulty(table.values.size(), 0.4);
  const auto keep_away = [](std::vector<double>* numbers) {
    for (double& x : *numbers) x = std::clamp(x, kFloor, 1.0);
  };
  for (int round = 0; round < kRounds; ++round) {
    difficulty.assign(difficulty.size(), 0.0);
    ForEachVote(table, [&](std::uint32_t s, std::size_t v, bool agrees) {
      difficulty[v] += (agrees ? 1.0 - truth[v] : truth[v]) / error[s];
    });
    DivideBy(votes.by_value, &difficulty);
    Normalise(&difficulty);
    keep_away(&difficulty);
    error.assign(error.size(), 0.0);
    ForEachVote(table, [&](std::uint32_t s, std::size_t v, bool agrees) {
      error[s] += (agrees ? 1.0 - truth[v] : truth[v]) / difficulty[v];
    });
    DivideBy(votes.by_source, &error);
    Normalise(&error);
    keep_away(&error);
    truth.assign(truth.size(), 0.0);
    ForEachVote(table, [&](std::uint32_t s, std::size_t v, bool agrees) {
      const double wrong = error[s] * difficulty[v];
      truth[v] += agrees ? 1.0 - wrong : wrong;
    });
    DivideBy(votes.by_value, &truth);
    Normalise(&truth);
  }
  for (double& e : error) e = 1.0 - e;
  return Finish(table, std::move(truth), std::move(error));
}

}  // namespace consilience::corroboration
