// From the questions that a request touches, before, to the same questions after: the pure half of
// every write.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_ENGINE_TRANSITION_H_
#define CONSILIENCE_SERVICES_CORROBORATION_ENGINE_TRANSITION_H_

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/corroboration/engine/context.h"
#include "services/corroboration/matching/entry.h"
#include "services/corroboration/reliability/beliefs.h"
#include "services/corroboration/store/records.h"

namespace consilience::corroboration {

// Who changed what, when: stamped on every revision.
struct Stamp {
  int64_t time_us = 0;
  RevisionCause cause = RevisionCause::kDocumentRecorded;
  std::string subject;
  std::function<std::string()> next_revision_id;  // ids that sort by time
};

struct TransitionInput {
  std::vector<QuestionPtr> before;          // every question that shares a key with what changes
  Members members;                          // all their assertions after the change, sorted by id
  std::set<std::string> changed_documents;  // whose assertions may differ though their ids do not
  bool rescore = false;                     // also the questions whose members stay the same
  // Of a rescore: nothing but beliefs may have changed, so what such a question teaches has not.
  bool beliefs_alone = false;
  bool growing = false;           // a document is recorded: questions that are full refuse it
  std::set<std::string> decided;  // assertions whose claims get a revision whatever their score
};

struct Transition {
  ChangeSet changes;
  std::vector<std::string> changed_claims;  // sorted
};

// `learned` is before the change.
absl::StatusOr<Transition> MakeTransition(TransitionInput input, const Learned& learned,
                                          const Stamp& stamp, const Context& context);

// Entries of a record's members, in their order; they point into the record.
std::vector<Entry> EntriesOf(const QuestionRecord& record, const Context& context);

// What a record was last scored with, or the priors. The record must outlive it.
Beliefs StoredBeliefs(const QuestionRecord& record, const Configuration& config);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_ENGINE_TRANSITION_H_
