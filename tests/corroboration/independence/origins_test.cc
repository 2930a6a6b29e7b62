// Speakers without a name who are one witness, or probably are a named one.
#include "services/corroboration/independence/origins.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/corroboration/support/world.h"

namespace consilience::corroboration::testing {
namespace {

using ::testing::SizeIs;

class OriginsTest : public ::testing::Test {
 protected:
  // A count of 23 dead in a document of its own.
  void Say(const std::string& name, const std::string& description) {
    RecordedAssertion& said = said_.emplace_back();
    said.id = std::to_string(said_.size());
    said.document.id = "d" + said.id;
    said.document.outlet = "Outlet " + said.id;
    said.said.kind = extraction::Kind::kCasualty;
    said.said.measure = "KILLED";
    said.said.quantity.emplace();
    said.said.quantity->lower = said.said.quantity->upper = 23;
    extraction::Speaker speaker;
    speaker.name = name;
    speaker.description = description;
    speaker.type =
        name.empty() ? extraction::SpeakerType::kUnnamed : extraction::SpeakerType::kOrganisation;
    said.said.chain = {speaker};
  }
  void Resolve() {
    const Engine::Parts& parts = world_.engine().parts();
    for (size_t i = 0; i < said_.size(); ++i) {
      entries_.push_back(MakeEntry(said_[i], parts.config, parts.places));
      witnesses_[i] = WitnessOf(said_[i], parts.config, *world_.engine().directory());
      claim_of_[i] = 0;
      members_.push_back(i);
      supports_.push_back({i, 1.0});
    }
  }
  std::vector<Origin> Origins() {
    Resolve();
    return FindOrigins(entries_, members_, claim_of_, witnesses_, world_.engine().parts().config);
  }
  Inference InferredOf(size_t i) {
    Resolve();
    return InferSource(i, entries_, supports_, witnesses_, world_.engine().parts().config);
  }

  World world_;
  std::vector<RecordedAssertion> said_;
  std::vector<Entry> entries_;
  std::map<size_t, Witness> witnesses_;
  std::map<size_t, size_t> claim_of_;
  std::vector<size_t> members_;
  std::vector<ClaimSupport> supports_;
};

TEST_F(OriginsTest, WhoeverOrganisedAMarchIsOneWitnessInEveryOutlet) {
  Say("", "the organisers");
  Say("Organisers", "");
  Say("", "a resident");
  Say("", "a resident");
  EXPECT_THAT(Origins(), SizeIs(3)) << "two residents may be two people";
}

TEST_F(OriginsTest, AMonitoringGroupIsProbablyTheMonitorThatGivesItsFigure) {
  Say("", "a Britain-based monitoring group");
  Say("Syrian Observatory for Human Rights", "");
  const Inference inference = InferredOf(0);
  EXPECT_EQ(inference.display_name, "Syrian Observatory for Human Rights");
  EXPECT_EQ(inference.confidence, DefaultConfiguration().inferred.described);
  EXPECT_FALSE(inference.same_document);
}

TEST_F(OriginsTest, WhoIsOfAnotherKindIsNotMeant) {
  Say("", "a monitoring group");
  Say("Syrian army", "");
  EXPECT_EQ(InferredOf(0).confidence, 0.0);
}

TEST_F(OriginsTest, AnOfficialIsNobodyInParticular) {
  Say("", "an official");
  Say("Syrian Observatory for Human Rights", "");
  EXPECT_EQ(InferredOf(0).confidence, 0.0);
}

}  // namespace
}  // namespace consilience::corroboration::testing
