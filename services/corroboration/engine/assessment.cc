#include "services/corroboration/engine/assessment.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "services/corroboration/engine/describe.h"
#include "services/corroboration/engine/states.h"
#include "services/corroboration/matching/partition.h"
#include "services/corroboration/matching/relation.h"
#include "services/corroboration/model/ids.h"
#include "services/corroboration/scoring/explanation_score.h"
#include "services/corroboration/scoring/posterior.h"

namespace consilience::corroboration {
namespace {

constexpr double kMillion = 1e6;

class Assessor {
 public:
  Assessor(const ResolvedQuestion& resolved, const Beliefs& beliefs, const Context& context)
      : resolved_(resolved), beliefs_(beliefs), context_(context) {}

  Assessment Run() {
    DescribeTheQuestion();
    for (size_t g = 0; g < resolved_.groups.size(); ++g) AddClaim(g);
    RelateClaims();
    for (size_t g = 0; g < claims_.size(); ++g) Score(g);
    for (size_t g = 0; g < claims_.size(); ++g) CompleteCompetition(g);
    for (size_t g = 0; g < claims_.size(); ++g) Count(g);
    return Collect();
  }

 private:
  const Entry& At(size_t i) const { return resolved_.entries[i]; }
  const Entry& Leader(size_t g) const { return At(resolved_.groups[g].leader); }
  const FamilyRule& Rule() const { return *resolved_.entries.front().facet.rule; }

  // The entry with the smallest facet stands for the question; running counts are told by their
  // start alone, so that a later report does not rename them.
  const Entry& Canonical() const {
    const auto rank = [](const Entry& e) {
      const Facet& f = e.facet;
      return std::tuple(!f.firm(), f.rule->period_days < 0.0 ? 0 : f.as_of, f.from, !f.cumulative,
                        f.cumulative ? 0 : f.to, f.rule->state || !f.dated() ? f.as_of : 0, f.place,
                        f.sector, f.firm() ? std::string() : e.answer.key, e.assertion->id);
    };
    return *std::min_element(resolved_.entries.begin(), resolved_.entries.end(),
                             [&](const Entry& a, const Entry& b) { return rank(a) < rank(b); });
  }

  std::string QuestionId(const Entry& entry) const {
    const Facet& f = entry.facet;
    return ContentId("question",
                     {f.family, f.crowd, f.subject, f.place, f.sector, fmt::format("{}", f.from),
                      f.cumulative ? "running" : fmt::format("{}", f.to),
                      f.rule->state || !f.dated() ? fmt::format("{}", f.as_of) : "",
                      f.firm() ? "" : entry.answer.key, entry.assertion->apart});
  }

  // A state that changes by the day is, without words for when, that of the day it was reported.
  int LastDay(const Entry& entry) const {
    return Rule().period_days < 0.0 ? entry.facet.to : entry.facet.as_of;
  }

  extraction::DayRange TimeOf(const Entry& entry) const {
    const extraction::DayRange& said = entry.assertion->said.time;
    const std::string& published = entry.assertion->document.publication_date;
    if (Rule().period_days < 0.0 || !said.empty()) return said;
    return {published, published};
  }

  void DescribeTheQuestion() {
    const Entry& canonical = Canonical();
    const extraction::Assertion& said = canonical.assertion->said;
    Question& q = result_.question;
    q.id = QuestionId(canonical);
    q.kind = said.kind;
    // "Ceasefire" names what is asked, whether the first report is of its start or its end.
    const bool has_states = Rule().answer == AnswerType::kStatus && !Rule().measures.empty();
    q.measure = has_states ? Rule().measures.front() : said.measure;
    q.population = said.population;
    q.place = said.place;
    q.window = TimeOf(canonical);
    q.cumulative = canonical.facet.cumulative;
    const Entry* latest = &canonical;
    for (const Entry& entry : resolved_.entries) {
      if (!entry.facet.civilian && canonical.facet.civilian) {
        q.population = entry.assertion->said.population;
      }
      if (LastDay(entry) != kNoDay && LastDay(entry) > LastDay(*latest)) latest = &entry;
    }
    const bool goes_on = q.cumulative || Rule().period_days >= 0.0;
    if (goes_on && !q.window.from.empty()) q.window.to = TimeOf(*latest).to;
    q.display_name = Rule().answer == AnswerType::kSpeech
                         ? DescribeSpeech(*canonical.assertion)
                         : DescribeQuestion(q, Rule(), said.target);
  }

