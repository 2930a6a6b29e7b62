#include "services/corroboration/matching/claims.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace consilience::corroboration {
namespace {

// Entries that give exactly the same answer for the same span of days.
struct Bucket {
  size_t first = 0;  // the smallest entry
  int period = 0;
  std::vector<size_t> entries;
  size_t documents = 0;
};

class Grouper {
 public:
  Grouper(const std::vector<Entry>& entries, const std::vector<size_t>& members)
      : entries_(entries), members_(members) {}

  std::vector<ClaimGroup> Run() {
    FindPeriods();
    some_tell_ = std::any_of(members_.begin(), members_.end(), [&](size_t i) {
      return entries_[i].support() && entries_[i].answer.tells();
    });
    for (const Bucket& bucket : SortedBuckets()) Place(bucket);
    for (const size_t i : members_) {
      if (!Supports(i)) PlaceAside(i);
    }
    for (ClaimGroup& group : groups_) {
      std::sort(group.supports.begin(), group.supports.end(),
                [](const ClaimSupport& a, const ClaimSupport& b) { return a.entry < b.entry; });
    }
    return std::move(groups_);
  }

 private:
  // Days that answers describe belong to one period while no gap between them is wider than the
  // period's tolerance.
  void FindPeriods() {
    std::map<int, double> tolerance_of_day;
    for (const size_t i : members_) {
      double& tolerance = tolerance_of_day.try_emplace(AsOf(i), 0.0).first->second;
      tolerance = std::max(tolerance, PeriodTolerance(entries_[i].facet));
    }
    int period = 0;
    int last_day = 0;
    double last_tolerance = 0.0;
    bool first = true;
    for (const auto& [day, tolerance] : tolerance_of_day) {
      const double gap = static_cast<double>(day) - static_cast<double>(last_day);
      if (!first && gap > std::min(tolerance, last_tolerance)) ++period;
      period_of_day_[day] = period;
      first_day_.try_emplace(period, day);
      last_day = day;
      last_tolerance = tolerance;
      first = false;
    }
  }

  bool Supports(size_t i) const {
    return entries_[i].support() && (entries_[i].answer.tells() || !some_tell_);
  }

  int AsOf(size_t i) const {
    const Facet& facet = entries_[i].facet;
    return IsOfOneTime(facet) ? kNoDay : facet.as_of;
  }
  int Period(size_t i) const { return period_of_day_.at(AsOf(i)); }

  std::vector<Bucket> SortedBuckets() const {
    std::map<std::pair<int, std::string>, Bucket> buckets;
    std::map<std::pair<int, std::string>, std::set<std::string>> documents;
    for (const size_t i : members_) {
      if (!Supports(i)) continue;
      const std::pair key(Period(i), entries_[i].answer.key);
      Bucket& bucket = buckets.try_emplace(key, Bucket{i, key.first, {}, 0}).first->second;
      bucket.entries.push_back(i);
      documents[key].insert(entries_[i].assertion->document.id);
    }
    std::vector<Bucket> sorted;
    for (auto& [key, bucket] : buckets) {
      bucket.documents = documents[key].size();
      sorted.push_back(std::move(bucket));
    }
    std::sort(sorted.begin(), sorted.end(),
              [&](const Bucket& a, const Bucket& b) { return Rank(a) < Rank(b); });
    return sorted;
  }

  // Sharp answers first, from the smallest number up; then bounds from the strictest down, so that
  // a stricter bound leads those that it implies.
  std::tuple<int, int, int, double, std::string> Rank(const Bucket& bucket) const {
    const Answer& answer = entries_[bucket.first].answer;
    const double value = answer.sharpness == Sharpness::kSharp ? answer.value : -answer.value;
    return {-answer.implies, -static_cast<int>(answer.sharpness), bucket.period, value, answer.key};
  }

  void Place(const Bucket& bucket) {
    const Entry& entry = entries_[bucket.first];
    size_t best = groups_.size();
    std::pair<double, size_t> best_rank;
    for (size_t g = 0; g < groups_.size(); ++g) {
      const double agreement = AgreementWith(g, bucket);
      if (agreement <= AgreementThreshold(entry.answer)) continue;
      const std::pair rank(agreement, weight_[g]);
      if (best == groups_.size() || rank > best_rank) {
        best = g;
        best_rank = rank;
      }
    }
    if (best == groups_.size()) {
      Found(bucket.first);
      published_.back() = PublishedBy(bucket.entries, entries_);
      best_rank.first = 1.0;
    }
    weight_[best] += bucket.documents;
    for (const size_t i : bucket.entries) groups_[best].supports.push_back({i, best_rank.first});
  }

