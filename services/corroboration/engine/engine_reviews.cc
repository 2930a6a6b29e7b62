// What people decide: about claims, about matches, about single assertions.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/corroboration/engine/decisions.h"
#include "services/corroboration/engine/engine.h"
#include "services/corroboration/engine/members.h"

namespace consilience::corroboration {
namespace {

std::set<std::string> IdsOf(const Claim& claim) {
  std::set<std::string> ids;
  for (const ClaimMember& member : claim.members) ids.insert(member.assertion);
  return ids;
}

// The claim that holds an assertion; empty when none does.
std::string ClaimWith(const Question& question, const std::string& assertion) {
  for (const Claim& claim : question.claims) {
    if (IdsOf(claim).contains(assertion)) return claim.id;
  }
  return "";
}

absl::Status CheckSplit(const std::set<std::string>& assertions, const std::set<std::string>& all) {
  for (const std::string& assertion : assertions) {
    if (!all.contains(assertion)) {
      return common::FieldInvalid("assertions", assertion, "name assertions of this claim");
    }
  }
  if (assertions.empty() || assertions.size() == all.size()) {
    return common::FieldInvalid("assertions",
                                fmt::format("{} of {}", assertions.size(), all.size()),
                                "name some of the claim's assertions, and leave some");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Engine::Restore(const Context& context, Workspace& workspace, Intake& intake) {
  const auto decisions = workspace.DecisionsOf(intake.document.id);
  if (!decisions.ok() || decisions->empty()) return decisions.status();
  for (const AssertionDecision& decision : *decisions) {
    for (RecordedAssertion& assertion : intake.assertions) {
      if (assertion.id != decision.assertion) continue;
      assertion.set_aside = decision.set_aside;
      assertion.apart = decision.apart;
      assertion.joined = decision.joined;
    }
  }
  intake.keys = KeysOf(intake.assertions, context);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<QuestionPtr>> Engine::QuestionsAround(const Members& assertions,
                                                                 const Context& context) {
  std::set<uint64_t> keys;
  for (const RecordedAssertion& assertion : assertions) {
    const auto of_entry = KeysOf(MakeEntry(assertion, context.config, context.places));
    keys.insert(of_entry.begin(), of_entry.end());
  }
  return parts_.store.QuestionsByKeys({keys.begin(), keys.end()});
}

absl::Status Engine::Decide(const std::vector<RecordedAssertion>& decided,
                            std::vector<QuestionPtr> around, RevisionCause cause, const Decider& by,
                            const Context& context) {
  const Stamp stamp = MakeStamp(cause, fmt::format("{}: {}", by.actor, by.reason));
  TransitionInput input;
  input.members = MembersOf(around);
  input.before = std::move(around);
  ChangeSet extra;
  for (const RecordedAssertion& assertion : decided) {
    const auto found = std::find_if(input.members.begin(), input.members.end(),
                                    [&](const auto& member) { return member.id == assertion.id; });
    if (found != input.members.end()) {
      input.members.Replace(static_cast<size_t>(found - input.members.begin()), assertion);
    }
    input.changed_documents.insert(assertion.document.id);
    input.decided.insert(assertion.id);
    extra.put_decisions.push_back({assertion.id, assertion.document.id, assertion.set_aside,
                                   assertion.apart, assertion.joined, by.actor, by.reason,
                                   stamp.time_us});
  }
  const auto transition =
      Change(std::move(input), std::move(extra), LearnedSoFar(), stamp, context);
  return transition.ok() ? Keep(transition->changes) : transition.status();
}

absl::StatusOr<std::optional<RecordedAssertion>> Engine::SetAside(const std::string& document,
                                                                  const std::string& assertion,
                                                                  bool set_aside,
                                                                  const Decider& by) {
  return InTurn<std::optional<RecordedAssertion>>([&]() NO_THREAD_SAFETY_ANALYSIS {
    return SetAsideInTurn(document, assertion, set_aside, by);
  });
}

absl::StatusOr<std::optional<RecordedAssertion>> Engine::SetAsideInTurn(
    const std::string& document, const std::string& assertion, bool set_aside, const Decider& by) {
  const auto known = directory();
  const Context context = MakeContext(*known);
  const auto questions = parts_.store.QuestionsOfDocument(document);
  if (!questions.ok()) return questions.status();
  for (const QuestionPtr& question : *questions) {
    for (RecordedAssertion member : question->members) {
      if (member.id != assertion) continue;
      member.set_aside = set_aside;
      absl::Status status =
          Decide({member}, {question}, RevisionCause::kAssertionReviewed, by, context);
      if (!status.ok()) return status;
      return member;
    }
  }
  return std::nullopt;
}

absl::StatusOr<SplitResult> Engine::SplitClaim(const std::string& claim,
                                               const std::set<std::string>& assertions,
                                               const Decider& by) {
  return InTurn<SplitResult>(
      [&]() NO_THREAD_SAFETY_ANALYSIS { return SplitInTurn(claim, assertions, by); });
}

absl::StatusOr<SplitResult> Engine::SplitInTurn(const std::string& claim,
                                                const std::set<std::string>& assertions,
                                                const Decider& by) {
  const auto known = directory();
  const Context context = MakeContext(*known);
  const auto view = FindClaim(claim);
  if (!view.ok()) return view.status();
  if (!*view) return common::ResourceNotFound("claim", "claims/" + claim);
  const std::set<std::string> all = IdsOf((*view)->claim());
  if (absl::Status status = CheckSplit(assertions, all); !status.ok()) return status;
  auto around = QuestionsAround((*view)->in.record->members, context);
  if (!around.ok()) return around.status();
  const auto decided = PlanSplit(MembersOf(*around).Copied(), assertions, context);
  if (absl::Status status =
          Decide(decided, *std::move(around), RevisionCause::kMatchChanged, by, context);
      !status.ok()) {
    return status;
  }
  const auto rest = std::find_if(all.begin(), all.end(),
                                 [&](const std::string& id) { return !assertions.contains(id); });
  const auto remaining = ClaimOfAssertion(*rest, (*view)->in.record->members);
  if (!remaining.ok()) return remaining.status();
  const auto split_off = ClaimOfAssertion(*assertions.begin(), (*view)->in.record->members);
  if (!split_off.ok()) return split_off.status();
  return SplitResult{*remaining, *split_off};
}

absl::StatusOr<std::string> Engine::MergeClaims(const std::string& claim,
                                                const std::vector<std::string>& others,
                                                const Decider& by) {
  return InTurn<std::string>(
      [&]() NO_THREAD_SAFETY_ANALYSIS { return MergeInTurn(claim, others, by); });
}

absl::StatusOr<std::string> Engine::MergeInTurn(const std::string& claim,
                                                const std::vector<std::string>& others,
                                                const Decider& by) {
  const auto known = directory();
  const Context context = MakeContext(*known);
  std::set<std::string> kept;
  std::set<std::string> joined;
  Members members;
  std::vector<std::string> ids = others;
  ids.insert(ids.begin(), claim);
  for (const std::string& id : ids) {
    const auto view = FindClaim(id);
    if (!view.ok()) return view.status();
    if (!*view) return common::ResourceNotFound("claim", "claims/" + id);
    const std::set<std::string> of_claim = IdsOf((*view)->claim());
    (kept.empty() ? kept : joined).insert(of_claim.begin(), of_claim.end());
    members.Append((*view)->in.record->members);
  }
  auto around = QuestionsAround(members, context);
  if (!around.ok()) return around.status();
  const auto decided = PlanMerge(MembersOf(*around).Copied(), kept, joined, context);
  if (absl::Status status =
          Decide(decided, *std::move(around), RevisionCause::kMatchChanged, by, context);
      !status.ok()) {
    return status;
  }
  return ClaimOfAssertion(*kept.begin(), members);
}

absl::StatusOr<std::string> Engine::ClaimOfAssertion(const std::string& assertion,
                                                     const Members& members) {
  const auto member = std::find_if(members.begin(), members.end(),
                                   [&](const auto& m) { return m.id == assertion; });
  const auto questions = parts_.store.QuestionsOfDocument(member->document.id);
  if (!questions.ok()) return questions.status();
  for (const QuestionPtr& record : *questions) {
    const auto view = FindQuestion(record->id);
    if (!view.ok()) return view.status();
    if (std::string found = *view ? ClaimWith((*view)->question, assertion) : ""; !found.empty()) {
      return found;
    }
  }
  return common::Internal("assertion " + assertion + " is in no claim");
}

absl::Status Engine::AddReview(const Review& review) {
  ChangeSet changes;
  changes.reviews.push_back(review);
  if (absl::Status status = parts_.store.Apply(changes); !status.ok()) return status;
  return parts_.store.Sync();
}

}  // namespace consilience::corroboration
