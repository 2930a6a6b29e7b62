#include "services/corroboration/store/versions.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

namespace consilience::corroboration {
namespace {

ListChange ChangeOf(const std::vector<std::string>& before, const std::vector<std::string>& after) {
  ListChange change;
  std::set_difference(before.begin(), before.end(), after.begin(), after.end(),
                      std::back_inserter(change.gone));
  std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                      std::back_inserter(change.added));
  return change;
}

void Undo(const ListChange& change, std::vector<std::string>& list) {
  std::vector<std::string> kept;
  std::set_difference(list.begin(), list.end(), change.added.begin(), change.added.end(),
                      std::back_inserter(kept));
  list.clear();
  std::set_union(kept.begin(), kept.end(), change.gone.begin(), change.gone.end(),
                 std::back_inserter(list));
}

bool SameWords(const ClaimRow& a, const ClaimRow& b) {
  const auto words = [](const ClaimRow& row) {
    return std::tie(row.question, row.display_name, row.kind, row.measure, row.place,
                    row.population, row.from, row.to, row.create_time_us);
  };
  return words(a) == words(b);
}

ClaimBefore Whole(const ClaimRow& row) {
  ClaimBefore before;
  before.id = row.id;
  before.whole = std::make_shared<const ClaimRow>(row);
  return before;
}

ClaimBefore BeforeOf(const ClaimRow& before, const ClaimRow& after) {
  if (!SameWords(before, after)) return Whole(before);
  ClaimBefore claim;
  claim.id = before.id;
  claim.corroboration = before.corroboration;
  claim.update_time_us = before.update_time_us;
  claim.documents = ChangeOf(before.documents, after.documents);
  claim.outlets = ChangeOf(before.outlets, after.outlets);
  claim.sources = ChangeOf(before.sources, after.sources);
  return claim;
}

// Moves what `after` lacks or has another way into `gone`, and names what it has more.
template <typename Map>
void CompareMaps(const Map& before, const Map& after, Map& gone, std::vector<std::string>& added) {
  for (const auto& [key, value] : before) {
    const auto found = after.find(key);
    if (found == after.end() || !(found->second == value)) gone.emplace(key, value);
  }
  for (const auto& [key, value] : after) {
    if (!before.contains(key)) added.push_back(key);
  }
}

template <typename Map>
void UndoMap(const Map& gone, const std::vector<std::string>& added, Map& map) {
  for (const std::string& key : added) map.erase(key);
  for (const auto& [key, value] : gone) map.insert_or_assign(key, value);
}

bool SameMember(const RecordedAssertion& a, const RecordedAssertion& b,
                const std::set<std::string>& changed_documents) {
  return a.set_aside == b.set_aside && a.apart == b.apart && a.joined == b.joined &&
         !changed_documents.contains(a.document.id);
}

void CompareMembers(const QuestionRecord& before, const QuestionRecord& after,
                    const std::set<std::string>& changed_documents, QuestionVersion& version) {
  auto now = after.members.begin();
  const auto add_before = [&](const std::string* id) {
    for (; now != after.members.end() && (id == nullptr || now->id < *id); ++now) {
      version.added_members.push_back(now->id);
    }
  };
  for (const Members::Shared& shared : before.members.shared()) {
    const RecordedAssertion& member = *shared;
    add_before(&member.id);
    const bool there = now != after.members.end() && now->id == member.id;
    if (!there || !SameMember(member, *now, changed_documents)) {
      version.before.members.push_back(shared);
    }
    if (there) ++now;
  }
  add_before(nullptr);
}

void CompareClaims(const QuestionRecord& before, const QuestionRecord& after,
                   QuestionVersion& version) {
  std::map<std::string, const ClaimRow*> now;
  for (const ClaimRow& row : after.claims) now[row.id] = &row;
  for (const ClaimRow& row : before.claims) {
    const auto found = now.find(row.id);
    if (found == now.end()) {
      version.claims.push_back(Whole(row));
      continue;
    }
    if (!(row == *found->second)) version.claims.push_back(BeforeOf(row, *found->second));
    now.erase(found);
  }
  for (const auto& [id, row] : now) version.added_claims.push_back(id);
}

void CopyHead(const QuestionRecord& from, QuestionRecord& to) {
  to.id = from.id;
  to.display_name = from.display_name;
  to.state = from.state;
  to.create_time_us = from.create_time_us;
  to.update_time_us = from.update_time_us;
  to.beliefs.family = from.beliefs.family;
}

void UndoMembers(const QuestionVersion& version, Members& members) {
  std::map<std::string, Members::Shared> by_id;
  for (const Members::Shared& member : members.shared()) by_id.emplace(member->id, member);
  for (const std::string& id : version.added_members) by_id.erase(id);
  for (const Members::Shared& member : version.before.members.shared()) {
    by_id.insert_or_assign(member->id, member);
  }
  members.clear();
  for (auto& [id, member] : by_id) members.push_back(std::move(member));
}

void UndoClaims(const QuestionVersion& version, std::vector<ClaimRow>& claims) {
  std::map<std::string, ClaimRow> by_id;
  for (ClaimRow& row : claims) by_id.emplace(row.id, std::move(row));
  for (const std::string& id : version.added_claims) by_id.erase(id);
  for (const ClaimBefore& claim : version.claims) {
    ClaimRow& row = by_id[claim.id];
    if (claim.whole != nullptr) {
      row = *claim.whole;
      continue;
    }
    row.corroboration = claim.corroboration;
    row.update_time_us = claim.update_time_us;
    Undo(claim.documents, row.documents);
    Undo(claim.outlets, row.outlets);
    Undo(claim.sources, row.sources);
    row.leader = nullptr;
  }
  claims.clear();
  for (auto& [id, row] : by_id) claims.push_back(std::move(row));
  std::stable_sort(claims.begin(), claims.end(), [](const ClaimRow& a, const ClaimRow& b) {
    return a.corroboration.score > b.corroboration.score;
  });
}

}  // namespace

