#include "services/corroboration/engine/engine.h"

#include <algorithm>
#include <map>
#include <utility>

#include "services/common/errors/caught.h"
#include "services/corroboration/engine/assessment.h"
#include "services/corroboration/engine/decisions.h"
#include "services/corroboration/engine/members.h"
#include "services/corroboration/matching/keys.h"
#include "services/corroboration/matching/partition.h"

namespace consilience::corroboration {
namespace {

bool InDocument(const RecordedAssertion& assertion, std::string_view document) {
  return assertion.document.id == document;
}

std::vector<Source> MetSources(const std::vector<RecordedAssertion>& assertions,
                               const Context& context, int64_t time_us) {
  std::map<std::string, Source> met;
  for (const RecordedAssertion& assertion : assertions) {
    Source source = MetSource(assertion, context.config, context.directory);
    if (source.id.empty()) continue;
    source.update_time_us = time_us;
    met.try_emplace(source.id, std::move(source));
  }
  std::vector<Source> sources;
  sources.reserve(met.size());
  for (auto& [id, source] : met) sources.push_back(std::move(source));
  return sources;
}

class QuestionSet {
 public:
  void Add(const std::vector<QuestionPtr>& questions) {
    for (const QuestionPtr& question : questions) by_id_.emplace(question->id, question);
  }
  std::vector<QuestionPtr> Take() {
    std::vector<QuestionPtr> questions;
    for (auto& [id, question] : by_id_) questions.push_back(std::move(question));
    return questions;
  }

 private:
  std::map<std::string, QuestionPtr> by_id_;
};

// The claim that holds most of the assertions that `claim` holds.
std::optional<size_t> Closest(const Claim& claim, const Question& question) {
  std::set<std::string> ids;
  for (const ClaimMember& member : claim.members) ids.insert(member.assertion);
  std::optional<size_t> best;
  ptrdiff_t most = 0;
  for (size_t c = 0; c < question.claims.size(); ++c) {
    const auto& members = question.claims[c].members;
    const auto shared = std::count_if(members.begin(), members.end(), [&](const ClaimMember& m) {
      return ids.contains(m.assertion);
    });
    if (shared > most) {
      best = c;
      most = shared;
    }
  }
  return best;
}

}  // namespace

const ClaimRow* ClaimView::row() const {
  const std::vector<ClaimRow>& rows = in.record->claims;
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [&](const ClaimRow& row) { return row.id == claim().id; });
  return found == rows.end() ? nullptr : &*found;
}

Context Engine::MakeContext(const SourceDirectory& directory) const {
  return {parts_.config, directory, parts_.places, parts_.calibration};
}

Learned Engine::LearnedSoFar() const {
  Store& store = parts_.store;
  return {[&store](const std::string& source, const std::string& family) {
            return store.CountsOf(source, family);
          },
          [&store](const std::string& first, const std::string& second) {
            return store.PairOf(first, second);
          }};
}

Stamp Engine::MakeStamp(RevisionCause cause, std::string subject) {
  last_stamp_us_ = std::max(last_stamp_us_, absl::ToUnixMicros(parts_.clock.Now()));
  return {last_stamp_us_, cause, std::move(subject), [this] { return parts_.ids.Next(); }};
}

absl::Status Engine::AwaitWrites() {
  return InTurn<int>([]() -> absl::StatusOr<int> { return 0; }).status();
}

absl::Status Engine::Validate(const DocumentRecord& record) {
  const auto known = directory();
  return TakeIn(record, MakeContext(*known)).status();
}

absl::StatusOr<RecordResult> Engine::Record(const DocumentRecord& record) {
  // Outside the turn, where others may do the same; again within it when the sources changed.
  const auto known = directory();
  Recording recording{record, known, TakeIn(record, MakeContext(*known)), RecordResult()};
  if (!recording.intake.ok()) return recording.intake.status();
  recordings_.Run(recording, [this](const std::vector<Recording*>& group) { RecordAll(group); });
  // Outside the turn, so that the next ones work while this one waits for the disk. What was there
  // already may be on its way to the disk still.
  if (absl::Status status = parts_.store.Sync(); !status.ok()) return status;
  return std::move(recording.result);
}

void Engine::RecordAll(const std::vector<Recording*>& group) {
  const auto work = [&]() NO_THREAD_SAFETY_ANALYSIS -> absl::StatusOr<int> {
    const auto current = directory();
    const Context context = MakeContext(*current);
    Workspace workspace(parts_.store);
    if (absl::Status status = ReadAhead(group, workspace); !status.ok()) return status;
    for (Recording* const recording : group) {
      RecordOne(*recording, current, context, workspace);
      // Of a shared store it may be the connection that failed; the turn is undone whole.
      const bool undone = parts_.store.shared();
      if (undone && !recording->result.ok()) return recording->result.status();
    }
    if (!workspace.empty()) {
      if (absl::Status status = Keep(workspace.Take()); !status.ok()) return status;
    }
    return 0;
  };
  // Those who share the turn wait for its end, and are told why they have no result.
  const absl::Status status = common::Caught([&] { return TakeTurn<int>(work).status(); });
  if (status.ok()) return;
  const bool alone = group.size() == 1;
  for (Recording* const recording : group) {
    if (alone || absl::IsUnavailable(status)) {
      recording->result = status;
    } else {
      // Each by itself: one that cannot be recorded keeps no other from it.
      RecordAll({recording});
    }
  }
}

