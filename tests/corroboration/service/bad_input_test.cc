// Input that is wrong, or made to be slow: a clear error or bounded work, never a wrong score.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <limits>
#include <new>

#include "services/common/errors/error.h"
#include "services/corroboration/service/handlers.h"
#include "services/corroboration/store/memory_store.h"
#include "tests/corroboration/support/random_world.h"
#include "tests/corroboration/support/world.h"

namespace consilience::corroboration::testing {
namespace {

class BadInputTest : public ::testing::Test {
 protected:
  // A toll of 40 on one day, with `change` made to it.
  static v1::RecordAssertionsRequest Toll(
      const std::function<void(extraction::v1::Assertion&)>& change) {
    v1::RecordAssertionsRequest request;
    request.mutable_document()->set_name("documents/d1");
    request.mutable_document()->set_outlet("Outlet A");
    request.mutable_document()->set_publication_date("2016-11-21");
    extraction::v1::Assertion& said = *request.add_assertions();
    said.set_kind("CASUALTY");
    said.set_measure("KILLED");
    said.set_quote("forty died");
    said.mutable_span()->set_end(10);
    said.mutable_span()->set_end_code_point(10);
    said.mutable_quantity()->set_lower(40);
    said.mutable_quantity()->set_upper(40);
    said.mutable_population()->add_groups("PERSON");
    said.mutable_time()->set_from("2016-11-20");
    said.mutable_time()->set_to("2016-11-20");
    said.mutable_place()->set_id("C1007");
    said.mutable_place()->set_name("Aleppo");
    said.set_denies(-1);
    change(said);
    return request;
  }
  absl::Status Record(const v1::RecordAssertionsRequest& request) {
    v1::RecordAssertionsResponse response;
    return RecordAssertions(world_.engine(), request, response);
  }
  void Refuses(const std::function<void(extraction::v1::Assertion&)>& change,
               const std::string& field) {
    const absl::Status status = Record(Toll(change));
    EXPECT_EQ(common::ErrorReason(status), "FIELD_INVALID") << field << ": " << status;
    EXPECT_NE(status.message().find(field), std::string::npos) << status;
    EXPECT_FALSE((*world_.store().FindDocument("d1")).has_value());
  }
  absl::StatusOr<v1::Source> Create(const v1::Source& source) {
    v1::CreateSourceRequest request;
    *request.mutable_source() = source;
    v1::Source response;
    const absl::Status status = CreateSource(world_.engine(), request, response);
    if (!status.ok()) return status;
    return response;
  }
  v1::Source Outlet(const std::string& name) {
    v1::Source source;
    source.set_display_name(name);
    source.set_kind(v1::SOURCE_KIND_OUTLET);
    return *Create(source);
  }
  absl::Status SetOwner(v1::Source source, const std::string& owner) {
    v1::UpdateSourceRequest request;
    source.set_owner(owner);
    source.clear_etag();
    *request.mutable_source() = source;
    request.mutable_update_mask()->add_paths("owner");
    v1::Source response;
    return UpdateSource(world_.engine(), request, response);
  }

