// Lists of claims and questions, from the indexes of the embedded store.
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "services/corroboration/model/names.h"
#include "services/corroboration/store/codec.h"
#include "services/corroboration/store/sqlite_queries.h"

namespace consilience::corroboration {
namespace {

using common::MutexLock;

constexpr int kFilledInAtOnce = 1000;

// Index of the claims of one state in an order.
constexpr std::string_view IndexOf(ClaimOrder order) {
  switch (order) {
    case ClaimOrder::kScoreDescending:
      return "claim_by_state";
    case ClaimOrder::kScore:
      return "claim_by_state_score_up";
    case ClaimOrder::kEffectiveDescending:
      return "claim_by_state_effective";
    case ClaimOrder::kUpdateTimeDescending:
      return "claim_by_state_update";
    case ClaimOrder::kFrom:
      return "claim_by_state_from";
  }
  return "claim_by_state";
}

// The claims after the cursor. `index` by name, so that the choice does not hang on statistics. ?2
// and ?3 are the cursor, ?4 is the value of a facet. Without a cursor there is no condition: "or
// the cursor is empty" would read everything before it.
std::string ScanSql(std::string_view index, std::string_view where, ClaimOrder order,
                    const Cursor& after) {
  const std::string_view column = ColumnOf(order);
  const std::string later =
      after.id.empty() ? std::string() : fmt::format(" AND ({}, id) > (?2, ?3)", column);
  return fmt::format("SELECT record, {0}, id FROM claim INDEXED BY {1} WHERE project = ?1{2}{3}",
                     column, index, where, later);
}

constexpr std::string_view kInOrder = " ORDER BY 2, 3";

// Claims of all states, merged from the index that has them by state.
std::string MergeSql(std::string_view where, ClaimOrder order, const Cursor& after) {
  std::vector<std::string> states = ClaimStateNames();
  states.emplace_back(NameOf(ClaimState::kUnspecified));
  std::string sql;
  for (const std::string& state : states) {
    if (!sql.empty()) sql += " UNION ALL ";
    sql += ScanSql(IndexOf(order), fmt::format(" AND state = '{}'{}", state, where), order, after);
  }
  return sql.append(kInOrder);
}

}  // namespace

template <typename... Values>
absl::Status SqliteStore::VisitClaimRows(std::string_view sql,
                                         const std::function<bool(const ClaimRow&)>& visit,
                                         const Values&... values) {
  const auto statement = Prepared(sql);
  if (!statement.ok()) return statement.status();
  (*statement)->Bind(kProject, values...);
  while (true) {
    const auto row = (*statement)->Step();
    if (!row.ok()) return row.status();
    if (!*row) return absl::OkStatus();
    const auto claim = DecodeClaimRow((*statement)->Text(0));
    if (!claim) return common::StoreCorrupt(database_.path(), "a claim cannot be read back");
    if (!visit(*claim)) break;
  }
  (*statement)->Rewind();
  return absl::OkStatus();
}

absl::Status SqliteStore::ScanClaims(ClaimOrder order, const Cursor& after,
                                     const std::function<bool(const ClaimRow&)>& visit) {
  const MutexLock lock(mutex_);
  const std::string sql = MergeSql("", order, after);
  if (after.id.empty()) return VisitClaimRows(sql, visit);
  return VisitClaimRows(sql, visit, after.value, after.id);
}

absl::Status SqliteStore::ScanClaimsWith(const FacetValue& with, ClaimOrder order,
                                         const Cursor& after,
                                         const std::function<bool(const ClaimRow&)>& visit) {
  const MutexLock lock(mutex_);
  const auto visit_all = [&](std::string sql) NO_THREAD_SAFETY_ANALYSIS {
    return VisitClaimRows(sql.append(kInOrder), visit, after.value, after.id, with.value);
  };
  if (with.facet == ClaimFacet::kState) {
    return visit_all(ScanSql(IndexOf(order), " AND state = ?4", order, after));
  }
  bool by_place = order == ClaimOrder::kScoreDescending;
  if (!by_place) {
    const auto some = Column(
        "SELECT id FROM claim INDEXED BY claim_by_place WHERE project = ?1 AND place = ?2 LIMIT ?3",
        with.value, kMostSorted + 1);
    if (!some.ok()) return some.status();
    by_place = some->size() <= kMostSorted;
  }
  constexpr std::string_view kAtPlace = " AND place = ?4";
  return by_place ? visit_all(ScanSql("claim_by_place", kAtPlace, order, after))
                  : VisitClaimRows(MergeSql(kAtPlace, order, after), visit, after.value, after.id,
                                   with.value);
}

absl::Status SqliteStore::FillInFacets() {
  const MutexLock lock(mutex_);
  while (true) {
    const auto rows = Records(&DecodeClaimRow,
                              "SELECT record FROM claim INDEXED BY claim_by_place "
                              "WHERE project = ? AND place IS NULL LIMIT ?",
                              kFilledInAtOnce);
    if (!rows.ok()) return rows.status();
    if (rows->empty()) return absl::OkStatus();
    const absl::Status status = database_.Transaction([&]() NO_THREAD_SAFETY_ANALYSIS {
      absl::Status filled;
      for (const ClaimRow& row : *rows) {
        filled.Update(Run("UPDATE claim SET state = ?3, place = ?4 WHERE project = ?1 AND id = ?2",
                          row.id, ValueOf(row, ClaimFacet::kState),
                          ValueOf(row, ClaimFacet::kPlace)));
      }
      return filled;
    });
    if (!status.ok()) return status;
  }
}

absl::StatusOr<std::vector<Cursor>> SqliteStore::QuestionsInOrder(QuestionOrder order,
                                                                  const Cursor& after,
                                                                  size_t limit) {
  const MutexLock lock(mutex_);
  const std::string_view column = ColumnOf(order);
  const std::string later =
      after.id.empty() ? std::string() : fmt::format(" AND ({}, id) > (?3, ?4)", column);
  const auto statement = Prepared(
      fmt::format("SELECT {0}, id FROM question INDEXED BY question_{0} WHERE project = ?1{1} "
                  "ORDER BY {0}, id LIMIT ?2",
                  column, later));
  if (!statement.ok()) return statement.status();
  if (after.id.empty()) {
    (*statement)->Bind(kProject, limit);
  } else {
    (*statement)->Bind(kProject, limit, after.value, after.id);
  }
  std::vector<Cursor> places;
  while (true) {
    const auto row = (*statement)->Step();
    if (!row.ok()) return row.status();
    if (!*row) return places;
    places.push_back({(*statement)->String(0), (*statement)->String(1)});
  }
}

absl::Status SqliteStore::FillInOrders() {
  const MutexLock lock(mutex_);
  while (true) {
    const auto questions = Records(&DecodeQuestion,
                                   "SELECT record FROM question INDEXED BY question_by_name "
                                   "WHERE project = ? AND by_name IS NULL LIMIT ?",
                                   kFilledInAtOnce);
    if (!questions.ok()) return questions.status();
    if (questions->empty()) return absl::OkStatus();
    const absl::Status status = database_.Transaction([&]() NO_THREAD_SAFETY_ANALYSIS {
      absl::Status filled;
      for (const QuestionRecord& question : *questions) {
        filled.Update(
            Run("UPDATE question SET by_from = ?3, by_name = ?4 WHERE project = ?1 AND id = ?2",
                question.id, SortValue(question, QuestionOrder::kFrom),
                SortValue(question, QuestionOrder::kDisplayName)));
      }
      return filled;
    });
    if (!status.ok()) return status;
  }
}

}  // namespace consilience::corroboration
