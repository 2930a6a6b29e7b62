// What every ingest store must do, run against each.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <new>
#include <random>
#include <string>
#include <vector>

#include "services/common/errors/error.h"
#include "services/ingest/passages/fingerprints.h"
#include "services/ingest/passages/memory_index.h"
#include "services/ingest/passages/words.h"
#include "services/ingest/store/memory/memory_store.h"
#include "services/ingest/store/postgres/postgres_store.h"
#include "services/ingest/store/sqlite/sqlite_store.h"
#include "services/ingest/store/store.h"
#include "tests/support/postgres.h"
#include "tests/support/process.h"

namespace consilience::ingest {
namespace {

using ::testing::ElementsAre;

class Fixture {
 public:
  virtual ~Fixture() = default;
  virtual Store& store() = 0;
  // Closes the store and opens it again, as a restart does. False when it keeps nothing.
  virtual bool Reopen() = 0;
  // Breaks what is kept of passages, where that is kept by itself.
  virtual void DamagePassages() {}
};

class MemoryFixture final : public Fixture {
 public:
  Store& store() override { return store_; }
  bool Reopen() override { return false; }

 private:
  MemoryStore store_;
};

class SqliteFixture final : public Fixture {
 public:
  SqliteFixture() { Reopen(); }
  Store& store() override { return *store_; }
  bool Reopen() override {
    store_.reset();
    store_ = *SqliteStore::Open(dir_.path());
    return true;
  }
  void DamagePassages() override {
    store_.reset();
    for (const auto& entry : std::filesystem::directory_iterator(dir_ / "passages")) {
      std::filesystem::resize_file(entry.path(), entry.file_size() / 2);
    }
  }

 private:
  consilience::testing::TempDir dir_;
  std::unique_ptr<SqliteStore> store_;
};

class PostgresFixture final : public Fixture {
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

struct Kind {
  const char* name;
  std::function<std::unique_ptr<Fixture>()> make;
};

class IngestStoreTest : public ::testing::TestWithParam<Kind> {
 protected:
  void SetUp() override { fixture_ = GetParam().make(); }
  Store& store() { return fixture_->store(); }

  void Write(const Store::Work& work) {
    const auto status = store().Write(work);
    ASSERT_TRUE(status.ok()) << status;
  }
  void Read(const Store::Work& work) {
    const auto status = store().Read(work);
    ASSERT_TRUE(status.ok()) << status;
  }

  Document Make(const std::string& id, const std::string& date = "") const {
    Document document;
    document.id = id;
    document.digest = id + id;
    document.text_bytes = 4;
    document.format = "text/plain";
    document.language = "en";
    document.create_time = now_;
    document.update_time = now_;
    if (!date.empty()) {
      document.metadata.publication_date = {date, Basis::kGiven, "manifest", {}};
    }
    return document;
  }
  Document Insert(const std::string& id, const std::string& date = "") {
    Document document = Make(id, date);
    Write([&](Records& records) { return records.Insert(document, "text"); });
    return document;
  }
  std::vector<WorkItem> Claim(absl::Time now, size_t limit = 10) {
    std::vector<WorkItem> items;
    Write([&](Records& records) {
      items = *records.Claim(now, absl::Minutes(1), limit);
      return absl::OkStatus();
    });
    return items;
  }
  std::vector<std::string> List(Order order, const std::optional<Cursor>& after = std::nullopt) {
    std::vector<std::string> ids;
    Read([&](Records& records) {
      const auto page = records.List(order, after, 10);
      for (const Document& document : *page) ids.push_back(document.id);
      return page.status();
    });
    return ids;
  }

