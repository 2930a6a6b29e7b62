#include "services/extraction/frames/frame_finder.h"

#include <algorithm>

#include "absl/container/inlined_vector.h"

namespace consilience::extraction {
namespace {

// What each unit between the parts of a match costs, so that the nearer verb wins.
constexpr double kGapCost = 0.004;
// What each role that the match fills is worth: who did it, where, how much of it.
constexpr double kRoleGain = 0.02;
// What it costs to take a verb from the neighbour in a list: "12 soldiers and five civilians were
// killed".
constexpr double kListCost = 0.06;
// What a number with a place is worth that shares a verb said before: more than a mere number.
constexpr double kGappedScore = 0.6;

double ScoreOf(const Rule& rule, const PatternMatch& match) {
  const auto roles = std::count_if(match.roles.begin(), match.roles.end(),
                                   [](const UnitRange& role) { return role.captured(); });
  return rule.weight + kRoleGain * static_cast<double>(roles) -
         kGapCost * static_cast<double>(match.end - match.begin);
}

int32_t Victims(const Frame& frame) { return frame.match[Role::kVictims].begin; }

bool Overlap(const PatternMatch& a, const PatternMatch& b) {
  return a.begin < b.end && b.begin < a.end;
}

// Two frames that cannot both stand.
bool Exclude(const Frame& a, const Frame& b) {
  const bool counted = Victims(a) >= 0 && Victims(b) >= 0;
  if (counted) {
    return Victims(a) == Victims(b) &&
           (a.rule->measure == b.rule->measure || !(a.rule->shares || b.rule->shares));
  }
  return a.rule->kind == b.rule->kind && Overlap(a.match, b.match) && Victims(a) < 0 &&
         Victims(b) < 0;
}

// The casualties that were told last before a frame in its sentence are of its measure, or it has
// none before it.
bool FollowsItsMeasure(const Frame& frame, const std::vector<Frame>& frames) {
  int32_t last = -1;
  bool same = true;
  for (const Frame& other : frames) {
    const int32_t victims = Victims(other);
    if (other.rule->follows || other.rule->kind != frame.rule->kind || victims < last ||
        victims < 0 || victims >= static_cast<int32_t>(frame.match.begin)) {
      continue;
    }
    const bool matches = other.rule->measure == frame.rule->measure;
    same = victims == last ? same || matches : matches;
    last = victims;
  }
  return same;
}

// "Arrested 22 people | and 56 were injured": whether `unit` is the object of a verb right before
// it.
bool IsObject(std::span<const Frame> frames, int32_t unit) {
  constexpr int32_t kNear = 3;  // "arrested between them 22 people"
  return std::any_of(frames.begin(), frames.end(), [&](const Frame& frame) {
    const UnitRange& verb = frame.match[Role::kTrigger];
    return Victims(frame) == unit && verb.captured() && verb.end <= unit && unit - verb.end < kNear;
  });
}

// "Put the figure at 200" counts the dead only where the text has just spoken of them.
void DropStray(std::span<const Said> lately, std::vector<Frame>& frames) {
  const auto follows = [](const Frame& frame) { return frame.rule->follows; };
  if (std::none_of(frames.begin(), frames.end(), follows)) return;
  std::vector<Said> here(lately.begin(), lately.end());
  for (const Frame& frame : frames) {
    if (!frame.rule->follows) here.push_back({frame.rule->kind, frame.rule->measure});
  }
  const std::vector<Frame> all = frames;
  std::erase_if(frames, [&](const Frame& frame) {
    const Rule& rule = *frame.rule;
    if (!rule.follows) return false;
    const bool told = std::any_of(here.begin(), here.end(), [&](const Said& said) {
      return said.kind == rule.kind && said.measure == rule.measure;
    });
    return !told || !FollowsItsMeasure(frame, all);
  });
}

}  // namespace

FrameFinder::FrameFinder(const RulePacks& packs)
    : packs_(packs),
      by_class_(kMaxClasses + 1),
      and_(packs.classes().Find("$and")),
      report_(packs.classes().Find("$report")),
      in_(packs.classes().Find("$in")),
      determiner_(packs.classes().Find("$det")),
      finite_(packs.classes().Find("$finite")),
      suspect_(packs.classes().Find("$suspect")) {
  for (const ClassId id : {ClassId{kComma}, ClassId{kStrong}, ClassId{kPeople}, and_,
                           packs.classes().Find("$who"), packs.classes().Find("$when")}) {
    stops_.set(id);
  }
  for (uint32_t i = 0; i < packs.rules().size(); ++i) {
    const std::vector<ClassId>& required = packs.rules()[i].pattern.required();
    const size_t key = required.empty() ? kMaxClasses : required.front();
    by_class_[key].push_back(i);
    if (key < kMaxClasses) keys_.set(key);
    ClassSet all;
    for (const ClassId id : required) all.set(id);
    required_.push_back(all);
  }
}

bool FrameFinder::OpensWithPreposition(const UnitRow& row, size_t unit) const {
  if (unit > 0 && row.classes[unit - 1][determiner_]) --unit;
  return unit > 0 && row.classes[unit - 1][in_];
}

// "Killed 12 fighters and | 30 people said …", "five others suspected of it were …": the people at
// `unit` have a verb of their own.
bool FrameFinder::OpensClause(const UnitRow& row, size_t unit) const {
  constexpr size_t kReach = 7;
  if (unit + 1 >= row.size()) return false;
  if (!row.classes[unit + 1][suspect_]) return row.classes[unit + 1][finite_];
  for (size_t i = unit + 1; i < std::min(row.size(), unit + 1 + kReach); ++i) {
    const ClassSet& classes = row.classes[i];
    if (classes[finite_]) return true;
    if ((classes & stops_).any()) return false;
  }
  return false;
}

bool FrameFinder::MayMatch(const ClassSet& possible) const {
  if (!by_class_[kMaxClasses].empty()) return true;
  const ClassSet keys = possible & keys_;
  for (size_t id = keys._Find_first(); id < kMaxClasses; id = keys._Find_next(id)) {
    for (const uint32_t rule : by_class_[id]) {
      if ((required_[rule] & ~possible).none()) return true;
    }
  }
  return false;
}

void FrameFinder::MatchRule(const Rule& rule, const UnitRow& row,
                            std::vector<Frame>& frames) const {
  const ClassSet& first = rule.pattern.first();
  for (size_t i = 0; i < row.size(); ++i) {
    if ((row.classes[i] & first).none()) continue;
    const auto match = rule.pattern.MatchAt(row.classes, i);
    if (!match || match->end == match->begin) continue;
    frames.push_back({&rule, *match, ScoreOf(rule, *match)});
  }
}

void FrameFinder::MatchAll(const UnitRow& row, std::vector<Frame>& frames) const {
  absl::InlinedVector<uint32_t, 32> rules(by_class_[kMaxClasses].begin(),
                                          by_class_[kMaxClasses].end());
  const ClassSet keys = row.present & keys_;
  const ClassSet missing = ~row.present;
  for (size_t id = keys._Find_first(); id < kMaxClasses; id = keys._Find_next(id)) {
    for (const uint32_t rule : by_class_[id]) {
      if ((required_[rule] & missing).none()) rules.push_back(rule);
    }
  }
  std::sort(rules.begin(), rules.end());  // the order of the files decides between equals
  for (const uint32_t rule : rules) MatchRule(packs_.rules()[rule], row, frames);
}

// Every member of a list of people shares the verb of the member next to it.
void FrameFinder::SpreadOverLists(const UnitRow& row, std::span<const People> people,
                                  std::vector<Frame>& frames) const {
  const auto joins = [&](size_t unit) {
    // "An official said 20 fighters were killed" lists nobody.
    if (row.classes[unit][report_]) return false;
    return row.classes[unit][kComma] || row.classes[unit][and_] || row.classes[unit][kSkip] ||
           row.classes[unit][determiner_];  // "a woman and her two children"
  };
  const size_t count = frames.size();
  for (size_t f = 0; f < count; ++f) {
    const int32_t at = Victims(frames[f]);
    if (at < 0 || row.units[static_cast<size_t>(at)].people < 0) continue;
    const bool before_verb = at < frames[f].match[Role::kTrigger].begin;
    const bool after_verb =
        at > frames[f].match[Role::kTrigger].begin && frames[f].match[Role::kTrigger].captured();
    double cost = kListCost;
    for (int32_t i = at, step = before_verb ? -1 : 1; before_verb || after_verb;
         cost += kListCost) {
      int32_t next = i + step;
      int joined = 0;
      while (next > 0 && next < static_cast<int32_t>(row.size()) && joined < 3 &&
             joins(static_cast<size_t>(next))) {
        next += step;
        ++joined;
      }
      // Texts that lost their commas set the members side by side.
      if (next < 0 || next >= static_cast<int32_t>(row.size()) ||
          !row.classes[static_cast<size_t>(next)][kPeople]) {
        break;
      }
      // "Of the 45 passengers, 12 were killed": the whole is no member of the list.
      if (step < 0 && OpensWithPreposition(row, static_cast<size_t>(next))) break;
      if (step > 0 && OpensClause(row, static_cast<size_t>(next))) break;
      // "15 dead and 27 missing": who is dead is not missing.
      const auto& neighbour =
          people[static_cast<size_t>(row.units[static_cast<size_t>(next)].people)];
      if (neighbour.deaths && frames[f].rule->measure != "KILLED") break;
      // "arrested 22 people and 56 were injured": the 22 have a verb of their own.
      if (before_verb && IsObject({frames.data(), count}, next)) break;
      // "12 bodies and 20 wounded": each has a word of its own. "23 people, three of whom died":
      // only those died.
      const auto& member_before =
          people[static_cast<size_t>(row.units[static_cast<size_t>(i)].people)];
      if (neighbour.state.any() && (member_before.bare || member_before.state.any())) break;
      if (before_verb && member_before.of_them) break;
      Frame member = frames[f];
      member.match[Role::kVictims] = {next, next + 1};
      member.match[Role::kPop] = {};
      member.match.begin = std::min(member.match.begin, static_cast<uint32_t>(next));
      member.match.end = std::max(member.match.end, static_cast<uint32_t>(next + 1));
      member.score -= cost;
      frames.push_back(member);
      i = next;
    }
  }
}

// "92 people died in Jajarkot and 36 in Rukum": a bare number with a place of its own shares the
// verb that was said before.
void FrameFinder::SpreadOverPlaces(const UnitRow& row, std::span<const People> people,
                                   std::vector<Frame>& frames) const {
  const size_t count = frames.size();
  for (size_t u = 2; u + 2 < row.size(); ++u) {
    const int32_t index = row.units[u].people;
    if (index < 0 || !row.classes[u][kPeople] || !row.classes[u + 1][in_]) continue;
    const People& bare = people[static_cast<size_t>(index)];
    if (!bare.bare || bare.of_them) continue;
    if (!row.classes[u + 2][kPlace] && !row.classes[u + 2][kName]) continue;
    const ClassSet& before = row.classes[u - 1];
    if (!before[kComma] && !before[kStrong] && !before[and_]) continue;
    const auto unit = static_cast<int32_t>(u);
    const Frame* told = nullptr;  // the nearest that was told of people before
    for (size_t f = 0; f < count; ++f) {
      const Frame& frame = frames[f];
      if (frame.rule->kind != Kind::kCasualty || Victims(frame) < 0) continue;
      if (Victims(frame) == unit) {
        told = nullptr;
        break;
      }
      const bool nearer = told == nullptr || Victims(frame) > Victims(*told) ||
                          (Victims(frame) == Victims(*told) && frame.score > told->score);
      if (Victims(frame) < unit && nearer) told = &frame;
    }
    if (told == nullptr) continue;
    Frame member = *told;
    member.match.roles = {};
    member.match[Role::kVictims] = {unit, unit + 1};
    if (row.classes[u + 2][kPlace]) member.match[Role::kPlace] = {unit + 2, unit + 3};
    member.match.begin = static_cast<uint32_t>(u);
    member.match.end = static_cast<uint32_t>(u + 3);
    member.score = kGappedScore;
    frames.push_back(member);
  }
}

std::vector<Frame> FrameFinder::Find(const UnitRow& row, std::span<const People> people,
                                     std::span<const Said> lately) const {
  std::vector<Frame> frames;
  MatchAll(row, frames);
  DropStray(lately, frames);
  if (frames.empty()) return frames;
  if (!people.empty()) SpreadOverLists(row, people, frames);
  if (!people.empty()) SpreadOverPlaces(row, people, frames);
  if (frames.size() < 2) return frames;
  std::stable_sort(frames.begin(), frames.end(),
                   [](const Frame& a, const Frame& b) { return a.score > b.score; });
  std::vector<Frame> kept;
  for (const Frame& frame : frames) {
    const bool excluded = std::any_of(kept.begin(), kept.end(),
                                      [&](const Frame& other) { return Exclude(frame, other); });
    if (!excluded) kept.push_back(frame);
  }
  std::stable_sort(kept.begin(), kept.end(),
                   [](const Frame& a, const Frame& b) { return a.match.begin < b.match.begin; });
  return kept;
}

}  // namespace consilience::extraction
