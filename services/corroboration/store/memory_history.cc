// The past, as the memory store keeps it.
#include <algorithm>
#include <tuple>

#include "services/corroboration/store/codec.h"
#include "services/corroboration/store/memory_store.h"
#include "services/corroboration/store/versions.h"

namespace consilience::corroboration {
namespace {

using common::MutexLock;

}  // namespace

bool MemoryStore::Earlier(const Write& a, const Write& b) {
  return std::tie(a.time_us, a.version) < std::tie(b.time_us, b.version);
}

QuestionWrite MemoryStore::Copied(const Write& write) {
  return {write.time_us, std::string(write.version), std::string(write.question)};
}

void MemoryStore::AddHistory(const ChangeSet& changes) {
  for (const QuestionVersion& version : changes.versions) {
    const auto of_question = versions_.try_emplace(version.question).first;
    of_question->second.push_back(kept_.Keep(Encode(version)));
    const Write write{version.time_us, kept_.Keep(version.id), of_question->first};
    writes_.insert(std::upper_bound(writes_.begin(), writes_.end(), write, Earlier), write);
    for (const ClaimRow& row : version.before.claims) homes_.try_emplace(row.id, version.question);
    for (const ClaimBefore& claim : version.claims) {
      if (claim.whole != nullptr) homes_.try_emplace(claim.id, version.question);
    }
  }
  for (const Alias& alias : changes.aliases) {
    for (const std::string& id : {alias.old_id, alias.new_id}) alias_history_[id].push_back(alias);
  }
  for (const Source& source : changes.put_sources) {
    if (source.curated) corrections_[source.id].push_back(source);
  }
}

absl::StatusOr<QuestionPtr> MemoryStore::QuestionAt(std::string_view id, int64_t time_us) {
  const MutexLock lock(mutex_);
  std::vector<QuestionVersion> undone;
  if (const auto found = versions_.find(id); found != versions_.end()) {
    for (auto at = found->second.rbegin(); at != found->second.rend(); ++at) {
      auto version = *DecodeVersion(*at);
      if (version.time_us <= time_us) break;
      undone.push_back(std::move(version));
    }
  }
  const auto now = questions_.find(id);
  auto record = Rewind(now == questions_.end() ? nullptr : now->second.get(), undone);
  if (!record) return nullptr;
  return std::make_shared<const QuestionRecord>(*std::move(record));
}

absl::StatusOr<std::vector<QuestionWrite>> MemoryStore::WritesAfter(const QuestionWrite& after,
                                                                    size_t limit) {
  const MutexLock lock(mutex_);
  const Write place{after.time_us, after.version, {}};
  const auto earlier = [](const Write& last, const Write& write) {
    return last.version.empty() ? last.time_us < write.time_us : Earlier(last, write);
  };
  auto at = std::upper_bound(writes_.begin(), writes_.end(), place, earlier);
  std::vector<QuestionWrite> writes;
  for (; at != writes_.end() && writes.size() < limit; ++at) writes.push_back(Copied(*at));
  return writes;
}

absl::StatusOr<std::vector<QuestionWrite>> MemoryStore::WritesBefore(const QuestionWrite& before,
                                                                     size_t limit) {
  const MutexLock lock(mutex_);
  const Write place{before.time_us, before.version, {}};
  auto at = std::lower_bound(writes_.begin(), writes_.end(), place, Earlier);
  std::vector<QuestionWrite> writes;
  while (at != writes_.begin() && writes.size() < limit) writes.push_back(Copied(*--at));
  return writes;
}

absl::StatusOr<int64_t> MemoryStore::LastWrite() {
  const MutexLock lock(mutex_);
  return writes_.empty() ? 0 : writes_.back().time_us;
}

absl::StatusOr<std::string> MemoryStore::HomeOfClaim(std::string_view claim) {
  const MutexLock lock(mutex_);
  const auto now = question_of_claim_.find(claim);
  if (now != question_of_claim_.end()) return now->second;
  const auto found = homes_.find(claim);
  return found == homes_.end() ? std::string() : found->second;
}

absl::StatusOr<std::vector<Alias>> MemoryStore::AliasHistory(std::string_view id) {
  const MutexLock lock(mutex_);
  const auto found = alias_history_.find(id);
  if (found == alias_history_.end()) return std::vector<Alias>();
  std::vector<Alias> aliases = found->second;
  std::stable_sort(aliases.begin(), aliases.end(),
                   [](const Alias& a, const Alias& b) { return a.time_us < b.time_us; });
  return aliases;
}

absl::StatusOr<std::vector<Source>> MemoryStore::CuratedSourcesAt(int64_t time_us) {
  const MutexLock lock(mutex_);
  std::vector<Source> sources;
  for (const auto& [id, corrections] : corrections_) {
    const auto last = std::find_if(corrections.rbegin(), corrections.rend(),
                                   [&](const Source& s) { return s.update_time_us <= time_us; });
    if (last != corrections.rend()) sources.push_back(*last);
  }
  return sources;
}

absl::StatusOr<std::optional<Review>> MemoryStore::ReviewAt(std::string_view claim,
                                                            int64_t time_us) {
  const MutexLock lock(mutex_);
  const auto found = reviews_.find(claim);
  if (found == reviews_.end()) return std::nullopt;
  const auto last = std::find_if(found->second.rbegin(), found->second.rend(),
                                 [&](const Review& review) { return review.time_us <= time_us; });
  return last == found->second.rend() ? std::nullopt : std::optional(*last);
}

}  // namespace consilience::corroboration
