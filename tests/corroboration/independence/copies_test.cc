// What counts as one text in two documents.
#include "services/corroboration/independence/copies.h"

#include <gtest/gtest.h>

#include "tests/corroboration/support/world.h"

namespace consilience::corroboration::testing {
namespace {

class CopiesTest : public ::testing::Test {
 protected:
  // An assertion at [begin, end) of a document.
  static RecordedAssertion At(const std::string& document, size_t begin, size_t end) {
    RecordedAssertion said;
    said.id = document + std::to_string(begin);
    said.document.id = document;
    said.said.kind = extraction::Kind::kControl;
    said.said.measure = "CAPTURED";
    said.said.span = {begin, end};
    return said;
  }
  // Document a's [100, 400) stands again at b's [1000, 1300).
  static void Share(RecordedAssertion& said, double similarity) {
    PassageLink link;
    link.span = {100, 400};
    link.other_document = "b";
    link.other_span = {1000, 1300};
    link.similarity = similarity;
    said.passages.push_back(link);
  }
  bool Copied(const RecordedAssertion& a, const RecordedAssertion& b) {
    const Engine::Parts& parts = world_.engine().parts();
    const Entry first = MakeEntry(a, parts.config, parts.places);
    const Entry second = MakeEntry(b, parts.config, parts.places);
    const bool copied = FindCopy(first, second, parts.config.quotes).has_value();
    EXPECT_EQ(FindCopy(second, first, parts.config.quotes).has_value(), copied);
    return copied;
  }

  World world_;
};

TEST_F(CopiesTest, TheSamePlaceOfASharedPassageIsOneText) {
  RecordedAssertion said = At("a", 120, 140);
  Share(said, 1.0);
  EXPECT_TRUE(Copied(said, At("b", 1020, 1040)));
  EXPECT_TRUE(Copied(said, At("b", 1015, 1045))) << "spans may be cut a little differently";
}

TEST_F(CopiesTest, AnotherSpeakerOfTheSamePassageIsAnother) {
  RecordedAssertion said = At("a", 120, 140);
  Share(said, 0.9);
  EXPECT_FALSE(Copied(said, At("b", 1200, 1222)));
}

TEST_F(CopiesTest, EditsShiftWhatFollowsThem) {
  RecordedAssertion said = At("a", 300, 320);
  Share(said, 0.9);
  EXPECT_TRUE(Copied(said, At("b", 1225, 1245)));
}

TEST_F(CopiesTest, OutsideThePassageNothingIsShared) {
  RecordedAssertion said = At("a", 500, 520);
  Share(said, 1.0);
  EXPECT_FALSE(Copied(said, At("b", 1400, 1420)));
}

}  // namespace
}  // namespace consilience::corroboration::testing