  double AgreementWith(size_t g, const Bucket& bucket) const {
    const Entry& entry = entries_[bucket.first];
    const Entry& founder = entries_[groups_[g].leader];
    if (EndedBefore(founder, entry) || EndedBefore(entry, founder)) return 0.0;
    if (Outgrown(bucket, g)) return 0.0;
    const Answer& leader = founder.answer;
    const Answer& answer = entry.answer;
    if (Period(groups_[g].leader) == bucket.period) return Agreement(leader, answer);
    return Restates(leader, answer) ? 1.0 : 0.0;
  }

  // "At least 239", and a day later 366: the toll rose, and who counted 239 did not foresee it.
  bool Outgrown(const Bucket& bucket, size_t g) const {
    const Entry& bound = entries_[bucket.first];
    const Entry& founder = entries_[groups_[g].leader];
    if (!MayRise(bound) || !bound.answer.bound || founder.answer.bound) return false;
    if (bound.answer.value >= founder.answer.value) return false;
    if (Agreement(bound.answer, founder.answer) >= kCloseAgreement) return false;
    const PublicationDays told = PublishedBy(bucket.entries, entries_);
    return told.last != kNoDay && published_[g].first != kNoDay && told.last < published_[g].first;
  }

  // The very same figure given again for a later day adds no later count.
  static bool Restates(const Answer& leader, const Answer& answer) {
    return leader.type == AnswerType::kCount && leader.kernel && leader.key == answer.key;
  }

  void Found(size_t leader) {
    ClaimGroup group;
    group.leader = leader;
    group.as_of = first_day_.at(Period(leader));
    group.key = fmt::format("{}|{}", entries_[leader].answer.key, group.as_of);
    // What was denied of one day and asserted of the next is of one period and yet two claims.
    while (!keys_.insert(group.key).second) {
      group.key += fmt::format("|{}", entries_[leader].facet.as_of);
    }
    groups_.push_back(std::move(group));
    weight_.push_back(0);
    published_.emplace_back();
  }

  // Denials and mentions go with the answer that they speak of, whatever the day; but what was
  // denied of earlier days says nothing of a later state.
  void PlaceAside(size_t i) {
    const Answer& answer = entries_[i].answer;
    size_t best = groups_.size();
    double best_agreement = AgreementThreshold(answer);
    for (size_t g = 0; g < groups_.size(); ++g) {
      const Entry& leader = entries_[groups_[g].leader];
      if (DeniedEarlier(entries_[i], leader) || EndedBefore(leader, entries_[i])) continue;
      const double agreement = Agreement(leader.answer, answer);
      if (agreement > best_agreement) {
        best = g;
        best_agreement = agreement;
      }
    }
    if (best == groups_.size()) Found(i);
    (entries_[i].denial() ? groups_[best].denials : groups_[best].mentions).push_back(i);
  }

  const std::vector<Entry>& entries_;
  const std::vector<size_t>& members_;
  bool some_tell_ = false;  // some answer names what the question asks for
  std::map<int, int> period_of_day_;
  std::map<int, int> first_day_;
  std::vector<ClaimGroup> groups_;
  std::set<std::string> keys_;              // of the groups
  std::vector<size_t> weight_;              // documents behind each group
  std::vector<PublicationDays> published_;  // of those who gave exactly its leader's answer
};

}  // namespace

bool EndedBefore(const Entry& state, const Entry& change) {
  const auto lasting = [](const Entry& entry) {
    const std::vector<std::string>& measures = entry.facet.rule->lasting;
    return std::find(measures.begin(), measures.end(), entry.assertion->said.measure) !=
           measures.end();
  };
  if (!lasting(state) || lasting(change) || state.facet.to == kNoDay) return false;
  // "The truce has ended" is told when it has: a report without a day speaks of its own.
  const int changed = change.facet.from == kNoDay ? change.facet.as_of : change.facet.from;
  return changed != kNoDay && state.facet.to < changed;
}

bool IsOfOneTime(const Facet& facet) {
  const FamilyRule& rule = *facet.rule;
  return rule.answer == AnswerType::kOnce || (rule.answer == AnswerType::kStatus && !rule.state);
}

bool MayRise(const Entry& entry) {
  return entry.facet.rule->answer == AnswerType::kCount && !entry.facet.rule->state;
}

PublicationDays PublishedBy(const std::vector<size_t>& members, const std::vector<Entry>& entries) {
  PublicationDays days;
  for (const size_t i : members) {
    const int day = DayNumber(entries[i].assertion->document.publication_date);
    if (day == kNoDay) return {};
    days.first = days.first == kNoDay ? day : std::min(days.first, day);
    days.last = std::max(days.last, day);
  }
  return days;
}

std::vector<ClaimGroup> GroupIntoClaims(const std::vector<Entry>& entries,
                                        const std::vector<size_t>& members) {
  return Grouper(entries, members).Run();
}

}  // namespace consilience::corroboration
