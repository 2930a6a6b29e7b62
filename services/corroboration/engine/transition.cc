#include "services/corroboration/engine/transition.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/corroboration/engine/assessment.h"
#include "services/corroboration/engine/decisions.h"
#include "services/corroboration/matching/topics.h"
#include "services/corroboration/model/names.h"
#include "services/corroboration/reliability/lesson_sums.h"
#include "services/corroboration/store/versions.h"

namespace consilience::corroboration {
namespace {

// A question in the making.
struct Draft {
  std::shared_ptr<QuestionRecord> record;
  ResolvedQuestion resolved;
};

std::string MemberKey(const Members& members) {
  std::string key;
  for (const RecordedAssertion& member : members) key += member.id + " ";
  return key;
}

class TransitionMaker {
 public:
  TransitionMaker(TransitionInput input, const Learned& learned, const Stamp& stamp,
                  const Context& context)
      : input_(std::move(input)), learned_(learned), stamp_(stamp), context_(context) {}

  absl::StatusOr<Transition> Run() {
    IndexBefore();
    if (absl::Status status = Partition(); !status.ok()) return status;
    SumLessons();
    const Learned after{
        [this](const std::string& s, const std::string& f) { return CountsAfter(s, f); },
        [this](const std::string& a, const std::string& b) { return PairAfter(a, b); }};
    for (Draft& draft : drafts_) {
      if (absl::Status status = Score(after, draft); !status.ok()) return status;
    }
    Compare();
    return std::move(result_);
  }

 private:
  void IndexBefore() {
    for (const QuestionPtr& question : input_.before) {
      before_by_members_[MemberKey(question->members)] = question.get();
      for (const ClaimRow& claim : question->claims) rows_before_[claim.id] = &claim;
    }
  }

  // Drafts are made of the sets that are not as they were; the others are left alone.
  absl::Status Partition() {
    std::vector<Entry> entries;
    entries.reserve(input_.members.size());
    for (const RecordedAssertion& member : input_.members) {
      entries.push_back(MakeEntry(member, context_.config, context_.places));
    }
    for (const std::vector<size_t>& set : PartitionAsDecided(entries, context_.places)) {
      Members members;
      members.reserve(set.size());
      for (const size_t i : set) members.push_back(input_.members.shared()[i]);
      const auto same = before_by_members_.find(MemberKey(members));
      if (same != before_by_members_.end() && !input_.rescore && !Changed(members)) {
        kept_.insert(same->second->id);
        continue;
      }
      if (absl::Status status = CheckRoom(members); !status.ok()) return status;
      std::vector<Entry> of_draft;
      of_draft.reserve(set.size());
      for (const size_t i : set) of_draft.push_back(std::move(entries[i]));
      const bool taught = input_.beliefs_alone && same != before_by_members_.end();
      AddDraft(std::move(members), std::move(of_draft), taught ? same->second : nullptr);
    }
    for (const QuestionPtr& question : input_.before) {
      if (!kept_.contains(question->id)) replaced_.push_back(question.get());
    }
    return absl::OkStatus();
  }

  // The work on a question grows with what it holds, so that is bounded.
  absl::Status CheckRoom(const Members& members) const {
    const auto most = static_cast<size_t>(context_.config.most_assertions);
    if (!input_.growing || members.size() <= most) return absl::OkStatus();
    const auto added = std::find_if(members.begin(), members.end(), [&](const auto& member) {
      return input_.changed_documents.contains(member.document.id);
    });
    const std::string quote = added == members.end() ? std::string() : added->quote;
    return common::FieldInvalid(
        "assertions", quote,
        fmt::format("its question holds {} assertions, the most that one may; raise "
                    "most_assertions in the tunables, or leave this assertion out",
                    most));
  }

  bool Changed(const Members& members) const {
    return std::any_of(members.begin(), members.end(), [&](const RecordedAssertion& member) {
      return input_.changed_documents.contains(member.document.id);
    });
  }

  // `entries` are those of the members; `same` is the question as it was, where it has the same
  // keys and lessons still, or null.
  void AddDraft(Members members, std::vector<Entry> entries, const QuestionRecord* same) {
    Draft draft;
    draft.record = std::make_shared<QuestionRecord>();
    draft.record->members = std::move(members);
    draft.resolved = Resolve(std::move(entries), context_);
    if (same != nullptr) {
      draft.record->keys = same->keys;
      draft.record->beliefs.lessons = same->beliefs.lessons;
    } else {
      FindLessons(draft);
    }
    drafts_.push_back(std::move(draft));
  }

