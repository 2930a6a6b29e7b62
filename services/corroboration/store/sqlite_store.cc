#include "services/corroboration/store/sqlite_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "services/common/errors/catalogue.h"
#include "services/common/log/log.h"
#include "services/corroboration/store/codec.h"
#include "services/corroboration/store/sqlite_queries.h"
#include "services/corroboration/store/sqlite_schema.h"

namespace consilience::corroboration {
namespace {

using common::MutexLock;

constexpr int kLongestAliasChain = 64;
// Taken as the file grows. Indexes of ids and of blocking keys are written all over.
constexpr int kCacheMib = 256;
constexpr std::string_view kInMemory = ":memory:";

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteStore>> SqliteStore::Open(const std::string& path) {
  auto hold = common::sqlite::Hold::Take(path);
  if (!hold.ok()) return hold.status();
  auto database = common::sqlite::Database::Open(path, {.cache_mib = kCacheMib});
  if (!database.ok()) return database.status();
  if (absl::Status status = Migrate(*database, Migrations()); !status.ok()) return status;
  std::unique_ptr<LogSync> log;
  if (path != kInMemory) {
    // Commits are made durable by Sync. Fewer, larger checkpoints write a page that changes often
    // one time instead of many.
    const absl::Status status = database->Execute(
        "PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=8000; "
        "PRAGMA journal_size_limit=67108864;");
    if (!status.ok()) return status;
    auto opened = LogSync::Open(path);
    if (!opened.ok()) return opened.status();
    log = *std::move(opened);
  }
  std::unique_ptr<SqliteStore> store(
      new SqliteStore(*std::move(hold), *std::move(database), std::move(log)));
  absl::Status status = store->FillInFacets();
  if (status.ok()) status = store->FillInOrders();
  if (status.ok()) status = store->FillInTexts();
  if (!status.ok()) return status;
  return store;
}

absl::StatusOr<common::sqlite::Statement*> SqliteStore::Prepared(std::string_view sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) return &found->second;
  auto statement = database_.Prepare(sql);
  if (!statement.ok()) return statement.status();
  return &statements_.emplace(std::string(sql), *std::move(statement)).first->second;
}

absl::Status SqliteStore::Exclusively(const std::function<absl::Status(const Shared&)>& work) {
  const MutexLock turn(turn_mutex_);
  return common::Observed(observer(), "write", [&] {
    if (absl::Status status = Begin(); !status.ok()) return status;
    turn_of_ = std::this_thread::get_id();
    absl::Status status;
    try {
      status = work({});
    } catch (...) {
      // A transaction that stayed open would refuse every later one.
      turn_of_ = std::thread::id();
      End(absl::InternalError("left by an exception")).IgnoreError();
      throw;
    }
    turn_of_ = std::thread::id();
    return End(std::move(status));
  });
}

absl::Status SqliteStore::Begin() {
  const MutexLock lock(mutex_);
  failed_ = absl::OkStatus();
  return database_.Execute("BEGIN IMMEDIATE");
}

absl::Status SqliteStore::End(absl::Status status) {
  const MutexLock lock(mutex_);
  if (status.ok()) status = failed_;
  if (status.ok()) status = database_.Execute("COMMIT");
  if (status.ok()) {
    if (log_ != nullptr) log_->Committed();
    return status;
  }
  questions_.Clear();
  learned_.Clear();
  const absl::Status undone = database_.Rollback();
  if (!undone.ok()) common::log::Error("rollback failed", {{"error", undone}});
  return status;
}

absl::Status SqliteStore::Apply(const ChangeSet& changes) {
  if (turn_of_.load() != std::this_thread::get_id()) {
    return Exclusively([&](const Shared& /*shared*/) { return Apply(changes); });
  }
  const MutexLock lock(mutex_);
  if (!failed_.ok()) return failed_;
  failed_ = ApplyLocked(changes);
  if (!failed_.ok()) return failed_;
  for (const std::string& id : changes.delete_questions) questions_.Erase(id);
  for (const QuestionPtr& question : changes.put_questions) questions_.Put(question);
  learned_.Add(changes);
  return absl::OkStatus();
}

absl::Status SqliteStore::Sync() {
  if (log_ == nullptr) return absl::OkStatus();
  return common::Observed(observer(), "sync", [&] { return log_->Wait(); });
}

absl::StatusOr<QuestionPtr> SqliteStore::Load(const std::string& id) {
  if (QuestionPtr known = questions_.Find(id)) return known;
  auto records =
      Records(&DecodeQuestion, "SELECT record FROM question WHERE project = ? AND id = ?", id);
  if (!records.ok()) return records.status();
  if (records->empty()) return nullptr;
  auto question = std::make_shared<const QuestionRecord>(std::move(records->front()));
  questions_.Put(question);
  return question;
}

absl::StatusOr<std::vector<QuestionPtr>> SqliteStore::LoadAll(const std::vector<std::string>& ids) {
  std::vector<QuestionPtr> questions;
  for (const std::string& id : ids) {
    auto question = Load(id);
    if (!question.ok()) return question.status();
    if (*question != nullptr) questions.push_back(*std::move(question));
  }
  return questions;
}

absl::StatusOr<std::string> SqliteStore::Resolve(std::string_view id) {
  std::string at(id);
  for (int i = 0; i < kLongestAliasChain; ++i) {
    const auto present = Column(
        "SELECT id FROM question WHERE project = ?1 AND id = ?2 "
        "UNION ALL SELECT id FROM claim WHERE project = ?1 AND id = ?2",
        at);
    if (!present.ok()) return present.status();
    if (!present->empty()) return at;
    const auto next = Column("SELECT new_id FROM alias WHERE project = ? AND old_id = ?", at);
    if (!next.ok()) return next.status();
    if (next->empty()) return at;
    at = next->front();
  }
  return at;
}

absl::StatusOr<std::vector<QuestionPtr>> SqliteStore::QuestionsByKeys(
    const std::vector<uint64_t>& keys) {
  const MutexLock lock(mutex_);
  std::set<std::string> ids;
  for (const uint64_t key : keys) {
    const auto found =
        Column("SELECT question FROM question_key WHERE project = ? AND key = ?", KeyBits(key));
    if (!found.ok()) return found.status();
    ids.insert(found->begin(), found->end());
  }
  return LoadAll({ids.begin(), ids.end()});
}

absl::StatusOr<std::vector<QuestionPtr>> SqliteStore::QuestionsOfDocument(
    std::string_view document) {
  const MutexLock lock(mutex_);
  const auto ids = Column(
      "SELECT question FROM question_document WHERE project = ? AND document = ? ORDER BY question",
      document);
  if (!ids.ok()) return ids.status();
  return LoadAll(*ids);
}

absl::StatusOr<std::vector<std::string>> SqliteStore::QuestionsOfSource(std::string_view source) {
  const MutexLock lock(mutex_);
  return Column(
      "SELECT question FROM question_source WHERE project = ? AND source = ? ORDER BY question",
      source);
}

absl::StatusOr<QuestionPtr> SqliteStore::FindQuestion(std::string_view id) {
  const MutexLock lock(mutex_);
  const auto present = Resolve(id);
  if (!present.ok()) return present.status();
  return Load(*present);
}

absl::StatusOr<QuestionPtr> SqliteStore::QuestionOfClaim(std::string_view claim) {
  const MutexLock lock(mutex_);
  const auto present = Resolve(claim);
  if (!present.ok()) return present.status();
  const auto question = Column("SELECT question FROM claim WHERE project = ? AND id = ?", *present);
  if (!question.ok()) return question.status();
  if (question->empty()) return nullptr;
  return Load(question->front());
}

absl::StatusOr<std::string> SqliteStore::ResolveAlias(std::string_view id) {
  const MutexLock lock(mutex_);
  return Resolve(id);
}

absl::StatusOr<std::vector<std::string>> SqliteStore::AliasesOf(std::string_view id) {
  const MutexLock lock(mutex_);
  return Column(
      "WITH RECURSIVE older(id) AS (SELECT old_id FROM alias WHERE project = ?1 AND new_id = ?2 "
      "UNION SELECT a.old_id FROM alias a JOIN older o ON a.new_id = o.id WHERE a.project = ?1) "
      "SELECT id FROM older o WHERE id <> ?2 "
      "AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.project = ?1 AND c.id = o.id) "
      "AND NOT EXISTS (SELECT 1 FROM question q WHERE q.project = ?1 AND q.id = o.id) ORDER BY id",
      id);
}

absl::Status SqliteStore::ScanQuestions(std::string_view after,
                                        const std::function<bool(const QuestionRecord&)>& visit) {
  const MutexLock lock(mutex_);
  const auto statement =
      Prepared("SELECT record FROM question WHERE project = ? AND id > ? ORDER BY id");
  if (!statement.ok()) return statement.status();
  (*statement)->Bind(kProject, after);
  while (true) {
    const auto row = (*statement)->Step();
    if (!row.ok()) return row.status();
    if (!*row) return absl::OkStatus();
    const auto question = DecodeQuestion((*statement)->Text(0));
    if (!question) return common::StoreCorrupt(database_.path(), "a question cannot be read back");
    if (!visit(*question)) break;
  }
  (*statement)->Rewind();
  return absl::OkStatus();
}

absl::StatusOr<std::optional<DocumentRow>> SqliteStore::FindDocument(std::string_view id) {
  const MutexLock lock(mutex_);
  auto rows =
      Records(&DecodeDocument, "SELECT record FROM document WHERE project = ? AND id = ?", id);
  if (!rows.ok()) return rows.status();
  return rows->empty() ? std::nullopt : std::optional(std::move(rows->front()));
}

absl::StatusOr<std::vector<AssertionDecision>> SqliteStore::DecisionsOf(std::string_view document) {
  const MutexLock lock(mutex_);
  return Records(
      &DecodeDecision,
      "SELECT record FROM decision WHERE project = ? AND document = ? ORDER BY assertion",
      document);
}

absl::StatusOr<std::optional<Source>> SqliteStore::FindSource(std::string_view id) {
  const MutexLock lock(mutex_);
  auto rows = Records(&DecodeSource, "SELECT record FROM source WHERE project = ? AND id = ?", id);
  if (!rows.ok()) return rows.status();
  return rows->empty() ? std::nullopt : std::optional(std::move(rows->front()));
}

absl::StatusOr<std::vector<Source>> SqliteStore::ListSources(const Cursor& after, size_t limit) {
  const MutexLock lock(mutex_);
  return Records(
      &DecodeSource,
      "SELECT record FROM source WHERE project = ?1 "
      "AND (?3 = '' OR (display_name, id) > (?2, ?3)) ORDER BY display_name, id LIMIT ?4",
      after.value, after.id, limit);
}

absl::StatusOr<std::vector<Source>> SqliteStore::CuratedSources() {
  const MutexLock lock(mutex_);
  return Records(&DecodeSource,
                 "SELECT record FROM source WHERE project = ? AND curated = 1 ORDER BY id");
}

absl::StatusOr<SourceCounts> SqliteStore::CountsOf(std::string_view source,
                                                   std::string_view family) {
  const MutexLock lock(mutex_);
  if (const SourceCounts* const known = learned_.FindCounts(source, family)) return *known;
  const auto statement = Prepared(
      "SELECT correct, wrong FROM source_count WHERE project = ? AND source = ? AND family = ?");
  if (!statement.ok()) return statement.status();
  SourceCounts counts{std::string(source), std::string(family), 0, 0};
  const auto row = (*statement)->Bind(kProject, source, family).Step();
  if (!row.ok()) return row.status();
  if (*row) {
    counts.right = (*statement)->Int(0);
    counts.wrong = (*statement)->Int(1);
    (*statement)->Rewind();
  }
  learned_.PutCounts(counts);
  return counts;
}

absl::StatusOr<std::vector<PairCounts>> SqliteStore::Pairs(std::string_view sql,
                                                           std::string_view first,
                                                           std::string_view second) {
  const auto statement = Prepared(sql);
  if (!statement.ok()) return statement.status();
  (*statement)->Bind(kProject, first, second);
  std::vector<PairCounts> pairs;
  while (true) {
    const auto row = (*statement)->Step();
    if (!row.ok()) return row.status();
    if (!*row) return pairs;
    pairs.push_back({(*statement)->String(0), (*statement)->String(1), (*statement)->String(2),
                     (*statement)->Int(3), (*statement)->Int(4), (*statement)->Int(5)});
  }
}

absl::StatusOr<std::vector<PairCounts>> SqliteStore::PairOf(std::string_view first,
                                                            std::string_view second) {
  const MutexLock lock(mutex_);
  if (const auto* const known = learned_.FindPair(first, second)) return *known;
  auto pairs = Pairs(
      "SELECT first, second, family, same_true, same_false, different FROM source_pair "
      "WHERE project = ?1 AND first = ?2 AND second = ?3 ORDER BY family",
      first, second);
  if (pairs.ok()) learned_.PutPair(first, second, *pairs);
  return pairs;
}

absl::StatusOr<std::vector<PairCounts>> SqliteStore::PairsWith(std::string_view source) {
  const MutexLock lock(mutex_);
  return Pairs(
      "SELECT first, second, family, same_true, same_false, different FROM source_pair "
      "WHERE project = ?1 AND first = ?2 UNION ALL "
      "SELECT first, second, family, same_true, same_false, different FROM source_pair "
      "WHERE project = ?1 AND second = ?3 ORDER BY 1, 2, 3",
      source, source);
}

absl::StatusOr<std::vector<std::string>> SqliteStore::UnsettledSources(size_t limit) {
  const MutexLock lock(mutex_);
  return Column("SELECT source FROM unsettled_source WHERE project = ? ORDER BY source LIMIT ?",
                limit);
}

absl::StatusOr<std::vector<Revision>> SqliteStore::ListRevisions(std::string_view claim,
                                                                 std::string_view before,
                                                                 size_t limit) {
  const MutexLock lock(mutex_);
  return Records(&DecodeRevision,
                 "SELECT record FROM revision WHERE project = ?1 AND claim = ?2 "
                 "AND (?3 = '' OR id < ?3) ORDER BY id DESC LIMIT ?4",
                 claim, before, limit);
}

absl::StatusOr<std::vector<Revision>> SqliteStore::RevisionsAfter(std::string_view after,
                                                                  size_t limit) {
  const MutexLock lock(mutex_);
  return Records(&DecodeRevision,
                 "SELECT record FROM revision WHERE project = ? AND id > ? ORDER BY id LIMIT ?",
                 after, limit);
}

absl::StatusOr<std::optional<Review>> SqliteStore::LatestReview(std::string_view claim) {
  const MutexLock lock(mutex_);
  auto rows = Records(
      &DecodeReview,
      "SELECT record FROM review WHERE project = ? AND claim = ? ORDER BY id DESC LIMIT 1", claim);
  if (!rows.ok()) return rows.status();
  return rows->empty() ? std::nullopt : std::optional(std::move(rows->front()));
}

}  // namespace consilience::corroboration
