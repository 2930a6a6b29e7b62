// What is moved between stores of different kinds is all there, in either direction.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <sstream>
#include <string>

#include "services/common/errors/error.h"
#include "services/common/store/sqlite/database.h"
#include "services/common/store/transfer/transfer.h"
#include "services/corroboration/store/layout.h"
#include "services/corroboration/store/postgres_store.h"
#include "services/corroboration/store/sqlite_store.h"
#include "services/ingest/store/layout.h"
#include "services/ingest/store/postgres/postgres_store.h"
#include "services/ingest/store/sqlite/sqlite_store.h"
#include "tests/contract/corroboration_store_fixture.h"
#include "tests/support/postgres.h"
#include "tests/support/process.h"

namespace consilience::common::transfer {
namespace {

using consilience::testing::SharedPostgres;
using consilience::testing::TempDir;
using ::testing::HasSubstr;

const std::array<const Layout*, 2> kLayouts = {&ingest::StoreLayout(),
                                               &corroboration::StoreLayout()};

// A place for an installation, of one kind or the other.
class Place {
 public:
  virtual ~Place() = default;
  virtual std::unique_ptr<ingest::Store> Ingest() = 0;
  virtual std::unique_ptr<corroboration::Store> Corroboration() = 0;
  virtual absl::StatusOr<std::vector<std::unique_ptr<StoreTables>>> Open(Access access) = 0;
  // Every table there is of a service.
  virtual std::set<std::string> Tables(const Layout& layout) = 0;
  virtual std::set<std::string> Columns(const Layout& layout, const std::string& table) = 0;
  virtual void Execute(const Layout& layout, const std::string& sql) = 0;
};

class SqlitePlace final : public Place {
 public:
  std::unique_ptr<ingest::Store> Ingest() override {
    return *ingest::SqliteStore::Open(dir_.path());
  }
  std::unique_ptr<corroboration::Store> Corroboration() override {
    return *corroboration::SqliteStore::Open((dir_ / "corroboration.db").string());
  }
  absl::StatusOr<std::vector<std::unique_ptr<StoreTables>>> Open(Access access) override {
    std::vector<std::unique_ptr<StoreTables>> opened;
    for (const Layout* const layout : kLayouts) {
      auto store = OpenSqlite(dir_.path(), *layout, access);
      if (!store.ok()) return store.status();
      opened.push_back(*std::move(store));
    }
    return opened;
  }
  std::set<std::string> Tables(const Layout& layout) override {
    return Names(layout, "SELECT name FROM sqlite_master WHERE type = 'table'");
  }
  std::set<std::string> Columns(const Layout& layout, const std::string& table) override {
    return Names(layout, "SELECT name FROM pragma_table_info('" + table + "')");
  }
  void Execute(const Layout& layout, const std::string& sql) override {
    const auto status = sqlite::Database::Open(File(layout), {})->Execute(sql);
    ASSERT_TRUE(status.ok()) << status;
  }

 private:
  std::string File(const Layout& layout) const { return (dir_ / layout.sqlite_file).string(); }
  std::set<std::string> Names(const Layout& layout, const std::string& sql) const {
    auto database = *sqlite::Database::Open(File(layout), {});
    auto query = *database.Prepare(sql);
    std::set<std::string> names;
    while (*query.Step()) names.insert(query.String(0));
    return names;
  }

  TempDir dir_;
};

class PostgresPlace final : public Place {
 public:
  PostgresPlace() : uri_(SharedPostgres().CreateDatabase()) {}
  std::unique_ptr<ingest::Store> Ingest() override {
    return *ingest::PostgresStore::Open(*postgres::ReadTarget(uri_));
  }
  std::unique_ptr<corroboration::Store> Corroboration() override {
    return *corroboration::PostgresStore::Open(*postgres::ReadTarget(uri_));
  }
  absl::StatusOr<std::vector<std::unique_ptr<StoreTables>>> Open(Access access) override {
    auto store = OpenPostgres(*postgres::ReadTarget(uri_), kLayouts, access);
    if (!store.ok()) return store.status();
    std::vector<std::unique_ptr<StoreTables>> opened;
    opened.push_back(*std::move(store));
    return opened;
  }
  std::set<std::string> Tables(const Layout& layout) override {
    return Names("SELECT tablename FROM pg_tables WHERE schemaname = '" + layout.postgres_schema +
                 "'");
  }
  std::set<std::string> Columns(const Layout& layout, const std::string& table) override {
    return Names("SELECT column_name FROM information_schema.columns WHERE table_schema = '" +
                 layout.postgres_schema + "' AND table_name = '" + table + "'");
  }
  void Execute(const Layout& layout, const std::string& sql) override {
    Sql("SET search_path TO " + layout.postgres_schema + "; " + sql);
  }

