// Several ingest stores over one PostgreSQL are one store.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "services/common/time/clock.h"
#include "services/ingest/ledger/ledger.h"
#include "services/ingest/store/postgres/postgres_store.h"
#include "tests/support/postgres.h"

namespace consilience::ingest {
namespace {

using consilience::testing::SharedPostgres;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr absl::Duration kLease = absl::Minutes(10);

std::vector<Arrival> Articles(int count) {
  std::vector<Arrival> arrivals(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) {
    arrivals[static_cast<size_t>(i)].document.text =
        fmt::format("Article {0} tells of {0} things that happened on day {0}.", i);
  }
  return arrivals;
}

class IngestReplicasTest : public ::testing::Test {
 protected:
  IngestReplicasTest() : uri_(SharedPostgres().CreateDatabase()) {
    for (auto& store : stores_) store = *PostgresStore::Open(*common::postgres::ReadTarget(uri_));
  }

  // What each of the stores' ledgers answers to `arrivals`, all asked at once.
  std::vector<Outcome> AcceptEverywhere(const std::vector<Arrival>& arrivals) {
    std::array<std::vector<Outcome>, 2> outcomes;
    std::vector<std::thread> threads;
    for (size_t i = 0; i < stores_.size(); ++i) {
      threads.emplace_back([&, i] {
        Ledger ledger(*stores_[i], common::RealClock());
        for (const Arrival& arrival : arrivals) {
          const auto receipts = ledger.Accept({arrival});
          ASSERT_TRUE(receipts.ok()) << receipts.status();
          outcomes[i].push_back(receipts->front()->outcome);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    outcomes[0].insert(outcomes[0].end(), outcomes[1].begin(), outcomes[1].end());
    return outcomes[0];
  }
  static std::vector<WorkItem> Claim(Store& store, size_t limit) {
    std::vector<WorkItem> items;
    const auto status = store.Write([&](Records& records) {
      auto claimed = records.Claim(common::RealClock().Now(), kLease, limit);
      if (claimed.ok()) items = *std::move(claimed);
      return claimed.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return items;
  }

  std::string uri_;
  std::array<std::unique_ptr<PostgresStore>, 2> stores_;
};

TEST_F(IngestReplicasTest, ATextThatTwoTakeInAtOnceIsKeptOnce) {
  std::map<Outcome, int> outcomes;
  for (const Outcome outcome : AcceptEverywhere(Articles(40))) ++outcomes[outcome];
  EXPECT_EQ(outcomes,
            (std::map<Outcome, int>{{Outcome::kAccepted, 40}, {Outcome::kDuplicate, 40}}));
  const auto status = stores_[1]->Read([](Records& records) -> absl::Status {
    std::set<DocumentNumber> numbers;
    const auto documents = records.List(Order::kOldestFirst, std::nullopt, 100);
    for (const Document& document : *documents) numbers.insert(document.number);
    EXPECT_THAT(*documents, SizeIs(40));
    EXPECT_THAT(numbers, SizeIs(40));
    return documents.status();
  });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(IngestReplicasTest, WorkIsClaimedByOne) {
  ASSERT_TRUE(Ledger(*stores_[0], common::RealClock()).Accept(Articles(120)).ok());
  std::array<std::vector<std::string>, 2> claimed;
  std::vector<std::thread> threads;
  for (size_t i = 0; i < stores_.size(); ++i) {
    threads.emplace_back([&, i] {
      for (auto items = Claim(*stores_[i], 3); !items.empty(); items = Claim(*stores_[i], 3)) {
        for (const WorkItem& item : items) claimed[i].push_back(item.document);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::string> all(claimed[0].begin(), claimed[0].end());
  all.insert(claimed[1].begin(), claimed[1].end());
  EXPECT_THAT(all, SizeIs(120));
  EXPECT_EQ(claimed[0].size() + claimed[1].size(), 120U);
}

TEST_F(IngestReplicasTest, WhoeverLeavesGivesBackWhatItClaimed) {
  ASSERT_TRUE(Ledger(*stores_[0], common::RealClock()).Accept(Articles(5)).ok());
  EXPECT_THAT(Claim(*stores_[0], 10), SizeIs(5));
  EXPECT_THAT(Claim(*stores_[1], 10), IsEmpty());
  stores_[0].reset();
  EXPECT_THAT(Claim(*stores_[1], 10), SizeIs(5));
}

}  // namespace
}  // namespace consilience::ingest