  World world_;
};

TEST_F(BadInputTest, ImpossibleWindowsAreRefused) {
  Refuses([](auto& said) { said.mutable_time()->set_from("2016-13-01"); }, "assertions[0].time");
  Refuses([](auto& said) { said.mutable_time()->set_from("2016-02-30"); }, "assertions[0].time");
  Refuses([](auto& said) { said.mutable_time()->set_from("yesterday"); }, "assertions[0].time");
  Refuses([](auto& said) { said.mutable_time()->set_to("2016-11-19"); }, "assertions[0].time");
}

TEST_F(BadInputTest, ContradictoryBoundsAreRefused) {
  Refuses([](auto& said) { said.mutable_quantity()->set_lower(41); }, "assertions[0].quantity");
  for (const double wrong :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    Refuses([&](auto& said) { said.mutable_quantity()->set_upper(wrong); },
            "assertions[0].quantity");
  }
  Refuses([](auto& said) { said.set_confidence(1.5); }, "assertions[0].confidence");
}

TEST_F(BadInputTest, AnAssertionCannotDenyItselfOrWhatIsNotThere) {
  Refuses([](auto& said) { said.set_denies(7); }, "assertions[0].denies");
  v1::RecordAssertionsRequest request = Toll([](auto&) {});
  *request.add_assertions() = request.assertions(0);
  request.mutable_assertions(1)->set_polarity("DENIED");
  request.mutable_assertions(1)->set_denies(1);
  const absl::Status status = Record(request);
  EXPECT_EQ(common::ErrorReason(status), "FIELD_INVALID") << status;
  EXPECT_NE(status.message().find("assertions[1].denies"), std::string::npos) << status;
}

TEST_F(BadInputTest, AnOutletThatQuotesItselfIsOneWitness) {
  const auto request = Toll([](auto& said) {
    for (int i = 0; i < 3; ++i) {
      auto& speaker = *said.mutable_attribution()->add_chain();
      speaker.set_name("Outlet A");
      speaker.set_type("OUTLET");
    }
  });
  ASSERT_TRUE(Record(request).ok());
  const Corroboration c = world_.ClaimOf("forty died").claim().corroboration;
  EXPECT_EQ(c.origin_count, 1);
  EXPECT_DOUBLE_EQ(c.effective_origins, 1.0);
}

TEST_F(BadInputTest, ASourceCannotOwnItselfDirectlyOrThroughOthers) {
  const v1::Source a = Outlet("Outlet A");
  const v1::Source b = Outlet("Outlet B");
  const v1::Source c = Outlet("Outlet C");
  EXPECT_EQ(common::ErrorReason(SetOwner(a, a.name())), "FIELD_INVALID");
  ASSERT_TRUE(SetOwner(a, b.name()).ok());
  ASSERT_TRUE(SetOwner(b, c.name()).ok());
  const absl::Status circle = SetOwner(c, a.name());
  EXPECT_EQ(common::ErrorReason(circle), "FIELD_INVALID") << circle;
  v1::MergeSourcesRequest merge;
  merge.set_name(a.name());
  merge.add_others(a.name());
  merge.set_reason("it is itself");
  v1::Source response;
  EXPECT_EQ(common::ErrorReason(MergeSources(world_.engine(), merge, response)), "FIELD_INVALID");
}

TEST_F(BadInputTest, KindsOfANewerCallerAndNamesThatAreNoneAreRefused) {
  v1::Source source = Outlet("Outlet A");
  source.set_display_name("Outlet B");
  source.set_kind(static_cast<v1::SourceKind>(99));
  const absl::Status kind = Create(source).status();
  EXPECT_EQ(common::ErrorReason(kind), "FIELD_INVALID") << kind;
  EXPECT_NE(kind.message().find("source.kind is \"99\": one of OUTLET"), std::string::npos) << kind;
  source.set_kind(v1::SOURCE_KIND_OUTLET);
  for (const std::string& name :
       {std::string("two\nlines"), std::string("nul\0", 4), std::string(1001, 'x')}) {
    source.set_display_name(name);
    EXPECT_EQ(common::ErrorReason(Create(source).status()), "FIELD_INVALID") << name;
  }
  v1::UpdateSourceRequest update;
  update.mutable_source()->set_name(source.name());
  update.mutable_update_mask()->add_paths("display_name");
  v1::Source response;
  EXPECT_EQ(common::ErrorReason(UpdateSource(world_.engine(), update, response)), "FIELD_MISSING");
}

TEST_F(BadInputTest, DecisionsOfANewerCallerAreRefused) {
  ASSERT_TRUE(Record(Toll([](auto&) {})).ok());
  v1::ReviewClaimRequest request;
  request.set_name("claims/" + world_.ClaimOf("forty died").claim().id);
  request.mutable_review()->set_actor("Ann");
  request.mutable_review()->set_reason("saw it");
  request.mutable_review()->set_decision(static_cast<v1::Review::Decision>(99));
  v1::Claim response;
  const absl::Status status = ReviewClaim(world_.engine(), request, response);
  EXPECT_EQ(common::ErrorReason(status), "FIELD_INVALID") << status;
}

TEST_F(BadInputTest, ClaimsOfDifferentKindsCannotBeOne) {
  v1::RecordAssertionsRequest request = Toll([](auto&) {});
  *request.add_assertions() = request.assertions(0);
  request.mutable_assertions(1)->set_kind("POPULATION");
  request.mutable_assertions(1)->set_measure("TRAPPED");
  request.mutable_assertions(1)->set_quote("forty trapped");
  request.mutable_assertions(1)->mutable_span()->set_start(20);
  request.mutable_assertions(1)->mutable_span()->set_end(33);
  request.mutable_assertions(1)->mutable_span()->set_start_code_point(20);
  request.mutable_assertions(1)->mutable_span()->set_end_code_point(33);
  ASSERT_TRUE(Record(request).ok());
  v1::MergeClaimsRequest merge;
  merge.set_name("claims/" + world_.ClaimOf("forty died").claim().id);
  merge.add_others("claims/" + world_.ClaimOf("forty trapped").claim().id);
  merge.set_actor("Ann");
  merge.set_reason("they look alike");
  v1::Claim response;
  const absl::Status status = MergeClaims(world_.engine(), merge, response);
  EXPECT_EQ(common::ErrorReason(status), "FIELD_INVALID") << status;
  EXPECT_NE(status.message().find("POPULATION"), std::string::npos) << status;
}

TEST_F(BadInputTest, TenThousandAliasesLeadToOneSource) {
  v1::Source source;
  source.set_display_name("The Observatory of Names");
  source.set_kind(v1::SOURCE_KIND_MONITOR);
  for (int i = 0; i < 10'000; ++i) source.add_aliases(fmt::format("observatory number {}", i));
  const auto begin = std::chrono::steady_clock::now();
  const auto created = Create(source);
  ASSERT_TRUE(created.ok()) << created.status();
  EXPECT_EQ("sources/" + world_.engine().directory()->Resolve("Observatory Number 9999", false),
            created->name());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  v1::Source other;
  other.set_display_name("observatory number 5000");
  other.set_kind(v1::SOURCE_KIND_OUTLET);
  EXPECT_EQ(common::ErrorReason(Create(other).status()), "RESOURCE_ALREADY_EXISTS");
}

// A store out of memory, as a process that runs out of it sees it.
class ThrowingStore final : public MemoryStore {
 public:
  absl::StatusOr<std::vector<QuestionPtr>> QuestionsByKeys(
      const std::vector<uint64_t>& keys) override {
    if (throws) throw std::bad_alloc();
    return MemoryStore::QuestionsByKeys(keys);
  }
  bool throws = false;
};

TEST(ThrowingStoreTest, ADocumentWhoseRecordingThrowsIsRefusedAndTheNextIsRecorded) {
  ThrowingStore store;
  World world(store);
  store.throws = true;
  const DocumentRecord toll = OneToll("d1", "Outlet A", "United Nations", 40, "forty were killed");
  EXPECT_TRUE(absl::IsInternal(world.engine().Record(toll).status()));
  store.throws = false;
  EXPECT_TRUE(world.engine().Record(toll).ok());
  EXPECT_TRUE((*world.store().FindDocument("d1")).has_value());
}

// A claim that a million documents repeat stays a bounded piece of work: beyond the limit they are
// refused with what to do, and what was counted before stays as it was.
TEST(FullQuestionTest, AQuestionThatIsFullRefusesMoreAndKeepsItsScore) {
  Configuration config = DefaultConfiguration();
  config.most_assertions = 40;
  World world(config);
  for (int i = 0; i < 40; ++i) {
    const auto recorded = world.engine().Record(
        OneToll(fmt::format("d{}", i), "Outlet A", "United Nations", 40,
                fmt::format("the {}th document says that forty were killed", i)));
    ASSERT_TRUE(recorded.ok()) << recorded.status();
  }
  const std::string before = world.Snapshot();
  const DocumentRecord extra =
      OneToll("extra", "Outlet B", "Syrian army", 12, "one more says twelve");
  const auto refused = world.engine().Record(extra);
  EXPECT_EQ(common::ErrorReason(refused.status()), "FIELD_INVALID");
  EXPECT_NE(refused.status().message().find("most_assertions"), std::string::npos);
  EXPECT_EQ(world.Snapshot(), before);
  EXPECT_FALSE((*world.store().FindDocument("extra")).has_value());
  // Room that is made can be used again.
  ASSERT_TRUE(world.engine().Withdraw("d7", "RETRACTED", "").ok());
  EXPECT_TRUE(world.engine().Record(extra).ok());
}

}  // namespace
}  // namespace consilience::corroboration::testing