 private:
  std::set<std::string> Names(const std::string& sql) const {
    std::istringstream lines(Sql(sql));
    std::set<std::string> names;
    for (std::string line; std::getline(lines, line);) names.insert(line);
    return names;
  }
  std::string Sql(const std::string& sql) const {
    const std::string path = uri_.substr(0, uri_.find('?'));
    return SharedPostgres().Sql(sql, path.substr(path.rfind('/') + 1));
  }

  std::string uri_;
};

using MakePlace = std::function<std::unique_ptr<Place>()>;

std::vector<Part> PartsOf(const std::vector<std::unique_ptr<StoreTables>>& stores) {
  return {{kLayouts[0], stores.front().get()}, {kLayouts[1], stores.back().get()}};
}

absl::StatusOr<Manifest> ExportTo(Place& place, std::string& file) {
  auto stores = place.Open(Access::kRead);
  if (!stores.ok()) return stores.status();
  StreamWriter writer([&](std::string_view bytes) {
    file += bytes;
    return absl::OkStatus();
  });
  return Export(PartsOf(*stores), writer, [](int64_t) {});
}

// Bytes a step at a time.
ReadBytes Reading(std::string_view& file, size_t step = 1000) {
  return [&file, step]() -> absl::StatusOr<std::string_view> {
    const std::string_view next = file.substr(0, step);
    file.remove_prefix(next.size());
    return next;
  };
}

absl::StatusOr<Manifest> ImportInto(Place& place, std::string_view file) {
  auto stores = place.Open(Access::kWrite);
  if (!stores.ok()) return stores.status();
  StreamReader reader("a file", Reading(file));
  return Import(PartsOf(*stores), reader, [](int64_t) {});
}

absl::StatusOr<Manifest> Verify(std::string_view file) {
  StreamReader reader("a file", Reading(file));
  const std::vector<Part> parts = {{kLayouts[0], nullptr}, {kLayouts[1], nullptr}};
  return Import(parts, reader, [](int64_t) {});
}

ingest::Document MakeDocument(const std::string& id, ingest::State state) {
  ingest::Document document;
  document.id = id;
  document.digest = id + id;
  document.text_bytes = 4;
  document.format = "text/plain";
  document.language = "en";
  document.metadata.publication_date.value = "2016-11-22";
  document.canonical_url = "https://example.org/" + id + "?“q”";
  document.external_id = "urn:" + id;
  document.version = "2";
  document.state = state;
  document.reason = std::string("a reason with \0 in it", 21);
  document.create_time = absl::FromUnixSeconds(1'480'000'000);
  document.update_time = absl::FromUnixSeconds(1'480'000'001);
  return document;
}

constexpr char kText[] =
    "The army said on Tuesday that it had taken the last villages east of the river, and that the "
    "rebels who had held them for two years were gone to the north.";

void FillIngest(ingest::Store& store) {
  const absl::Time now = absl::FromUnixSeconds(1'480'000'100);
  const auto status = store.Write([&](ingest::Records& records) -> absl::Status {
    for (const auto& [id, state] :
         {std::pair("one", ingest::State::kPending), std::pair("two", ingest::State::kRecorded),
          std::pair("three", ingest::State::kRetracted)}) {
      ingest::Document document = MakeDocument(id, state);
      absl::Status done = records.Insert(document, kText);
      if (done.ok())
        done = records.passages().Add(document.number, ingest::Winnow(ingest::FindWords(kText)));
      if (done.ok()) done = records.AddAppearance(id, {"Reuters", "https://r.example", "", now});
      if (done.ok()) done = records.AddAppearance(id, {"AFP", "", "2016-11-23", now});
      if (done.ok()) done = records.Enqueue(id, now);
      if (!done.ok()) return done;
    }
    return records.EraseText("three");
  });
  ASSERT_TRUE(status.ok()) << status;
  // One stays claimed, as by a process that ended; one is out of tries.
  const auto claimed = store.Write([&](ingest::Records& records) -> absl::Status {
    const auto items = records.Claim(now, absl::Seconds(30), 2);
    if (!items.ok()) return items.status();
    return records.Postpone(items->front(), now, absl::InfiniteFuture(), "no use").status();
  });
  ASSERT_TRUE(claimed.ok()) << claimed;
}

void FillCorroboration(corroboration::Store& store) {
  using namespace corroboration;           // NOLINT: many names
  using namespace corroboration::testing;  // NOLINT
  ChangeSet changes;
  changes.put_questions = {std::make_shared<const QuestionRecord>(
      MakeQuestion("q1", "one", {MakeClaim("c1", "q1", 0.5), MakeClaim("c2", "q1", 0.25)}))};
  changes.aliases = {{"q0", "q1", 5}, {"c0", "c1", 6}};
  DocumentRow document;
  document.context.id = "one";
  document.assertions = {"a-q1"};
  changes.put_documents = {document};
  Source curated;
  curated.id = "s1";
  curated.display_name = std::string(5000, 'n') + " “Observatory”";
  curated.curated = true;
  curated.update_time_us = 7;
  Source met = curated;
  met.id = "s2";
  met.curated = false;
  changes.put_sources = {curated};
  changes.met_sources = {met};
  changes.add_counts = {{"s1", "killed", 3, 4}};
  changes.add_pairs = {{"s1", "s2", "killed", 5, 6, 7}};
  changes.settled_sources = {"s2"};
  changes.revisions = {MakeRevision("r1", "c1", 8)};
  Review review;
  review.id = "v1";
  review.claim = "c1";
  changes.reviews = {review};
  AssertionDecision decision;
  decision.assertion = "a-q1";
  decision.document = "one";
  decision.set_aside = true;
  changes.put_decisions = {decision};
  QuestionVersion version;
  version.id = "w1";
  version.question = "q1";
  version.time_us = 9;
  version.before = MakeQuestion("q1", "one", {MakeClaim("c9", "q1", 0.75)});
  version.before.keys.clear();
  version.before.beliefs.lessons = {};
  changes.versions = {version};
  const auto status = store.Apply(changes);
  ASSERT_TRUE(status.ok()) << status;
}

void Fill(Place& place) {
  FillIngest(*place.Ingest());
  FillCorroboration(*place.Corroboration());
}

using Kinds = std::pair<std::string, std::string>;  // from, to

MakePlace Of(const std::string& kind) {
  if (kind == "Sqlite") return [] { return std::make_unique<SqlitePlace>(); };
  return [] { return std::make_unique<PostgresPlace>(); };
}

class TransferTest : public ::testing::TestWithParam<Kinds> {};

TEST_P(TransferTest, WhatIsImportedIsExportedAgainToTheByte) {
  const auto from = Of(GetParam().first)();
  Fill(*from);
  std::string file;
  const auto exported = ExportTo(*from, file);
  ASSERT_TRUE(exported.ok()) << exported.status();
  for (const TableSummary& table : exported->tables) {
    if (table.name == "ingest.document_reading") continue;
    EXPECT_GT(table.rows, 0) << table.name << " is not tried";
  }
  const auto to = Of(GetParam().second)();
  const auto imported = ImportInto(*to, file);
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_EQ(imported->Digest(), exported->Digest());
  std::string again;
  const auto second = ExportTo(*to, again);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->Digest(), exported->Digest());
  EXPECT_TRUE(again == file);
}

TEST_P(TransferTest, TheNewStoreGoesOnWhereTheOldOneStopped) {
  const auto from = Of(GetParam().first)();
  Fill(*from);
  std::string file;
  ASSERT_TRUE(ExportTo(*from, file).ok());
  const auto to = Of(GetParam().second)();
  ASSERT_TRUE(ImportInto(*to, file).ok());
  const auto store = to->Ingest();
  const auto status = store->Write([&](ingest::Records& records) -> absl::Status {
    // Numbers are given out once: that of an erased text is not given out again.
    ingest::Document next = MakeDocument("four", ingest::State::kPending);
    if (absl::Status done = records.Insert(next, kText); !done.ok()) return done;
    EXPECT_EQ(next.number, 4U);
    EXPECT_EQ(**records.FindByUrl("https://example.org/one?“q”"), "one");
    EXPECT_EQ(**records.FindByExternalId("urn:two"), "two");
    // What was claimed is due again; what was out of tries stays so.
    const auto due = records.Claim(absl::FromUnixSeconds(1'480'000'100), absl::Seconds(1), 10);
    EXPECT_EQ(due->size(), 2U);
    EXPECT_EQ(records.Counts()->failed, 1);
    const auto hits = records.passages().Find(ingest::Winnow(ingest::FindWords(kText)), 100);
    std::set<ingest::DocumentNumber> found;
    for (const auto& hit : *hits) found.insert(hit.posting.document);
    EXPECT_EQ(found, (std::set<ingest::DocumentNumber>{1, 2}));
    return records.AddAppearance("one", {"AFP", "", "2016-11-23", absl::Now()});
  });
  ASSERT_TRUE(status.ok()) << status;
  const auto appearances = store->Read([&](ingest::Records& records) {
    EXPECT_EQ(records.Appearances("one")->size(), 2U) << "one that was known is not added";
    return absl::OkStatus();
  });
  EXPECT_TRUE(appearances.ok());
  const auto claims = to->Corroboration();
  EXPECT_EQ((*claims->FindQuestion("q0"))->id, "q1");
  EXPECT_EQ(claims->WritesAfter({}, 10)->size(), 1U);
  EXPECT_EQ(*claims->HomeOfClaim("c9"), "q1");
  EXPECT_EQ(claims->UnsettledSources(10)->size(), 1U);
  EXPECT_EQ(claims->ListSources({}, 10)->size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(Kinds, TransferTest,
                         ::testing::Values(Kinds{"Sqlite", "Postgres"}, Kinds{"Postgres", "Sqlite"},
                                           Kinds{"Sqlite", "Sqlite"}),
                         [](const auto& kinds) {
                           return kinds.param.first + "To" + kinds.param.second;
                         });

class TransferPlaceTest : public ::testing::TestWithParam<std::string> {
 protected:
  TransferPlaceTest() : place_(Of(GetParam())()) {}
  std::string Refusal(Access access) {
    const auto opened = place_->Open(access);
    return opened.ok() ? "" : std::string(opened.status().message());
  }
  void MakeEmpty() {
    place_->Ingest();
    place_->Corroboration();
  }

  std::unique_ptr<Place> place_;
};

// What comes with a later schema has to be thought of.
TEST_P(TransferPlaceTest, EveryTableAndColumnIsMovedOrLeftOutForAReason) {
  MakeEmpty();
  for (const Layout* const layout : kLayouts) {
    std::set<std::string> named = {"schema_version"};
    named.insert(layout->left_out.begin(), layout->left_out.end());
    for (const Table& table : layout->tables) {
      EXPECT_TRUE(named.insert(table.name).second);
      for (const std::string& column : place_->Columns(*layout, table.name)) {
        EXPECT_THAT(table.sqlite_insert + table.postgres_columns, HasSubstr(column)) << table.name;
      }
    }
    for (const std::string& table : place_->Tables(*layout)) {
      EXPECT_TRUE(named.contains(table)) << layout->name << "." << table;
    }
  }
}

TEST_P(TransferPlaceTest, AStoreThatIsInUseIsRefused) {
  const auto held = place_->Corroboration();
  place_->Ingest();
  EXPECT_THAT(Refusal(Access::kRead), HasSubstr("stop"));
  EXPECT_THAT(Refusal(Access::kWrite), HasSubstr("stop"));
}

TEST_P(TransferPlaceTest, AStoreThatHoldsSomethingIsNotImportedInto) {
  Fill(*place_);
  EXPECT_THAT(Refusal(Access::kWrite), HasSubstr("import into a new one"));
  EXPECT_EQ(Refusal(Access::kRead), "");
}

TEST_P(TransferPlaceTest, AnotherSchemaIsRefused) {
  MakeEmpty();
  const Layout& layout = *kLayouts[1];
  place_->Execute(layout,
                  "UPDATE schema_version SET version = version + 1000 WHERE version = "
                  "(SELECT max(version) FROM schema_version)");
  EXPECT_THAT(Refusal(Access::kRead), HasSubstr("with the release that wrote it"));
  EXPECT_THAT(Refusal(Access::kWrite), HasSubstr("with the release that wrote it"));
  place_->Execute(layout, "DELETE FROM schema_version");
  EXPECT_THAT(Refusal(Access::kRead), HasSubstr("start the service"));
}

TEST_P(TransferPlaceTest, WhatIsDamagedLeavesTheNewStoreEmpty) {
  Fill(*place_);
  std::string file;
  ASSERT_TRUE(ExportTo(*place_, file).ok());
  const auto fresh = Of(GetParam())();
  EXPECT_FALSE(ImportInto(*fresh, std::string_view(file).substr(0, file.size() - 1)).ok());
  const auto imported = ImportInto(*fresh, file);
  EXPECT_TRUE(imported.ok()) << imported.status();
}

INSTANTIATE_TEST_SUITE_P(Kinds, TransferPlaceTest, ::testing::Values("Sqlite", "Postgres"),
                         [](const auto& kinds) { return kinds.param; });

TEST(TransferFileTest, EveryCutAndEveryWrongByteIsNoticed) {
  SqlitePlace place;
  Fill(place);
  std::string file;
  ASSERT_TRUE(ExportTo(place, file).ok());
  const auto whole = Verify(file);
  ASSERT_TRUE(whole.ok()) << whole.status();
  for (size_t size = 0; size < file.size(); size += 13) {
    EXPECT_EQ(ErrorReason(Verify(std::string_view(file).substr(0, size)).status()),
              "FILE_UNREADABLE")
        << "cut to " << size;
  }
  for (size_t at = 0; at < file.size(); at += 7) {
    std::string wrong = file;
    wrong[at] = static_cast<char>(wrong[at] ^ 0x20);
    // A few bits of a compressed file say nothing.
    const auto verified = Verify(wrong);
    EXPECT_TRUE(!verified.ok() || *verified == *whole) << "byte " << at;
  }
  EXPECT_FALSE(Verify(file + "x").ok());
  EXPECT_THAT(std::string(Verify("{}").status().message()), HasSubstr("no export"));
}

}  // namespace
}  // namespace consilience::common::transfer
