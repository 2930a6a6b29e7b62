// Which answers to one question are one claim, and which of them leads it.
#include "services/corroboration/matching/claims.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/corroboration/matching/partition.h"
#include "tests/corroboration/support/world.h"

namespace consilience::corroboration::testing {
namespace {

using ::testing::SizeIs;

class ClaimsTest : public ::testing::Test {
 protected:
  // Of one day and place, told by a document of its own.
  RecordedAssertion& Add(extraction::Kind kind, const std::string& measure) {
    RecordedAssertion& added = said_.emplace_back();
    added.id = std::to_string(said_.size());
    added.document.id = "d" + added.id;
    added.document.publication_date = "2016-11-22";
    added.said.kind = kind;
    added.said.measure = measure;
    added.said.time = {"2016-11-22", "2016-11-22"};
    added.said.place.id = "C1007/east";
    return added;
  }

  std::vector<ClaimGroup> Claims() {
    const Engine::Parts& parts = world_.engine().parts();
    std::vector<size_t> all;
    entries_.clear();
    for (const RecordedAssertion& said : said_) {
      all.push_back(entries_.size());
      entries_.push_back(MakeEntry(said, parts.config, parts.places));
    }
    EXPECT_THAT(PartitionIntoQuestions(entries_, parts.places), SizeIs(1)) << "not one question";
    return GroupIntoClaims(entries_, all);
  }
  const extraction::Assertion& Leader(const ClaimGroup& claim) const {
    return entries_[claim.leader].assertion->said;
  }

  World world_;
  std::vector<RecordedAssertion> said_;
  std::vector<Entry> entries_;
};

TEST_F(ClaimsTest, WhatIsOutOfServiceLeadsWhatIsDamaged) {
  Add(extraction::Kind::kFacility, "DAMAGED").said.target = "hospital";
  Add(extraction::Kind::kFacility, "OUT_OF_SERVICE").said.target = "all the hospitals";
  RecordedAssertion& named = Add(extraction::Kind::kFacility, "DAMAGED");
  named.said.target = "hospitals";
  named.said.actor = "army";
  const std::vector<ClaimGroup> claims = Claims();
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_EQ(Leader(claims[0]).measure, "OUT_OF_SERVICE");
}

TEST_F(ClaimsTest, WhatWasHeldUntilThenIsNotWhatWasTakenBack) {
  RecordedAssertion& held = Add(extraction::Kind::kControl, "HELD");
  held.said.actor = "rebels";
  held.said.time = {"2016-11-21", "2016-11-21"};
  Add(extraction::Kind::kControl, "CAPTURED").said.actor = "army";
  Add(extraction::Kind::kControl, "RECAPTURED").said.actor = "rebels";
  RecordedAssertion& denial = Add(extraction::Kind::kControl, "RECAPTURED");
  denial.said.actor = "rebels";
  denial.said.polarity = extraction::Polarity::kDenied;
  const std::vector<ClaimGroup> claims = Claims();
  ASSERT_THAT(claims, SizeIs(3));
  for (const ClaimGroup& claim : claims) {
    EXPECT_THAT(claim.supports, SizeIs(1));
    EXPECT_THAT(claim.denials, SizeIs(Leader(claim).measure == "RECAPTURED" ? 1 : 0))
        << Leader(claim).measure;
  }
}

TEST_F(ClaimsTest, WhatWasDeniedTheDayBeforeHasAKeyOfItsOwn) {
  Add(extraction::Kind::kControl, "CAPTURED").said.actor = "army";
  RecordedAssertion& denial = Add(extraction::Kind::kControl, "CAPTURED");
  denial.said.actor = "army";
  denial.said.polarity = extraction::Polarity::kDenied;
  denial.said.time = {"2016-11-21", "2016-11-21"};
  const std::vector<ClaimGroup> claims = Claims();
  ASSERT_THAT(claims, SizeIs(2));
  EXPECT_NE(claims[0].key, claims[1].key);
}

TEST_F(ClaimsTest, AnEarlierBoundDoesNotForeseeTheCountThatRose) {
  for (const bool later : {false, true}) {
    said_.clear();
    said_.reserve(2);
    RecordedAssertion& bound = Add(extraction::Kind::kCasualty, "KILLED");
    bound.said.quantity.emplace();
    bound.said.quantity->lower = 239;
    RecordedAssertion& count = Add(extraction::Kind::kCasualty, "KILLED");
    count.said.quantity.emplace();
    count.said.quantity->lower = count.said.quantity->upper = 366;
    if (later) count.document.publication_date = "2016-11-23";
    EXPECT_THAT(Claims(), SizeIs(later ? 2 : 1));
    count.said.quantity->lower = count.said.quantity->upper = 240;
    EXPECT_THAT(Claims(), SizeIs(1)) << "240 is no news beside at least 239";
  }
}

TEST_F(ClaimsTest, AStrikeIsOneHoweverLateItIsTold) {
  Add(extraction::Kind::kAttack, "AIRSTRIKE");
  RecordedAssertion& undated = Add(extraction::Kind::kAttack, "AIRSTRIKE");
  undated.said.time = {};
  undated.document.publication_date = "2016-11-23";
  EXPECT_THAT(Claims(), SizeIs(1));
}

TEST_F(ClaimsTest, WhatWorksIsAnotherClaim) {
  Add(extraction::Kind::kFacility, "OPERATING").said.target = "hospitals";
  Add(extraction::Kind::kFacility, "OUT_OF_SERVICE").said.target = "medical facilities";
  EXPECT_THAT(Claims(), SizeIs(2));
}

TEST_F(ClaimsTest, ACountWithoutANumberMentionsTheOnesThatHaveOne) {
  Add(extraction::Kind::kCasualty, "KILLED");  // "people were killed"
  for (const double killed : {6.0, 40.0}) {
    extraction::Quantity quantity;
    quantity.lower = quantity.upper = killed;
    Add(extraction::Kind::kCasualty, "KILLED").said.quantity = quantity;
  }
  const std::vector<ClaimGroup> claims = Claims();
  ASSERT_THAT(claims, SizeIs(2));
  size_t mentions = 0;
  for (const ClaimGroup& claim : claims) {
    EXPECT_THAT(claim.supports, SizeIs(1));
    mentions += claim.mentions.size();
  }
  EXPECT_EQ(mentions, 1U);
}

TEST_F(ClaimsTest, ACountWithoutANumberIsAClaimWhereNobodyHasOne) {
  Add(extraction::Kind::kCasualty, "KILLED");
  Add(extraction::Kind::kCasualty, "KILLED");
  const std::vector<ClaimGroup> claims = Claims();
  ASSERT_THAT(claims, SizeIs(1));
  EXPECT_THAT(claims[0].supports, SizeIs(2));
}

TEST_F(ClaimsTest, AFallWithoutASideGoesWithTheCapture) {
  Add(extraction::Kind::kControl, "RECAPTURED").said.actor = "rebels";
  Add(extraction::Kind::kControl, "CAPTURED");  // "has fallen"
  Add(extraction::Kind::kControl, "CAPTURED").said.actor = "army";
  Add(extraction::Kind::kControl, "RECAPTURED").said.actor = "rebels";
  const std::vector<ClaimGroup> claims = Claims();
  ASSERT_THAT(claims, SizeIs(2));
  for (const ClaimGroup& claim : claims) {
    EXPECT_THAT(claim.supports, SizeIs(2)) << Leader(claim).actor;
  }
}

}  // namespace
}  // namespace consilience::corroboration::testing
