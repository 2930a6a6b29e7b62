// What one turn reads and writes as it records documents.
//
// What the store has of them and of all that they may join is read together, and what is written is
// kept here until the turn ends: a question that many of the documents join is written once.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_ENGINE_WORKSPACE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_ENGINE_WORKSPACE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/corroboration/reliability/beliefs.h"
#include "services/corroboration/store/store.h"

namespace consilience::corroboration {

// Answers as the store would if everything added had been applied to it. Errors are the store's.
// Belongs to the thread that holds the turn, and to the turn. The store must outlive it.
class Workspace {
 public:
  explicit Workspace(Store& store) : store_(store) {}

  // Reads ahead what will be asked of documents and keys; whatever else is asked is read then.
  absl::Status ReadAhead(const std::vector<std::string>& documents,
                         const std::vector<uint64_t>& keys);

  absl::StatusOr<std::optional<DocumentRow>> FindDocument(const std::string& id);
  absl::StatusOr<std::vector<AssertionDecision>> DecisionsOf(const std::string& document);
  absl::StatusOr<std::vector<QuestionPtr>> QuestionsOfDocument(const std::string& document);
  absl::StatusOr<std::vector<QuestionPtr>> QuestionsByKeys(const std::vector<uint64_t>& keys);
  // The workspace must outlive what is returned.
  Learned LearnedSoFar() const;

  // What recording a document changes: nothing of corrected sources, reviews and decisions, and no
  // source is settled.
  void Add(ChangeSet changes);
  // All that was added, as one, once.
  ChangeSet Take();
  bool empty() const { return empty_; }

 private:
  struct Document {
    std::optional<DocumentRow> row;
    std::vector<AssertionDecision> decisions;
  };
  using Pair = std::tuple<std::string, std::string, std::string>;  // first, second, family

  absl::StatusOr<const Document*> Find(const std::string& id);
  void AddLessons(const ChangeSet& changes);

  Store& store_;
  std::map<std::string, Document> documents_;
  // Of the keys in keys_ and the documents in documents_ all questions are here, as they stand;
  // null where one is gone.
  std::map<std::string, QuestionPtr> questions_;
  std::set<uint64_t> keys_;
  bool empty_ = true;
  ChangeSet added_;                            // but for what is summed up or replaced below
  std::map<std::string, bool> written_;        // questions; false where one is gone
  std::map<std::string, DocumentText> texts_;  // by document
  std::set<std::string> recorded_;             // documents
  std::map<std::string, Source> met_;
  std::map<std::pair<std::string, std::string>, SourceCounts> counts_;  // by source and family
  std::map<Pair, PairCounts> pairs_;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_ENGINE_WORKSPACE_H_
