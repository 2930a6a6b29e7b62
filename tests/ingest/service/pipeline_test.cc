// Ledger and pipeline over a real store, with a clock that stands still.
#include "services/ingest/pipeline/pipeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <new>
#include <string>

#include "services/common/errors/catalogue.h"
#include "services/common/errors/error.h"
#include "services/ingest/ledger/group_commit.h"
#include "services/ingest/ledger/ledger.h"
#include "services/ingest/model/canonical_url.h"
#include "services/ingest/pipeline/retry_policy.h"
#include "services/ingest/store/memory/memory_store.h"
#include "services/ingest/store/sqlite/sqlite_store.h"
#include "tests/ingest/service/fake_downstream.h"
#include "tests/support/process.h"

namespace consilience::ingest {
namespace {

constexpr char kText[] =
    "Rescue workers said on Tuesday that at least twelve people had been killed when shells fell "
    "on the market of the old town shortly after noon.";

class PipelineTest : public ::testing::Test {
 protected:
  PipelineTest() { Reopen(); }

  void Reopen() {
    pipeline_.reset();
    ledger_.reset();
    store_.reset();
    store_ = *SqliteStore::Open(dir_.path());
    ledger_ = std::make_unique<Ledger>(*store_, clock_);
    PipelineOptions options;
    options.retry.attempts = 3;
    pipeline_ = std::make_unique<Pipeline>(*store_, downstream_, clock_, sleeper_, options);
  }

