#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "services/extraction/json/analysis_json.h"
#include "services/extraction/json/json_writer.h"

namespace consilience::extraction {
namespace {

TEST(JsonWriter, SeparatesAndEscapes) {
  JsonWriter writer;
  writer.BeginObject().Key<"a">().Number(1.0).Key<"b">().BeginArray().String("x\"\n").Bool(true);
  writer.EndArray().Key<"c">().Number(0.25).EndObject();
  EXPECT_EQ(writer.Take(), R"({"a":1,"b":["x\"\u000a",true],"c":0.25})");
}

TEST(JsonWriter, BytesThatAreNotUtf8BecomeReplacementCharacters) {
  JsonWriter writer;
  writer.String("a\xFF\xC3(\xED\xA0\x80z");
  const std::string out = writer.Take();
  EXPECT_TRUE(nlohmann::json::accept(out)) << out;
}

TEST(ToJson, SpansInBytesAndCodePoints) {
  const std::string text = "“Déjà” 141 civilians died";
  Analysis analysis;
  Assertion assertion;
  assertion.kind = Kind::kCasualty;
  assertion.measure = "KILLED";
  const size_t at = text.find("141");
  assertion.span = {at, text.size()};
  Quantity quantity;
  quantity.span = {at, at + 3};
  quantity.lower = 141;
  quantity.lower_open = true;
  assertion.quantity = quantity;
  assertion.population.groups = {PopulationGroup::kCivilian};
  analysis.assertions.push_back(assertion);
  const auto json = nlohmann::json::parse(ToJson("7", text, analysis));
  EXPECT_EQ(json["id"], "7");
  const auto& out = json["assertions"][0];
  EXPECT_EQ(out["kind"], "CASUALTY");
  EXPECT_EQ(out["quote"], "141 civilians died");
  EXPECT_EQ(out["span"]["start"], at);
  EXPECT_EQ(out["span"]["startCodePoint"], 7);
  EXPECT_EQ(out["span"]["endCodePoint"], 25);
  EXPECT_EQ(out["quantity"]["lower"], 141);
  EXPECT_FALSE(out["quantity"].contains("upper"));
  EXPECT_EQ(out["quantity"]["lowerOpen"], true);
  EXPECT_EQ(out["population"]["groups"][0], "CIVILIAN");
  EXPECT_EQ(out["polarity"], "ASSERTED");
  EXPECT_EQ(out["denies"], -1);
  EXPECT_EQ(out["attribution"]["mode"], "OUTLET_VOICE");
  EXPECT_TRUE(json["mentions"]["times"].empty());
}

}  // namespace
}  // namespace consilience::extraction