  void AddClaim(size_t g) {
    const ClaimGroup& group = resolved_.groups[g];
    const Entry& leader = At(group.leader);
    Claim claim;
    claim.question = result_.question.id;
    claim.id = ClaimId(result_.question.id, group);
    claim.value = DescribeAnswer(*leader.assertion);
    claim.leader = leader.assertion->id;
    claim.display_name = DescribeClaim(claim, result_.question.display_name);
    claim.quantity = leader.assertion->said.quantity;
    claim.population = leader.assertion->said.population;
    claim.place = leader.assertion->said.place;
    claim.time = TimeOf(leader);
    for (const ClaimSupport& support : group.supports) {
      AddMember(group, support.entry, Stance::kSupports, claim);
    }
    for (const size_t i : group.denials) AddMember(group, i, Stance::kContradicts, claim);
    for (const size_t i : group.mentions) AddMember(group, i, Stance::kMentions, claim);
    std::sort(claim.members.begin(), claim.members.end(),
              [](const ClaimMember& a, const ClaimMember& b) { return a.assertion < b.assertion; });
    claims_.push_back(std::move(claim));
    Explanation explanation;
    explanation.claim = claims_.back().id;
    explanation.origins = SupportTerms(resolved_, g, beliefs_, context_);
    explanation.denials = DenialTerms(resolved_, g, beliefs_, context_);
    explanations_.push_back(std::move(explanation));
  }

  void AddMember(const ClaimGroup& group, size_t i, Stance stance, Claim& claim) const {
    ClaimMember member{At(i).assertion->id, stance, {}};
    if (i != group.leader) {
      member.reasons = MatchReasons(At(group.leader), At(i), context_.places);
    }
    const RecordedAssertion& assertion = *At(i).assertion;
    if (!assertion.apart.empty()) member.reasons.push_back("a reviewer took it out of a claim");
    if (!assertion.joined.empty()) member.reasons.push_back("a reviewer joined claims here");
    claim.members.push_back(std::move(member));
  }

  void RelateClaims() {
    rivals_.resize(claims_.size());
    for (size_t a = 0; a < claims_.size(); ++a) {
      for (size_t b = a + 1; b < claims_.size(); ++b) Relate(a, b);
    }
  }

  // Both rest on the word of one and the same source, and on nobody else's.
  bool OneSpeaker(size_t a, size_t b) const {
    const auto& mine = explanations_[a].origins;
    const auto& others = explanations_[b].origins;
    return mine.size() == 1 && others.size() == 1 && !mine.front().source.empty() &&
           mine.front().source == others.front().source;
  }

  void Relate(size_t a, size_t b) {
    // What nobody says, but only denies or supposes, stands in no one's way.
    if (explanations_[a].origins.empty() || explanations_[b].origins.empty()) return;
    Relation relation =
        corroboration::RelateClaims(resolved_.groups[a], resolved_.groups[b], resolved_.entries);
    if (relation.type == RelationType::kCompetes && OneSpeaker(a, b)) {
      relation = RelateCorrection(resolved_.groups[a], resolved_.groups[b], resolved_.entries)
                     .value_or(relation);
    }
    if (relation.type == RelationType::kUnrelated) return;
    claims_[a].relations.push_back({claims_[b].id, relation.type, relation.reason});
    claims_[b].relations.push_back({claims_[a].id, relation.type, relation.reason});
    // Directed relations are kept at the claim that updates, or is part.
    if (relation.type == RelationType::kUpdates || relation.type == RelationType::kPartOf) {
      claims_[relation.reversed ? a : b].relations.pop_back();
      if (relation.type == RelationType::kUpdates) superseded_.insert(relation.reversed ? a : b);
    }
    if (relation.type == RelationType::kCompetes) {
      rivals_[a].push_back(b);
      rivals_[b].push_back(a);
    }
  }

