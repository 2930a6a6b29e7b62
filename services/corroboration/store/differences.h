// What a change set changes in the tables that lead to questions and list claims. Only what differs
// is told, so that a document more in a large question costs what that document brings.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_DIFFERENCES_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_DIFFERENCES_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "services/corroboration/store/records.h"

namespace consilience::corroboration {

// A row of an index table: the value, and the question that it leads to.
template <typename Value>
struct Link {
  Value value;
  std::string_view question;
};

template <typename Value>
struct LinkDifference {
  std::vector<Link<Value>> gone;
  std::vector<Link<Value>> added;
};

// All in the order of ids.
struct Differences {
  std::vector<std::string_view> gone_questions;
  struct QuestionChange {
    const QuestionRecord* before;  // null when it was not there
    QuestionPtr after;
  };
  std::vector<QuestionChange> questions;  // one an id
  LinkDifference<uint64_t> keys;
  LinkDifference<std::string_view> documents;
  LinkDifference<std::string_view> sources;
  std::vector<const ClaimRow*> gone_claims;
  struct ClaimChange {
    const ClaimRow* before;  // null when it was not there
    const ClaimRow* after;
  };
  std::vector<ClaimChange> claims;  // that are new or another way
};

// `before` is what there is of the questions that `changes` deletes or replaces. Points into both.
Differences DifferencesOf(const std::vector<QuestionPtr>& before, const ChangeSet& changes);

// Ids of the questions that a change set deletes or replaces, once each, sorted.
std::vector<std::string> QuestionsWritten(const ChangeSet& changes);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_DIFFERENCES_H_
