// Scores that are due again because something was learned of sources.
#include <algorithm>
#include <iterator>
#include <utility>

#include "services/corroboration/engine/append.h"
#include "services/corroboration/engine/engine.h"

namespace consilience::corroboration {
namespace {

// Sources that one round of a refresh takes from the store.
constexpr size_t kSettledAtOnce = 1000;
// Questions that are read, and written, together, in one turn: some 20 ms.
constexpr size_t kKeptAtOnce = 64;

// What a transition changes.
void AppendAll(ChangeSet from, ChangeSet& to) {
  Append(std::move(from.delete_questions), to.delete_questions);
  Append(std::move(from.put_questions), to.put_questions);
  Append(std::move(from.aliases), to.aliases);
  Append(std::move(from.add_counts), to.add_counts);
  Append(std::move(from.add_pairs), to.add_pairs);
  Append(std::move(from.revisions), to.revisions);
  Append(std::move(from.versions), to.versions);
}

}  // namespace

absl::StatusOr<int> Engine::Refresh() {
  int written = 0;
  while (true) {
    const auto round = RefreshRound();
    if (!round.ok()) return round.status();
    if (round->sources.empty()) return written;
    written += round->written;
  }
}

absl::StatusOr<int> Engine::RefreshOneRound() {
  const auto round = RefreshRound();
  if (!round.ok()) return round.status();
  return round->written;
}

absl::StatusOr<Engine::Round> Engine::RefreshRound() {
  const common::MutexLock lock(refresh_mutex_);
  if (!parts_.store.shared()) return RefreshInTurns();
  // What others learn meanwhile is told by the store for all time since the last one at once.
  return InTurn<Round>([&]() NO_THREAD_SAFETY_ANALYSIS -> absl::StatusOr<Round> {
    auto round = BeginRefresh();
    if (!round.ok() || round->sources.empty()) return round;
    const auto written = RescoreMoved(round->due);
    if (!written.ok()) return written.status();
    round->written = *written;
    if (absl::Status status = EndRefresh(round->sources); !status.ok()) return status;
    return round;
  });
}

absl::StatusOr<Engine::Round> Engine::RefreshInTurns() {
  auto round = TakeTurn<Round>([&]() NO_THREAD_SAFETY_ANALYSIS { return BeginRefresh(); });
  if (!round.ok() || round->sources.empty()) return round;
  for (auto next = round->due.begin(); next != round->due.end();) {
    std::map<std::string, std::string> some;
    for (; next != round->due.end() && some.size() < kKeptAtOnce; ++next) some.insert(*next);
    gate_.GiveWay();
    const auto written =
        TakeTurn<int>([&]() NO_THREAD_SAFETY_ANALYSIS { return RescoreMoved(some); });
    if (!written.ok()) return written.status();
    round->written += *written;
  }
  const auto ended = InTurn<int>([&]() NO_THREAD_SAFETY_ANALYSIS -> absl::StatusOr<int> {
    if (absl::Status status = EndRefresh(round->sources); !status.ok()) return status;
    return 0;
  });
  if (!ended.ok()) return ended.status();
  return round;
}

absl::StatusOr<Engine::Round> Engine::BeginRefresh() {
  Round round;
  auto unsettled = parts_.store.UnsettledSources(kSettledAtOnce);
  if (!unsettled.ok()) return unsettled.status();
  if (unsettled->empty()) return round;
  auto due = QuestionsDue(*unsettled);
  if (!due.ok()) return due.status();
  round.sources = *std::move(unsettled);
  round.due = *std::move(due);
  since_.emplace();
  return round;
}

// A source that moved again since the beginning stays unsettled. A refresh that did not come so far
// is done again from its beginning.
absl::Status Engine::EndRefresh(const std::vector<std::string>& sources) {
  ChangeSet changes;
  for (const std::string& source : sources) {
    if (!since_->Moved(source)) changes.settled_sources.push_back(source);
  }
  wrote_ = true;
  if (absl::Status status = parts_.store.Apply(changes); !status.ok()) return status;
  if (!parts_.store.shared()) unsettled_.Settle(sources, *since_);
  since_.reset();
  return absl::OkStatus();
}

absl::Status Engine::InheritUnsettled() {
  if (unsettled_known_) return absl::OkStatus();
  const auto inherited = parts_.store.UnsettledSources(SIZE_MAX / 2);
  if (!inherited.ok()) return inherited.status();
  unsettled_.Inherit(*inherited);
  unsettled_known_ = true;
  return absl::OkStatus();
}

absl::StatusOr<Unsettled::Due> Engine::Concerned(const std::vector<std::string>& sources) {
  std::map<std::string, SourceKind> kinds;
  const auto kind_of = [&](const std::string& id) {
    const auto [found, fresh] = kinds.try_emplace(id, SourceKind::kUnspecified);
    if (!fresh) return found->second;
    const auto source = parts_.store.FindSource(id);
    if (source.ok() && *source) found->second = (*source)->kind;
    return found->second;
  };
  const Learned now = Remembered(LearnedSoFar());
  if (!parts_.store.shared()) {
    if (absl::Status status = InheritUnsettled(); !status.ok()) return status;
    return unsettled_.Concerned(sources, now, kind_of, parts_.config);
  }
  const auto lessons = parts_.store.UnsettledLessons();
  if (!lessons.ok()) return lessons.status();
  Unsettled unsettled;
  unsettled.Add(*lessons);
  return unsettled.Concerned(sources, now, kind_of, parts_.config);
}

absl::StatusOr<std::map<std::string, std::string>> Engine::QuestionsDue(
    const std::vector<std::string>& sources) {
  const auto due = Concerned(sources);
  if (!due.ok()) return due.status();
  // A source may be in hundreds of the pairs.
  std::map<std::string, std::vector<std::string>> questions_of;
  const auto find_questions = [&](const std::string& source) -> absl::Status {
    if (questions_of.contains(source)) return absl::OkStatus();
    auto ids = parts_.store.QuestionsOfSource(source);
    if (!ids.ok()) return ids.status();
    questions_of.emplace(source, *std::move(ids));
    return absl::OkStatus();
  };
  std::map<std::string, std::string> questions;
  for (const std::string& source : due->sources) {
    if (absl::Status status = find_questions(source); !status.ok()) return status;
    for (const std::string& id : questions_of.at(source)) questions.try_emplace(id, source);
  }
  for (const auto& [first, second] : due->pairs) {
    if (due->sources.contains(first) || due->sources.contains(second)) continue;
    if (absl::Status status = find_questions(first); !status.ok()) return status;
    if (absl::Status status = find_questions(second); !status.ok()) return status;
    const std::vector<std::string>& mine = questions_of.at(first);
    const std::vector<std::string>& theirs = questions_of.at(second);
    std::vector<std::string> both;
    std::set_intersection(mine.begin(), mine.end(), theirs.begin(), theirs.end(),
                          std::back_inserter(both));
    for (const std::string& id : both) questions.try_emplace(id, first);
  }
  for (const std::string& id : due->questions) questions.try_emplace(id, sources.front());
  return questions;
}

absl::StatusOr<size_t> Engine::CountUnsettled(size_t limit) {
  const auto unsettled = parts_.store.UnsettledSources(limit);
  if (!unsettled.ok()) return unsettled.status();
  return unsettled->size();
}

// Lessons do not depend on beliefs, so re-scoring moves no further source: what was learned is
// looked up once, and questions do not wait for each other.
absl::StatusOr<int> Engine::RescoreMoved(const std::map<std::string, std::string>& questions) {
  const Learned learned = Remembered(since_->Before(LearnedSoFar()));
  std::set<std::string> seen;  // an earlier id leads to the present question
  int written = 0;
  for (auto next = questions.begin(); next != questions.end();) {
    std::vector<std::string> ids;
    for (; next != questions.end() && ids.size() < kKeptAtOnce; ++next) ids.push_back(next->first);
    const auto found = parts_.store.FindQuestions(ids);
    if (!found.ok()) return found.status();
    ChangeSet changes;
    for (size_t i = 0; i < ids.size(); ++i) {
      const QuestionPtr& question = (*found)[i];
      if (question == nullptr || !seen.insert(question->id).second) continue;
      // The next round looks at it, with all that was learned until then.
      if (since_->Wrote(question->id)) continue;
      QuestionBeliefs beliefs = question->beliefs;
      const auto moved = UpdateBeliefs(learned, parts_.config, beliefs);
      if (!moved.ok()) return moved.status();
      if (!*moved) continue;
      const Stamp stamp = MakeStamp(RevisionCause::kRefreshed, questions.at(ids[i]));
      const absl::Status status =
          Rescore(question, learned, stamp, /*beliefs_alone=*/true, changes);
      if (!status.ok()) return status;
      ++written;
    }
    if (changes.put_questions.empty() && changes.delete_questions.empty()) continue;
    wrote_ = true;
    if (absl::Status status = parts_.store.Apply(changes); !status.ok()) return status;
  }
  return written;
}

absl::Status Engine::Rescore(const QuestionPtr& question, const Learned& learned,
                             const Stamp& stamp, bool beliefs_alone, ChangeSet& changes) {
  const auto known = directory();
  TransitionInput input;
  input.before = {question};
  input.members = question->members;
  input.rescore = true;
  input.beliefs_alone = beliefs_alone;
  auto transition = MakeTransition(std::move(input), learned, stamp, MakeContext(*known));
  if (!transition.ok()) return transition.status();
  AppendAll(std::move(transition->changes), changes);
  return absl::OkStatus();
}

}  // namespace consilience::corroboration