  void Score(size_t g) {
    Explanation& e = explanations_[g];
    for (const size_t r : rivals_[g]) {
      CompetingAnswer answer;
      answer.claim = claims_[r].id;
      answer.display_name = AnswerInWords(claims_[r], Rule());
      answer.log_weight = LogWeight(explanations_[r]);
      answer.effective_origins = Effective(explanations_[r].origins);
      answer.overlap = Agreement(Leader(g).answer, Leader(r).answer);
      answer.compatible_as_bounds = Leader(g).answer.bound && Leader(r).answer.bound;
      e.competing.push_back(std::move(answer));
    }
    e.none_of_these = std::exp(NoneOfTheseLogMass(Rule().false_values,
                                                  static_cast<double>(1 + e.competing.size()),
                                                  context_.config.none_floor));
    SetRelayCap(e);
    e.posterior = PosteriorOf(e);
    e.corroboration.score = ScoreOf(e, context_.calibration);
  }

  void SetRelayCap(Explanation& e) const {
    if (e.origins.empty() || e.origins.front().relay.empty()) return;
    const WitnessTerm& first = e.origins.front();
    const bool one = std::all_of(e.origins.begin(), e.origins.end(),
                                 [&](const WitnessTerm& o) { return o.relay == first.relay; });
    if (!one) return;
    e.relay_cap = context_.config.relay.fidelity;
    e.relay_cap_reason =
        fmt::format("all of it comes through {} alone, whose rendering is trusted no further",
                    first.relay_display_name);
  }

  static double Effective(const std::vector<WitnessTerm>& terms) {
    double sum = 0.0;
    for (const WitnessTerm& term : terms) sum += term.independence();
    return sum;
  }

  void CompleteCompetition(size_t g) {
    Explanation& e = explanations_[g];
    for (size_t k = 0; k < rivals_[g].size(); ++k) {
      e.competing[k].score = explanations_[rivals_[g][k]].corroboration.score;
    }
    std::sort(e.competing.begin(), e.competing.end(),
              [](const CompetingAnswer& a, const CompetingAnswer& b) {
                return std::pair(-a.score, a.claim) < std::pair(-b.score, b.claim);
              });
  }

  void Count(size_t g) {
    Explanation& e = explanations_[g];
    Corroboration& c = e.corroboration;
    c.effective_origins = Effective(e.origins);
    c.origin_count = static_cast<int>(e.origins.size());
    std::set<std::string> documents;
    std::set<std::string> outlets;
    for (const ClaimSupport& support : resolved_.groups[g].supports) {
      const DocumentContext& document = At(support.entry).assertion->document;
      documents.insert(document.id);
      if (!document.outlet.empty()) outlets.insert(document.outlet);
    }
    c.document_count = static_cast<int>(documents.size());
    c.outlet_count = static_cast<int>(outlets.size());
    CountAgainst(g, c);
    c.range = RangeOf(g);
    c.state = StateOf(e, superseded_.contains(g), context_.config);
    e.parameters = Parameters();
    claims_[g].corroboration = c;
  }

