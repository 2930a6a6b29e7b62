// The live engine: records what documents assert and keeps every claim's corroboration up to date.
//
// A write loads the questions that it may touch, computes in memory and applies one change set. A
// question's answer is a function of its assertions alone, so order does not matter and repeating a
// request changes nothing.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_ENGINE_ENGINE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_ENGINE_ENGINE_H_

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/sync/mutex.h"
#include "services/common/time/clock.h"
#include "services/common/time/ids.h"
#include "services/corroboration/engine/context.h"
#include "services/corroboration/engine/intake.h"
#include "services/corroboration/engine/transition.h"
#include "services/corroboration/engine/turn_gate.h"
#include "services/corroboration/engine/turn_queue.h"
#include "services/corroboration/engine/workspace.h"
#include "services/corroboration/model/explanation.h"
#include "services/corroboration/reliability/unsettled.h"
#include "services/corroboration/store/store.h"

namespace consilience::corroboration {

struct RecordResult {
  std::vector<std::string> assertions;      // ids, in the order of the record
  std::vector<std::string> changed_claims;  // ids, sorted
  bool unchanged = false;
};

// A question with its claims and their explanations, as of its last score. Holds the record that
// the question's members live in.
struct QuestionView {
  QuestionPtr record;
  Question question;
  std::vector<Explanation> explanations;  // one a claim, in the order of question.claims
};

struct ClaimView {
  QuestionView in;
  size_t index = 0;  // of the claim in its question

  const Claim& claim() const { return in.question.claims[index]; }
  const Explanation& explanation() const { return in.explanations[index]; }
  // As it was last written; null where rules that changed since, or a supposition, tell the
  // question's assertions apart in another way.
  const ClaimRow* row() const;
};

// What to leave out of a score, or suppose, to see what becomes of it.
struct Supposition {
  std::set<std::string> without_sources;
  std::set<std::string> without_documents;
  std::vector<std::pair<std::string, std::string>> owners;  // source → owner
  bool without_interest = false;
  std::set<std::string> without_merges_of;  // ids of origins
};

// Who decided, and why.
struct Decider {
  std::string actor;
  std::string reason;
};

// Two sources that seem not to be independent.
struct SourceDependence {
  Source other;
  CopyPosterior posterior;  // `first` is the source that was asked about
  SharedCounts counts;      // in questions, over all families
};

struct SplitResult {
  std::string remaining;
  std::string split_off;
};

// Thread-safe: writes are serialised, reads run beside them.
class Engine {
 public:
  // None of the references is owned; all must outlive the engine.
  struct Parts {
    Store& store;
    const Configuration& config;
    const PlaceHierarchy& places;
    const CalibrationMap& calibration;
    const common::Clock& clock;
    common::IdGenerator& ids;
  };

  // Takes the sources that are known in advance and adds what people corrected since.
  static absl::StatusOr<std::unique_ptr<Engine>> Open(const Parts& parts, SourceDirectory known);

  // Replaces whatever the document asserted before. InvalidArgument names the assertion and field.
  absl::StatusOr<RecordResult> Record(const DocumentRecord& record);
  // Checks as Record does and writes nothing.
  absl::Status Validate(const DocumentRecord& record);

  // What the document asserts no longer counts. Idempotent; unknown documents are not an error,
  // because a withdrawal may overtake its recording.
  absl::StatusOr<std::vector<std::string>> Withdraw(const std::string& document,
                                                    const std::string& cause,
                                                    const std::string& reason);

  // Sets an assertion aside, or takes it back in. Nothing when there is no such assertion.
  absl::StatusOr<std::optional<RecordedAssertion>> SetAside(const std::string& document,
                                                            const std::string& assertion,
                                                            bool set_aside, const Decider& by);
  // Takes assertions out of a claim into one of their own, from now on. Returns the ids of what
  // remains and of what was split off. NotFound (no such claim), InvalidArgument (an assertion that
  // is not in it, or all of them).
  absl::StatusOr<SplitResult> SplitClaim(const std::string& claim,
                                         const std::set<std::string>& assertions,
                                         const Decider& by);
  // Makes claims one, from now on. Returns its id. NotFound names the claim that is missing.
  absl::StatusOr<std::string> MergeClaims(const std::string& claim,
                                          const std::vector<std::string>& others,
                                          const Decider& by);

  // Re-scores the questions of sources whose accuracy has moved. Returns how many were written.
  // What is left to do is kept in the store, so a crash between two refreshes loses none.
  absl::StatusOr<int> Refresh();
  // One round of it, for who leaves room for writers between rounds. What is due after it is left.
  absl::StatusOr<int> RefreshOneRound();
  // Sources that the next refresh has to look at, counted up to `limit`.
  absl::StatusOr<size_t> CountUnsettled(size_t limit);

