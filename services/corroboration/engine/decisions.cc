#include "services/corroboration/engine/decisions.h"

#include <xxhash.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <utility>

#include "services/corroboration/matching/keys.h"
#include "services/corroboration/matching/partition.h"
#include "services/corroboration/matching/union_find.h"
#include "services/corroboration/model/ids.h"

namespace consilience::corroboration {
namespace {

using Sets = std::vector<std::vector<size_t>>;

uint64_t KeyOfMark(const std::string& mark) {
  const std::string text = "mark\n" + mark;
  return XXH3_64bits(text.data(), text.size());
}

// The sets of `sets` that share a mark become one; sets and what is in them stay in order.
Sets JoinSets(const std::vector<Entry>& entries, Sets sets) {
  UnionFind joined(sets.size());
  std::map<std::string, size_t> first;
  for (size_t s = 0; s < sets.size(); ++s) {
    for (const size_t i : sets[s]) {
      const std::string& mark = entries[i].assertion->joined;
      if (!mark.empty()) joined.Join(first.try_emplace(mark, s).first->second, s);
    }
  }
  if (first.empty()) return sets;
  std::map<size_t, std::vector<size_t>> by_root;
  for (size_t s = 0; s < sets.size(); ++s) {
    std::vector<size_t>& into = by_root[joined.Find(s)];
    into.insert(into.end(), sets[s].begin(), sets[s].end());
  }
  Sets result;
  for (auto& [root, set] : by_root) {
    std::sort(set.begin(), set.end());
    result.push_back(std::move(set));
  }
  return result;
}

void Absorb(ClaimGroup& group, ClaimGroup& other) {
  group.as_of = std::min(group.as_of, other.as_of);
  const auto append = [](auto& to, auto& from) { to.insert(to.end(), from.begin(), from.end()); };
  append(group.supports, other.supports);
  append(group.denials, other.denials);
  append(group.mentions, other.mentions);
  std::sort(group.supports.begin(), group.supports.end(),
            [](const ClaimSupport& a, const ClaimSupport& b) { return a.entry < b.entry; });
  std::sort(group.denials.begin(), group.denials.end());
  std::sort(group.mentions.begin(), group.mentions.end());
}

template <typename Visit>
void ForEachEntry(const ClaimGroup& group, Visit visit) {
  for (const ClaimSupport& support : group.supports) visit(support.entry);
  for (const size_t i : group.denials) visit(i);
  for (const size_t i : group.mentions) visit(i);
}

// The claims that the members make, as sets of their ids.
std::vector<std::set<std::string>> ClaimsOf(const std::vector<RecordedAssertion>& members,
                                            const Context& context) {
  std::vector<Entry> entries;
  entries.reserve(members.size());
  for (const RecordedAssertion& member : members) {
    entries.push_back(MakeEntry(member, context.config, context.places));
  }
  std::vector<std::set<std::string>> claims;
  for (const std::vector<size_t>& set : PartitionAsDecided(entries, context.places)) {
    std::vector<ClaimGroup> groups = GroupIntoClaims(entries, set);
    JoinAsDecided(entries, groups);
    for (const ClaimGroup& group : groups) {
      std::set<std::string>& claim = claims.emplace_back();
      ForEachEntry(group, [&](size_t i) { claim.insert(members[i].id); });
    }
  }
  return claims;
}

struct Marks {
  std::string apart;
  std::string joined;
};

std::vector<RecordedAssertion> Marked(std::vector<RecordedAssertion> members,
                                      const std::set<std::string>& which, const Marks& marks) {
  for (RecordedAssertion& member : members) {
    if (!which.contains(member.id)) continue;
    member.apart = marks.apart;
    member.joined = marks.joined;
  }
  return members;
}

std::vector<RecordedAssertion> Only(std::vector<RecordedAssertion> members,
                                    const std::set<std::string>& which) {
  std::erase_if(members, [&](const RecordedAssertion& m) { return !which.contains(m.id); });
  return members;
}

std::string MarkOf(const char* kind, const std::set<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text += id + "\n";
  return ContentId(kind, {text});
}

// No claim holds both one of `taken` and another one.
bool StandAlone(const std::vector<std::set<std::string>>& claims,
                const std::set<std::string>& taken) {
  return std::all_of(claims.begin(), claims.end(), [&](const std::set<std::string>& claim) {
    const auto inside = std::count_if(claim.begin(), claim.end(),
                                      [&](const std::string& id) { return taken.contains(id); });
    return inside == 0 || static_cast<size_t>(inside) == claim.size();
  });
}

// Everything that a decision had moved is back in one claim with parts of both. What is no longer
// there had come to a claim only because of the decision.
bool Reunites(const std::set<std::string>& claim, const std::set<std::string>& decided,
              const std::set<std::string>& kept, const std::set<std::string>& others) {
  const auto some_of = [&](const std::set<std::string>& part) {
    return std::any_of(part.begin(), part.end(),
                       [&](const std::string& id) { return claim.contains(id); });
  };
  return !decided.empty() && some_of(kept) && some_of(others) &&
         std::includes(claim.begin(), claim.end(), decided.begin(), decided.end());
}

}  // namespace

std::vector<uint64_t> KeysOf(const Entry& entry) {
  std::vector<uint64_t> keys = BlockingKeys(entry.facet);
  for (const std::string* mark : {&entry.assertion->apart, &entry.assertion->joined}) {
    if (!mark->empty()) keys.push_back(KeyOfMark(*mark));
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

Sets PartitionAsDecided(const std::vector<Entry>& entries, const PlaceHierarchy& places) {
  std::vector<size_t> free;
  std::map<std::string, std::vector<size_t>> apart;
  for (size_t i = 0; i < entries.size(); ++i) {
    const std::string& mark = entries[i].assertion->apart;
    (mark.empty() ? free : apart[mark]).push_back(i);
  }
  if (apart.empty()) return JoinSets(entries, PartitionIntoQuestions(entries, places));
  std::vector<Entry> unmarked;
  unmarked.reserve(free.size());
  for (const size_t i : free) unmarked.push_back(entries[i]);
  Sets sets = PartitionIntoQuestions(unmarked, places);
  for (std::vector<size_t>& set : sets) {
    for (size_t& i : set) i = free[i];
  }
  for (auto& [mark, set] : apart) sets.push_back(std::move(set));
  std::sort(sets.begin(), sets.end());
  return JoinSets(entries, std::move(sets));
}

void JoinAsDecided(const std::vector<Entry>& entries, std::vector<ClaimGroup>& groups) {
  UnionFind joined(groups.size());
  std::map<std::string, size_t> first;
  for (size_t g = 0; g < groups.size(); ++g) {
    ForEachEntry(groups[g], [&](size_t i) {
      const RecordedAssertion& assertion = *entries[i].assertion;
      for (const auto& mark : {"apart " + assertion.apart, "joined " + assertion.joined}) {
        if (mark.back() != ' ') joined.Join(first.try_emplace(mark, g).first->second, g);
      }
    });
  }
  if (first.empty()) return;
  std::vector<ClaimGroup> kept;
  std::map<size_t, size_t> place;  // root → index into kept
  for (size_t g = 0; g < groups.size(); ++g) {
    const auto [at, is_new] = place.try_emplace(joined.Find(g), kept.size());
    if (is_new) {
      kept.push_back(std::move(groups[g]));
    } else {
      Absorb(kept[at->second], groups[g]);
    }
  }
  groups = std::move(kept);
}

std::vector<RecordedAssertion> PlanSplit(const std::vector<RecordedAssertion>& members,
                                         const std::set<std::string>& taken,
                                         const Context& context) {
  std::string apart;
  for (const RecordedAssertion& member : members) {
    if (taken.contains(member.id)) apart = member.apart;
  }
  auto marked = Marked(members, taken, {apart, ""});
  if (!StandAlone(ClaimsOf(marked, context), taken)) {
    marked = Marked(members, taken, {MarkOf("apart", taken), ""});
  }
  return Only(std::move(marked), taken);
}

std::vector<RecordedAssertion> PlanMerge(const std::vector<RecordedAssertion>& members,
                                         const std::set<std::string>& kept,
                                         const std::set<std::string>& others,
                                         const Context& context) {
  std::set<std::string> all = kept;
  all.insert(others.begin(), others.end());
  std::set<std::string> decided;
  Marks of_kept;
  for (const RecordedAssertion& member : members) {
    const bool mark = !member.apart.empty() || !member.joined.empty();
    if (mark && all.contains(member.id)) decided.insert(member.id);
    if (!kept.contains(member.id)) continue;
    if (!member.apart.empty()) of_kept.apart = member.apart;
    if (!member.joined.empty()) of_kept.joined = member.joined;
  }
  // What only a decision holds apart comes together again as soon as it is taken back.
  for (const Marks& marks : {Marks{}, Marks{of_kept.apart, ""}, of_kept}) {
    auto marked = Marked(members, all, marks);
    const auto claims = ClaimsOf(marked, context);
    const bool together = std::any_of(claims.begin(), claims.end(), [&](const auto& claim) {
      return claim == all || Reunites(claim, decided, kept, others);
    });
    if (together) return Only(std::move(marked), all);
  }
  std::vector<RecordedAssertion> marked = members;
  const std::string mark = MarkOf("joined", all);
  for (RecordedAssertion& member : marked) {
    if (all.contains(member.id)) member.joined = mark;
  }
  return Only(std::move(marked), all);
}

}  // namespace consilience::corroboration