  void FindLessons(Draft& draft) const {
    std::set<uint64_t> keys;
    for (const Entry& entry : draft.resolved.entries) {
      const std::vector<uint64_t> of_entry = KeysOf(entry);
      keys.insert(of_entry.begin(), of_entry.end());
      const std::vector<uint64_t> topics = TopicKeys(entry.facet);
      keys.insert(topics.begin(), topics.end());
    }
    draft.record->keys.assign(keys.begin(), keys.end());
    draft.record->beliefs.lessons = LessonsOf(draft.resolved, context_);
  }

  void SumLessons() {
    LessonSums sums;
    for (const QuestionRecord* question : replaced_) sums.Add(question->beliefs.lessons, -1);
    for (const Draft& draft : drafts_) sums.Add(draft.record->beliefs.lessons, 1);
    result_.changes.add_counts = sums.Counts();
    result_.changes.add_pairs = sums.Pairs();
  }

  // The counts of a source after this change.
  absl::StatusOr<SourceCounts> CountsAfter(const std::string& source, const std::string& family) {
    absl::StatusOr<SourceCounts> counts = learned_.counts(source, family);
    if (!counts.ok()) return counts;
    for (const SourceCounts& delta : result_.changes.add_counts) {
      if (delta.source != source || delta.family != family) continue;
      counts->right += delta.right;
      counts->wrong += delta.wrong;
    }
    return counts;
  }

  // Likewise of a pair.
  absl::StatusOr<std::vector<PairCounts>> PairAfter(const std::string& first,
                                                    const std::string& second) {
    absl::StatusOr<std::vector<PairCounts>> counts = learned_.pair(first, second);
    if (!counts.ok()) return counts;
    for (const PairCounts& delta : result_.changes.add_pairs) {
      if (delta.first == first && delta.second == second) AddTo(delta, *counts);
    }
    return counts;
  }

  absl::Status Score(const Learned& learned, Draft& draft) {
    QuestionRecord& record = *draft.record;
    record.beliefs.family = draft.resolved.entries.front().facet.family;
    for (const Origin& origin : draft.resolved.origins) {
      if (!origin.witness.source.empty()) {
        record.beliefs.sources[origin.witness.source] = {origin.witness.kind, 0.5};
      }
    }
    const auto changed = UpdateBeliefs(learned, context_.config, record.beliefs);
    if (!changed.ok()) return changed.status();
    const Assessment assessment =
        Assess(draft.resolved, StoredBeliefs(record, context_.config), context_);
    record.id = assessment.question.id;
    record.display_name = assessment.question.display_name;
    record.state = assessment.question.state;
    for (size_t c = 0; c < assessment.question.claims.size(); ++c) {
      record.claims.push_back(RowOf(draft, assessment.question, assessment.question.claims[c],
                                    assessment.explanations[c]));
    }
    return absl::OkStatus();
  }

  ClaimRow RowOf(const Draft& draft, const Question& question, const Claim& claim,
                 const Explanation& explanation) const {
    ClaimRow row;
    row.id = claim.id;
    row.question = question.id;
    row.display_name = claim.display_name;
    row.kind = NameOf(question.kind);
    row.measure = question.measure;
    row.place = claim.place.name;
    row.population = claim.population.label;
    row.from = claim.time.from;
    row.to = claim.time.to;
    row.corroboration = claim.corroboration;
    row.value = claim.value;
    std::set<std::string> documents;
    std::set<std::string> outlets;
    std::set<std::string> sources;
    std::set<std::string> ids;
    for (const ClaimMember& member : claim.members) ids.insert(member.assertion);
    for (const Members::Shared& shared : draft.record->members.shared()) {
      const RecordedAssertion& member = *shared;
      if (!ids.contains(member.id)) continue;
      if (member.id == claim.leader) row.leader = shared;
      documents.insert(member.document.id);
      if (!member.document.outlet.empty()) outlets.insert(member.document.outlet);
    }
    for (const auto* terms : {&explanation.origins, &explanation.denials}) {
      for (const WitnessTerm& term : *terms) {
        if (!term.source.empty()) sources.insert(term.source);
        if (!term.inferred_source.empty()) sources.insert(term.inferred_source);
      }
    }
    row.documents.assign(documents.begin(), documents.end());
    row.outlets.assign(outlets.begin(), outlets.end());
    row.sources.assign(sources.begin(), sources.end());
    return row;
  }

