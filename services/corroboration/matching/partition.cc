#include "services/corroboration/matching/partition.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <set>
#include <utility>

#include "services/corroboration/matching/keys.h"
#include "services/corroboration/matching/union_find.h"

namespace consilience::corroboration {
namespace {

// A place that was inherited may be the city where the other one is a district of it.
constexpr double kInheritedPlaceFit = 0.8;
// No window was said; the days meet and the answers agree.
constexpr double kUndatedFit = 0.6;
// The answers differ and no window was said, or one was that is not the event's; but both tell of
// one happening.
constexpr double kHappeningFit = 0.3;

bool Agrees(const Entry& a, const Entry& b) {
  return Agreement(a.answer, b.answer) > AgreementThreshold(a.answer);
}

// A ferry sank "off Zamboanga" and "in the Philippines": one event where the counts agree as well.
// Where they do not, the one may be a part of the other, as the dead of a city are in an
// earthquake; but a city and the province of its name are used for one another.
bool IsToldAtLarge(const Entry& a, const Entry& b) {
  if (!(a.facet.at_large || b.facet.at_large) || !TellOneHappening(a.facet, b.facet)) return false;
  const auto name = [](const Entry& entry) { return FoldedName(entry.assertion->said.place.name); };
  return Agrees(a, b) || name(a) == name(b);
}

// "The toll of Sunday's earthquake rose to 366 on Tuesday": the day is that of the count.
bool RisesLater(const Entry& a, const Entry& b) {
  const Entry& early = a.facet.from <= b.facet.from ? a : b;
  const Entry& late = a.facet.from <= b.facet.from ? b : a;
  if (late.facet.from - early.facet.from > kHappeningDays) return false;
  return TellOneHappening(a.facet, b.facet) && early.answer.kernel && late.answer.kernel &&
         early.answer.value <= late.answer.value;
}

double PlaceFit(const Entry& one, const Entry& other, const PlaceHierarchy& places) {
  const Facet& a = one.facet;
  const Facet& b = other.facet;
  switch (RelatePlaces(a, b, places)) {
    case PlaceRelation::kSame:
      return 1.0;
    case PlaceRelation::kContains:
    case PlaceRelation::kWithin: {
      if (IsToldAtLarge(one, other)) return kInheritedPlaceFit;
      const bool inherited = a.place_inherited || b.place_inherited;
      return a.anchor == b.anchor && (inherited || SideStandsForWhole(a, b)) ? kInheritedPlaceFit
                                                                             : 0.0;
    }
    case PlaceRelation::kDistinct:
      return 0.0;
  }
  return 0.0;
}

double TimeFit(const Entry& a, const Entry& b) {
  if (a.facet.dated() && b.facet.dated()) {
    if (RelateWindows(a.facet, b.facet) == WindowRelation::kSame) return 1.0;
    return RisesLater(a, b) ? kHappeningFit : 0.0;
  }
  if (a.facet.as_of == kNoDay || b.facet.as_of == kNoDay) {
    return a.assertion->document.id == b.assertion->document.id ? kUndatedFit : 0.0;
  }
  const bool one = TellOneHappening(a.facet, b.facet);
  const double tolerance = one ? kHappeningDays : ReportTolerance(a.facet);
  if (std::abs(a.facet.as_of - b.facet.as_of) > tolerance) return 0.0;
  if (Agrees(a, b)) return kUndatedFit * Agreement(a.answer, b.answer);
  return one ? kHappeningFit : 0.0;
}

// Equal facets are one question whatever their answers.
std::string FacetKey(const Entry& entry) {
  const Facet& f = entry.facet;
  return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}", f.family, f.crowd, f.subject, f.place,
                     f.sector, f.from, f.to, f.as_of, f.cumulative, fmt::join(f.happenings, ","));
}

class Partitioner {
 public:
  Partitioner(const std::vector<Entry>& entries, const PlaceHierarchy& places)
      : entries_(entries), places_(places), sets_(entries.size()) {}

  std::vector<std::vector<size_t>> Run() {
    for (size_t i = 0; i < entries_.size(); ++i) {
      (entries_[i].facet.firm() ? firm_ : loose_).push_back(i);
    }
    JoinFirm();
    JoinLoose(AttachLoose());
    std::map<size_t, std::vector<size_t>> by_root;
    for (size_t i = 0; i < entries_.size(); ++i) by_root[sets_.Find(i)].push_back(i);
    std::vector<std::vector<size_t>> result;
    result.reserve(by_root.size());
    for (auto& [root, members] : by_root) result.push_back(std::move(members));
    return result;
  }

 private:
  using Blocks = std::map<uint64_t, std::vector<size_t>>;

  static void Insert(const Entry& entry, size_t i, Blocks& blocks) {
    for (const uint64_t key : BlockingKeys(entry.facet)) blocks[key].push_back(i);
  }

  void JoinFirm() {
    std::map<std::string, size_t> first_of_facet;
    std::set<std::pair<std::string, std::string>> seen;
    for (const size_t i : firm_) {
      const std::string facet = FacetKey(entries_[i]);
      const auto [first, is_new] = first_of_facet.try_emplace(facet, i);
      if (!is_new) sets_.Join(first->second, i);
      // Answers decide whether an undated entry joins, and whether a toll of a happening rose.
      const bool new_answer = seen.emplace(facet, entries_[i].answer.key).second;
      if (is_new || (new_answer && !entries_[i].facet.happenings.empty())) {
        JoinAlike(i, firm_blocks_);
      }
      if (new_answer) Insert(entries_[i], i, firm_blocks_);
    }
  }