  const absl::Time now_ = absl::FromUnixSeconds(1'479'800'000);
  std::unique_ptr<Fixture> fixture_;
};

TEST_P(IngestStoreTest, ADocumentComesBackAsItWentIn) {
  Document document = Make("a", "2016-11-22");
  document.metadata.title = {"T", Basis::kRead, "meta title", {{"U", Basis::kInferred, "line"}}};
  document.canonical_url = "https://x/1";
  document.state = State::kFailed;
  document.reason = "why";
  document.supersedes = "z";
  Write([&](Records& records) { return records.Insert(document, "the text"); });
  fixture_->Reopen();
  Read([&](Records& records) -> absl::Status {
    const auto found = records.Get("a");
    if (!found.ok()) return found.status();
    EXPECT_EQ(found->metadata.title, document.metadata.title);
    EXPECT_EQ(found->metadata.publication_date, document.metadata.publication_date);
    EXPECT_FALSE(found->metadata.outlet.known());
    EXPECT_EQ(found->state, State::kFailed);
    EXPECT_EQ(found->reason, "why");
    EXPECT_EQ(found->supersedes, "z");
    EXPECT_EQ(found->create_time, now_);
    EXPECT_EQ(found->number, document.number);
    EXPECT_EQ(records.Text("a").value(), "the text");
    EXPECT_EQ(records.FindByUrl("https://x/1").value(), "a");
    EXPECT_EQ(records.FindByNumber(document.number).value(), "a");
    EXPECT_EQ(records.FindByUrl("").value(), std::nullopt);
    EXPECT_EQ(common::ErrorReason(records.Get("b").status()), "RESOURCE_NOT_FOUND");
    return absl::OkStatus();
  });
}

TEST_P(IngestStoreTest, AFailedTransactionLeavesNothing) {
  const auto status = store().Write([&](Records& records) {
    Document document = Make("a");
    EXPECT_TRUE(records.Insert(document, "text").ok());
    EXPECT_TRUE(records.Enqueue("a", now_).ok());
    return absl::AbortedError("no");
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_THAT(List(Order::kOldestFirst), ElementsAre());
  EXPECT_TRUE(Claim(now_).empty());
}

TEST_P(IngestStoreTest, AnExceptionLeavesNothing) {
  const std::vector<Fingerprint> prints = Winnow(FindWords(
      "a run of words that is long enough for more than one window of fingerprints to be taken"));
  ASSERT_FALSE(prints.empty());
  EXPECT_THROW(store()
                   .Write([&](Records& records) -> absl::Status {
                     Document document = Make("a");
                     EXPECT_TRUE(records.Insert(document, "text").ok());
                     EXPECT_TRUE(records.passages().Add(document.number, prints).ok());
                     throw std::bad_alloc();
                   })
                   .IgnoreError(),
               std::bad_alloc);
  EXPECT_THROW(store().Read([](Records&) -> absl::Status { throw std::bad_alloc(); }).IgnoreError(),
               std::bad_alloc);
  Insert("b");
  EXPECT_THAT(List(Order::kOldestFirst), ElementsAre("b"));
  Read([&](Records& records) {
    const auto hits = records.passages().Find(prints, 10);
    EXPECT_TRUE(hits.ok() && hits->empty()) << hits.status();
    return hits.status();
  });
}

TEST_P(IngestStoreTest, ListsInEveryOrderFromAnyPlace) {
  Insert("a", "2016-11-22");
  const Document b = Insert("b", "2016-09-24");
  Insert("c");
  Insert("d", "2016-09-24");
  EXPECT_THAT(List(Order::kOldestFirst), ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(List(Order::kNewestFirst), ElementsAre("d", "c", "b", "a"));
  EXPECT_THAT(List(Order::kDateAscending), ElementsAre("c", "b", "d", "a"));
  EXPECT_THAT(List(Order::kDateDescending), ElementsAre("a", "d", "b", "c"));
  const Cursor at_b{"2016-09-24", b.number};
  EXPECT_THAT(List(Order::kOldestFirst, at_b), ElementsAre("c", "d"));
  EXPECT_THAT(List(Order::kNewestFirst, at_b), ElementsAre("a"));
  EXPECT_THAT(List(Order::kDateAscending, at_b), ElementsAre("d", "a"));
  EXPECT_THAT(List(Order::kDateDescending, at_b), ElementsAre("c"));
}

TEST_P(IngestStoreTest, ErasedTextIsGoneAndItsNumberIsNotGivenAgain) {
  const Document a = Insert("a");
  Write([&](Records& records) { return records.EraseText("a"); });
  const Document b = Insert("b");
  EXPECT_NE(a.number, b.number);
  Read([&](Records& records) {
    EXPECT_EQ(records.Text("a").value(), "");
    return absl::OkStatus();
  });
}

TEST_P(IngestStoreTest, AnAppearanceIsKeptOnce) {
  Insert("a");
  const Appearance seen{"Outlet", "https://x", "2016-11-22", now_};
  for (int i = 0; i < 2; ++i) {
    Write([&](Records& records) { return records.AddAppearance("a", seen); });
  }
  Read([&](Records& records) {
    const auto appearances = records.Appearances("a");
    EXPECT_EQ(appearances->size(), 1U);
    EXPECT_EQ(appearances->front().outlet, "Outlet");
    return appearances.status();
  });
}

TEST_P(IngestStoreTest, WorkIsClaimedOnceOldestFirstAndAgainAfterItsLease) {
  for (const char* id : {"a", "b", "c"}) Insert(id);
  Write([&](Records& records) -> absl::Status {
    EXPECT_TRUE(records.Enqueue("b", now_).ok());
    EXPECT_TRUE(records.Enqueue("a", now_ + absl::Seconds(1)).ok());
    return records.Enqueue("c", now_ + absl::Hours(1));
  });
  const auto claimed = Claim(now_ + absl::Seconds(2));
  ASSERT_EQ(claimed.size(), 2U);
  EXPECT_EQ(claimed[0].document, "b");
  EXPECT_EQ(claimed[0].attempts, 1);
  EXPECT_TRUE(Claim(now_ + absl::Seconds(3)).empty());
  const auto again = Claim(now_ + absl::Minutes(2));
  ASSERT_EQ(again.size(), 2U);
  EXPECT_EQ(again[0].attempts, 2);
}

TEST_P(IngestStoreTest, ARestartFreesWhatWasClaimed) {
  Insert("a");
  Write([&](Records& records) { return records.Enqueue("a", now_); });
  EXPECT_EQ(Claim(now_).size(), 1U);
  if (!fixture_->Reopen()) GTEST_SKIP() << "keeps nothing";
  EXPECT_EQ(Claim(now_).size(), 1U);
}

TEST_P(IngestStoreTest, WhatWasPutOnTheListAgainIsNotStruckOffByOlderWork) {
  Insert("a");
  Write([&](Records& records) { return records.Enqueue("a", now_); });
  const WorkItem old = Claim(now_).front();
  Write([&](Records& records) { return records.Enqueue("a", now_); });
  Write([&](Records& records) {
    EXPECT_FALSE(records.Finish(old).value());
    EXPECT_FALSE(records.Postpone(old, now_, absl::InfiniteFuture(), "x").value());
    return absl::OkStatus();
  });
  const auto fresh = Claim(now_);
  ASSERT_EQ(fresh.size(), 1U);
  Write([&](Records& records) {
    EXPECT_TRUE(records.Finish(fresh.front()).value());
    return absl::OkStatus();
  });
  EXPECT_TRUE(Claim(now_ + absl::Hours(1)).empty());
}

TEST_P(IngestStoreTest, CountsEveryStateOfWork) {
  for (const char* id : {"a", "b", "c", "d"}) {
    Insert(id);
    Write([&](Records& records) { return records.Enqueue(id, now_); });
  }
  const auto claimed = Claim(now_, 3);
  Write([&](Records& records) {
    EXPECT_TRUE(records.Postpone(claimed[0], now_, now_ + absl::Hours(1), "away").value());
    EXPECT_TRUE(records.Postpone(claimed[1], now_, absl::InfiniteFuture(), "broken").value());
    return absl::OkStatus();
  });
  Read([&](Records& records) {
    const auto counts = records.Counts();
    EXPECT_EQ(counts->documents, 4);
    EXPECT_EQ(counts->pending, 1);
    EXPECT_EQ(counts->running, 1);
    EXPECT_EQ(counts->retrying, 1);
    EXPECT_EQ(counts->failed, 1);
    EXPECT_EQ(counts->oldest, now_);
    const auto failures = records.Failures(10);
    EXPECT_EQ(failures->size(), 1U);
    EXPECT_EQ(failures->front().reason, "broken");
    EXPECT_EQ(failures->front().attempts, 1);
    EXPECT_EQ(records.NextDue().value(), now_);
    return absl::OkStatus();
  });
}

// The index of the store against the one in memory, over enough documents to make and merge runs.
TEST_P(IngestStoreTest, PassagesAreFoundAsInMemory) {
  std::mt19937 random(7);
  MemoryPassageIndex memory;
  std::vector<std::vector<Fingerprint>> documents;
  const auto fingerprints = [&] {
    std::vector<Fingerprint> made(6);
    // Few distinct hashes, so that one spans several blocks.
    for (uint32_t i = 0; i < made.size(); ++i) made[i] = {random() % 50 + 1, i};
    return made;
  };
  constexpr DocumentNumber kDocuments = 9 * 1024 + 100;
  Write([&](Records& records) -> absl::Status {
    for (DocumentNumber number = 1; number <= kDocuments; ++number) {
      documents.push_back(fingerprints());
      EXPECT_TRUE(memory.Add(number, documents.back()).ok());
      const auto status = records.passages().Add(number, documents.back());
      if (!status.ok()) return status;
    }
    for (const DocumentNumber number : {2U, 1030U, kDocuments}) {
      EXPECT_TRUE(memory.Remove(number).ok());
      if (auto status = records.passages().Remove(number); !status.ok()) return status;
    }
    return absl::OkStatus();
  });
  Read([&](Records& records) {
    for (const size_t per_hash : {3U, 500U, 100'000U}) {
      const auto query = fingerprints();
      const auto expected = memory.Find(query, per_hash);
      const auto found = records.passages().Find(query, per_hash);
      EXPECT_EQ(*found, *expected) << per_hash;
    }
    return absl::OkStatus();
  });
}

// However the process ended, what is found are the passages of the documents that are stored and
// count: an index that lacks some, or is of another store, is made good from the texts.
TEST_P(IngestStoreTest, PassagesSurviveARestart) {
  const auto text_of = [](int i) {
    std::string text;
    for (int word = 0; word < 20; ++word) text += fmt::format("word{}x{} ", i, word);
    return text;
  };
  for (int i = 0; i < 4; ++i) {
    Document document = Make(std::string(1, static_cast<char>('a' + i)));
    Write([&](Records& records) {
      if (i == 3) document.state = State::kRetracted;
      EXPECT_TRUE(records.Insert(document, text_of(i)).ok());
      return records.passages().Add(document.number, Winnow(FindWords(text_of(i))));
    });
  }
  if (!fixture_->Reopen()) GTEST_SKIP() << "keeps nothing";
  const auto finds = [&](int i) {
    bool found = false;
    Read([&](Records& records) {
      found = !records.passages().Find(Winnow(FindWords(text_of(i))), 9)->empty();
      return absl::OkStatus();
    });
    return found;
  };
  EXPECT_TRUE(finds(0) && finds(1) && finds(2));
  EXPECT_FALSE(finds(3));
  fixture_->DamagePassages();
  fixture_->Reopen();
  EXPECT_TRUE(finds(0) && finds(1) && finds(2));
  EXPECT_FALSE(finds(3));
}

TEST_P(IngestStoreTest, WhatTheFormatToldComesBack) {
  Document document = Make("a");
  document.external_id = "urn:x:1";
  document.version = "3";
  Reading reading;
  reading.segments = {{SegmentKind::kHeadline, {0, 3}}, {SegmentKind::kCaption, {4, 8}}};
  reading.source_map.Add(0, 17);
  reading.source_map.Add(4, 40, 1, 2);
  reading.source_offset = 900;
  reading.warnings = {"why"};
  Write([&](Records& records) -> absl::Status {
    if (auto status = records.Insert(document, "the text"); !status.ok()) return status;
    return records.AddReading(document, reading);
  });
  Insert("b");
  fixture_->Reopen();
  Read([&](Records& records) {
    const auto found = records.ReadingOf("a");
    EXPECT_EQ(found->segments, reading.segments);
    EXPECT_EQ(found->source_map.runs(), reading.source_map.runs());
    EXPECT_EQ(found->source_offset, 900U);
    EXPECT_EQ(found->warnings, reading.warnings);
    EXPECT_TRUE(records.ReadingOf("b")->empty());
    EXPECT_EQ(records.FindByExternalId("urn:x:1").value(), "a");
    EXPECT_EQ(records.FindByExternalId("").value(), std::nullopt);
    EXPECT_EQ(records.Get("a")->version, "3");
    return absl::OkStatus();
  });
  Write([&](Records& records) { return records.EraseText("a"); });
  Read([&](Records& records) {
    EXPECT_TRUE(records.ReadingOf("a")->empty());
    return absl::OkStatus();
  });
}

INSTANTIATE_TEST_SUITE_P(
    Stores, IngestStoreTest,
    ::testing::Values(Kind{"memory", [] { return std::make_unique<MemoryFixture>(); }},
                      Kind{"sqlite", [] { return std::make_unique<SqliteFixture>(); }},
                      Kind{"postgres", [] { return std::make_unique<PostgresFixture>(); }}),
    [](const auto& param) { return std::string(param.param.name); });

}  // namespace
}  // namespace consilience::ingest