  void Compare() {
    std::map<std::string, std::string> claim_of_assertion;
    std::set<std::string> questions_after;
    for (const Draft& draft : drafts_) IndexMembers(draft, claim_of_assertion);
    std::set<std::string> decided;  // claims
    for (const std::string& assertion : input_.decided) {
      const auto found = claim_of_assertion.find(assertion);
      if (found != claim_of_assertion.end()) decided.insert(found->second);
    }
    for (Draft& draft : drafts_) {
      SetTimes(*draft.record);
      questions_after.insert(draft.record->id);
      for (const ClaimRow& row : draft.record->claims) {
        claims_after_.insert(row.id);
        Revise(Find(rows_before_, row.id), row, decided.contains(row.id));
      }
      result_.changes.put_questions.push_back(draft.record);
    }
    for (const QuestionRecord* question : replaced_) {
      if (!questions_after.contains(question->id)) Retire(*question, claim_of_assertion);
      RetireClaims(*question, claim_of_assertion);
    }
    KeepVersions(questions_after);
    std::sort(result_.changed_claims.begin(), result_.changed_claims.end());
  }

  void KeepVersions(const std::set<std::string>& questions_after) {
    const auto keep = [this](const QuestionRecord* before, const QuestionRecord* after) {
      QuestionVersion version = VersionOf(before, after, input_.changed_documents);
      version.id = stamp_.next_revision_id();
      version.time_us = stamp_.time_us;
      result_.changes.versions.push_back(std::move(version));
    };
    for (const Draft& draft : drafts_) {
      const auto before =
          std::find_if(input_.before.begin(), input_.before.end(),
                       [&](const QuestionPtr& q) { return q->id == draft.record->id; });
      keep(before == input_.before.end() ? nullptr : before->get(), draft.record.get());
    }
    for (const QuestionRecord* question : replaced_) {
      if (!questions_after.contains(question->id)) keep(question, nullptr);
    }
  }

  static const ClaimRow* Find(const std::map<std::string, const ClaimRow*>& rows,
                              const std::string& id) {
    const auto found = rows.find(id);
    return found == rows.end() ? nullptr : found->second;
  }

  void SetTimes(QuestionRecord& record) const {
    record.create_time_us = stamp_.time_us;
    record.update_time_us = stamp_.time_us;
    for (const QuestionPtr& question : input_.before) {
      if (question->id == record.id) record.create_time_us = question->create_time_us;
    }
    for (ClaimRow& row : record.claims) {
      const ClaimRow* before = Find(rows_before_, row.id);
      row.create_time_us = before != nullptr ? before->create_time_us : stamp_.time_us;
      const bool same = before != nullptr && before->corroboration == row.corroboration;
      row.update_time_us = same ? before->update_time_us : stamp_.time_us;
    }
  }

  void Revise(const ClaimRow* before, const ClaimRow& row, bool decided) {
    const bool same = before != nullptr && before->corroboration == row.corroboration;
    if (same && !decided) return;
    std::string summary = fmt::format(
        "score {:.2f}, worth {:.2f} independent witnesses, in {} document{}",
        row.corroboration.score, row.corroboration.effective_origins,
        row.corroboration.document_count, row.corroboration.document_count == 1 ? "" : "s");
    if (before != nullptr) {
      summary += fmt::format(" (was {:.2f}, {:.2f}, {})", before->corroboration.score,
                             before->corroboration.effective_origins,
                             before->corroboration.document_count);
    }
    AddRevision(row.id, row.corroboration, std::move(summary));
  }

  void AddRevision(const std::string& claim, const Corroboration& corroboration,
                   std::string summary) {
    result_.changed_claims.push_back(claim);
    result_.changes.revisions.push_back({stamp_.next_revision_id(), claim, stamp_.time_us,
                                         corroboration, stamp_.cause, stamp_.subject,
                                         std::move(summary)});
  }

  static void IndexMembers(const Draft& draft,
                           std::map<std::string, std::string>& claim_of_assertion) {
    for (size_t i = 0; i < draft.record->members.size(); ++i) {
      const ClaimGroup& group = draft.resolved.groups[draft.resolved.group_of.at(i)];
      claim_of_assertion[draft.record->members[i].id] = ClaimId(draft.record->id, group);
    }
  }

