#include "services/corroboration/engine/states.h"

#include <algorithm>

#include "services/corroboration/scoring/explanation_score.h"

namespace consilience::corroboration {
namespace {

// A competing answer or the denials have weight beside the claim's own.
bool Disputed(const Explanation& explanation, const Configuration& config) {
  double own = 0.0;
  double denied = 0.0;
  for (const WitnessTerm& origin : explanation.origins) own += TermWeight(origin);
  for (const WitnessTerm& denial : explanation.denials) denied += TermWeight(denial);
  const double threshold = config.dispute_share * own;
  if (denied > 0.0 && denied >= threshold) return true;
  return std::any_of(explanation.competing.begin(), explanation.competing.end(),
                     [&](const CompetingAnswer& answer) {
                       return answer.effective_origins > 0.0 && answer.log_weight >= threshold;
                     });
}

bool Live(const Claim& claim) {
  return claim.corroboration.state != ClaimState::kSuperseded &&
         claim.corroboration.state != ClaimState::kWithdrawn;
}

}  // namespace

ClaimState StateOf(const Explanation& explanation, bool superseded, const Configuration& config) {
  const Corroboration& c = explanation.corroboration;
  if (explanation.origins.empty()) return ClaimState::kWithdrawn;
  if (superseded) return ClaimState::kSuperseded;
  if (c.score < config.contradicted_below &&
      c.effective_origins_against >= config.contradicted_origins) {
    return ClaimState::kContradicted;
  }
  if (Disputed(explanation, config)) return ClaimState::kDisputed;
  if (c.effective_origins >= config.corroborated_origins && c.score >= config.corroborated_above) {
    return ClaimState::kCorroborated;
  }
  return ClaimState::kSingleOrigin;
}

QuestionState StateOf(const Question& question) {
  const auto any = [&](ClaimState state) {
    return std::any_of(question.claims.begin(), question.claims.end(),
                       [&](const Claim& claim) { return claim.corroboration.state == state; });
  };
  if (any(ClaimState::kDisputed) || any(ClaimState::kContradicted)) return QuestionState::kDisputed;
  if (any(ClaimState::kSuperseded)) return QuestionState::kEvolving;
  return any(ClaimState::kCorroborated) ? QuestionState::kSettled : QuestionState::kSingleOrigin;
}

ValueRange LiveRange(const Question& question) {
  ValueRange range;
  bool first = true;
  for (const Claim& claim : question.claims) {
    const ValueRange& r = claim.corroboration.range;
    if (!Live(claim) || !r.best) continue;
    if (first) {
      range = r;
      first = false;
      continue;
    }
    range.lower =
        range.lower && r.lower ? std::optional(std::min(*range.lower, *r.lower)) : std::nullopt;
    range.upper =
        range.upper && r.upper ? std::optional(std::max(*range.upper, *r.upper)) : std::nullopt;
  }
  return range;
}

}  // namespace consilience::corroboration
