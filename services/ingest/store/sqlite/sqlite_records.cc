#include "services/ingest/store/sqlite/sqlite_records.h"

#include <algorithm>
#include <limits>

#include "services/common/errors/catalogue.h"
#include "services/ingest/store/metadata_json.h"
#include "services/ingest/store/reading_json.h"

// Every table of documents is keyed by project first; until there is tenancy there is one.
#define PROJECT "'default'"
#define DOCUMENT_COLUMNS                                                                       \
  "id, number, digest, text_bytes, format, language, metadata, canonical_url, state, reason, " \
  "superseded_by, supersedes, revision, create_us, update_us, external_id, version"

// The work of the document whose id is the first parameter.
#define OF_DOCUMENT           \
  " WHERE project = " PROJECT \
  " AND number = (SELECT number FROM document WHERE project = " PROJECT " AND id = ?1)"

namespace consilience::ingest {
namespace {

using common::sqlite::Statement;

// Beyond every real time, and far enough from the end of the range to add to.
constexpr int64_t kNever = std::numeric_limits<int64_t>::max() / 2;

enum WorkState { kWaiting = 0, kClaimed = 1, kDead = 2 };

int64_t ToMicros(absl::Time time) {
  return time == absl::InfiniteFuture() ? kNever : absl::ToUnixMicros(time);
}

absl::Time FromMicros(int64_t micros) {
  return micros >= kNever ? absl::InfiniteFuture() : absl::FromUnixMicros(micros);
}

absl::StatusOr<Document> ReadDocumentRow(const Statement& row) {
  auto metadata = MetadataFromJson(row.Text(6));
  if (!metadata.ok()) return metadata.status();
  Document document;
  document.id = row.String(0);
  document.number = static_cast<DocumentNumber>(row.Int(1));
  document.digest = row.String(2);
  document.text_bytes = static_cast<uint64_t>(row.Int(3));
  document.format = row.String(4);
  document.language = row.String(5);
  document.metadata = *std::move(metadata);
  document.canonical_url = row.String(7);
  document.state = static_cast<State>(row.Int(8));
  document.reason = row.String(9);
  document.superseded_by = row.String(10);
  document.supersedes = row.String(11);
  document.revision = row.Int(12);
  document.create_time = FromMicros(row.Int(13));
  document.update_time = FromMicros(row.Int(14));
  document.external_id = row.String(15);
  document.version = row.String(16);
  return document;
}

const char* ListSql(Order order) {
  switch (order) {
    case Order::kNewestFirst:
      return "SELECT " DOCUMENT_COLUMNS " FROM document WHERE project = " PROJECT
             " AND ?1 IS NOT NULL AND number < ?2 ORDER BY number DESC LIMIT ?3";
    case Order::kOldestFirst:
      return "SELECT " DOCUMENT_COLUMNS " FROM document WHERE project = " PROJECT
             " AND ?1 IS NOT NULL AND number > ?2 ORDER BY number LIMIT ?3";
    case Order::kDateAscending:
      return "SELECT " DOCUMENT_COLUMNS " FROM document WHERE project = " PROJECT
             " AND (publication_date, number) > (?1, ?2)"
             " ORDER BY publication_date, number LIMIT ?3";
    case Order::kDateDescending:
      break;
  }
  return "SELECT " DOCUMENT_COLUMNS " FROM document WHERE project = " PROJECT
         " AND (publication_date, number) < (?1, ?2)"
         " ORDER BY publication_date DESC, number DESC LIMIT ?3";
}

// Before the first document in that order.
Cursor StartOf(Order order) {
  const bool ascending = order == Order::kOldestFirst || order == Order::kDateAscending;
  if (ascending) return {"", 0};
  return {"~", std::numeric_limits<DocumentNumber>::max()};  // '~' sorts behind every date
}

}  // namespace

SqliteRecords::SqliteRecords(common::sqlite::Database& database, PassageIndex& passages)
    : statements_(database), passages_(passages) {}

absl::StatusOr<std::optional<Document>> SqliteRecords::Find(std::string_view id) {
  std::optional<Document> found;
  const auto status = statements_.ForEach(
      "SELECT " DOCUMENT_COLUMNS " FROM document WHERE project = " PROJECT " AND id = ?",
      [&](const Statement& row) -> absl::Status {
        auto document = ReadDocumentRow(row);
        if (!document.ok()) return document.status();
        found = *std::move(document);
        return absl::OkStatus();
      },
      id);
  if (!status.ok()) return status;
  return found;
}

absl::StatusOr<Document> SqliteRecords::Get(std::string_view id) {
  auto found = Find(id);
  if (!found.ok()) return found.status();
  if (!found->has_value()) {
    return common::ResourceNotFound("document", "documents/" + std::string(id));
  }
  return **std::move(found);
}

absl::StatusOr<std::optional<std::string>> SqliteRecords::OneText(const char* sql,
                                                                  std::string_view key) {
  std::optional<std::string> found;
  const auto status = statements_.ForEach(
      sql,
      [&](const Statement& row) {
        found = row.String(0);
        return absl::OkStatus();
      },
      key);
  if (!status.ok()) return status;
  return found;
}

absl::StatusOr<std::optional<std::string>> SqliteRecords::FindByUrl(std::string_view url) {
  return OneText("SELECT id FROM document WHERE project = " PROJECT
                 " AND canonical_url = ? AND canonical_url <> '' AND superseded_by = ''"
                 " ORDER BY number",
                 url);
}

absl::StatusOr<std::optional<std::string>> SqliteRecords::FindByExternalId(
    std::string_view external_id) {
  return OneText("SELECT id FROM document WHERE project = " PROJECT
                 " AND external_id = ? AND external_id <> '' AND superseded_by = ''"
                 " ORDER BY number",
                 external_id);
}

absl::StatusOr<std::optional<std::string>> SqliteRecords::FindByNumber(DocumentNumber number) {
  std::optional<std::string> found;
  const auto status = statements_.ForEach(
      "SELECT id FROM document WHERE project = " PROJECT " AND number = ?",
      [&](const Statement& row) {
        found = row.String(0);
        return absl::OkStatus();
      },
      number);
  if (!status.ok()) return status;
  return found;
}

absl::StatusOr<std::string> SqliteRecords::Text(std::string_view id) {
  auto text = OneText(
      "SELECT text FROM document_text JOIN document USING (number)"
      " WHERE project = " PROJECT " AND id = ?",
      id);
  if (!text.ok()) return text.status();
  if (!text->has_value()) {
    return common::ResourceNotFound("document", "documents/" + std::string(id));
  }
  return **std::move(text);
}

absl::StatusOr<Reading> SqliteRecords::ReadingOf(std::string_view id) {
  const auto stored = OneText(
      "SELECT reading FROM document_reading JOIN document USING (number)"
      " WHERE project = " PROJECT " AND id = ?",
      id);
  if (!stored.ok()) return stored.status();
  return stored->has_value() ? ReadingFromJson(**stored) : Reading();
}

absl::StatusOr<std::vector<Document>> SqliteRecords::List(Order order,
                                                          const std::optional<Cursor>& after,
                                                          size_t limit) {
  std::vector<Document> documents;
  const Cursor from = after.value_or(StartOf(order));
  const auto status = statements_.ForEach(
      ListSql(order),
      [&](const Statement& row) -> absl::Status {
        auto document = ReadDocumentRow(row);
        if (!document.ok()) return document.status();
        documents.push_back(*std::move(document));
        return absl::OkStatus();
      },
      from.date, from.number, limit);
  if (!status.ok()) return status;
  return documents;
}

absl::StatusOr<std::vector<Appearance>> SqliteRecords::Appearances(std::string_view id) {
  std::vector<Appearance> appearances;
  const auto status = statements_.ForEach(
      "SELECT outlet, url, publication_date, create_us FROM appearance WHERE project = " PROJECT
      " AND document = ? ORDER BY create_us, outlet, url, publication_date",
      [&](const Statement& row) {
        appearances.push_back(
            {row.String(0), row.String(1), row.String(2), FromMicros(row.Int(3))});
        return absl::OkStatus();
      },
      id);
  if (!status.ok()) return status;
  return appearances;
}

absl::Status SqliteRecords::Insert(Document& document, std::string_view text) {
  auto status = statements_.Run("INSERT INTO document_text(text) VALUES (?)", text);
  if (!status.ok()) return status;
  status = statements_.ForEach("SELECT last_insert_rowid()", [&](const Statement& row) {
    document.number = static_cast<DocumentNumber>(row.Int(0));
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return statements_.Run(
      "INSERT INTO document(project, " DOCUMENT_COLUMNS ", publication_date) VALUES (" PROJECT
      ", ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      document.id, document.number, document.digest, document.text_bytes, document.format,
      document.language, MetadataToJson(document.metadata), document.canonical_url,
      static_cast<int>(document.state), document.reason, document.superseded_by,
      document.supersedes, document.revision, ToMicros(document.create_time),
      ToMicros(document.update_time), document.external_id, document.version,
      document.metadata.publication_date.value);
}

absl::Status SqliteRecords::AddReading(const Document& document, const Reading& reading) {
  if (reading.empty()) return absl::OkStatus();
  return statements_.Run("INSERT INTO document_reading(number, reading) VALUES (?, ?)",
                         document.number, ReadingToJson(reading));
}

absl::Status SqliteRecords::Update(const Document& document) {
  return statements_.Run(
      "UPDATE document SET metadata = ?2, publication_date = ?3, canonical_url = ?4, state = ?5,"
      " reason = ?6, superseded_by = ?7, supersedes = ?8, revision = ?9, update_us = ?10"
      " WHERE project = " PROJECT " AND id = ?1",
      document.id, MetadataToJson(document.metadata), document.metadata.publication_date.value,
      document.canonical_url, static_cast<int>(document.state), document.reason,
      document.superseded_by, document.supersedes, document.revision,
      ToMicros(document.update_time));
}

absl::Status SqliteRecords::EraseText(std::string_view id) {
  const auto document = Get(id);
  if (!document.ok()) return document.status();
  const auto erased =
      statements_.Run("DELETE FROM document_reading WHERE number = ?", document->number);
  if (!erased.ok()) return erased;
  // Emptied and not deleted: the row keeps the number from being given out again.
  return statements_.Run("UPDATE document_text SET text = '' WHERE number = ?", document->number);
}

absl::Status SqliteRecords::AddAppearance(std::string_view id, const Appearance& appearance) {
  return statements_.Run(
      "INSERT OR IGNORE INTO appearance(project, document, outlet, url, publication_date,"
      " create_us) VALUES (" PROJECT ", ?, ?, ?, ?, ?)",
      id, appearance.outlet, appearance.url, appearance.publication_date,
      ToMicros(appearance.create_time));
}

absl::Status SqliteRecords::Enqueue(std::string_view id, absl::Time now) {
  return statements_.Run(
      "INSERT INTO work(project, number, generation, state, attempts, accepted_us, due_us,"
      " last_attempt_us, reason) SELECT project, number, ?2, 0, 0, ?2, ?2, 0, '' FROM document"
      " WHERE project = " PROJECT
      " AND id = ?1"
      " ON CONFLICT(project, number) DO UPDATE SET generation = max(generation + 1, ?2),"
      " state = 0, attempts = 0, accepted_us = ?2, due_us = ?2, reason = ''",
      id, ToMicros(now));
}

absl::StatusOr<std::vector<WorkItem>> SqliteRecords::Claim(absl::Time now, absl::Duration lease,
                                                           size_t limit) {
  std::vector<WorkItem> items;
  for (const WorkState state : {kWaiting, kClaimed}) {
    const auto status = statements_.ForEach(
        "SELECT id, generation, attempts, accepted_us FROM (SELECT project, number, generation,"
        " attempts, accepted_us, due_us FROM work WHERE project = " PROJECT
        " AND state = ? AND due_us <= ? ORDER BY due_us, number LIMIT ?)"
        " JOIN document USING (project, number) ORDER BY due_us, number",
        [&](const Statement& row) {
          items.push_back({row.String(0), row.Int(1), static_cast<int>(row.Int(2)) + 1,
                           FromMicros(row.Int(3))});
          return absl::OkStatus();
        },
        static_cast<int>(state), ToMicros(now), limit - items.size());
    if (!status.ok()) return status;
  }
  for (const WorkItem& item : items) {
    const auto status = statements_.Run(
        "UPDATE work SET state = 1, attempts = ?2, due_us = ?3, last_attempt_us = ?4" OF_DOCUMENT,
        item.document, item.attempts, ToMicros(now + lease), ToMicros(now));
    if (!status.ok()) return status;
  }
  return items;
}

absl::StatusOr<bool> SqliteRecords::Finish(const WorkItem& item) {
  const auto status = statements_.Run("DELETE FROM work" OF_DOCUMENT " AND generation = ?2",
                                      item.document, item.generation);
  if (!status.ok()) return status;
  return statements_.changes() > 0;
}

absl::StatusOr<bool> SqliteRecords::Postpone(const WorkItem& item, absl::Time now, absl::Time due,
                                             std::string_view reason) {
  const bool dead = due == absl::InfiniteFuture();
  const auto status = statements_.Run(
      "UPDATE work SET state = ?3, due_us = ?4, last_attempt_us = ?5, reason = ?6" OF_DOCUMENT
      " AND generation = ?2",
      item.document, item.generation, static_cast<int>(dead ? kDead : kWaiting), ToMicros(due),
      ToMicros(now), reason);
  if (!status.ok()) return status;
  return statements_.changes() > 0;
}

absl::StatusOr<PipelineCounts> SqliteRecords::Counts() {
  PipelineCounts counts;
  auto status = statements_.ForEach("SELECT state, count(*) FROM document WHERE project = " PROJECT
                                    " GROUP BY state",
                                    [&](const Statement& row) {
                                      counts.documents += row.Int(1);
                                      if (row.Int(0) == static_cast<int>(State::kRecorded)) {
                                        counts.recorded = row.Int(1);
                                      }
                                      return absl::OkStatus();
                                    });
  if (!status.ok()) return status;
  status = statements_.ForEach(
      "SELECT state, attempts > 0, count(*), min(accepted_us) FROM work WHERE project = " PROJECT
      " GROUP BY 1, 2",
      [&](const Statement& row) {
        const int64_t state = row.Int(0);
        const bool waits_again = state == kWaiting && row.Int(1) != 0;
        int64_t& count = state == kDead      ? counts.failed
                         : state == kClaimed ? counts.running
                         : waits_again       ? counts.retrying
                                             : counts.pending;
        count += row.Int(2);
        if (state != kDead) counts.oldest = std::min(counts.oldest, FromMicros(row.Int(3)));
        return absl::OkStatus();
      });
  if (!status.ok()) return status;
  return counts;
}

absl::StatusOr<std::vector<WorkFailure>> SqliteRecords::Failures(size_t limit) {
  std::vector<WorkFailure> failures;
  const auto status = statements_.ForEach(
      "SELECT id, work.reason, attempts, last_attempt_us FROM work"
      " JOIN document USING (project, number) WHERE project = " PROJECT
      " AND work.state = 2 ORDER BY last_attempt_us DESC, id LIMIT ?",
      [&](const Statement& row) {
        failures.push_back(
            {row.String(0), row.String(1), static_cast<int>(row.Int(2)), FromMicros(row.Int(3))});
        return absl::OkStatus();
      },
      limit);
  if (!status.ok()) return status;
  return failures;
}

absl::StatusOr<absl::Time> SqliteRecords::NextDue() {
  absl::Time due = absl::InfiniteFuture();
  // Each state by itself is one look into the index.
  for (const WorkState state : {kWaiting, kClaimed}) {
    const auto status = statements_.ForEach(
        "SELECT min(due_us) FROM work WHERE project = " PROJECT " AND state = ?",
        [&](const Statement& row) {
          if (!row.IsNull(0)) due = std::min(due, FromMicros(row.Int(0)));
          return absl::OkStatus();
        },
        static_cast<int>(state));
    if (!status.ok()) return status;
  }
  return due;
}

absl::Status SqliteRecords::ReleaseClaims() {
  return statements_.Run("UPDATE work SET state = 0, due_us = accepted_us WHERE project = " PROJECT
                         " AND state = 1");
}

absl::StatusOr<std::vector<DocumentNumber>> SqliteRecords::Withdrawn() {
  std::vector<DocumentNumber> numbers;
  const auto status = statements_.ForEach(
      "SELECT number FROM document WHERE project = " PROJECT " AND state >= ? ORDER BY number",
      [&](const Statement& row) {
        numbers.push_back(static_cast<DocumentNumber>(row.Int(0)));
        return absl::OkStatus();
      },
      static_cast<int>(State::kSuperseded));
  if (!status.ok()) return status;
  return numbers;
}

absl::StatusOr<DocumentNumber> SqliteRecords::LastNumber() {
  DocumentNumber last = 0;
  const auto status = statements_.ForEach("SELECT coalesce(max(number), 0) FROM document_text",
                                          [&](const Statement& row) {
                                            last = static_cast<DocumentNumber>(row.Int(0));
                                            return absl::OkStatus();
                                          });
  if (!status.ok()) return status;
  return last;
}

absl::Status SqliteRecords::ForEachText(
    DocumentNumber after,
    const std::function<absl::Status(DocumentNumber, std::string_view)>& each) {
  return statements_.ForEach(
      "SELECT number, text FROM document_text WHERE number > ? ORDER BY number",
      [&](const Statement& row) {
        return each(static_cast<DocumentNumber>(row.Int(0)), row.Text(1));
      },
      after);
}

}  // namespace consilience::ingest