  // Takes over what other processes that share the store learned of sources. Writes do so by
  // themselves.
  absl::Status SyncSources();
  // Corrects what is known of sources and re-scores what rests on them.
  absl::Status PutSources(const std::vector<Source>& sources, const std::string& subject);

  // Nothing when there is none.
  absl::StatusOr<std::optional<QuestionView>> FindQuestion(std::string_view id);
  absl::StatusOr<std::optional<ClaimView>> FindClaim(std::string_view id);
  // The claim's explanation with leave-one-out scores and sentences.
  Explanation Explain(const ClaimView& view) const;
  // The claim as it would stand; nothing when no assertion of it is left.
  absl::StatusOr<std::optional<ClaimView>> Simulate(const ClaimView& view,
                                                    const Supposition& supposition);

  absl::Status AddReview(const Review& review);

  // Who seems to copy a source, or be copied by it, most probable first.
  absl::StatusOr<std::vector<SourceDependence>> DependencesOf(const Source& source);
  // Claims that two sources share and that are probably wrong, the least probable first; ids.
  absl::StatusOr<std::vector<std::string>> SharedErrors(const std::string& source,
                                                        const std::string& other);

  Store& store() { return parts_.store; }
  const Parts& parts() const { return parts_; }
  std::shared_ptr<const SourceDirectory> directory() const;
  // The sources known in advance, before anybody corrected them.
  const SourceDirectory& listed() const { return listed_; }
  // Returns once everything that is stamped with an instant before the call can be read.
  absl::Status AwaitWrites();

 private:
  // Documents in one turn, at most.
  static constexpr size_t kRecordedTogether = 32;

  Engine(const Parts& parts, SourceDirectory listed) : parts_(parts), listed_(std::move(listed)) {}

  // Runs `work`, which gives a StatusOr<Result>, while nobody else writes, in this process or
  // another. It may run more than once, always from its beginning.
  template <typename Result, typename Work>
  absl::StatusOr<Result> InTurn(const Work& work);
  // The same, before it is durable.
  template <typename Result, typename Work>
  absl::StatusOr<Result> TakeTurn(const Work& work);
  absl::Status SyncSources(int64_t version);
  // A document on its way.
  struct Recording {
    const DocumentRecord& record;
    std::shared_ptr<const SourceDirectory> known;  // what `intake` was made with
    absl::StatusOr<Intake> intake;
    absl::StatusOr<RecordResult> result;
  };
  // In one turn, all of them or each by itself. Not durable yet.
  void RecordAll(const std::vector<Recording*>& group);
  static absl::Status ReadAhead(const std::vector<Recording*>& group, Workspace& workspace);
  void RecordOne(Recording& recording, const std::shared_ptr<const SourceDirectory>& current,
                 const Context& context, Workspace& workspace) REQUIRES(write_mutex_);
  absl::StatusOr<RecordResult> RecordInTurn(const DocumentRecord& record, Intake& intake,
                                            const Context& context, Workspace& workspace)
      REQUIRES(write_mutex_);
  absl::StatusOr<std::vector<std::string>> WithdrawInTurn(const std::string& document,
                                                          const std::string& withdrawal)
      REQUIRES(write_mutex_);
  absl::StatusOr<std::optional<RecordedAssertion>> SetAsideInTurn(const std::string& document,
                                                                  const std::string& assertion,
                                                                  bool set_aside, const Decider& by)
      REQUIRES(write_mutex_);
  absl::StatusOr<SplitResult> SplitInTurn(const std::string& claim,
                                          const std::set<std::string>& assertions,
                                          const Decider& by) REQUIRES(write_mutex_);
  absl::StatusOr<std::string> MergeInTurn(const std::string& claim,
                                          const std::vector<std::string>& others, const Decider& by)
      REQUIRES(write_mutex_);
  // The questions that a round of a refresh looks at, each with the source that moved, and the
  // sources that it settles.
  struct Round {
    std::vector<std::string> sources;
    std::map<std::string, std::string> due;
    int written = 0;  // questions
  };
  absl::StatusOr<Round> RefreshRound();
  absl::StatusOr<Round> RefreshInTurns();
  // The steps of it, in a turn each or all in one. What writers do between them is kept apart in
  // since_, and questions are scored as things stood at the beginning.
  absl::StatusOr<Round> BeginRefresh() REQUIRES(write_mutex_);
  absl::Status EndRefresh(const std::vector<std::string>& sources) REQUIRES(write_mutex_);
  absl::StatusOr<int> PutSourcesInTurn(const std::vector<Source>& sources,
                                       const std::string& subject) REQUIRES(write_mutex_);