  // Joins `i` with every entry of its blocks that answers the same question.
  void JoinAlike(size_t i, const Blocks& blocks) {
    for (const uint64_t key : BlockingKeys(entries_[i].facet)) {
      const auto block = blocks.find(key);
      if (block == blocks.end()) continue;
      for (const size_t j : block->second) {
        if (sets_.Find(i) != sets_.Find(j) &&
            QuestionFit(entries_[i], entries_[j], places_) > 0.0) {
          sets_.Join(i, j);
        }
      }
    }
  }

  // Returns the loose entries that fit no firm one. Attachments are found before any is made.
  std::vector<size_t> AttachLoose() {
    std::vector<size_t> homeless;
    std::vector<std::pair<size_t, size_t>> attachments;
    for (const size_t i : loose_) {
      const size_t best = BestFirm(i);
      if (best == entries_.size()) {
        homeless.push_back(i);
      } else {
        attachments.emplace_back(i, best);
      }
    }
    for (const auto& [loose, firm] : attachments) sets_.Join(loose, firm);
    return homeless;
  }

  // The firm entry that fits best; among equals the one nearest in time, then the smallest id.
  size_t BestFirm(size_t i) const {
    size_t best = entries_.size();
    std::pair<double, int> best_rank;
    for (const uint64_t key : BlockingKeys(entries_[i].facet)) {
      const auto block = firm_blocks_.find(key);
      if (block == firm_blocks_.end()) continue;
      for (const size_t j : block->second) {
        const double fit = QuestionFit(entries_[i], entries_[j], places_);
        if (fit <= 0.0) continue;
        const std::pair<double, int> rank(fit, -Distance(entries_[i].facet, entries_[j].facet));
        if (best == entries_.size() || rank > best_rank || (rank == best_rank && j < best)) {
          best = j;
          best_rank = rank;
        }
      }
    }
    return best;
  }

  static int Distance(const Facet& a, const Facet& b) {
    const int ends = a.as_of == kNoDay || b.as_of == kNoDay ? 0 : std::abs(a.as_of - b.as_of);
    const int starts = a.from == kNoDay || b.from == kNoDay ? 0 : std::abs(a.from - b.from);
    return starts + ends;
  }

  void JoinLoose(const std::vector<size_t>& homeless) {
    Blocks blocks;
    for (const size_t i : homeless) {
      JoinAlike(i, blocks);
      Insert(entries_[i], i, blocks);
    }
  }

  const std::vector<Entry>& entries_;
  const PlaceHierarchy& places_;
  UnionFind sets_;
  std::vector<size_t> firm_;
  std::vector<size_t> loose_;
  Blocks firm_blocks_;
};

std::string Window(const Facet& facet, const RecordedAssertion& assertion) {
  if (facet.from == kNoDay) return "no window";
  return fmt::format("{} to {}", assertion.said.time.from, assertion.said.time.to);
}

}  // namespace

double QuestionFit(const Entry& a, const Entry& b, const PlaceHierarchy& places) {
  const Facet& f = a.facet;
  const Facet& g = b.facet;
  if (f.family != g.family || f.crowd != g.crowd || f.subject != g.subject) return 0.0;
  const double place = PlaceFit(a, b, places);
  return place > 0.0 ? place * TimeFit(a, b) : 0.0;
}

std::vector<std::string> MatchReasons(const Entry& a, const Entry& b,
                                      const PlaceHierarchy& places) {
  std::vector<std::string> reasons;
  reasons.push_back(fmt::format("same kind: {}", a.facet.family));
  const std::string& here = a.assertion->said.place.name;
  const std::string& there = b.assertion->said.place.name;
  const bool same = RelatePlaces(a.facet, b.facet, places) == PlaceRelation::kSame;
  reasons.push_back(same ? fmt::format("same place: {}", here.empty() ? "not stated" : here)
                         : fmt::format("one place lies in the other: {}, {}", here, there));
  if (a.facet.dated() && b.facet.dated()) {
    const bool one_time = RelateWindows(a.facet, b.facet) == WindowRelation::kSame;
    reasons.push_back(fmt::format("{}: {}; {}", one_time ? "same time" : "a count that rose",
                                  Window(a.facet, *a.assertion), Window(b.facet, *b.assertion)));
  } else if (Agrees(a, b)) {
    reasons.push_back("no window is stated; the days meet and the answers agree");
  } else {
    reasons.push_back("no window is stated; the days meet");
  }
  if (TellOneHappening(a.facet, b.facet)) {
    reasons.push_back(
        fmt::format("both tell of one event: {}", fmt::join(a.facet.happenings, ", ")));
  }
  return reasons;
}

std::vector<std::vector<size_t>> PartitionIntoQuestions(const std::vector<Entry>& entries,
                                                        const PlaceHierarchy& places) {
  return Partitioner(entries, places).Run();
}

}  // namespace consilience::corroboration