  absl::StatusOr<Receipt> Accept(const std::string& text, const std::string& url = "",
                                 const std::string& outlet = "",
                                 const std::string& supersedes = "") {
    Arrival arrival;
    arrival.document.text = text;
    arrival.document.format = "text/plain";
    arrival.document.language = "en";
    if (!url.empty()) arrival.document.metadata.url = {url, Basis::kGiven, "given", {}};
    if (!outlet.empty()) arrival.document.metadata.outlet = {outlet, Basis::kGiven, "given", {}};
    arrival.supersedes = supersedes;
    return ledger_->Accept({arrival})->front();
  }
  size_t Run() {
    const auto done = pipeline_->RunOnce();
    EXPECT_TRUE(done.ok()) << done.status();
    return done.value_or(0);
  }
  Document Get(const std::string& id) {
    Document document;
    const auto status = store_->Read([&](Records& records) {
      auto found = records.Get(id);
      if (found.ok()) document = *found;
      return found.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return document;
  }

  static ReadDocument ReadPlainText(const std::string& text) {
    ReadDocument document;
    document.text = text;
    document.format = "text/plain";
    document.language = "en";
    return document;
  }
  absl::StatusOr<Receipt> Only(const Arrival& arrival) {
    auto receipts = ledger_->Accept({arrival});
    EXPECT_TRUE(receipts.ok()) << receipts.status();
    return receipts->front();
  }

  consilience::testing::TempDir dir_;
  common::FakeClock clock_{absl::FromUnixSeconds(1'479'800'000)};
  common::FakeSleeper sleeper_{clock_};
  FakeDownstream downstream_;
  std::unique_ptr<SqliteStore> store_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<Pipeline> pipeline_;
};

TEST_F(PipelineTest, ADocumentIsExtractedRecordedAndStruckOff) {
  const auto receipt = Accept(kText, "https://x.org/a", "Outlet");
  ASSERT_TRUE(receipt.ok());
  EXPECT_EQ(receipt->outcome, Outcome::kAccepted);
  EXPECT_EQ(Run(), 1U);
  const auto recorded = downstream_.recorded();
  ASSERT_EQ(recorded.size(), 1U);
  const auto& request = recorded.begin()->second;
  EXPECT_EQ(request.document().name(), "documents/" + receipt->document.id);
  EXPECT_EQ(request.document().outlet(), "Outlet");
  EXPECT_EQ(request.document().digest(), receipt->document.digest);
  EXPECT_EQ(request.extractor(), "rules-1");
  EXPECT_EQ(request.assertions(0).quote(), kText);
  EXPECT_EQ(Get(receipt->document.id).state, State::kRecorded);
  EXPECT_EQ(Run(), 0U);
}

TEST_F(PipelineTest, ServicesThatAreAwayAreWaitedForWithoutEnd) {
  downstream_.Answer(absl::UnavailableError("away"));
  const std::string id = Accept(kText)->document.id;
  for (int hour = 0; hour < 20; ++hour) {
    EXPECT_EQ(Run(), 1U);
    EXPECT_EQ(Run(), 0U) << "tried again at once";
    clock_.Advance(absl::Hours(1));
  }
  EXPECT_EQ(Get(id).state, State::kPending);
  downstream_.Answer(absl::OkStatus());
  EXPECT_EQ(Run(), 1U);
  EXPECT_EQ(Get(id).state, State::kRecorded);
}

TEST_F(PipelineTest, WhatTheServicesRefuseIsSetAsideWithTheReason) {
  downstream_.Answer(absl::InvalidArgumentError("cannot be read"));
  const std::string id = Accept(kText)->document.id;
  EXPECT_EQ(Run(), 1U);
  EXPECT_EQ(Get(id).state, State::kFailed);
  EXPECT_EQ(Get(id).reason, "cannot be read");
  clock_.Advance(absl::Hours(24));
  EXPECT_EQ(Run(), 0U);
  downstream_.Answer(absl::OkStatus());
  EXPECT_EQ(ledger_->Reprocess([](const Document&) { return true; }).value(), 1);
  EXPECT_EQ(Get(id).state, State::kPending);
  EXPECT_EQ(Run(), 1U);
  EXPECT_EQ(Get(id).state, State::kRecorded);
}

TEST_F(PipelineTest, AnErrorThatMayPassIsTriedAFewTimes) {
  downstream_.Answer(absl::InternalError("hiccup"));
  const std::string id = Accept(kText)->document.id;
  for (int attempt = 0; attempt < 3; ++attempt) {
    EXPECT_EQ(Run(), 1U);
    clock_.Advance(absl::Minutes(1));
  }
  EXPECT_EQ(Get(id).state, State::kFailed);
  EXPECT_EQ(Run(), 0U);
}

TEST_F(PipelineTest, WhatThrowsIsAnErrorOfItsDocument) {
  downstream_.Throw(true);
  const std::string id = Accept(kText)->document.id;
  EXPECT_EQ(Run(), 1U);
  EXPECT_EQ(Get(id).state, State::kPending);
  downstream_.Throw(false);
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(Run(), 1U);
  EXPECT_EQ(Get(id).state, State::kRecorded);
}

TEST_F(PipelineTest, ARestartLosesNothing) {
  ASSERT_TRUE(Accept(kText).ok());
  Reopen();
  EXPECT_EQ(Run(), 1U);
  EXPECT_EQ(downstream_.recorded().size(), 1U);
}

TEST_F(PipelineTest, TheSameTextIsOneDocumentWithTwoAppearances) {
  const std::string id = Accept(kText, "https://x.org/a", "One")->document.id;
  const auto again = Accept(kText, "https://y.org/b", "Two");
  EXPECT_EQ(again->outcome, Outcome::kDuplicate);
  EXPECT_EQ(again->document.id, id);
  EXPECT_EQ(Run(), 1U);
  const auto status = store_->Read([&](Records& records) {
    const auto appearances = records.Appearances(id);
    EXPECT_EQ(appearances->size(), 1U);
    EXPECT_EQ(appearances->front().outlet, "Two");
    return appearances.status();
  });
  EXPECT_TRUE(status.ok());
}

TEST_F(PipelineTest, ANewTextUnderAKnownUrlSupersedesAndWithdraws) {
  const std::string old = Accept(kText, "http://X.org/a/?utm_source=feed")->document.id;
  Run();
  const auto receipt =
      Accept(std::string(kText) + " Later reports spoke of more.", "https://x.org/a#top");
  ASSERT_TRUE(receipt.ok()) << receipt.status();
  EXPECT_EQ(receipt->outcome, Outcome::kRevision);
  EXPECT_EQ(receipt->document.supersedes, old);
  EXPECT_EQ(Run(), 2U);
  EXPECT_EQ(Get(old).state, State::kSuperseded);
  EXPECT_EQ(Get(old).superseded_by, receipt->document.id);
  EXPECT_EQ(downstream_.withdrawn()["documents/" + old], "SUPERSEDED");
  const auto recorded = downstream_.recorded();
  EXPECT_TRUE(recorded.contains("documents/" + receipt->document.id));
  EXPECT_EQ(recorded.begin()->second.passages_size(), 0)
      << "a superseded text is no source of reuse";
}

TEST_F(PipelineTest, VersionsOfOneItemFollowEachOtherInWhateverOrderTheyCome) {
  const auto accept = [&](const std::string& text, const char* version) {
    Arrival arrival;
    arrival.document = ReadPlainText(text);
    arrival.document.external_id = "urn:newsml:agency.example:1";
    arrival.document.version = version;
    return Only(arrival);
  };
  const auto second = accept(std::string(kText) + " Second.", "2");
  EXPECT_EQ(second->outcome, Outcome::kAccepted);
  const auto first = accept(std::string(kText) + " First.", "1");
  EXPECT_EQ(first->outcome, Outcome::kOutdated);
  EXPECT_EQ(Get(first->document.id).superseded_by, second->document.id);
  const auto tenth = accept(std::string(kText) + " Tenth.", "10");
  EXPECT_EQ(tenth->outcome, Outcome::kRevision);
  EXPECT_EQ(tenth->document.supersedes, second->document.id);
  EXPECT_EQ(Get(second->document.id).state, State::kSuperseded);
  Run();
  EXPECT_EQ(downstream_.recorded().size(), 1U);
  EXPECT_TRUE(downstream_.recorded().contains("documents/" + tenth->document.id));
}

TEST_F(PipelineTest, NamesThatAreNoUrisDoNotTellItemsApart) {
  for (const char* text : {"One thing was said here.", "Another thing was said there."}) {
    Arrival arrival;
    arrival.document = ReadPlainText(text);
    arrival.document.external_id = "17";
    EXPECT_EQ(Only(arrival)->outcome, Outcome::kAccepted);
  }
}

TEST_F(PipelineTest, APublishersRetractionWithdrawsEverywhere) {
  Arrival arrival;
  arrival.document = ReadPlainText(kText);
  arrival.document.external_id = "urn:newsml:agency.example:1";
  const std::string id = Only(arrival)->document.id;
  Run();
  Arrival retraction;
  retraction.retraction = ReadRetraction{"x", "", "urn:newsml:agency.example:1", "", "killed"};
  EXPECT_EQ(Only(retraction)->outcome, Outcome::kRetracted);
  EXPECT_EQ(Only(retraction)->outcome, Outcome::kRetracted) << "again changes nothing";
  Run();
  EXPECT_EQ(Get(id).state, State::kRetracted);
  EXPECT_EQ(Get(id).reason, "killed");
  EXPECT_EQ(downstream_.withdrawn()["documents/" + id], "RETRACTED");
  retraction.retraction->external_id = "urn:newsml:agency.example:2";
  EXPECT_EQ(Only(retraction)->outcome, Outcome::kNotHeld);
}

TEST_F(PipelineTest, ErasureTakesTextAndReuseAway) {
  const std::string id = Accept(kText)->document.id;
  Run();
  ASSERT_TRUE(ledger_->Erase(id, "", "court order").ok());
  Run();
  EXPECT_EQ(downstream_.withdrawn()["documents/" + id], "ERASED");
  const std::string copy = Accept(std::string("Copied: ") + kText)->document.id;
  Run();
  EXPECT_EQ(downstream_.recorded().at("documents/" + copy).passages_size(), 0);
}

TEST_F(PipelineTest, ReuseIsHandedOnWithSpansOfBothSides) {
  const std::string first = Accept(kText)->document.id;
  Run();
  const std::string copy = Accept(std::string("“Copied”: ") + kText)->document.id;
  Run();
  const auto recorded = downstream_.recorded().at("documents/" + copy);
  ASSERT_EQ(recorded.passages_size(), 1);
  const auto& passage = recorded.passages(0);
  EXPECT_EQ(passage.other_document(), "documents/" + first);
  EXPECT_EQ(passage.other_span().start(), 0U);
  // Two curly quotation marks: three bytes and one code point each.
  EXPECT_EQ(passage.span().start() - passage.span().start_code_point(), 4U);
}

TEST_F(PipelineTest, AnUpdateIsRecordedAgainAndAStaleEtagIsRefused) {
  const Document document = Accept(kText)->document;
  Run();
  const std::string stale = EtagOf(document);
  const auto refused = ledger_->Update(document.id, stale, {{&Metadata::outlet, "New"}});
  EXPECT_EQ(common::ErrorReason(refused.status()), "ETAG_MISMATCH");
  const auto updated =
      ledger_->Update(document.id, EtagOf(Get(document.id)), {{&Metadata::outlet, "New"}});
  ASSERT_TRUE(updated.ok()) << updated.status();
  Run();
  EXPECT_EQ(downstream_.recorded().begin()->second.document().outlet(), "New");
}

TEST_F(PipelineTest, WhatIsWithdrawnStaysWithdrawn) {
  const std::string id = Accept(kText)->document.id;
  ASSERT_TRUE(ledger_->Retract(id, "", "wrong").ok());
  Run();
  EXPECT_EQ(Get(id).state, State::kRetracted);
  EXPECT_EQ(common::ErrorReason(ledger_->Update(id, "", {{&Metadata::outlet, "x"}}).status()),
            "STATE_FORBIDS");
  EXPECT_EQ(common::ErrorReason(Accept("Another text.", "", "", id).status()), "STATE_FORBIDS");
  EXPECT_EQ(ledger_->Reprocess([](const Document&) { return true; }).value(), 0);
}

TEST_F(PipelineTest, AReplacementThatIsTheSameTextIsRefused) {
  const std::string id = Accept(kText)->document.id;
  EXPECT_EQ(common::ErrorReason(Accept(kText, "", "", id).status()), "REPLACEMENT_UNCHANGED");
}

// A store out of memory, as a process that runs out of it sees it.
class ThrowingStore final : public Store {
 public:
  absl::Status Write(const Work& work) override {
    if (throws) throw std::bad_alloc();
    return store_.Write(work);
  }
  absl::Status Read(const Work& work) override { return store_.Read(work); }
  std::atomic<bool> throws = false;

 private:
  MemoryStore store_;
};

TEST(GroupCommit, WhoeverWaitsIsToldWhatWasThrown) {
  const common::FakeClock clock(absl::UnixEpoch());
  ThrowingStore store;
  Ledger ledger(store, clock);
  GroupCommit commits(ledger, {}, [] {});
  Arrival arrival;
  arrival.document.text = kText;
  store.throws = true;
  EXPECT_TRUE(absl::IsInternal(commits.Submit(arrival).get().status()));
  store.throws = false;
  EXPECT_TRUE(commits.Submit(arrival).get().ok());
}

TEST(RetryDelay, GrowsToItsBoundAndEndsWhereThereIsNoUse) {
  const RetryPolicy policy;
  const auto delay = [&](const absl::Status& status, int attempt) {
    return RetryDelay(policy, status, attempt, "d");
  };
  const auto away = absl::UnavailableError("");
  EXPECT_GE(delay(away, 1), absl::Seconds(1));
  EXPECT_GT(delay(away, 3), delay(away, 2));
  EXPECT_LE(delay(away, 1000), policy.longest * 1.25);
  EXPECT_LE(delay(common::StoreFull("here"), 1000), policy.longest * 1.25);
  EXPECT_EQ(delay(absl::InvalidArgumentError(""), 1), absl::InfiniteDuration());
  EXPECT_EQ(delay(absl::InternalError(""), policy.attempts), absl::InfiniteDuration());
  EXPECT_EQ(delay(absl::ResourceExhaustedError("too large"), 1), absl::InfiniteDuration());
  EXPECT_GE(delay(common::Overloaded("queue", 1, absl::Minutes(2)), 1), absl::Minutes(2));
}

TEST(CanonicalUrl, MakesOneSpelling) {
  for (const char* url : {"https://news.org/a", "http://news.org/a/", "HTTPS://News.Org:443/a#c",
                          "http://news.org:80/a?utm_medium=x&fbclid=1"}) {
    EXPECT_EQ(CanonicalUrl(url), "https://news.org/a") << url;
  }
  EXPECT_EQ(CanonicalUrl("https://n.org/a?id=7&utm_x=1&p=2"), "https://n.org/a?id=7&p=2");
  for (const char* url : {"", "news.org/a", "ftp://news.org/a", "https://"}) {
    EXPECT_EQ(CanonicalUrl(url), "") << url;
  }
}

}  // namespace
}  // namespace consilience::ingest