  void CountAgainst(size_t g, Corroboration& c) const {
    std::set<std::string> origins;
    std::set<std::string> documents;
    // An origin that also supports the claim does not speak against it.
    std::set<std::string> own;
    for (const WitnessTerm& term : explanations_[g].origins) own.insert(term.id);
    const auto add = [&](const WitnessTerm& term, const std::vector<size_t>& entries) {
      if (own.contains(term.id) || !origins.insert(term.id).second) return;
      c.effective_origins_against += term.independence();
      for (const size_t i : entries) documents.insert(At(i).assertion->document.id);
    };
    for (const WitnessTerm& term : explanations_[g].denials) add(term, resolved_.groups[g].denials);
    for (const size_t r : rivals_[g]) {
      std::vector<size_t> entries;
      for (const ClaimSupport& s : resolved_.groups[r].supports) entries.push_back(s.entry);
      for (const WitnessTerm& term : explanations_[r].origins) add(term, entries);
    }
    c.origin_count_against = static_cast<int>(origins.size());
    c.document_count_against = static_cast<int>(documents.size());
  }

  ValueRange RangeOf(size_t g) const {
    ValueRange range;
    const auto& quantity = Leader(g).assertion->said.quantity;
    if (!quantity || !Leader(g).answer.kernel) return range;
    return {quantity->lower, quantity->upper, Leader(g).answer.value};
  }

  std::map<std::string, double> Parameters() const {
    const Configuration& config = context_.config;
    return {{"false_values", Rule().false_values},
            {"log_odds_cap", config.log_odds_cap},
            {"relay_shared_risk", config.relay.shared_risk},
            {"relay_fidelity", config.relay.fidelity},
            {"denial_factor", config.denial_factor},
            {"hedge_factor", config.hedge_factor},
            {"interest_factor", config.interest_enabled ? config.interest_factor : 1.0},
            {"agree_above", Rule().kernel.agree_above}};
  }

  Assessment Collect() {
    std::vector<size_t> order(claims_.size());
    for (size_t g = 0; g < order.size(); ++g) order[g] = g;
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
      return std::pair(-claims_[a].corroboration.score, claims_[a].id) <
             std::pair(-claims_[b].corroboration.score, claims_[b].id);
    });
    for (const size_t g : order) {
      std::sort(claims_[g].relations.begin(), claims_[g].relations.end(),
                [](const ClaimRelation& a, const ClaimRelation& b) { return a.claim < b.claim; });
      result_.question.claims.push_back(std::move(claims_[g]));
      result_.explanations.push_back(std::move(explanations_[g]));
    }
    result_.question.state = StateOf(result_.question);
    result_.question.range = LiveRange(result_.question);
    return std::move(result_);
  }

  const ResolvedQuestion& resolved_;
  const Beliefs& beliefs_;
  const Context& context_;
  Assessment result_;
  std::vector<Claim> claims_;              // by group
  std::vector<Explanation> explanations_;  // by group
  std::vector<std::vector<size_t>> rivals_;
  std::set<size_t> superseded_;
};

int64_t Millionths(double value) { return std::llround(value * kMillion); }

std::vector<Contribution> AccuracyLessons(const Assessment& assessment, const std::string& family) {
  std::map<std::string, Contribution> by_source;
  for (const Explanation& e : assessment.explanations) {
    const bool judged = e.origins.size() > 1 || !e.competing.empty() || !e.denials.empty();
    for (size_t t = 0; judged && t < e.origins.size(); ++t) {
      const std::string& source = e.origins[t].source;
      if (source.empty()) continue;
      const double right = PosteriorWithout(e, t);
      Contribution& c =
          by_source.try_emplace(source, Contribution{source, family, 0, 0}).first->second;
      c.right += Millionths(right);
      c.wrong += Millionths(1.0 - right);
    }
  }
  std::vector<Contribution> result;
  result.reserve(by_source.size());
  for (auto& [source, contribution] : by_source) result.push_back(std::move(contribution));
  return result;
}

// The contested answers of each source, as indices into the explanations, ascending. What is only
// inferred to be a source's shows nothing of whom it copies.
std::map<std::string, std::vector<size_t>> ContestedAnswers(const Assessment& assessment) {
  std::map<std::string, std::vector<size_t>> answers;
  for (size_t e = 0; e < assessment.explanations.size(); ++e) {
    const Explanation& explanation = assessment.explanations[e];
    if (explanation.competing.empty()) continue;
    for (const WitnessTerm& origin : explanation.origins) {
      const bool stated = !origin.source.empty() && origin.inferred_confidence == 0.0;
      if (stated) answers[origin.source].push_back(e);
    }
  }
  return answers;
}

