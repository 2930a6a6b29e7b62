#include "services/corroboration/store/layout.h"

#include <string>
#include <utility>
#include <vector>

#include "services/corroboration/store/postgres_schema.h"
#include "services/corroboration/store/postgres_tables.h"
#include "services/corroboration/store/sqlite_schema.h"

namespace consilience::corroboration {
namespace {

using common::transfer::Column;
using common::transfer::Layout;
using common::transfer::PlainTable;
using common::transfer::Row;
using common::transfer::Table;
using enum common::transfer::Kind;

Table Plain(std::string_view name, std::vector<Column> columns, std::string_view key) {
  return PlainTable(kPostgresSchema, name, std::move(columns), key);
}

// PostgreSQL has the start of a name beside it, because an index entry is bounded there.
Table Sources() {
  Table table = Plain(
      "source",
      {{"id", kBytes}, {"display_name", kBytes}, {"curated", kNumber}, {"record", kBytes}}, "id");
  table.postgres_select =
      "SELECT id, name, (CASE WHEN curated THEN 1 ELSE 0 END)::bigint, record "
      "FROM consilience_corroboration.source WHERE project = 'default' ORDER BY id";
  table.postgres_columns =
      "consilience_corroboration.source(project, id, name, curated, record, name_start)";
  table.for_postgres = [](Row& row) {
    row[2] = std::string(1, std::get<int64_t>(row[2]) != 0 ? '\1' : '\0');
    row.emplace_back(std::string(NameStart(std::get<std::string>(row[1]))));
  };
  return table;
}

Table History() {
  Table table = Plain("history", {{"begins_us", kNumber}}, "project");
  table.seeded = true;
  return table;
}

std::vector<Table> Tables() {
  return {
      Plain("question",
            {{"id", kBytes}, {"by_from", kBytes}, {"by_name", kBytes}, {"record", kBytes}}, "id"),
      Plain("question_key", {{"key", kNumber}, {"question", kBytes}}, "key, question"),
      Plain("question_document", {{"document", kBytes}, {"question", kBytes}},
            "document, question"),
      Plain("question_source", {{"source", kBytes}, {"question", kBytes}}, "source, question"),
      Plain("claim",
            {{"id", kBytes},
             {"question", kBytes},
             {"by_score", kBytes},
             {"by_score_up", kBytes},
             {"by_effective", kBytes},
             {"by_update", kBytes},
             {"by_from", kBytes},
             {"state", kBytes},
             {"place", kBytes},
             {"record", kBytes}},
            "id"),
      Plain("alias", {{"old_id", kBytes}, {"new_id", kBytes}}, "old_id"),
      Plain("alias_history", {{"old_id", kBytes}, {"time_us", kNumber}, {"new_id", kBytes}},
            "old_id, time_us, new_id"),
      Plain("document", {{"id", kBytes}, {"record", kBytes}}, "id"),
      Sources(),
      Plain("source_version", {{"id", kBytes}, {"time_us", kNumber}, {"record", kBytes}},
            "id, time_us"),
      Plain("source_count",
            {{"source", kBytes}, {"family", kBytes}, {"correct", kNumber}, {"wrong", kNumber}},
            "source, family"),
      Plain("source_pair",
            {{"first", kBytes},
             {"second", kBytes},
             {"family", kBytes},
             {"same_true", kNumber},
             {"same_false", kNumber},
             {"different", kNumber}},
            "first, second, family"),
      Plain("unsettled_source", {{"source", kBytes}}, "source"),
      Plain("revision", {{"id", kBytes}, {"claim", kBytes}, {"record", kBytes}}, "id"),
      Plain("review", {{"id", kBytes}, {"claim", kBytes}, {"record", kBytes}}, "id"),
      Plain("decision", {{"document", kBytes}, {"assertion", kBytes}, {"record", kBytes}},
            "document, assertion"),
      Plain("question_version",
            {{"time_us", kNumber}, {"id", kBytes}, {"question", kBytes}, {"record", kBytes}},
            "time_us, id"),
      Plain("claim_home", {{"claim", kBytes}, {"question", kBytes}}, "claim"),
      History(),
  };
}

// What was learned since sources were settled is not moved: their questions are looked at again.
absl::Status Derive(common::postgres::Connection& connection) {
  return connection.Run(
      "INSERT INTO unsettled_question(project, id) SELECT DISTINCT q.project, q.question "
      "FROM question_source q JOIN unsettled_source u "
      "ON u.project = q.project AND u.source = q.source");
}

}  // namespace

const Layout& StoreLayout() {
  static const auto* const layout = new Layout{
      .name = "corroboration",
      .sqlite_file = "corroboration.db",
      .sqlite_migrations = Migrations(),
      .postgres_schema = kPostgresSchema,
      .postgres_migrations = PostgresMigrations(),
      .tables = Tables(),
      // Words of documents are found again when the store is opened.
      .left_out = {"turn", "lease", "unsettled_count", "unsettled_pair", "unsettled_question",
                   "search_text", "search_index", "search_index_data", "search_index_idx",
                   "search_index_config", "search_mark"},
      .derive = &Derive,
  };
  return *layout;
}

}  // namespace consilience::corroboration
