#include "services/corroboration/truth/engine/error_model.h"

#include <algorithm>
#include <cmath>

namespace consilience::corroboration {
namespace {

// Ordered pairs among m witnesses; m is a sum of fractions and may be below 1.
double Pairs(double m) { return std::max(0.0, m * (m - 1.0)); }

}  // namespace

void CollisionCounter::Add(std::span<const double> witnesses, std::span<const double> probability) {
  const auto top = static_cast<std::size_t>(
      std::max_element(probability.begin(), probability.end()) - probability.begin());
  double errors = 0.0;
  for (std::size_t v = 0; v < witnesses.size(); ++v) {
    if (v != top) errors += witnesses[v] * (1.0 - probability[v]);
  }
  for (std::size_t v = 0; v < witnesses.size(); ++v) {
    if (v == top) continue;
    const double same = (1.0 - probability[v]) * Pairs(witnesses[v]);
    same_pairs_ += same;
    triples_ += same * std::max(0.0, errors - 2.0);
    same_triples_ += same * std::max(0.0, std::min(witnesses[v], errors) - 2.0);
    for (std::size_t u = 0; u < v; ++u) {
      if (u == top) continue;
      const double both_false = std::max(0.0, 1.0 - probability[u] - probability[v]);
      different_pairs_ += 2.0 * both_false * witnesses[u] * witnesses[v];
    }
  }
}

double CollisionCounter::FalseValues(const EngineOptions& options) const {
  const double k = options.collision_strength;
  const double most = options.most_false_values;
  const double from_pairs =
      std::clamp((same_pairs_ + different_pairs_ + k) / (same_pairs_ + k), 1.0, most);
  return std::clamp((triples_ + k * from_pairs) / (same_triples_ + k), 1.0, most);
}

void ExactnessCounter::AddStatement(double witnesses, double probability) {
  same_ += probability * Pairs(witnesses);
}

void ExactnessCounter::AddAnswer(double witnesses, double probability) {
  all_ += probability * Pairs(witnesses);
}

double ExactnessCounter::ExactShare() const {
  return std::min(1.0, std::sqrt((same_ + 1.0) / (all_ + 2.0)));
}

void CorrelationCounter::AddClaim(double weight, double accuracy, double right) {
  const double residual = weight * (right - accuracy);
  const double deviation = weight * std::sqrt(accuracy * (1.0 - accuracy));
  residuals_ += residual;
  squared_residuals_ += residual * residual;
  deviations_ += deviation;
  squared_deviations_ += deviation * deviation;
}

void CorrelationCounter::FinishItem() {
  covariance_ += residuals_ * residuals_ - squared_residuals_;
  scale_ += deviations_ * deviations_ - squared_deviations_;
  residuals_ = squared_residuals_ = deviations_ = squared_deviations_ = 0.0;
}

double CorrelationCounter::Correlation() const {
  return scale_ > 0.0 ? std::clamp(covariance_ / scale_, 0.0, 1.0) : 0.0;
}

ErrorCrowd::ErrorCrowd(double false_values, std::size_t stated)
    : values_(std::max(false_values, static_cast<double>(std::max<std::size_t>(stated, 2) - 1))) {
  // P(two errors agree) = (each + 1) / (values · each + 1) = 1/n. Where n is the number of values
  // they are spread evenly, the limit of a large concentration.
  const double agree = 1.0 / false_values;
  const double over = agree * values_ - 1.0;
  each_ = over > 1e-3 ? std::max((1.0 - agree) / over, 1e-3) : 0.0;
}

void ErrorCrowd::Add(double witnesses) {
  counts_.push_back(witnesses);
  terms_.push_back(each_ > 0.0 ? std::lgamma(each_ + witnesses) - std::lgamma(each_)
                               : -witnesses * std::log(values_));
  witnesses_ += witnesses;
  sum_ += terms_.back();
}

double ErrorCrowd::Rest(double witnesses) const {
  if (each_ <= 0.0) return 0.0;
  return std::lgamma(each_ * values_) - std::lgamma(each_ * values_ + witnesses);
}

double ErrorCrowd::LogLikelihood() const { return sum_ + Rest(witnesses_); }

double ErrorCrowd::LogLikelihoodBut(std::size_t value) const {
  return sum_ - terms_[value] + Rest(witnesses_ - counts_[value]);
}

double ErrorCrowd::unstated() const {
  return std::max(1.0, values_ + 1.0 - static_cast<double>(counts_.size()));
}

double NearWeight(double weight, double exact_share, double scatter) {
  const double inexact = std::max(1.0 - exact_share, 1e-6);
  const double penalty = std::max(0.0, std::log(exact_share * scatter / inexact));
  return std::max(0.0, weight - penalty);
}

}  // namespace consilience::corroboration
