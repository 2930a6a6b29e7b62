#include "services/ingest/store/layout.h"

#include <algorithm>
#include <utility>

#include "services/ingest/model/document.h"
#include "services/ingest/passages/fingerprints.h"
#include "services/ingest/passages/words.h"
#include "services/ingest/store/postgres/keys.h"
#include "services/ingest/store/postgres/postgres_passage_index.h"
#include "services/ingest/store/postgres/schema.h"
#include "services/ingest/store/postgres/transaction.h"
#include "services/ingest/store/sqlite/schema.h"

namespace consilience::ingest {
namespace {

using common::transfer::Column;
using common::transfer::Layout;
using common::transfer::PlainTable;
using common::transfer::Row;
using common::transfer::Table;
using enum common::transfer::Kind;

// Documents whose passages are indexed at a time.
constexpr int64_t kIndexedAtOnce = 100;

std::string TextOf(const Row& row, const Table& table, std::string_view column) {
  const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                  [&](const Column& each) { return each.name == column; });
  return std::get<std::string>(row[static_cast<size_t>(found - table.columns.begin())]);
}

// Columns that only PostgreSQL has, at the end: `make` gives their values.
template <typename Make>
Table WithColumns(Table table, std::string_view names, Make make) {
  table.postgres_columns.pop_back();
  table.postgres_columns += ", " + std::string(names) + ")";
  table.for_postgres = [plain = table, make](Row& row) {
    for (std::string& value : make(row, plain)) row.emplace_back(std::move(value));
  };
  return table;
}

Table Documents() {
  return WithColumns(PlainTable(kPostgresSchema, "document",
                                {{"number", kNumber},
                                 {"id", kBytes},
                                 {"digest", kBytes},
                                 {"text_bytes", kNumber},
                                 {"format", kBytes},
                                 {"language", kBytes},
                                 {"metadata", kBytes},
                                 {"publication_date", kBytes},
                                 {"canonical_url", kBytes},
                                 {"external_id", kBytes},
                                 {"version", kBytes},
                                 {"state", kNumber},
                                 {"reason", kBytes},
                                 {"superseded_by", kBytes},
                                 {"supersedes", kBytes},
                                 {"revision", kNumber},
                                 {"create_us", kNumber},
                                 {"update_us", kNumber}},
                                "number"),
                     "url_key, external_key", [](const Row& row, const Table& table) {
                       return std::vector<std::string>{KeyOf(TextOf(row, table, "canonical_url")),
                                                       KeyOf(TextOf(row, table, "external_id"))};
                     });
}

// In SQLite such a table is of one project.
Table ByNumber(std::string_view name, std::string_view column) {
  const std::string table_name(name);
  const std::string text(column);
  Table table = PlainTable(kPostgresSchema, name, {{"number", kNumber}, {text, kBytes}}, "number");
  table.sqlite_select = "SELECT number, " + text + " FROM " + table_name + " ORDER BY number";
  table.sqlite_insert = "INSERT INTO " + table_name + "(number, " + text + ") VALUES (?, ?)";
  return table;
}

Table Appearances() {
  return WithColumns(PlainTable(kPostgresSchema, "appearance",
                                {{"document", kBytes},
                                 {"outlet", kBytes},
                                 {"url", kBytes},
                                 {"publication_date", kBytes},
                                 {"create_us", kNumber}},
                                "document, outlet, url, publication_date"),
                     "place_key", [](const Row& row, const Table& table) {
                       return std::vector<std::string>{
                           PlaceKey(TextOf(row, table, "outlet"), TextOf(row, table, "url"),
                                    TextOf(row, table, "publication_date"))};
                     });
}

// SQLite has the document's number where PostgreSQL has its id.
Table Work() {
  Table table = WithColumns(PlainTable(kPostgresSchema, "work",
                                       {{"document", kBytes},
                                        {"generation", kNumber},
                                        {"state", kNumber},
                                        {"attempts", kNumber},
                                        {"accepted_us", kNumber},
                                        {"due_us", kNumber},
                                        {"last_attempt_us", kNumber},
                                        {"reason", kBytes}},
                                       "document"),
                            "owner", [](const Row& /*row*/, const Table& /*table*/) {
                              return std::vector<std::string>{""};
                            });
  const std::string released =
      "generation, CASE WHEN w.state = 1 THEN 0 ELSE w.state END, attempts, accepted_us, "
      "CASE WHEN w.state = 1 THEN accepted_us ELSE due_us END, last_attempt_us, w.reason ";
  table.sqlite_select = "SELECT d.id, " + released +
                        "FROM work w JOIN document d USING (project, number) "
                        "WHERE project = 'default' ORDER BY d.id";
  table.postgres_select = "SELECT document, " + released + "FROM " + kPostgresSchema +
                          ".work w WHERE project = 'default' ORDER BY document";
  table.sqlite_insert =
      "INSERT INTO work(project, number, generation, state, attempts, accepted_us, due_us, "
      "last_attempt_us, reason) SELECT project, number, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM document "
      "WHERE project = 'default' AND id = ?1";
  return table;
}

absl::Status IndexPassages(common::postgres::Connection& connection) {
  Transaction transaction(connection, true);
  PostgresPassageIndex passages(transaction);
  DocumentNumber last = 0;
  while (true) {
    const auto texts = transaction.Query(
        "SELECT d.number, t.text FROM document d JOIN document_text t "
        "ON t.project = d.project AND t.number = d.number "
        "WHERE d.project = $1 AND d.number > $2 AND d.state < $3 ORDER BY d.number LIMIT $4",
        last, static_cast<int>(State::kSuperseded), kIndexedAtOnce);
    if (!texts.ok()) return texts.status();
    if (texts->empty()) return absl::OkStatus();
    for (int i = 0; i < texts->size(); ++i) {
      last = static_cast<DocumentNumber>(texts->Int(i, 0));
      absl::Status status = passages.Add(last, Winnow(FindWords(texts->Text(i, 1))));
      if (!status.ok()) return status;
    }
    if (absl::Status status = passages.Finish(); !status.ok()) return status;
  }
}

absl::Status Derive(common::postgres::Connection& connection) {
  absl::Status status = connection.Run(
      "UPDATE turn SET next_number = (SELECT coalesce(max(number), 0) + 1 FROM document_text "
      "WHERE project = $1) WHERE project = $1",
      kPostgresProject);
  return status.ok() ? IndexPassages(connection) : status;
}

}  // namespace

const Layout& StoreLayout() {
  static const auto* const layout = new Layout{
      .name = "ingest",
      .sqlite_file = "ingest.db",
      .sqlite_migrations = IngestMigrations(),
      .postgres_schema = kPostgresSchema,
      .postgres_migrations = PostgresMigrations(),
      .tables = {Documents(), ByNumber("document_text", "text"),
                 ByNumber("document_reading", "reading"), Appearances(), Work()},
      .left_out = {"turn", "replica", "posting", "posting_set"},
      .derive = &Derive,
  };
  return *layout;
}

}  // namespace consilience::ingest
