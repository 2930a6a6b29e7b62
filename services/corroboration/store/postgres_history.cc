// The past, as PostgreSQL keeps it.
#include "services/common/errors/catalogue.h"
#include "services/corroboration/store/codec.h"
#include "services/corroboration/store/postgres_queries.h"
#include "services/corroboration/store/postgres_tables.h"
#include "services/corroboration/store/versions.h"

namespace consilience::corroboration {
namespace {

using common::postgres::Batch;
using common::postgres::BlobArray;
using common::postgres::Blobs;

// The record as it is now (1) and what undoes its writes since (0), newest first, out of one
// snapshot.
constexpr char kRecordAndVersions[] =
    "SELECT 9223372036854775807 AS time_us, '~' AS id, record, 1::bigint FROM question "
    "WHERE project = $1 AND id = $2 UNION ALL "
    "SELECT time_us, id, record, 0::bigint FROM question_version "
    "WHERE project = $1 AND question = $2 AND time_us > $3 ORDER BY 1 DESC, 2 DESC";

absl::StatusOr<std::vector<QuestionWrite>> WritesOf(
    const absl::StatusOr<common::postgres::Rows>& rows) {
  if (!rows.ok()) return rows.status();
  std::vector<QuestionWrite> writes;
  writes.reserve(static_cast<size_t>(rows->size()));
  for (int i = 0; i < rows->size(); ++i) {
    writes.push_back({rows->Int(i, 0), rows->String(i, 1), rows->String(i, 2)});
  }
  return writes;
}

}  // namespace

void WriteVersions(const ChangeSet& changes, Batch& batch) {
  std::vector<int64_t> times;
  std::vector<std::string> ids;
  std::vector<std::string> questions;
  Blobs records;
  std::vector<std::string> claims;
  std::vector<std::string> homes;
  const auto keep_home = [&](const std::string& claim, const std::string& question) {
    claims.push_back(claim);
    homes.push_back(question);
  };
  for (const QuestionVersion& version : changes.versions) {
    times.push_back(version.time_us);
    ids.push_back(version.id);
    questions.push_back(version.question);
    records.push_back(Encode(version));
    for (const ClaimRow& row : version.before.claims) keep_home(row.id, version.question);
    for (const ClaimBefore& claim : version.claims) {
      if (claim.whole != nullptr) keep_home(claim.id, version.question);
    }
  }
  if (!ids.empty()) {
    batch.Add(
        "INSERT INTO question_version(project, time_us, id, question, record) SELECT $1, * FROM "
        "unnest($2::bigint[], $3::text[], $4::text[], $5::bytea[])",
        kProject, times, ids, questions, BlobArray{records});
  }
  if (!claims.empty()) {
    batch.Add(
        "INSERT INTO claim_home(project, claim, question) SELECT $1, * FROM "
        "unnest($2::text[], $3::text[]) ON CONFLICT DO NOTHING",
        kProject, claims, homes);
  }
  for (const Source& source : changes.put_sources) {
    if (!source.curated) continue;
    batch.Add(
        "INSERT INTO source_version(project, id, time_us, record) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (project, id, time_us) DO UPDATE SET record = excluded.record",
        kProject, source.id, source.update_time_us, Encode(source));
  }
}

absl::StatusOr<std::vector<Revision>> PostgresStore::ListRevisions(std::string_view claim,
                                                                   std::string_view before,
                                                                   size_t limit) {
  return Records(&DecodeRevision,
                 "SELECT record FROM revision WHERE project = $1 AND claim = $2 "
                 "AND ($3 = '' OR id < $3) ORDER BY id DESC LIMIT $4",
                 claim, before, limit);
}

absl::StatusOr<std::vector<Revision>> PostgresStore::RevisionsAfter(std::string_view after,
                                                                    size_t limit) {
  return Records(&DecodeRevision,
                 "SELECT record FROM revision WHERE project = $1 AND id > $2 ORDER BY id LIMIT $3",
                 after, limit);
}

absl::StatusOr<std::optional<Review>> PostgresStore::LatestReview(std::string_view claim) {
  auto rows = Records(
      &DecodeReview,
      "SELECT record FROM review WHERE project = $1 AND claim = $2 ORDER BY id DESC LIMIT 1",
      claim);
  if (!rows.ok()) return rows.status();
  return rows->empty() ? std::nullopt : std::optional(std::move(rows->front()));
}

absl::StatusOr<QuestionPtr> PostgresStore::QuestionAt(std::string_view id, int64_t time_us) {
  const auto rows = Query(kRecordAndVersions, id, time_us);
  if (!rows.ok()) return rows.status();
  std::optional<QuestionRecord> now;
  std::vector<QuestionVersion> undone;
  for (int i = 0; i < rows->size(); ++i) {
    if (rows->Int(i, 3) != 0) {
      now = DecodeQuestion(rows->Text(i, 2));
      if (!now) return common::StoreCorrupt(pool_.store(), "a question cannot be read back");
      continue;
    }
    auto version = DecodeVersion(rows->Text(i, 2));
    if (!version) return common::StoreCorrupt(pool_.store(), "a version cannot be read back");
    undone.push_back(*std::move(version));
  }
  auto record = Rewind(now ? &*now : nullptr, undone);
  if (!record) return nullptr;
  return std::make_shared<const QuestionRecord>(*std::move(record));
}

absl::StatusOr<std::vector<QuestionWrite>> PostgresStore::WritesAfter(const QuestionWrite& after,
                                                                      size_t limit) {
  return WritesOf(
      Query("SELECT time_us, id, question FROM question_version WHERE project = $1 "
            "AND (time_us, id) > ($2, $3) ORDER BY time_us, id LIMIT $4",
            after.time_us, PlaceOf(after), limit));
}

absl::StatusOr<std::vector<QuestionWrite>> PostgresStore::WritesBefore(const QuestionWrite& before,
                                                                       size_t limit) {
  return WritesOf(
      Query("SELECT time_us, id, question FROM question_version WHERE project = $1 "
            "AND (time_us, id) < ($2, $3) ORDER BY time_us DESC, id DESC LIMIT $4",
            before.time_us, before.version, limit));
}

absl::StatusOr<int64_t> PostgresStore::LastWrite() {
  const auto rows =
      Query("SELECT coalesce(max(time_us), 0) FROM question_version WHERE project = $1");
  if (!rows.ok()) return rows.status();
  return rows->Int(0, 0);
}

absl::StatusOr<std::string> PostgresStore::HomeOfClaim(std::string_view claim) {
  const auto rows = Query(
      "SELECT coalesce((SELECT question FROM claim WHERE project = $1 AND id = $2), "
      "(SELECT question FROM claim_home WHERE project = $1 AND claim = $2), '')",
      claim);
  if (!rows.ok()) return rows.status();
  return rows->String(0, 0);
}

absl::StatusOr<std::vector<Alias>> PostgresStore::AliasHistory(std::string_view id) {
  const auto rows = Query(
      "SELECT old_id, new_id, time_us FROM alias_history WHERE project = $1 "
      "AND (old_id = $2 OR new_id = $2) ORDER BY time_us, old_id, new_id",
      id);
  if (!rows.ok()) return rows.status();
  std::vector<Alias> aliases;
  aliases.reserve(static_cast<size_t>(rows->size()));
  for (int i = 0; i < rows->size(); ++i) {
    aliases.push_back({rows->String(i, 0), rows->String(i, 1), rows->Int(i, 2)});
  }
  return aliases;
}

absl::StatusOr<std::vector<Source>> PostgresStore::CuratedSourcesAt(int64_t time_us) {
  return Records(&DecodeSource,
                 "SELECT DISTINCT ON (id) record FROM source_version WHERE project = $1 "
                 "AND time_us <= $2 ORDER BY id, time_us DESC",
                 time_us);
}

absl::StatusOr<std::optional<Review>> PostgresStore::ReviewAt(std::string_view claim,
                                                              int64_t time_us) {
  const auto reviews = Records(
      &DecodeReview, "SELECT record FROM review WHERE project = $1 AND claim = $2 ORDER BY id DESC",
      claim);
  if (!reviews.ok()) return reviews.status();
  for (const Review& review : *reviews) {
    if (review.time_us <= time_us) return review;
  }
  return std::nullopt;
}

absl::StatusOr<int64_t> PostgresStore::HistoryBegins() {
  const auto rows = Query("SELECT begins_us FROM history WHERE project = $1");
  if (!rows.ok()) return rows.status();
  return rows->empty() ? 0 : rows->Int(0, 0);
}

}  // namespace consilience::corroboration