bool Compete(const Assessment& assessment, const std::vector<size_t>& a,
             const std::vector<size_t>& b) {
  return std::any_of(a.begin(), a.end(), [&](size_t mine) {
    const auto& rivals = assessment.explanations[mine].competing;
    return std::any_of(b.begin(), b.end(), [&](size_t other) {
      return std::any_of(rivals.begin(), rivals.end(), [&](const CompetingAnswer& rival) {
        return rival.claim == assessment.explanations[other].claim;
      });
    });
  });
}

// A question counts 1 for a pair: of several answers that they share, each counts its part.
std::vector<PairCounts> PairLessons(const Assessment& assessment, const std::string& family,
                                    const CopyingOptions& options) {
  const auto answers = ContestedAnswers(assessment);
  std::vector<PairCounts> pairs;
  if (answers.size() > static_cast<size_t>(options.most_sources)) return pairs;
  for (auto a = answers.begin(); a != answers.end(); ++a) {
    for (auto b = std::next(a); b != answers.end(); ++b) {
      std::vector<size_t> shared;
      std::set_intersection(a->second.begin(), a->second.end(), b->second.begin(), b->second.end(),
                            std::back_inserter(shared));
      PairCounts pair{a->first, b->first, family, 0, 0, 0};
      if (!shared.empty()) {
        double right = 0.0;
        for (const size_t e : shared) right += assessment.explanations[e].posterior;
        right /= static_cast<double>(shared.size());
        pair.same_true = Millionths(right);
        pair.same_false = Millionths(1.0 - right);
      } else if (Compete(assessment, a->second, b->second)) {
        pair.different = Millionths(1.0);
      } else {
        continue;
      }
      pairs.push_back(std::move(pair));
    }
  }
  return pairs;
}

}  // namespace

std::string ClaimId(const std::string& question, const ClaimGroup& group) {
  return ContentId("claim", {question, group.key});
}

Assessment Assess(const ResolvedQuestion& question, const Beliefs& beliefs,
                  const Context& context) {
  return Assessor(question, beliefs, context).Run();
}

Lessons LessonsOf(const ResolvedQuestion& question, const Context& context) {
  if (question.origins.size() < 2) return {};
  const Beliefs prior{[&](const std::string&, const std::string&, SourceKind kind) {
                        return context.config.PriorAccuracy(kind);
                      },
                      [](const std::string&, const std::string&) { return 0.0; }};
  const Assessment assessment = Assess(question, prior, context);
  const FamilyRule& rule = *question.entries.front().facet.rule;
  const std::string& family = question.entries.front().facet.family;
  Lessons lessons;
  lessons.accuracies = AccuracyLessons(assessment, family);
  if (rule.false_values >= context.config.copying.min_false_values) {
    lessons.pairs = PairLessons(assessment, family, context.config.copying);
  }
  return lessons;
}

void Elaborate(const Context& context, const Question& question, Explanation& explanation) {
  for (size_t t = 0; t < explanation.origins.size(); ++t) {
    Explanation without = explanation;
    without.origins.erase(without.origins.begin() + static_cast<std::ptrdiff_t>(t));
    explanation.origins[t].score_without = ScoreOf(without, context.calibration);
  }
  for (size_t t = 0; t < explanation.denials.size(); ++t) {
    Explanation without = explanation;
    without.denials.erase(without.denials.begin() + static_cast<std::ptrdiff_t>(t));
    explanation.denials[t].score_without = ScoreOf(without, context.calibration);
  }
  explanation.summary = Summarise(explanation, question);
}

}  // namespace consilience::corroboration
