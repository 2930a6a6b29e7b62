#include "services/corroboration/store/memory_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "services/common/errors/catalogue.h"
#include "services/corroboration/reliability/lesson_sums.h"
#include "services/corroboration/store/codec.h"
#include "services/corroboration/store/differences.h"
#include "services/corroboration/store/search_text.h"

namespace consilience::corroboration {
namespace {

using common::MutexLock;

// Aliases of aliases are followed this far; a longer chain is a cycle.
constexpr int kLongestAliasChain = 64;

template <typename Value, typename Index>
void UpdateLinks(const LinkDifference<Value>& difference, Index& index) {
  using Key = typename Index::key_type;
  for (const auto& [value, question] : difference.gone) {
    const auto found = index.find(value);
    if (found == index.end()) continue;
    found->second.erase(std::string(question));
    if (found->second.empty()) index.erase(found);
  }
  for (const auto& [value, question] : difference.added) {
    index[Key(value)].insert(std::string(question));
  }
}

}  // namespace

absl::Status MemoryStore::Apply(const ChangeSet& changes) {
  const MutexLock lock(mutex_);
  for (const Revision& revision : changes.revisions) {
    if (revisions_.contains(revision.id)) {
      return common::Internal(fmt::format("revision {} is there already", revision.id));
    }
  }
  ApplyQuestions(changes);
  for (const Alias& alias : changes.aliases) {
    aliases_[alias.old_id] = alias.new_id;
    older_ids_[alias.new_id].insert(alias.old_id);
  }
  for (const DocumentRow& row : changes.put_documents) documents_[row.context.id] = Encode(row);
  for (const DocumentText& text : changes.put_texts) texts_[text.document] = Joined(text.words);
  for (const Source& source : changes.put_sources) sources_[source.id] = source;
  for (const Source& source : changes.met_sources) sources_.try_emplace(source.id, source);
  for (const SourceCounts& counts : changes.add_counts) {
    SourceCounts& total = counts_[counts.source][counts.family];
    total.source = counts.source;
    total.family = counts.family;
    total.right += counts.right;
    total.wrong += counts.wrong;
    unsettled_.insert(counts.source);
  }
  for (const PairCounts& pair : changes.add_pairs) AddPair(pair);
  for (const std::string& source : changes.settled_sources) unsettled_.erase(source);
  for (const Revision& revision : changes.revisions) {
    const std::string_view id = kept_.Keep(revision.id);
    revisions_.insert_or_assign(revisions_.end(), id, kept_.Keep(Encode(revision)));
    std::vector<std::string_view>& of_claim = revisions_of_[revision.claim];
    of_claim.insert(std::upper_bound(of_claim.begin(), of_claim.end(), id), id);
  }
  for (const Review& review : changes.reviews) reviews_[review.claim].push_back(review);
  for (const AssertionDecision& decision : changes.put_decisions) {
    decisions_[decision.document][decision.assertion] = decision;
  }
  AddHistory(changes);
  return absl::OkStatus();
}

void MemoryStore::ApplyQuestions(const ChangeSet& changes) {
  std::vector<QuestionPtr> before;
  std::vector<const ClaimRow*> gone;
  std::vector<const ClaimRow*> added;
  for (const std::string& id : QuestionsWritten(changes)) {
    const auto found = questions_.find(id);
    if (found == questions_.end()) continue;
    before.push_back(found->second);
    for (const ClaimRow& row : found->second->claims) gone.push_back(&row);
  }
  const Differences differences = DifferencesOf(before, changes);
  UpdateLinks(differences.keys, by_key_);
  UpdateLinks(differences.documents, by_document_);
  UpdateLinks(differences.sources, by_source_);
  for (const ClaimRow* const row : gone) question_of_claim_.erase(row->id);
  for (const std::string_view id : differences.gone_questions) {
    const auto found = questions_.find(id);
    if (found == questions_.end()) continue;
    Sort(found->second.get(), nullptr);
    question_ids_.erase(id);
    questions_.erase(found);
  }
  for (const auto& [was, question] : differences.questions) {
    Sort(was, question.get());
    const auto [at, fresh] = questions_.insert_or_assign(question->id, question);
    if (fresh) question_ids_.insert(at->first);
    for (const ClaimRow& row : question->claims) {
      question_of_claim_[row.id] = question->id;
      added.push_back(&row);
    }
  }
  claims_.Exchange(gone, added);
}

void MemoryStore::Sort(const QuestionRecord* before, const QuestionRecord* after) {
  for (const QuestionOrder order : {QuestionOrder::kFrom, QuestionOrder::kDisplayName}) {
    auto& sorted = sorted_[static_cast<size_t>(order)];
    std::optional<std::string> from;
    std::optional<std::string> to;
    if (before != nullptr) from = SortValue(*before, order);
    if (after != nullptr) to = SortValue(*after, order);
    if (from == to) continue;
    if (from) sorted.erase({*from, before->id});
    if (to) sorted.emplace(*std::move(to), after->id);
  }
}

std::vector<QuestionPtr> MemoryStore::Load(const std::set<std::string>& ids) const {
  std::vector<QuestionPtr> questions;
  questions.reserve(ids.size());
  for (const std::string& id : ids) questions.push_back(questions_.at(id));
  return questions;
}

std::string MemoryStore::Resolve(std::string_view id) const {
  std::string at(id);
  for (int i = 0; i < kLongestAliasChain; ++i) {
    if (questions_.contains(at) || question_of_claim_.contains(at)) return at;
    const auto next = aliases_.find(at);
    if (next == aliases_.end()) break;
    at = next->second;
  }
  return at;
}

absl::StatusOr<std::vector<QuestionPtr>> MemoryStore::QuestionsByKeys(
    const std::vector<uint64_t>& keys) {
  const MutexLock lock(mutex_);
  std::set<std::string> ids;
  for (const uint64_t key : keys) {
    const auto found = by_key_.find(key);
    if (found != by_key_.end()) ids.insert(found->second.begin(), found->second.end());
  }
  return Load(ids);
}

absl::StatusOr<std::vector<QuestionPtr>> MemoryStore::QuestionsOfDocument(
    std::string_view document) {
  const MutexLock lock(mutex_);
  const auto found = by_document_.find(document);
  return found == by_document_.end() ? std::vector<QuestionPtr>() : Load(found->second);
}

absl::StatusOr<std::vector<std::string>> MemoryStore::QuestionsOfSource(std::string_view source) {
  const MutexLock lock(mutex_);
  const auto found = by_source_.find(source);
  if (found == by_source_.end()) return std::vector<std::string>();
  std::vector<std::string> questions(found->second.begin(), found->second.end());
  std::sort(questions.begin(), questions.end());
  return questions;
}

absl::StatusOr<QuestionPtr> MemoryStore::FindQuestion(std::string_view id) {
  const MutexLock lock(mutex_);
  const auto found = questions_.find(Resolve(id));
  return found == questions_.end() ? nullptr : found->second;
}

absl::StatusOr<QuestionPtr> MemoryStore::QuestionOfClaim(std::string_view claim) {
  const MutexLock lock(mutex_);
  const auto found = question_of_claim_.find(Resolve(claim));
  return found == question_of_claim_.end() ? nullptr : questions_.at(found->second);
}

absl::StatusOr<std::string> MemoryStore::ResolveAlias(std::string_view id) {
  const MutexLock lock(mutex_);
  return Resolve(id);
}

absl::StatusOr<std::vector<std::string>> MemoryStore::AliasesOf(std::string_view id) {
  const MutexLock lock(mutex_);
  std::vector<std::string> found;
  std::vector<std::string> next = {std::string(id)};
  for (int depth = 0; depth < kLongestAliasChain && !next.empty(); ++depth) {
    std::vector<std::string> older;
    for (const std::string& at : next) {
      const auto ids = older_ids_.find(at);
      if (ids == older_ids_.end()) continue;
      for (const std::string& old_id : ids->second) {
        if (Resolve(old_id) == id && old_id != id) older.push_back(old_id);
      }
    }
    found.insert(found.end(), older.begin(), older.end());
    next = std::move(older);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

absl::Status MemoryStore::ScanClaims(ClaimOrder order, const Cursor& after,
                                     const std::function<bool(const ClaimRow&)>& visit) {
  const MutexLock lock(mutex_);
  claims_.Scan(order, after, visit);
  return absl::OkStatus();
}

absl::Status MemoryStore::ScanClaimsWith(const FacetValue& with, ClaimOrder order,
                                         const Cursor& after,
                                         const std::function<bool(const ClaimRow&)>& visit) {
  const MutexLock lock(mutex_);
  claims_.ScanWith(with, order, after, visit);
  return absl::OkStatus();
}

absl::Status MemoryStore::ScanQuestions(std::string_view after,
                                        const std::function<bool(const QuestionRecord&)>& visit) {
  const MutexLock lock(mutex_);
  for (auto at = question_ids_.upper_bound(after); at != question_ids_.end(); ++at) {
    if (!visit(*questions_.find(*at)->second)) break;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Cursor>> MemoryStore::QuestionsInOrder(QuestionOrder order,
                                                                  const Cursor& after,
                                                                  size_t limit) {
  const MutexLock lock(mutex_);
  const auto& sorted = sorted_[static_cast<size_t>(order)];
  auto at = after.id.empty() ? sorted.begin() : sorted.upper_bound({after.value, after.id});
  std::vector<Cursor> places;
  for (; at != sorted.end() && places.size() < limit; ++at) {
    places.push_back({at->first, at->second});
  }
  return places;
}

absl::StatusOr<std::optional<DocumentRow>> MemoryStore::FindDocument(std::string_view id) {
  const MutexLock lock(mutex_);
  const auto found = documents_.find(id);
  return found == documents_.end() ? std::nullopt : DecodeDocument(found->second);
}

// Walked through: what is kept in memory is small, and recording pays for no index of words.
absl::StatusOr<std::optional<std::vector<std::string>>> MemoryStore::DocumentsWith(
    const std::vector<SearchTerm>& terms, size_t most) {
  const MutexLock lock(mutex_);
  std::vector<std::string> found;
  for (const auto& [document, words] : texts_) {
    if (!HoldsAll(Parted(words), terms)) continue;
    if (found.size() == most) return std::nullopt;
    found.push_back(document);
  }
  return found;
}

absl::StatusOr<std::vector<AssertionDecision>> MemoryStore::DecisionsOf(std::string_view document) {
  const MutexLock lock(mutex_);
  std::vector<AssertionDecision> decisions;
  const auto found = decisions_.find(document);
  if (found == decisions_.end()) return decisions;
  for (const auto& [assertion, decision] : found->second) decisions.push_back(decision);
  return decisions;
}

absl::StatusOr<std::optional<Source>> MemoryStore::FindSource(std::string_view id) {
  const MutexLock lock(mutex_);
  const auto found = sources_.find(id);
  return found == sources_.end() ? std::nullopt : std::optional(found->second);
}

absl::StatusOr<std::vector<Source>> MemoryStore::ListSources(const Cursor& after, size_t limit) {
  const MutexLock lock(mutex_);
  std::vector<Source> sources;
  for (const auto& [id, source] : sources_) {
    if (after.id.empty() || std::pair(source.display_name, id) > std::pair(after.value, after.id)) {
      sources.push_back(source);
    }
  }
  std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) {
    return std::pair(a.display_name, a.id) < std::pair(b.display_name, b.id);
  });
  if (sources.size() > limit) sources.resize(limit);
  return sources;
}

absl::StatusOr<std::vector<Source>> MemoryStore::CuratedSources() {
  const MutexLock lock(mutex_);
  std::vector<Source> sources;
  for (const auto& [id, source] : sources_) {
    if (source.curated) sources.push_back(source);
  }
  return sources;
}

void MemoryStore::AddPair(const PairCounts& pair) {
  std::vector<PairCounts>& families = pairs_[pair.first][pair.second];
  if (families.empty()) {
    partners_[pair.first].insert(pair.second);
    partners_[pair.second].insert(pair.first);
  }
  AddTo(pair, families);
  unsettled_.insert({pair.first, pair.second});
}

void MemoryStore::AppendPair(std::string_view first, std::string_view second,
                             std::vector<PairCounts>& pairs) const {
  const auto of_first = pairs_.find(first);
  if (of_first == pairs_.end()) return;
  const auto of_both = of_first->second.find(second);
  if (of_both == of_first->second.end()) return;
  pairs.insert(pairs.end(), of_both->second.begin(), of_both->second.end());
}

absl::StatusOr<std::vector<PairCounts>> MemoryStore::PairOf(std::string_view first,
                                                            std::string_view second) {
  const MutexLock lock(mutex_);
  std::vector<PairCounts> pairs;
  AppendPair(first, second, pairs);
  return pairs;
}

absl::StatusOr<std::vector<PairCounts>> MemoryStore::PairsWith(std::string_view source) {
  const MutexLock lock(mutex_);
  std::vector<PairCounts> pairs;
  const auto found = partners_.find(source);
  if (found == partners_.end()) return pairs;
  for (const std::string& other : found->second) {
    AppendPair(std::min<std::string_view>(source, other), std::max<std::string_view>(source, other),
               pairs);
  }
  return pairs;
}

absl::StatusOr<std::vector<std::string>> MemoryStore::UnsettledSources(size_t limit) {
  const MutexLock lock(mutex_);
  std::vector<std::string> sources;
  for (const std::string& source : unsettled_) {
    if (sources.size() == limit) break;
    sources.push_back(source);
  }
  return sources;
}

absl::StatusOr<SourceCounts> MemoryStore::CountsOf(std::string_view source,
                                                   std::string_view family) {
  const MutexLock lock(mutex_);
  if (const auto of_source = counts_.find(source); of_source != counts_.end()) {
    const auto found = of_source->second.find(family);
    if (found != of_source->second.end()) return found->second;
  }
  return SourceCounts{std::string(source), std::string(family), 0, 0};
}

absl::StatusOr<std::vector<Revision>> MemoryStore::ListRevisions(std::string_view claim,
                                                                 std::string_view before,
                                                                 size_t limit) {
  const MutexLock lock(mutex_);
  std::vector<Revision> revisions;
  const auto found = revisions_of_.find(claim);
  if (found == revisions_of_.end()) return revisions;
  for (auto at = found->second.rbegin(); at != found->second.rend(); ++at) {
    if (revisions.size() == limit) break;
    if (before.empty() || *at < before) revisions.push_back(*DecodeRevision(revisions_.at(*at)));
  }
  return revisions;
}

absl::StatusOr<std::vector<Revision>> MemoryStore::RevisionsAfter(std::string_view after,
                                                                  size_t limit) {
  const MutexLock lock(mutex_);
  std::vector<Revision> revisions;
  for (auto at = revisions_.upper_bound(after); at != revisions_.end(); ++at) {
    if (revisions.size() == limit) break;
    revisions.push_back(*DecodeRevision(at->second));
  }
  return revisions;
}

absl::StatusOr<std::optional<Review>> MemoryStore::LatestReview(std::string_view claim) {
  const MutexLock lock(mutex_);
  const auto found = reviews_.find(claim);
  return found == reviews_.end() ? std::nullopt : std::optional(found->second.back());
}

}  // namespace consilience::corroboration
