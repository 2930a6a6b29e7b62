// Lists of claims and questions, from the indexes of a PostgreSQL store.
#include <fmt/format.h>

#include "services/corroboration/store/codec.h"
#include "services/corroboration/store/postgres_queries.h"

namespace consilience::corroboration {
namespace {

using common::postgres::Connection;

// Rows that a scan takes at a time, all out of one snapshot.
constexpr int64_t kScanned = 500;
constexpr int64_t kFilledInAtOnce = 1000;

// $2 is how many rows, $3 and $4 are the cursor, the last is the value of a facet.
std::string ScanSql(const std::string& where, ClaimOrder order, const Cursor& after) {
  const std::string_view column = ColumnOf(order);
  const std::string later =
      after.id.empty() ? std::string() : fmt::format(" AND ({}, id) > ($3, $4)", column);
  return fmt::format(
      "SELECT record, {0}, id FROM claim WHERE project = $1{1}{2} ORDER BY {0}, id LIMIT $2",
      column, where, later);
}

}  // namespace

template <typename Fetch>
absl::Status PostgresStore::VisitClaimRows(Cursor at, const Fetch& fetch,
                                           const std::function<bool(const ClaimRow&)>& visit) {
  return pool_.Read([&](Connection& connection) -> absl::Status {
    while (true) {
      const auto rows = fetch(connection, at);
      if (!rows.ok()) return rows.status();
      for (int i = 0; i < rows->size(); ++i) {
        const auto claim = DecodeClaimRow(rows->Text(i, 0));
        if (!claim) return common::StoreCorrupt(pool_.store(), "a claim cannot be read back");
        at = {rows->String(i, 1), rows->String(i, 2)};
        if (!visit(*claim)) return absl::OkStatus();
      }
      if (rows->size() < kScanned) return absl::OkStatus();
    }
  });
}

absl::Status PostgresStore::ScanClaims(ClaimOrder order, const Cursor& after,
                                       const std::function<bool(const ClaimRow&)>& visit) {
  const auto query = [&](Connection& connection, const Cursor& at) {
    const std::string sql = ScanSql("", order, at);
    return at.id.empty() ? connection.Query(sql, kProject, kScanned)
                         : connection.Query(sql, kProject, kScanned, at.value, at.id);
  };
  return VisitClaimRows(after, query, visit);
}

// Whether few have the value, so that they are better sorted than met on the way, is known to the
// database's statistics.
absl::Status PostgresStore::ScanClaimsWith(const FacetValue& with, ClaimOrder order,
                                           const Cursor& after,
                                           const std::function<bool(const ClaimRow&)>& visit) {
  const auto query = [&](Connection& connection, const Cursor& at) {
    const int place = at.id.empty() ? 3 : 5;
    const std::string where = fmt::format(" AND {} = ${}", ColumnOf(with.facet), place);
    const std::string sql = ScanSql(where, order, at);
    return at.id.empty() ? connection.Query(sql, kProject, kScanned, with.value)
                         : connection.Query(sql, kProject, kScanned, at.value, at.id, with.value);
  };
  return VisitClaimRows(after, query, visit);
}

absl::Status PostgresStore::FillInFacets() {
  while (true) {
    int64_t found = 0;
    const absl::Status status = pool_.Write([&](Connection& connection) -> absl::Status {
      const auto rows = connection.Query(
          "SELECT record FROM claim WHERE project = $1 AND place IS NULL LIMIT $2 FOR UPDATE",
          kProject, kFilledInAtOnce);
      if (!rows.ok()) return rows.status();
      found = rows->size();
      common::postgres::Batch batch;
      for (int i = 0; i < rows->size(); ++i) {
        const auto row = DecodeClaimRow(rows->Text(i, 0));
        if (!row) return common::StoreCorrupt(pool_.store(), "a claim cannot be read back");
        batch.Add("UPDATE claim SET state = $3, place = $4 WHERE project = $1 AND id = $2",
                  kProject, row->id, ValueOf(*row, ClaimFacet::kState),
                  ValueOf(*row, ClaimFacet::kPlace));
      }
      return batch.empty() ? absl::OkStatus() : connection.Run(batch);
    });
    if (!status.ok() || found == 0) return status;
  }
}

absl::StatusOr<std::vector<Cursor>> PostgresStore::QuestionsInOrder(QuestionOrder order,
                                                                    const Cursor& after,
                                                                    size_t limit) {
  const std::string_view column = ColumnOf(order);
  const std::string later =
      after.id.empty() ? std::string() : fmt::format(" AND ({}, id) > ($3, $4)", column);
  const std::string sql =
      fmt::format("SELECT {0}, id FROM question WHERE project = $1{1} ORDER BY {0}, id LIMIT $2",
                  column, later);
  const auto most = static_cast<int64_t>(limit);
  const auto rows = after.id.empty() ? Query(sql, most) : Query(sql, most, after.value, after.id);
  if (!rows.ok()) return rows.status();
  std::vector<Cursor> places;
  for (int i = 0; i < rows->size(); ++i) places.push_back({rows->String(i, 0), rows->String(i, 1)});
  return places;
}

absl::Status PostgresStore::FillInOrders() {
  while (true) {
    int64_t found = 0;
    const absl::Status status = pool_.Write([&](Connection& connection) -> absl::Status {
      const auto rows = connection.Query(
          "SELECT record FROM question WHERE project = $1 AND by_name IS NULL LIMIT $2 FOR UPDATE",
          kProject, kFilledInAtOnce);
      if (!rows.ok()) return rows.status();
      found = rows->size();
      common::postgres::Batch batch;
      for (int i = 0; i < rows->size(); ++i) {
        const auto question = DecodeQuestion(rows->Text(i, 0));
        if (!question) return common::StoreCorrupt(pool_.store(), "a question cannot be read back");
        batch.Add("UPDATE question SET by_from = $3, by_name = $4 WHERE project = $1 AND id = $2",
                  kProject, question->id, SortValue(*question, QuestionOrder::kFrom),
                  SortValue(*question, QuestionOrder::kDisplayName));
      }
      return batch.empty() ? absl::OkStatus() : connection.Run(batch);
    });
    if (!status.ok() || found == 0) return status;
  }
}

}  // namespace consilience::corroboration
