#include "tests/contract/corroboration_store_fixture.h"

#include <utility>

#include "services/corroboration/store/memory_store.h"
#include "services/corroboration/store/postgres_store.h"
#include "services/corroboration/store/sqlite_store.h"
#include "tests/support/postgres.h"
#include "tests/support/process.h"

namespace consilience::corroboration::testing {
namespace {

class MemoryFixture final : public StoreFixture {
 public:
  Store& store() override { return store_; }
  bool Reopen() override { return false; }

 private:
  MemoryStore store_;
};

class SqliteFixture final : public StoreFixture {
 public:
  SqliteFixture() { Reopen(); }
  Store& store() override { return *store_; }
  bool Reopen() override {
    store_.reset();
    store_ = *SqliteStore::Open((dir_ / "corroboration.db").string());
    return true;
  }

 private:
  consilience::testing::TempDir dir_;
  std::unique_ptr<SqliteStore> store_;
};

class PostgresFixture final : public StoreFixture {
 public:
  PostgresFixture() : uri_(consilience::testing::SharedPostgres().CreateDatabase()) { Reopen(); }
  Store& store() override { return *store_; }
  bool Reopen() override {
    store_.reset();
    store_ = *PostgresStore::Open(*common::postgres::ReadTarget(uri_));
    return true;
  }

 private:
  std::string uri_;
  std::unique_ptr<PostgresStore> store_;
};

}  // namespace

std::vector<StoreKind> StoreKinds() {
  return {{"memory", [] { return std::make_unique<MemoryFixture>(); }},
          {"sqlite", [] { return std::make_unique<SqliteFixture>(); }},
          {"postgres", [] { return std::make_unique<PostgresFixture>(); }}};
}

ClaimRow MakeClaim(const std::string& id, const std::string& question, double score) {
  ClaimRow row;
  row.id = id;
  row.question = question;
  row.display_name = "claim " + id;
  row.kind = "CASUALTY";
  row.measure = "KILLED";
  row.place = "Aleppo";
  row.population = "civilians";
  row.from = "2016-11-15";
  row.to = "2016-11-22";
  row.documents = {"d-" + question};
  row.outlets = {"The Daily Planet"};
  row.sources = {"s-" + question};
  row.corroboration.state = ClaimState::kSingleOrigin;
  row.corroboration.score = score;
  row.corroboration.effective_origins = 1.25;
  row.corroboration.origin_count = 2;
  row.corroboration.range = {100.0, std::nullopt, 101.0};
  row.create_time_us = 1'480'000'000'000'000;
  row.update_time_us = 1'480'000'000'000'000 + static_cast<int64_t>(score * 1e6);
  return row;
}

QuestionRecord MakeQuestion(const std::string& id, const std::string& document,
                            std::vector<ClaimRow> claims) {
  QuestionRecord question;
  question.id = id;
  question.display_name = "question " + id;
  question.state = QuestionState::kSingleOrigin;
  RecordedAssertion member;
  member.id = "a-" + id;
  member.document.id = document;
  member.document.outlet = "The Daily Planet";
  member.document.publication_date = "2016-11-22";
  member.document.dominant = {"s1", "The Observatory", 0.75};
  member.said.kind = extraction::Kind::kCasualty;
  member.said.measure = "KILLED";
  extraction::Quantity quantity;
  quantity.lower = 100;
  quantity.lower_open = true;
  member.said.quantity = quantity;
  member.said.confidence = 0.875;
  member.said.span = {3, 27};
  member.code_points = {3, 27};
  member.quote = "more than 100 “civilians";
  member.passages = {{{0, 30}, "elsewhere", {4, 34}, 0.95, false}};
  question.members = {member};
  question.keys = {7, 0xFFFF'FFFF'FFFF'FFF0ULL};
  question.beliefs = {
      "killed",
      {{"s1", {SourceKind::kMonitor, 0.85}}},
      {{"s1 s2", 0.35}},
      {{{"s1", "killed", 730'000, 270'000}}, {{"s1", "s2", "killed", 250'000, 750'000, 0}}}};
  question.claims = std::move(claims);
  question.create_time_us = 1'480'000'000'000'000;
  question.update_time_us = 1'480'000'000'000'001;
  return question;
}

Revision MakeRevision(const std::string& id, const std::string& claim, int64_t time_us) {
  Revision revision;
  revision.id = id;
  revision.claim = claim;
  revision.time_us = time_us;
  revision.corroboration.state = ClaimState::kDisputed;
  revision.corroboration.score = 0.625;
  revision.cause = RevisionCause::kSourceChanged;
  revision.subject = "subject " + id;
  revision.summary = "summary " + id;
  return revision;
}

}  // namespace consilience::corroboration::testing
