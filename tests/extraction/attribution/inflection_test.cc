#include "services/extraction/attribution/inflection.h"

#include <gtest/gtest.h>

namespace consilience::extraction {
namespace {

TEST(Inflection, ThirdPersonAndPlural) {
  EXPECT_EQ(WithS("report"), "reports");
  EXPECT_EQ(WithS("deny"), "denies");
  EXPECT_EQ(WithS("say"), "says");
  EXPECT_EQ(WithS("stress"), "stresses");
  EXPECT_EQ(WithS("pledge"), "pledges");
}

TEST(Inflection, Past) {
  EXPECT_EQ(WithEd("report"), "reported");
  EXPECT_EQ(WithEd("deny"), "denied");
  EXPECT_EQ(WithEd("argue"), "argued");
  EXPECT_EQ(WithEd("convey"), "conveyed");
}

TEST(Inflection, Gerund) {
  EXPECT_EQ(WithIng("report"), "reporting");
  EXPECT_EQ(WithIng("argue"), "arguing");
  EXPECT_EQ(WithIng("agree"), "agreeing");
  EXPECT_EQ(WithIng("lie"), "lying");
  EXPECT_EQ(WithIng("deny"), "denying");
}

}  // namespace
}  // namespace consilience::extraction