absl::Status Engine::ReadAhead(const std::vector<Recording*>& group, Workspace& workspace) {
  std::vector<std::string> documents;
  std::set<uint64_t> keys;
  for (const Recording* const recording : group) {
    documents.push_back(recording->record.document.id);
    if (recording->intake.ok()) {
      keys.insert(recording->intake->keys.begin(), recording->intake->keys.end());
    }
  }
  std::sort(documents.begin(), documents.end());
  documents.erase(std::unique(documents.begin(), documents.end()), documents.end());
  return workspace.ReadAhead(documents, {keys.begin(), keys.end()});
}

void Engine::RecordOne(Recording& recording, const std::shared_ptr<const SourceDirectory>& current,
                       const Context& context, Workspace& workspace) {
  if (current != recording.known) {
    recording.known = current;
    recording.intake = TakeIn(recording.record, context);
  }
  recording.result = recording.intake.ok()
                         ? RecordInTurn(recording.record, *recording.intake, context, workspace)
                         : recording.intake.status();
}

absl::StatusOr<RecordResult> Engine::RecordInTurn(const DocumentRecord& record, Intake& intake,
                                                  const Context& context, Workspace& workspace) {
  const auto row = workspace.FindDocument(record.document.id);
  if (!row.ok()) return row.status();
  RecordResult result;
  result.assertions = intake.ids;
  if (*row && !(*row)->withdrawn && (*row)->content_digest == intake.content_digest) {
    result.unchanged = true;
    return result;
  }
  if (absl::Status status = Restore(context, workspace, intake); !status.ok()) return status;
  auto touched = Touched(record.document.id, intake.keys, context, workspace);
  if (!touched.ok()) return touched.status();
  TransitionInput input;
  input.members = MembersOf(*touched);
  input.members.RemoveIf(
      [&](const RecordedAssertion& m) { return InDocument(m, record.document.id); });
  for (const RecordedAssertion& assertion : intake.assertions) input.members.push_back(assertion);
  input.members.SortById();
  input.before = *std::move(touched);
  input.changed_documents.insert(record.document.id);
  input.growing = true;
  const Stamp stamp = MakeStamp(RevisionCause::kDocumentRecorded, record.document.id);
  ChangeSet extra;
  extra.put_documents.push_back(
      {intake.document, intake.content_digest, record.extractor, intake.ids, false, ""});
  extra.put_texts.push_back({intake.document.id, intake.words});
  extra.met_sources = MetSources(intake.assertions, context, stamp.time_us);
  auto transition =
      Change(std::move(input), std::move(extra), workspace.LearnedSoFar(), stamp, context);
  if (!transition.ok()) return transition.status();
  workspace.Add(std::move(transition->changes));
  result.changed_claims = std::move(transition->changed_claims);
  return result;
}

absl::StatusOr<std::vector<std::string>> Engine::Withdraw(const std::string& document,
                                                          const std::string& cause,
                                                          const std::string& reason) {
  return InTurn<std::vector<std::string>>([&]() NO_THREAD_SAFETY_ANALYSIS {
    return WithdrawInTurn(document, reason.empty() ? cause : cause + ": " + reason);
  });
}

absl::StatusOr<std::vector<std::string>> Engine::WithdrawInTurn(const std::string& document,
                                                                const std::string& withdrawal) {
  const auto known = directory();
  const Context context = MakeContext(*known);
  Workspace workspace(parts_.store);
  const auto row = workspace.FindDocument(document);
  if (!row.ok()) return row.status();
  if (!*row || (*row)->withdrawn) return std::vector<std::string>();
  auto touched = Touched(document, {}, context, workspace);
  if (!touched.ok()) return touched.status();
  TransitionInput input;
  input.members = MembersOf(*touched);
  input.members.RemoveIf([&](const RecordedAssertion& m) { return InDocument(m, document); });
  input.before = *std::move(touched);
  ChangeSet extra;
  extra.put_documents.push_back(**row);
  extra.put_documents.back().withdrawn = true;
  extra.put_documents.back().withdrawal = withdrawal;
  extra.put_texts.push_back({document, {}});
  const auto transition = Change(std::move(input), std::move(extra), LearnedSoFar(),
                                 MakeStamp(RevisionCause::kDocumentWithdrawn, document), context);
  if (!transition.ok()) return transition.status();
  if (absl::Status status = Keep(transition->changes); !status.ok()) return status;
  return transition->changed_claims;
}

