#include "services/corroboration/engine/workspace.h"

#include <algorithm>

#include "services/corroboration/engine/append.h"
#include "services/corroboration/reliability/lesson_sums.h"

namespace consilience::corroboration {
namespace {

// Keys of a question are sorted.
bool HoldsAny(const QuestionRecord& question, const std::vector<uint64_t>& keys) {
  return std::any_of(keys.begin(), keys.end(), [&](uint64_t key) {
    return std::binary_search(question.keys.begin(), question.keys.end(), key);
  });
}

bool HoldsDocument(const QuestionRecord& question, const std::string& document) {
  return std::any_of(question.members.begin(), question.members.end(),
                     [&](const auto& member) { return member.document.id == document; });
}

template <typename Predicate>
std::vector<QuestionPtr> Those(const std::map<std::string, QuestionPtr>& questions,
                               Predicate wanted) {
  std::vector<QuestionPtr> those;
  for (const auto& [id, question] : questions) {
    if (question != nullptr && wanted(*question)) those.push_back(question);
  }
  return those;
}

}  // namespace

absl::Status Workspace::ReadAhead(const std::vector<std::string>& documents,
                                  const std::vector<uint64_t>& keys) {
  std::vector<std::string> unread;
  for (const std::string& id : documents) {
    if (!documents_.contains(id)) unread.push_back(id);
  }
  std::vector<uint64_t> unasked;
  for (const uint64_t key : keys) {
    if (!keys_.contains(key)) unasked.push_back(key);
  }
  if (unread.empty() && unasked.empty()) return absl::OkStatus();
  auto found = store_.SurroundingsOf(unread, unasked);
  if (!found.ok()) return found.status();
  for (const std::string& id : unread) documents_[id];
  for (DocumentRow& row : found->documents) {
    const std::string id = row.context.id;
    documents_[id].row = std::move(row);
  }
  for (AssertionDecision& decision : found->decisions) {
    documents_[decision.document].decisions.push_back(std::move(decision));
  }
  // What the turn wrote is newer.
  for (QuestionPtr& question : found->questions) {
    questions_.try_emplace(question->id, std::move(question));
  }
  keys_.insert(unasked.begin(), unasked.end());
  return absl::OkStatus();
}

absl::StatusOr<const Workspace::Document*> Workspace::Find(const std::string& id) {
  if (absl::Status status = ReadAhead({id}, {}); !status.ok()) return status;
  return &documents_[id];
}

absl::StatusOr<std::optional<DocumentRow>> Workspace::FindDocument(const std::string& id) {
  const auto document = Find(id);
  if (!document.ok()) return document.status();
  return (*document)->row;
}

absl::StatusOr<std::vector<AssertionDecision>> Workspace::DecisionsOf(const std::string& document) {
  const auto found = Find(document);
  if (!found.ok()) return found.status();
  return (*found)->decisions;
}

absl::StatusOr<std::vector<QuestionPtr>> Workspace::QuestionsOfDocument(
    const std::string& document) {
  const auto found = Find(document);
  if (!found.ok()) return found.status();
  return Those(questions_,
               [&](const QuestionRecord& question) { return HoldsDocument(question, document); });
}

absl::StatusOr<std::vector<QuestionPtr>> Workspace::QuestionsByKeys(
    const std::vector<uint64_t>& keys) {
  if (absl::Status status = ReadAhead({}, keys); !status.ok()) return status;
  return Those(questions_,
               [&](const QuestionRecord& question) { return HoldsAny(question, keys); });
}

Learned Workspace::LearnedSoFar() const {
  return {
      [this](const std::string& source, const std::string& family) -> absl::StatusOr<SourceCounts> {
        auto counts = store_.CountsOf(source, family);
        const auto added = counts_.find({source, family});
        if (!counts.ok() || added == counts_.end()) return counts;
        counts->right += added->second.right;
        counts->wrong += added->second.wrong;
        return counts;
      },
      [this](const std::string& first,
             const std::string& second) -> absl::StatusOr<std::vector<PairCounts>> {
        auto pairs = store_.PairOf(first, second);
        if (!pairs.ok()) return pairs;
        for (auto at = pairs_.lower_bound({first, second, ""});
             at != pairs_.end() && at->second.first == first && at->second.second == second; ++at) {
          AddTo(at->second, *pairs);
        }
        return pairs;
      }};
}

void Workspace::AddLessons(const ChangeSet& changes) {
  for (const SourceCounts& counts : changes.add_counts) {
    AddTo(counts, counts_[{counts.source, counts.family}]);
  }
  for (const PairCounts& pair : changes.add_pairs) {
    AddTo(pair, pairs_[{pair.first, pair.second, pair.family}]);
  }
}

void Workspace::Add(ChangeSet changes) {
  empty_ = false;
  AddLessons(changes);
  for (const std::string& id : changes.delete_questions) {
    questions_[id] = nullptr;
    written_[id] = false;
  }
  for (QuestionPtr& question : changes.put_questions) {
    const std::string id = question->id;
    questions_[id] = std::move(question);
    written_[id] = true;
  }
  for (DocumentRow& row : changes.put_documents) {
    const std::string id = row.context.id;
    documents_[id].row = std::move(row);
    recorded_.insert(id);
  }
  for (DocumentText& text : changes.put_texts) {
    const std::string id = text.document;
    texts_[id] = std::move(text);
  }
  for (Source& source : changes.met_sources) {
    const std::string id = source.id;
    met_.try_emplace(id, std::move(source));
  }
  Append(std::move(changes.aliases), added_.aliases);
  Append(std::move(changes.revisions), added_.revisions);
  Append(std::move(changes.versions), added_.versions);
}

ChangeSet Workspace::Take() {
  ChangeSet all = std::move(added_);
  for (const auto& [id, present] : written_) {
    if (present) {
      all.put_questions.push_back(questions_.at(id));
    } else {
      all.delete_questions.push_back(id);
    }
  }
  for (const std::string& id : recorded_) all.put_documents.push_back(*documents_.at(id).row);
  for (auto& [document, text] : texts_) all.put_texts.push_back(std::move(text));
  for (auto& [id, source] : met_) all.met_sources.push_back(std::move(source));
  for (auto& [key, counts] : counts_) all.add_counts.push_back(std::move(counts));
  for (auto& [key, pair] : pairs_) all.add_pairs.push_back(std::move(pair));
  return all;
}

}  // namespace consilience::corroboration
