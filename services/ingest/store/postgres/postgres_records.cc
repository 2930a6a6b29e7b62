#include "services/ingest/store/postgres/postgres_records.h"

#include <limits>

#include "services/common/errors/catalogue.h"
#include "services/ingest/store/metadata_json.h"
#include "services/ingest/store/postgres/keys.h"
#include "services/ingest/store/postgres/times.h"
#include "services/ingest/store/reading_json.h"

#define DOCUMENT_COLUMNS                                                                       \
  "id, number, digest, text_bytes, format, language, metadata, canonical_url, state, reason, " \
  "superseded_by, supersedes, revision, create_us, update_us, external_id, version"

namespace consilience::ingest {

using common::postgres::Rows;

namespace {

absl::StatusOr<Document> DocumentAt(const Rows& rows, int row) {
  auto metadata = MetadataFromJson(rows.Text(row, 6));
  if (!metadata.ok()) return metadata.status();
  Document document;
  document.id = rows.String(row, 0);
  document.number = static_cast<DocumentNumber>(rows.Int(row, 1));
  document.digest = rows.String(row, 2);
  document.text_bytes = static_cast<uint64_t>(rows.Int(row, 3));
  document.format = rows.String(row, 4);
  document.language = rows.String(row, 5);
  document.metadata = *std::move(metadata);
  document.canonical_url = rows.String(row, 7);
  document.state = static_cast<State>(rows.Int(row, 8));
  document.reason = rows.String(row, 9);
  document.superseded_by = rows.String(row, 10);
  document.supersedes = rows.String(row, 11);
  document.revision = rows.Int(row, 12);
  document.create_time = FromMicros(rows.Int(row, 13));
  document.update_time = FromMicros(rows.Int(row, 14));
  document.external_id = rows.String(row, 15);
  document.version = rows.String(row, 16);
  return document;
}

absl::Status NoSuchDocument(std::string_view id) {
  return common::ResourceNotFound("document", "documents/" + std::string(id));
}

const char* ListSql(Order order) {
  switch (order) {
    case Order::kNewestFirst:
      return "SELECT " DOCUMENT_COLUMNS
             " FROM document WHERE project = $1 AND $2::text IS NOT NULL AND number < $3 "
             "ORDER BY number DESC LIMIT $4";
    case Order::kOldestFirst:
      return "SELECT " DOCUMENT_COLUMNS
             " FROM document WHERE project = $1 AND $2::text IS NOT NULL AND number > $3 "
             "ORDER BY number LIMIT $4";
    case Order::kDateAscending:
      return "SELECT " DOCUMENT_COLUMNS
             " FROM document WHERE project = $1 AND (publication_date, number) > ($2, $3) "
             "ORDER BY publication_date, number LIMIT $4";
    case Order::kDateDescending:
      break;
  }
  return "SELECT " DOCUMENT_COLUMNS
         " FROM document WHERE project = $1 AND (publication_date, number) < ($2, $3) "
         "ORDER BY publication_date DESC, number DESC LIMIT $4";
}

// Before the first document in that order.
Cursor StartOf(Order order) {
  const bool ascending = order == Order::kOldestFirst || order == Order::kDateAscending;
  if (ascending) return {"", 0};
  return {"~", std::numeric_limits<DocumentNumber>::max()};  // '~' sorts behind every date
}

}  // namespace

absl::Status PostgresRecords::TakeTurn() {
  if (has_turn_ || !transaction_.writes()) return absl::OkStatus();
  const auto rows =
      transaction_.Query("SELECT next_number FROM turn WHERE project = $1 FOR UPDATE");
  if (!rows.ok()) return rows.status();
  next_number_ = rows->Int(0, 0);
  has_turn_ = true;
  return absl::OkStatus();
}

absl::Status PostgresRecords::Settle() {
  if (inserted_) {
    transaction_.Later("UPDATE turn SET next_number = $2 WHERE project = $1", next_number_);
  }
  return passages_.Finish();
}

template <typename... Values>
absl::StatusOr<std::optional<std::string>> PostgresRecords::OneText(const char* sql,
                                                                    const Values&... values) {
  const auto rows = Ask(sql, values...);
  if (!rows.ok()) return rows.status();
  return rows->empty() ? std::nullopt : std::optional(rows->String(0, 0));
}

absl::StatusOr<std::optional<Document>> PostgresRecords::Find(std::string_view id) {
  const auto rows =
      Ask("SELECT " DOCUMENT_COLUMNS " FROM document WHERE project = $1 AND id = $2", id);
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return std::nullopt;
  auto document = DocumentAt(*rows, 0);
  if (!document.ok()) return document.status();
  return *std::move(document);
}

absl::StatusOr<Document> PostgresRecords::Get(std::string_view id) {
  auto found = Find(id);
  if (!found.ok()) return found.status();
  if (!found->has_value()) return NoSuchDocument(id);
  return **std::move(found);
}

absl::StatusOr<std::optional<std::string>> PostgresRecords::FindByUrl(std::string_view url) {
  if (url.empty()) return std::optional<std::string>();
  return OneText(
      "SELECT id FROM document WHERE project = $1 AND url_key = $2 AND url_key <> '' "
      "AND canonical_url = $3 AND superseded_by = '' ORDER BY number LIMIT 1",
      KeyOf(url), url);
}

absl::StatusOr<std::optional<std::string>> PostgresRecords::FindByExternalId(
    std::string_view external_id) {
  if (external_id.empty()) return std::optional<std::string>();
  return OneText(
      "SELECT id FROM document WHERE project = $1 AND external_key = $2 AND external_key <> '' "
      "AND external_id = $3 AND superseded_by = '' ORDER BY number LIMIT 1",
      KeyOf(external_id), external_id);
}

absl::StatusOr<std::optional<std::string>> PostgresRecords::FindByNumber(DocumentNumber number) {
  return OneText("SELECT id FROM document WHERE project = $1 AND number = $2", number);
}

absl::StatusOr<std::string> PostgresRecords::Text(std::string_view id) {
  auto text = OneText(
      "SELECT text FROM document_text t WHERE t.project = $1 AND t.number = "
      "(SELECT number FROM document WHERE project = $1 AND id = $2)",
      id);
  if (!text.ok()) return text.status();
  if (!text->has_value()) return NoSuchDocument(id);
  return **std::move(text);
}

absl::StatusOr<Reading> PostgresRecords::ReadingOf(std::string_view id) {
  const auto stored = OneText(
      "SELECT reading FROM document_reading r WHERE r.project = $1 AND r.number = "
      "(SELECT number FROM document WHERE project = $1 AND id = $2)",
      id);
  if (!stored.ok()) return stored.status();
  return stored->has_value() ? ReadingFromJson(**stored) : Reading();
}

absl::StatusOr<std::vector<Document>> PostgresRecords::List(Order order,
                                                            const std::optional<Cursor>& after,
                                                            size_t limit) {
  const Cursor from = after.has_value() ? *after : StartOf(order);
  const auto rows = Ask(ListSql(order), from.date, from.number, limit);
  if (!rows.ok()) return rows.status();
  std::vector<Document> documents;
  for (int i = 0; i < rows->size(); ++i) {
    auto document = DocumentAt(*rows, i);
    if (!document.ok()) return document.status();
    documents.push_back(*std::move(document));
  }
  return documents;
}

absl::StatusOr<std::vector<Appearance>> PostgresRecords::Appearances(std::string_view id) {
  const auto rows =
      Ask("SELECT outlet, url, publication_date, create_us FROM appearance "
          "WHERE project = $1 AND document = $2 ORDER BY create_us, outlet, url, publication_date",
          id);
  if (!rows.ok()) return rows.status();
  std::vector<Appearance> appearances;
  appearances.reserve(static_cast<size_t>(rows->size()));
  for (int i = 0; i < rows->size(); ++i) {
    appearances.push_back(
        {rows->String(i, 0), rows->String(i, 1), rows->String(i, 2), FromMicros(rows->Int(i, 3))});
  }
  return appearances;
}

absl::Status PostgresRecords::Insert(Document& document, std::string_view text) {
  if (absl::Status status = TakeTurn(); !status.ok()) return status;
  document.number = static_cast<DocumentNumber>(next_number_++);
  inserted_ = true;
  if (IsWithdrawn(document.state)) passages_.LeaveOut(document.number);
  transaction_.Later("INSERT INTO document_text(project, number, text) VALUES ($1, $2, $3)",
                     document.number, text);
  transaction_.Later(
      "INSERT INTO document(project, " DOCUMENT_COLUMNS
      ", publication_date, url_key, external_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
      "$10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
      document.id, document.number, document.digest, document.text_bytes, document.format,
      document.language, MetadataToJson(document.metadata), document.canonical_url,
      static_cast<int>(document.state), document.reason, document.superseded_by,
      document.supersedes, document.revision, ToMicros(document.create_time),
      ToMicros(document.update_time), document.external_id, document.version,
      document.metadata.publication_date.value, KeyOf(document.canonical_url),
      KeyOf(document.external_id));
  return absl::OkStatus();
}

absl::Status PostgresRecords::AddReading(const Document& document, const Reading& reading) {
  if (reading.empty()) return absl::OkStatus();
  transaction_.Later("INSERT INTO document_reading(project, number, reading) VALUES ($1, $2, $3)",
                     document.number, ReadingToJson(reading));
  return absl::OkStatus();
}

absl::Status PostgresRecords::Update(const Document& document) {
  if (absl::Status status = TakeTurn(); !status.ok()) return status;
  transaction_.Later(
      "UPDATE document SET metadata = $3, publication_date = $4, canonical_url = $5, "
      "url_key = $6, state = $7, reason = $8, superseded_by = $9, supersedes = $10, "
      "revision = $11, update_us = $12 WHERE project = $1 AND id = $2",
      document.id, MetadataToJson(document.metadata), document.metadata.publication_date.value,
      document.canonical_url, KeyOf(document.canonical_url), static_cast<int>(document.state),
      document.reason, document.superseded_by, document.supersedes, document.revision,
      ToMicros(document.update_time));
  return absl::OkStatus();
}

absl::Status PostgresRecords::EraseText(std::string_view id) {
  const auto document = Get(id);
  if (!document.ok()) return document.status();
  transaction_.Later("UPDATE document_text SET text = '' WHERE project = $1 AND number = $2",
                     document->number);
  transaction_.Later("DELETE FROM document_reading WHERE project = $1 AND number = $2",
                     document->number);
  return absl::OkStatus();
}

absl::Status PostgresRecords::AddAppearance(std::string_view id, const Appearance& appearance) {
  if (absl::Status status = TakeTurn(); !status.ok()) return status;
  transaction_.Later(
      "INSERT INTO appearance(project, document, place_key, outlet, url, publication_date, "
      "create_us) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
      id, PlaceKey(appearance.outlet, appearance.url, appearance.publication_date),
      appearance.outlet, appearance.url, appearance.publication_date,
      ToMicros(appearance.create_time));
  return absl::OkStatus();
}

}  // namespace consilience::ingest
