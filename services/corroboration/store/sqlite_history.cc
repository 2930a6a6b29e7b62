// The past, as the embedded store keeps it.
#include "services/corroboration/store/codec.h"
#include "services/corroboration/store/sqlite_queries.h"
#include "services/corroboration/store/versions.h"

namespace consilience::corroboration {
namespace {

using common::MutexLock;

// What a statement over writes gives from a place on.
absl::StatusOr<std::vector<QuestionWrite>> Writes(common::sqlite::Statement& statement,
                                                  int64_t time_us, std::string_view version,
                                                  size_t limit) {
  statement.Bind(kProject, time_us, version, limit);
  std::vector<QuestionWrite> writes;
  while (true) {
    const auto row = statement.Step();
    if (!row.ok()) return row.status();
    if (!*row) return writes;
    writes.push_back({statement.Int(0), statement.String(1), statement.String(2)});
  }
}

}  // namespace

absl::StatusOr<QuestionPtr> SqliteStore::QuestionAt(std::string_view id, int64_t time_us) {
  const MutexLock lock(mutex_);
  const auto now = Load(std::string(id));
  if (!now.ok()) return now.status();
  const auto undone = Records(&DecodeVersion,
                              "SELECT record FROM question_version WHERE project = ? AND "
                              "question = ? AND time_us > ? ORDER BY time_us DESC, id DESC",
                              id, time_us);
  if (!undone.ok()) return undone.status();
  auto record = Rewind(now->get(), *undone);
  if (!record) return nullptr;
  return std::make_shared<const QuestionRecord>(*std::move(record));
}

absl::StatusOr<std::vector<QuestionWrite>> SqliteStore::WritesAfter(const QuestionWrite& after,
                                                                    size_t limit) {
  const MutexLock lock(mutex_);
  const auto statement = Prepared(
      "SELECT time_us, id, question FROM question_version WHERE project = ? "
      "AND (time_us, id) > (?, ?) ORDER BY time_us, id LIMIT ?");
  if (!statement.ok()) return statement.status();
  return Writes(**statement, after.time_us, PlaceOf(after), limit);
}

absl::StatusOr<std::vector<QuestionWrite>> SqliteStore::WritesBefore(const QuestionWrite& before,
                                                                     size_t limit) {
  const MutexLock lock(mutex_);
  const auto statement = Prepared(
      "SELECT time_us, id, question FROM question_version WHERE project = ? "
      "AND (time_us, id) < (?, ?) ORDER BY time_us DESC, id DESC LIMIT ?");
  if (!statement.ok()) return statement.status();
  return Writes(**statement, before.time_us, before.version, limit);
}

absl::StatusOr<int64_t> SqliteStore::LastWrite() {
  const MutexLock lock(mutex_);
  return Number(
      "SELECT time_us FROM question_version WHERE project = ? ORDER BY time_us DESC LIMIT 1");
}

absl::StatusOr<std::string> SqliteStore::HomeOfClaim(std::string_view claim) {
  const MutexLock lock(mutex_);
  const auto home = Column(
      "SELECT question FROM claim WHERE project = ?1 AND id = ?2 UNION ALL "
      "SELECT question FROM claim_home WHERE project = ?1 AND claim = ?2 LIMIT 1",
      claim);
  if (!home.ok()) return home.status();
  return home->empty() ? std::string() : home->front();
}

absl::StatusOr<std::vector<Alias>> SqliteStore::AliasHistory(std::string_view id) {
  const MutexLock lock(mutex_);
  const auto statement = Prepared(
      "SELECT old_id, new_id, time_us FROM alias_history WHERE project = ?1 "
      "AND (old_id = ?2 OR new_id = ?2) ORDER BY time_us, old_id, new_id");
  if (!statement.ok()) return statement.status();
  (*statement)->Bind(kProject, id);
  std::vector<Alias> aliases;
  while (true) {
    const auto row = (*statement)->Step();
    if (!row.ok()) return row.status();
    if (!*row) return aliases;
    aliases.push_back({(*statement)->String(0), (*statement)->String(1), (*statement)->Int(2)});
  }
}

absl::StatusOr<std::vector<Source>> SqliteStore::CuratedSourcesAt(int64_t time_us) {
  const MutexLock lock(mutex_);
  return Records(&DecodeSource,
                 "SELECT record FROM source_version v WHERE project = ?1 AND time_us = "
                 "(SELECT max(time_us) FROM source_version l WHERE l.project = ?1 AND l.id = v.id "
                 "AND l.time_us <= ?2) ORDER BY id",
                 time_us);
}

absl::StatusOr<std::optional<Review>> SqliteStore::ReviewAt(std::string_view claim,
                                                            int64_t time_us) {
  const MutexLock lock(mutex_);
  const auto reviews =
      Records(&DecodeReview,
              "SELECT record FROM review WHERE project = ? AND claim = ? ORDER BY id DESC", claim);
  if (!reviews.ok()) return reviews.status();
  for (const Review& review : *reviews) {
    if (review.time_us <= time_us) return review;
  }
  return std::nullopt;
}

absl::StatusOr<int64_t> SqliteStore::HistoryBegins() {
  const MutexLock lock(mutex_);
  return Number("SELECT begins_us FROM history WHERE project = ?");
}

absl::StatusOr<int64_t> SqliteStore::Number(std::string_view sql) {
  const auto statement = Prepared(sql);
  if (!statement.ok()) return statement.status();
  const auto row = (*statement)->Bind(kProject).Step();
  if (!row.ok()) return row.status();
  if (!*row) return 0;
  const int64_t number = (*statement)->Int(0);
  (*statement)->Rewind();
  return number;
}

}  // namespace consilience::corroboration
