#include "services/corroboration/store/postgres_store.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "services/common/errors/catalogue.h"
#include "services/common/time/clock.h"
#include "services/common/time/ids.h"
#include "services/corroboration/store/codec.h"
#include "services/corroboration/store/postgres_learned.h"
#include "services/corroboration/store/postgres_queries.h"
#include "services/corroboration/store/postgres_schema.h"
#include "services/corroboration/store/postgres_tables.h"
#include "services/corroboration/store/postgres_turn.h"

namespace consilience::corroboration {
namespace {

using common::postgres::Batch;
using common::postgres::Connection;
using common::postgres::PoolOptions;
using common::postgres::Rows;
using common::postgres::Target;

// Rows that a scan takes at a time, all out of one snapshot. A scan whose connection goes is taken
// up where it was.
constexpr int64_t kScanned = 500;

// The id that $2 leads to, in the common table "present" (one row, column id). The chain of earlier
// ids ends where one is in use, or is an alias no more; circles end with the depth.
#define CONSILIENCE_PRESENT                                                         \
  "WITH RECURSIVE chain(id, depth) AS (SELECT $2::text COLLATE \"C\", 0 UNION ALL " \
  "SELECT a.new_id, c.depth + 1 FROM chain c JOIN alias a ON a.project = $1 AND "   \
  "a.old_id = c.id WHERE c.depth < 64 "                                             \
  "AND NOT EXISTS (SELECT 1 FROM question q WHERE q.project = $1 AND q.id = c.id) " \
  "AND NOT EXISTS (SELECT 1 FROM claim l WHERE l.project = $1 AND l.id = c.id)), "  \
  "present AS (SELECT id FROM chain ORDER BY depth DESC LIMIT 1) "

}  // namespace

PostgresStore::PostgresStore(const Target& target, PoolOptions options)
    : learned_(std::make_unique<LearnedInTurn>()),
      pool_(target, std::move(options)),
      holder_(common::UuidV7Generator(common::RealClock()).Next()) {}

PostgresStore::~PostgresStore() = default;

absl::StatusOr<std::unique_ptr<PostgresStore>> PostgresStore::Open(const Target& target,
                                                                   PoolOptions options) {
  options.session.schema = kPostgresSchema;
  std::unique_ptr<PostgresStore> store(new PostgresStore(target, std::move(options)));
  const absl::Status status = Migrate(store->pool_, kPostgresSchema, PostgresMigrations());
  if (!status.ok()) return status;
  absl::Status filled = store->FillInFacets();
  if (filled.ok()) filled = store->FillInOrders();
  if (filled.ok()) filled = store->FillInTexts();
  if (!filled.ok()) return filled;
  return store;
}

absl::Status PostgresStore::Exclusively(const std::function<absl::Status(const Shared&)>& work) {
  const common::MutexLock one_of_this_process(turn_mutex_);
  const auto in_turn = [&](Connection& connection) -> absl::Status {
    const auto turn = connection.QueryLast(TakeTurn());
    if (!turn.ok()) return turn.status();
    const Shared shared{turn->Int(0, 0), turn->String(0, 1), turn->Int(0, 2)};
    learned_->Begin(connection, turn->Int(0, 3));
    const TurnScope scope(this, &connection, learned_.get());
    return work(shared);
  };
  bool written = false;
  const absl::Cleanup end = [&] { learned_->End(written); };  // also of work that throws
  absl::Status status = common::Observed(observer(), "write", [&] { return pool_.Write(in_turn); });
  written = status.ok();
  return status;
}

absl::Status PostgresStore::Apply(const ChangeSet& changes) {
  if (Connection* const turn = TurnOf(this)) {
    auto& questions = *held_turn.questions;
    const absl::Status applied = ApplyOn(*turn, changes, questions);
    if (!applied.ok()) return applied;
    held_turn.learned->Add(changes);
    for (const std::string& id : changes.delete_questions) questions.erase(id);
    for (const QuestionPtr& question : changes.put_questions) questions[question->id] = question;
    return applied;
  }
  return Exclusively([&](const Shared& /*shared*/) { return Apply(changes); });
}

absl::StatusOr<Rows> PostgresStore::Ask(
    const std::function<absl::StatusOr<Rows>(Connection&)>& query) {
  if (Connection* const turn = TurnOf(this)) return query(*turn);
  Rows rows;
  const absl::Status status = pool_.Once([&](Connection& connection) -> absl::Status {
    auto found = query(connection);
    if (!found.ok()) return found.status();
    rows = *std::move(found);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return rows;
}

absl::StatusOr<std::vector<Rows>> PostgresStore::AskEach(const Batch& batch) {
  if (Connection* const turn = TurnOf(this)) return turn->QueryEach(batch);
  std::vector<Rows> rows;
  const absl::Status status = pool_.Once([&](Connection& connection) -> absl::Status {
    auto found = connection.QueryEach(batch);
    if (!found.ok()) return found.status();
    rows = *std::move(found);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return rows;
}

absl::StatusOr<std::vector<QuestionPtr>> PostgresStore::Met(std::vector<QuestionRecord> records) {
  std::vector<QuestionPtr> questions;
  std::set<std::string> sources;
  for (QuestionRecord& record : records) {
    for (const auto& [source, use] : record.beliefs.sources) sources.insert(source);
    questions.push_back(std::make_shared<const QuestionRecord>(std::move(record)));
    if (TurnOf(this) != nullptr) (*held_turn.questions)[questions.back()->id] = questions.back();
  }
  // Whoever reads questions in a turn is about to score them.
  if (LearnedInTurn* const learned = LearnedOf(this)) {
    if (absl::Status status = learned->Meet(sources); !status.ok()) return status;
  }
  return questions;
}

template <typename... Values>
absl::StatusOr<std::vector<QuestionPtr>> PostgresStore::Questions(std::string_view sql,
                                                                  const Values&... values) {
  auto records = Records(&DecodeQuestion, sql, values...);
  if (!records.ok()) return records.status();
  return Met(*std::move(records));
}

template <typename... Values>
absl::StatusOr<QuestionPtr> PostgresStore::OneQuestion(std::string_view sql,
                                                       const Values&... values) {
  auto found = Questions(sql, values...);
  if (!found.ok()) return found.status();
  return found->empty() ? nullptr : std::move(found->front());
}

absl::StatusOr<int64_t> PostgresStore::SourcesVersion() {
  const auto rows = Query("SELECT sources_version FROM turn WHERE project = $1");
  if (!rows.ok()) return rows.status();
  return rows->Int(0, 0);
}

absl::StatusOr<bool> PostgresStore::HoldLease(std::string_view name, absl::Duration duration) {
  // By the database's clock, which all replicas share.
  const auto rows = Query(
      "INSERT INTO lease(project, name, holder, until_us) "
      "VALUES ($1, $2, $3, (extract(epoch FROM now()) * 1000000)::bigint + $4) "
      "ON CONFLICT (project, name) DO UPDATE "
      "SET holder = excluded.holder, until_us = excluded.until_us "
      "WHERE lease.holder = excluded.holder "
      "OR lease.until_us < (extract(epoch FROM now()) * 1000000)::bigint RETURNING holder",
      name, holder_, absl::ToInt64Microseconds(duration));
  if (!rows.ok()) return rows.status();
  return !rows->empty();
}

absl::StatusOr<std::vector<QuestionPtr>> PostgresStore::QuestionsByKeys(
    const std::vector<uint64_t>& keys) {
  const std::vector<int64_t> bits(keys.begin(), keys.end());
  return Questions(
      "SELECT q.record FROM (SELECT DISTINCT k.question FROM unnest($2::bigint[]) AS asked(key), "
      "LATERAL (SELECT question FROM question_key WHERE project = $1 AND key = asked.key OFFSET 0) "
      "k) found, " CONSILIENCE_QUESTION_OF("found.question") " q ORDER BY q.id",
      bits);
}

absl::StatusOr<std::vector<QuestionPtr>> PostgresStore::QuestionsOfDocument(
    std::string_view document) {
  return Questions("SELECT q.record FROM question_document d, " CONSILIENCE_QUESTION_OF(
                       "d.question") " q WHERE d.project = $1 AND d.document = $2 ORDER BY q.id",
                   document);
}

absl::StatusOr<Surroundings> PostgresStore::SurroundingsOf(
    const std::vector<std::string>& documents, const std::vector<uint64_t>& keys) {
  Batch batch;
  batch.Add(
      "SELECT d.record FROM unnest($2::text[]) AS asked(id), LATERAL (SELECT record "
      "FROM document WHERE project = $1 AND id = asked.id OFFSET 0) d",
      kProject, documents);
  batch.Add(
      "SELECT d.record FROM unnest($2::text[]) AS asked(id), LATERAL "
      "(SELECT document, assertion, record FROM decision WHERE project = $1 "
      "AND document = asked.id OFFSET 0) d ORDER BY d.document, d.assertion",
      kProject, documents);
  batch.Add(
      "SELECT q.record FROM (SELECT k.question FROM unnest($3::bigint[]) AS asked(key), "
      "LATERAL (SELECT question FROM question_key WHERE project = $1 AND key = asked.key "
      "OFFSET 0) k UNION SELECT d.question FROM unnest($2::text[]) AS asked(id), "
      "LATERAL (SELECT question FROM question_document WHERE project = $1 "
      "AND document = asked.id OFFSET 0) d) found, " CONSILIENCE_QUESTION_OF(
          "found.question") " q ORDER BY q.id",
      kProject, documents, std::vector<int64_t>(keys.begin(), keys.end()));
  const auto rows = AskEach(batch);
  if (!rows.ok()) return rows.status();
  auto recorded = Decoded(&DecodeDocument, (*rows)[0]);
  if (!recorded.ok()) return recorded.status();
  auto decisions = Decoded(&DecodeDecision, (*rows)[1]);
  if (!decisions.ok()) return decisions.status();
  auto records = Decoded(&DecodeQuestion, (*rows)[2]);
  if (!records.ok()) return records.status();
  auto questions = Met(*std::move(records));
  if (!questions.ok()) return questions.status();
  return Surroundings{*std::move(recorded), *std::move(decisions), *std::move(questions)};
}

absl::StatusOr<std::vector<std::string>> PostgresStore::QuestionsOfSource(std::string_view source) {
  return Column(
      "SELECT question FROM question_source WHERE project = $1 AND source = $2 ORDER BY question",
      source);
}

absl::StatusOr<QuestionPtr> PostgresStore::FindQuestion(std::string_view id) {
  return OneQuestion(CONSILIENCE_PRESENT
                     "SELECT record FROM question WHERE project = $1 "
                     "AND id = (SELECT id FROM present)",
                     id);
}

absl::StatusOr<std::vector<QuestionPtr>> PostgresStore::FindQuestions(
    const std::vector<std::string>& ids) {
  const auto present = Questions("SELECT q.record" CONSILIENCE_FROM_QUESTIONS, ids);
  if (!present.ok()) return present.status();
  std::map<std::string, QuestionPtr> by_id;
  for (const QuestionPtr& question : *present) by_id[question->id] = question;
  std::vector<QuestionPtr> questions;
  for (const std::string& id : ids) {
    // One that is not there may go by another id now.
    auto question = by_id.contains(id) ? by_id[id] : FindQuestion(id);
    if (!question.ok()) return question.status();
    questions.push_back(*std::move(question));
  }
  return questions;
}

absl::StatusOr<QuestionPtr> PostgresStore::QuestionOfClaim(std::string_view claim) {
  return OneQuestion(CONSILIENCE_PRESENT
                     "SELECT record FROM question WHERE project = $1 AND id = (SELECT question "
                     "FROM claim WHERE project = $1 AND id = (SELECT id FROM present))",
                     claim);
}

absl::StatusOr<std::string> PostgresStore::ResolveAlias(std::string_view id) {
  const auto present = Column(CONSILIENCE_PRESENT "SELECT id FROM present WHERE $1 <> ''", id);
  if (!present.ok()) return present.status();
  return present->front();
}

absl::StatusOr<std::vector<std::string>> PostgresStore::AliasesOf(std::string_view id) {
  return Column(
      "WITH RECURSIVE older(id) AS (SELECT old_id FROM alias WHERE project = $1 AND new_id = $2 "
      "UNION SELECT a.old_id FROM alias a JOIN older o ON a.new_id = o.id WHERE a.project = $1) "
      "SELECT o.id FROM older o WHERE o.id <> $2 "
      "AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.project = $1 AND c.id = o.id) "
      "AND NOT EXISTS (SELECT 1 FROM question q WHERE q.project = $1 AND q.id = o.id) "
      "ORDER BY o.id",
      id);
}

absl::Status PostgresStore::ScanQuestions(std::string_view after,
                                          const std::function<bool(const QuestionRecord&)>& visit) {
  std::string at(after);
  return pool_.Read([&](Connection& connection) -> absl::Status {
    while (true) {
      const auto rows = connection.Query(
          "SELECT record, id FROM question WHERE project = $1 AND id > $2 ORDER BY id LIMIT $3",
          kProject, at, kScanned);
      if (!rows.ok()) return rows.status();
      for (int i = 0; i < rows->size(); ++i) {
        const auto question = DecodeQuestion(rows->Text(i, 0));
        if (!question) return common::StoreCorrupt(pool_.store(), "a question cannot be read back");
        at = rows->String(i, 1);
        if (!visit(*question)) return absl::OkStatus();
      }
      if (rows->size() < kScanned) return absl::OkStatus();
    }
  });
}

absl::StatusOr<std::optional<DocumentRow>> PostgresStore::FindDocument(std::string_view id) {
  auto rows =
      Records(&DecodeDocument, "SELECT record FROM document WHERE project = $1 AND id = $2", id);
  if (!rows.ok()) return rows.status();
  return rows->empty() ? std::nullopt : std::optional(std::move(rows->front()));
}

absl::StatusOr<std::vector<AssertionDecision>> PostgresStore::DecisionsOf(
    std::string_view document) {
  return Records(
      &DecodeDecision,
      "SELECT record FROM decision WHERE project = $1 AND document = $2 ORDER BY assertion",
      document);
}

absl::StatusOr<std::optional<Source>> PostgresStore::FindSource(std::string_view id) {
  auto rows =
      Records(&DecodeSource, "SELECT record FROM source WHERE project = $1 AND id = $2", id);
  if (!rows.ok()) return rows.status();
  return rows->empty() ? std::nullopt : std::optional(std::move(rows->front()));
}

absl::StatusOr<std::vector<Source>> PostgresStore::ListSources(const Cursor& after, size_t limit) {
  return Records(&DecodeSource,
                 "SELECT record FROM source WHERE project = $1 AND name_start >= $2 "
                 "AND ($4 = '' OR (name, id) > ($3, $4)) "
                 "ORDER BY name_start, name, id LIMIT $5",
                 NameStart(after.value), after.value, after.id, limit);
}

absl::StatusOr<std::vector<Source>> PostgresStore::CuratedSources() {
  return Records(&DecodeSource,
                 "SELECT record FROM source WHERE project = $1 AND curated ORDER BY id");
}

absl::StatusOr<SourceCounts> PostgresStore::CountsOf(std::string_view source,
                                                     std::string_view family) {
  if (LearnedInTurn* const learned = LearnedOf(this)) {
    return learned->CountsOf(std::string(source), std::string(family));
  }
  const auto rows = Query(
      "SELECT correct, wrong FROM source_count WHERE project = $1 AND source = $2 AND family = $3",
      source, family);
  if (!rows.ok()) return rows.status();
  SourceCounts counts{std::string(source), std::string(family), 0, 0};
  if (rows->empty()) return counts;
  counts.right = rows->Int(0, 0);
  counts.wrong = rows->Int(0, 1);
  return counts;
}

template <typename... Values>
absl::StatusOr<std::vector<PairCounts>> PostgresStore::Pairs(std::string_view sql,
                                                             const Values&... values) {
  const auto rows = Query(sql, values...);
  if (!rows.ok()) return rows.status();
  std::vector<PairCounts> pairs;
  pairs.reserve(static_cast<size_t>(rows->size()));
  for (int i = 0; i < rows->size(); ++i) {
    pairs.push_back({rows->String(i, 0), rows->String(i, 1), rows->String(i, 2), rows->Int(i, 3),
                     rows->Int(i, 4), rows->Int(i, 5)});
  }
  return pairs;
}

absl::StatusOr<std::vector<PairCounts>> PostgresStore::PairOf(std::string_view first,
                                                              std::string_view second) {
  if (LearnedInTurn* const learned = LearnedOf(this)) {
    return learned->PairOf(std::string(first), std::string(second));
  }
  return Pairs(
      "SELECT first, second, family, same_true, same_false, different FROM source_pair "
      "WHERE project = $1 AND first = $2 AND second = $3 ORDER BY family",
      first, second);
}

absl::StatusOr<std::vector<PairCounts>> PostgresStore::PairsWith(std::string_view source) {
  return Pairs(
      "SELECT first, second, family, same_true, same_false, different FROM source_pair "
      "WHERE project = $1 AND (first = $2 OR second = $2) ORDER BY first, second, family",
      source);
}

absl::StatusOr<std::vector<std::string>> PostgresStore::UnsettledSources(size_t limit) {
  return Column("SELECT source FROM unsettled_source WHERE project = $1 ORDER BY source LIMIT $2",
                limit);
}

absl::StatusOr<PendingLessons> PostgresStore::UnsettledLessons() {
  PendingLessons lessons;
  auto pairs = Pairs(
      "SELECT first, second, family, same_true, same_false, different FROM unsettled_pair "
      "WHERE project = $1 ORDER BY first, second, family");
  if (!pairs.ok()) return pairs.status();
  lessons.pairs = *std::move(pairs);
  const auto counts = Query(
      "SELECT source, family, correct, wrong FROM unsettled_count WHERE project = $1 "
      "ORDER BY source, family");
  if (!counts.ok()) return counts.status();
  std::set<std::string> sources;
  for (int i = 0; i < counts->size(); ++i) {
    lessons.counts.push_back(
        {counts->String(i, 0), counts->String(i, 1), counts->Int(i, 2), counts->Int(i, 3)});
    sources.insert(counts->String(i, 0));
  }
  auto questions = Column("SELECT id FROM unsettled_question WHERE project = $1 ORDER BY id");
  if (!questions.ok()) return questions.status();
  lessons.questions = *std::move(questions);
  // Whoever asks is about to judge these.
  if (LearnedInTurn* const learned = LearnedOf(this)) {
    for (const PairCounts& pair : lessons.pairs) sources.insert({pair.first, pair.second});
    if (absl::Status status = learned->Meet(sources); !status.ok()) return status;
  }
  return lessons;
}

}  // namespace consilience::corroboration