// The questions that hold the document's assertions and those that the added ones may join. Where
// something goes, assertions that had only attached to it look for another home, so the questions
// that they may attach to are touched as well.
absl::StatusOr<std::vector<QuestionPtr>> Engine::Touched(const std::string& document,
                                                         const std::vector<uint64_t>& added,
                                                         const Context& context,
                                                         Workspace& workspace) {
  auto of_document = workspace.QuestionsOfDocument(document);
  if (!of_document.ok()) return of_document;
  std::set<uint64_t> keys(added.begin(), added.end());
  for (const QuestionPtr& question : *of_document) {
    for (const Entry& entry : EntriesOf(*question, context)) {
      if (entry.facet.firm()) continue;
      const std::vector<uint64_t> of_entry = KeysOf(entry);
      keys.insert(of_entry.begin(), of_entry.end());
    }
  }
  auto by_keys = workspace.QuestionsByKeys({keys.begin(), keys.end()});
  if (!by_keys.ok()) return by_keys;
  QuestionSet touched;
  touched.Add(*of_document);
  touched.Add(*by_keys);
  return touched.Take();
}

absl::StatusOr<Transition> Engine::Change(TransitionInput input, ChangeSet extra,
                                          const Learned& learned, const Stamp& stamp,
                                          const Context& context) {
  auto transition = MakeTransition(std::move(input), learned, stamp, context);
  if (!transition.ok()) return transition;
  ChangeSet& changes = transition->changes;
  changes.put_documents = std::move(extra.put_documents);
  changes.put_texts = std::move(extra.put_texts);
  changes.met_sources = std::move(extra.met_sources);
  changes.put_decisions = std::move(extra.put_decisions);
  return transition;
}

absl::Status Engine::Keep(const ChangeSet& changes) {
  wrote_ = true;
  absl::Status status = parts_.store.Apply(changes);
  if (status.ok() && !parts_.store.shared()) {
    unsettled_.Add(changes);
    if (since_) since_->Add(changes);
  }
  return status;
}

QuestionView Engine::ViewOf(QuestionPtr record, const Context& context) const {
  const ResolvedQuestion resolved = Resolve(EntriesOf(*record, context), context);
  Assessment assessment = Assess(resolved, StoredBeliefs(*record, context.config), context);
  return {std::move(record), std::move(assessment.question), std::move(assessment.explanations)};
}

absl::StatusOr<std::optional<QuestionView>> Engine::FindQuestion(std::string_view id) {
  auto record = parts_.store.FindQuestion(id);
  if (!record.ok()) return record.status();
  if (*record == nullptr) return std::nullopt;
  const auto known = directory();
  return ViewOf(*std::move(record), MakeContext(*known));
}

absl::StatusOr<std::optional<ClaimView>> Engine::FindClaim(std::string_view id) {
  const auto present = parts_.store.ResolveAlias(id);
  if (!present.ok()) return present.status();
  auto record = parts_.store.QuestionOfClaim(*present);
  if (!record.ok()) return record.status();
  if (*record == nullptr) return std::nullopt;
  const auto known = directory();
  ClaimView view{ViewOf(*std::move(record), MakeContext(*known)), 0};
  const auto& claims = view.in.question.claims;
  const auto found = std::find_if(claims.begin(), claims.end(),
                                  [&](const Claim& claim) { return claim.id == *present; });
  if (found == claims.end()) return std::nullopt;
  view.index = static_cast<size_t>(found - claims.begin());
  return view;
}

Explanation Engine::Explain(const ClaimView& view) const {
  const auto known = directory();
  Explanation explanation = view.explanation();
  Elaborate(MakeContext(*known), view.in.question, explanation);
  return explanation;
}

absl::StatusOr<std::optional<ClaimView>> Engine::Simulate(const ClaimView& view,
                                                          const Supposition& supposition) {
  SourceDirectory supposed = *directory();
  for (const auto& [id, owner] : supposition.owners) {
    const Source* known = supposed.Find(id);
    Source source = known != nullptr ? *known : Source();
    if (known == nullptr) {
      const auto met = parts_.store.FindSource(id);
      if (!met.ok()) return met.status();
      if (*met) source = **met;
    }
    source.owner = owner;
    if (absl::Status status = supposed.Put(source); !status.ok()) return status;
  }
  Configuration config = parts_.config;
  if (supposition.without_interest) config.interest_enabled = false;
  const Context context{config, supposed, parts_.places, parts_.calibration};
  auto record = std::make_shared<QuestionRecord>(*view.in.record);
  record->members.RemoveIf([&](const RecordedAssertion& member) {
    return supposition.without_documents.contains(member.document.id) ||
           supposition.without_sources.contains(WitnessOf(member, config, supposed).source);
  });
  if (record->members.empty()) return std::nullopt;
  ResolvedQuestion resolved = Resolve(EntriesOf(*record, context), context);
  TakeApart(supposition.without_merges_of, config, resolved);
  Assessment assessment = Assess(resolved, StoredBeliefs(*record, config), context);
  ClaimView after{{record, std::move(assessment.question), std::move(assessment.explanations)}, 0};
  const auto closest = Closest(view.claim(), after.in.question);
  if (!closest) return std::nullopt;
  after.index = *closest;
  return after;
}

}  // namespace consilience::corroboration