  Context MakeContext(const SourceDirectory& directory) const;
  QuestionView ViewOf(QuestionPtr record, const Context& context) const;
  Learned LearnedSoFar() const;
  // Never earlier than the one before, whatever the clock does: the past is read by these times.
  Stamp MakeStamp(RevisionCause cause, std::string subject) REQUIRES(write_mutex_);
  // `added` are the blocking keys of what the document comes to assert.
  static absl::StatusOr<std::vector<QuestionPtr>> Touched(const std::string& document,
                                                          const std::vector<uint64_t>& added,
                                                          const Context& context,
                                                          Workspace& workspace);
  // What reviewers decided holds for what is recorded again.
  static absl::Status Restore(const Context& context, Workspace& workspace, Intake& intake);
  // Marks assertions as they are in `decided` and re-scores the questions `around` them.
  absl::Status Decide(const std::vector<RecordedAssertion>& decided,
                      std::vector<QuestionPtr> around, RevisionCause cause, const Decider& by,
                      const Context& context) REQUIRES(write_mutex_);
  // The questions that these assertions are in, or may come to be in.
  absl::StatusOr<std::vector<QuestionPtr>> QuestionsAround(const Members& assertions,
                                                           const Context& context)
      REQUIRES(write_mutex_);
  // The claim that an assertion, one of `members`, is in now.
  absl::StatusOr<std::string> ClaimOfAssertion(const std::string& assertion,
                                               const Members& members);
  // A transition together with what else the request changes.
  static absl::StatusOr<Transition> Change(TransitionInput input, ChangeSet extra,
                                           const Learned& learned, const Stamp& stamp,
                                           const Context& context);
  // Everything that is unsettled is due, as what was learned of it is not known here.
  absl::Status InheritUnsettled() REQUIRES(write_mutex_);
  absl::StatusOr<Unsettled::Due> Concerned(const std::vector<std::string>& sources)
      REQUIRES(write_mutex_);
  // The questions that may believe something else now, each with the source that moved.
  absl::StatusOr<std::map<std::string, std::string>> QuestionsDue(
      const std::vector<std::string>& sources) REQUIRES(write_mutex_);
  // Those of the questions (with the source that moved) whose beliefs are no longer what was
  // learned. Returns how many.
  absl::StatusOr<int> RescoreMoved(const std::map<std::string, std::string>& questions)
      REQUIRES(write_mutex_);
  // Puts what comes of it into `changes`. With `beliefs_alone` nothing else is new since the
  // question was scored.
  absl::Status Rescore(const QuestionPtr& question, const Learned& learned, const Stamp& stamp,
                       bool beliefs_alone, ChangeSet& changes) REQUIRES(write_mutex_);
  absl::Status Keep(const ChangeSet& changes) REQUIRES(write_mutex_);

  Parts parts_;
  const SourceDirectory listed_;  // the sources known in advance
  TurnQueue<Recording> recordings_{kRecordedTogether};
  common::Mutex refresh_mutex_;  // one refresh at a time; taken before write_mutex_
  TurnGate gate_;
  common::Mutex write_mutex_;
  int64_t last_stamp_us_ GUARDED_BY(write_mutex_) = 0;
  // Of a store that is this process's alone: what changed, unless a turn that had written was
  // undone.
  Unsettled unsettled_ GUARDED_BY(write_mutex_);
  bool unsettled_known_ GUARDED_BY(write_mutex_) = true;
  std::optional<Unsettled> since_ GUARDED_BY(write_mutex_);  // while a refresh is under way
  bool wrote_ GUARDED_BY(write_mutex_) = false;              // in this turn
  mutable common::Mutex directory_mutex_;
  std::shared_ptr<const SourceDirectory> directory_ GUARDED_BY(directory_mutex_);
  int64_t sources_version_ GUARDED_BY(directory_mutex_) = -1;  // of the store, in directory_
};

template <typename Result, typename Work>
absl::StatusOr<Result> Engine::InTurn(const Work& work) {
  absl::StatusOr<Result> result = TakeTurn<Result>(work);
  if (!result.ok()) return result;
  // Outside the turn: what several callers wrote becomes durable at once.
  if (absl::Status status = parts_.store.Sync(); !status.ok()) return status;
  return result;
}

template <typename Result, typename Work>
absl::StatusOr<Result> Engine::TakeTurn(const Work& work) {
  gate_.Arrive();
  const common::MutexLock lock(write_mutex_);
  gate_.Enter();
  absl::StatusOr<Result> result = absl::UnknownError("the work did not run");
  wrote_ = false;
  const absl::Status status =
      parts_.store.Exclusively([&](const Shared& shared) NO_THREAD_SAFETY_ANALYSIS {
        parts_.ids.NotBefore(shared.last_revision);
        last_stamp_us_ = std::max(last_stamp_us_, shared.last_write_us);
        if (absl::Status synced = SyncSources(shared.sources_version); !synced.ok()) return synced;
        result = work();
        return result.status();
      });
  if (status.ok()) return result;
  if (wrote_) unsettled_known_ = false;
  return status;
}

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_ENGINE_ENGINE_H_