  void Retire(const QuestionRecord& question,
              const std::map<std::string, std::string>& claim_of_assertion) {
    result_.changes.delete_questions.push_back(question.id);
    for (const RecordedAssertion& member : question.members) {
      const auto found = claim_of_assertion.find(member.id);
      if (found == claim_of_assertion.end()) continue;
      for (const Draft& draft : drafts_) {
        const auto holds = [&](const ClaimRow& row) { return row.id == found->second; };
        if (std::any_of(draft.record->claims.begin(), draft.record->claims.end(), holds)) {
          result_.changes.aliases.push_back({question.id, draft.record->id, stamp_.time_us});
          return;
        }
      }
    }
  }

  void RetireClaims(const QuestionRecord& question,
                    const std::map<std::string, std::string>& claim_of_assertion) {
    const auto gone = [&](const ClaimRow& row) { return !claims_after_.contains(row.id); };
    if (std::none_of(question.claims.begin(), question.claims.end(), gone)) return;
    const ResolvedQuestion old = Resolve(EntriesOf(question, context_), context_);
    for (const ClaimRow& row : question.claims) {
      if (gone(row)) RetireClaim(old, row, claim_of_assertion);
    }
  }

  // A claim whose assertions are in other claims now lives on in the one with most of them, and
  // before all in one that no reviewer took apart; otherwise nothing that stands supports it.
  void RetireClaim(const ResolvedQuestion& old, const ClaimRow& row,
                   const std::map<std::string, std::string>& claim_of_assertion) {
    std::map<std::pair<bool, std::string>, int> heirs;  // not apart, claim → assertions
    for (const auto& [entry, group] : old.group_of) {
      if (ClaimId(row.question, old.groups[group]) != row.id) continue;
      const std::string& assertion = old.entries[entry].assertion->id;
      const auto found = claim_of_assertion.find(assertion);
      if (found != claim_of_assertion.end()) ++heirs[{!IsApart(assertion), found->second}];
    }
    const auto heir = std::max_element(heirs.begin(), heirs.end(), [](auto& a, auto& b) {
      return std::pair(a.first.first, a.second) < std::pair(b.first.first, b.second);
    });
    if (heir != heirs.end()) {
      result_.changes.aliases.push_back({row.id, heir->first.second, stamp_.time_us});
      return;
    }
    Corroboration withdrawn;
    withdrawn.state = ClaimState::kWithdrawn;
    AddRevision(row.id, withdrawn,
                fmt::format("{}: nothing that stands supports it", row.display_name));
  }

  bool IsApart(const std::string& assertion) const {
    const auto found = std::lower_bound(
        input_.members.begin(), input_.members.end(), assertion,
        [](const RecordedAssertion& member, const std::string& id) { return member.id < id; });
    return found != input_.members.end() && found->id == assertion && !found->apart.empty();
  }

  TransitionInput input_;
  const Learned& learned_;
  const Stamp& stamp_;
  const Context& context_;
  std::map<std::string, const QuestionRecord*> before_by_members_;
  std::map<std::string, const ClaimRow*> rows_before_;
  std::set<std::string> kept_;
  std::vector<const QuestionRecord*> replaced_;
  std::vector<Draft> drafts_;
  std::set<std::string> claims_after_;
  Transition result_;
};

}  // namespace

absl::StatusOr<Transition> MakeTransition(TransitionInput input, const Learned& learned,
                                          const Stamp& stamp, const Context& context) {
  return TransitionMaker(std::move(input), learned, stamp, context).Run();
}

std::vector<Entry> EntriesOf(const QuestionRecord& record, const Context& context) {
  std::vector<Entry> entries;
  entries.reserve(record.members.size());
  for (const RecordedAssertion& member : record.members) {
    entries.push_back(MakeEntry(member, context.config, context.places));
  }
  return entries;
}

Beliefs StoredBeliefs(const QuestionRecord& record, const Configuration& config) {
  return {[&record, &config](const std::string& source, const std::string&, SourceKind kind) {
            const auto found = record.beliefs.sources.find(source);
            return found != record.beliefs.sources.end() ? found->second.accuracy
                                                         : config.PriorAccuracy(kind);
          },
          [&record](const std::string& source, const std::string& other) {
            const auto found = record.beliefs.dependences.find(PairKey(source, other));
            return found != record.beliefs.dependences.end() ? found->second : 0.0;
          }};
}

}  // namespace consilience::corroboration