QuestionVersion VersionOf(const QuestionRecord* before, const QuestionRecord* after,
                          const std::set<std::string>& changed_documents) {
  QuestionVersion version;
  version.question = before != nullptr ? before->id : after->id;
  version.absent = before == nullptr;
  version.gone = after == nullptr;
  if (version.absent) return version;
  CopyHead(*before, version.before);
  if (version.gone) {
    version.before.members = before->members;
    version.before.claims = before->claims;
    version.before.beliefs.sources = before->beliefs.sources;
    version.before.beliefs.dependences = before->beliefs.dependences;
    return version;
  }
  CompareMembers(*before, *after, changed_documents, version);
  CompareMaps(before->beliefs.sources, after->beliefs.sources, version.before.beliefs.sources,
              version.added_sources);
  CompareMaps(before->beliefs.dependences, after->beliefs.dependences,
              version.before.beliefs.dependences, version.added_dependences);
  CompareClaims(*before, *after, version);
  return version;
}

std::optional<QuestionRecord> Rewind(const QuestionRecord* now,
                                     const std::vector<QuestionVersion>& newest_first) {
  std::optional<QuestionRecord> record;
  if (now != nullptr) record = *now;
  for (const QuestionVersion& version : newest_first) {
    if (version.absent) {
      record.reset();
    } else if (version.gone) {
      record = version.before;
    } else if (record) {
      CopyHead(version.before, *record);
      UndoMembers(version, record->members);
      UndoMap(version.before.beliefs.sources, version.added_sources, record->beliefs.sources);
      UndoMap(version.before.beliefs.dependences, version.added_dependences,
              record->beliefs.dependences);
      UndoClaims(version, record->claims);
    }
  }
  if (record) {
    record->keys.clear();
    record->beliefs.lessons = {};
  }
  return record;
}

}  // namespace consilience::corroboration
