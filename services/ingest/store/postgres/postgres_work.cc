// The work list.
#include <algorithm>
#include <tuple>

#include "services/ingest/store/postgres/postgres_records.h"
#include "services/ingest/store/postgres/times.h"

namespace consilience::ingest {
namespace {

enum WorkState { kWaiting = 0, kClaimed = 1, kDead = 2 };

}  // namespace

absl::Status PostgresRecords::Enqueue(std::string_view id, absl::Time now) {
  if (absl::Status status = TakeTurn(); !status.ok()) return status;
  transaction_.Later(
      "INSERT INTO work(project, document, generation, state, attempts, accepted_us, due_us, "
      "last_attempt_us, reason, owner) VALUES ($1, $2, $3, 0, 0, $3, $3, 0, '', '') "
      "ON CONFLICT (project, document) DO UPDATE SET "
      "generation = greatest(work.generation + 1, excluded.generation), state = 0, attempts = 0, "
      "accepted_us = excluded.accepted_us, due_us = excluded.due_us, reason = '', owner = ''",
      id, ToMicros(now));
  return absl::OkStatus();
}

absl::StatusOr<std::vector<WorkItem>> PostgresRecords::Claim(absl::Time now, absl::Duration lease,
                                                             size_t limit) {
  const auto rows = transaction_.Query(
      "WITH taken AS (SELECT document, state, due_us FROM work "
      "WHERE project = $1 AND state IN (0, 1) AND due_us <= $2 "
      "ORDER BY state, due_us, document LIMIT $3 FOR UPDATE SKIP LOCKED) "
      "UPDATE work w SET state = 1, attempts = w.attempts + 1, due_us = $4, last_attempt_us = $2, "
      "owner = $5 FROM taken t WHERE w.project = $1 AND w.document = t.document "
      "RETURNING w.document, w.generation, w.attempts, w.accepted_us, t.state, t.due_us",
      ToMicros(now), limit, ToMicros(now + lease), owner_);
  if (!rows.ok()) return rows.status();
  struct Taken {
    std::tuple<int64_t, int64_t, std::string> order;  // state and due time before, document
    WorkItem item;
  };
  std::vector<Taken> taken;
  for (int i = 0; i < rows->size(); ++i) {
    WorkItem item{rows->String(i, 0), rows->Int(i, 1), static_cast<int>(rows->Int(i, 2)),
                  FromMicros(rows->Int(i, 3))};
    taken.push_back({{rows->Int(i, 4), rows->Int(i, 5), item.document}, item});
  }
  std::sort(taken.begin(), taken.end(),
            [](const Taken& a, const Taken& b) { return a.order < b.order; });
  std::vector<WorkItem> items;
  items.reserve(taken.size());
  for (Taken& one : taken) items.push_back(std::move(one.item));
  return items;
}

absl::StatusOr<bool> PostgresRecords::Finish(const WorkItem& item) {
  const auto rows = Ask("DELETE FROM work WHERE project = $1 AND document = $2 AND generation = $3",
                        item.document, item.generation);
  if (!rows.ok()) return rows.status();
  return rows->changed() > 0;
}

absl::StatusOr<bool> PostgresRecords::Postpone(const WorkItem& item, absl::Time now, absl::Time due,
                                               std::string_view reason) {
  const bool dead = due == absl::InfiniteFuture();
  const auto rows =
      Ask("UPDATE work SET state = $4, due_us = $5, last_attempt_us = $6, reason = $7, owner = '' "
          "WHERE project = $1 AND document = $2 AND generation = $3",
          item.document, item.generation, static_cast<int>(dead ? kDead : kWaiting), ToMicros(due),
          ToMicros(now), reason);
  if (!rows.ok()) return rows.status();
  return rows->changed() > 0;
}

absl::StatusOr<PipelineCounts> PostgresRecords::Counts() {
  PipelineCounts counts;
  const auto documents = transaction_.Query(
      "SELECT count(*), count(CASE WHEN state = 2 THEN 1 END) FROM document WHERE project = $1");
  if (!documents.ok()) return documents.status();
  counts.documents = documents->Int(0, 0);
  counts.recorded = documents->Int(0, 1);
  const auto work = transaction_.Query(
      "SELECT count(CASE WHEN state = 0 AND attempts = 0 THEN 1 END), "
      "count(CASE WHEN state = 1 THEN 1 END), "
      "count(CASE WHEN state = 0 AND attempts > 0 THEN 1 END), "
      "count(CASE WHEN state = 2 THEN 1 END), min(CASE WHEN state < 2 THEN accepted_us END) "
      "FROM work WHERE project = $1");
  if (!work.ok()) return work.status();
  counts.pending = work->Int(0, 0);
  counts.running = work->Int(0, 1);
  counts.retrying = work->Int(0, 2);
  counts.failed = work->Int(0, 3);
  if (!work->IsNull(0, 4)) counts.oldest = FromMicros(work->Int(0, 4));
  return counts;
}

absl::StatusOr<std::vector<WorkFailure>> PostgresRecords::Failures(size_t limit) {
  const auto rows = transaction_.Query(
      "SELECT document, reason, attempts, last_attempt_us FROM work WHERE project = $1 "
      "AND state = 2 ORDER BY last_attempt_us DESC, document LIMIT $2",
      limit);
  if (!rows.ok()) return rows.status();
  std::vector<WorkFailure> failures;
  failures.reserve(static_cast<size_t>(rows->size()));
  for (int i = 0; i < rows->size(); ++i) {
    failures.push_back({rows->String(i, 0), rows->String(i, 1), static_cast<int>(rows->Int(i, 2)),
                        FromMicros(rows->Int(i, 3))});
  }
  return failures;
}

absl::StatusOr<absl::Time> PostgresRecords::NextDue() {
  const auto rows = transaction_.Query(
      "SELECT least((SELECT min(due_us) FROM work WHERE project = $1 AND state = 0), "
      "(SELECT min(due_us) FROM work WHERE project = $1 AND state = 1))");
  if (!rows.ok()) return rows.status();
  return rows->IsNull(0, 0) ? absl::InfiniteFuture() : FromMicros(rows->Int(0, 0));
}

}  // namespace consilience::ingest
