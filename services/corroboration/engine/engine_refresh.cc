// Scores that are due again because something was learned of sources.
#include <algorithm>
#include <iterator>
#include <utility>

#include "services/corroboration/engine/engine.h"

namespace consilience::corroboration {
namespace {

// Sources that one round of a refresh takes from the store.
constexpr size_t kSettledAtOnce = 1000;

}  // namespace

absl::StatusOr<int> Engine::Refresh() {
  int written = 0;
  while (true) {
    const auto round = InTurn<Round>([&]() NO_THREAD_SAFETY_ANALYSIS { return RefreshInTurn(); });
    if (!round.ok()) return round.status();
    if (round->settled.empty()) return written;
    written += round->written;
  }
}

// Read within the turn: a source that somebody unsettles meanwhile waits for the next one.
absl::StatusOr<Engine::Round> Engine::RefreshInTurn() {
  Round round;
  auto unsettled = parts_.store.UnsettledSources(kSettledAtOnce);
  if (!unsettled.ok()) return unsettled.status();
  if (unsettled->empty()) return round;
  const auto due = QuestionsDue(*unsettled);
  if (!due.ok()) return due.status();
  const auto written = RescoreMoved(*due);
  if (!written.ok()) return written.status();
  round.written = *written;
  ChangeSet changes;
  changes.settled_sources = *unsettled;
  if (absl::Status status = parts_.store.Apply(changes); !status.ok()) return status;
  if (!parts_.store.shared()) unsettled_.Settle(*unsettled);
  round.settled = *std::move(unsettled);
  return round;
}

absl::StatusOr<std::map<std::string, std::string>> Engine::QuestionsDue(
    const std::vector<std::string>& sources) {
  Unsettled::Due due;
  if (parts_.store.shared()) {
    due.sources.insert(sources.begin(), sources.end());
  } else {
    const auto kind_of = [this](const std::string& id) {
      const auto source = parts_.store.FindSource(id);
      return source.ok() && *source ? (*source)->kind : SourceKind::kUnspecified;
    };
    auto concerned =
        unsettled_.Concerned(sources, Remembered(LearnedSoFar()), kind_of, parts_.config);
    if (!concerned.ok()) return concerned.status();
    due = *std::move(concerned);
  }
  std::map<std::string, std::string> questions;
  for (const std::string& source : due.sources) {
    const auto ids = parts_.store.QuestionsOfSource(source);
    if (!ids.ok()) return ids.status();
    for (const std::string& id : *ids) questions.try_emplace(id, source);
  }
  for (const auto& [first, second] : due.pairs) {
    const auto mine = parts_.store.QuestionsOfSource(first);
    if (!mine.ok()) return mine.status();
    const auto theirs = parts_.store.QuestionsOfSource(second);
    if (!theirs.ok()) return theirs.status();
    std::vector<std::string> both;
    std::set_intersection(mine->begin(), mine->end(), theirs->begin(), theirs->end(),
                          std::back_inserter(both));
    for (const std::string& id : both) questions.try_emplace(id, first);
  }
  for (const std::string& id : due.questions) questions.try_emplace(id, sources.front());
  return questions;
}

absl::StatusOr<size_t> Engine::CountUnsettled(size_t limit) {
  const auto unsettled = parts_.store.UnsettledSources(limit);
  if (!unsettled.ok()) return unsettled.status();
  return unsettled->size();
}

// Lessons do not depend on beliefs, so re-scoring moves no further source, and what was learned is
// looked up once.
absl::StatusOr<int> Engine::RescoreMoved(const std::map<std::string, std::string>& questions) {
  const Learned learned = Remembered(LearnedSoFar());
  int written = 0;
  for (const auto& [id, source] : questions) {
    const auto question = parts_.store.FindQuestion(id);
    if (!question.ok()) return question.status();
    if (*question == nullptr) continue;
    QuestionBeliefs beliefs = (*question)->beliefs;
    const auto moved = UpdateBeliefs(learned, parts_.config, beliefs);
    if (!moved.ok()) return moved.status();
    if (!*moved) continue;
    const Stamp stamp = MakeStamp(RevisionCause::kRefreshed, source);
    if (absl::Status status = Rescore(*question, stamp); !status.ok()) return status;
    ++written;
  }
  return written;
}

absl::Status Engine::Rescore(const QuestionPtr& question, const Stamp& stamp) {
  const auto known = directory();
  TransitionInput input;
  input.before = {question};
  input.members = question->members;
  input.rescore = true;
  return Change(std::move(input), {}, stamp, MakeContext(*known)).status();
}

}  // namespace consilience::corroboration
