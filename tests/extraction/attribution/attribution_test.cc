// Every case of cases.jsonl: some attribution of the text has all that the case says of source,
// cue, content, chain, mode, denial and hedge. A case without a cue, source or content is about the
// credit of the text alone.
#include "services/extraction/attribution/attribution.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "tests/extraction/attribution/stages.h"

namespace consilience::extraction {
namespace {

using nlohmann::json;

std::string Name(AttributionMode mode) {
  constexpr const char* kNames[] = {"OUTLET_VOICE", "DIRECT",   "MIXED",     "INDIRECT",
                                    "ACCORDING_TO", "DOCUMENT", "AGENTLESS", "NESTED"};
  return kNames[static_cast<size_t>(mode)];
}

std::vector<std::string> Words(const std::string& text, const Spans& spans) {
  std::vector<std::string> words;
  for (const Span& span : spans) words.emplace_back(span.In(text));
  return words;
}

std::vector<std::string> Links(const AttributionMention& mention) {
  std::vector<std::string> links;
  for (const Speaker& speaker : mention.chain) {
    links.push_back(speaker.name.empty() ? speaker.description : speaker.name);
  }
  return links;
}

// What a reader of a failed test sees of an attribution; also what a case is compared with.
json Describe(const std::string& text, const AttributionMention& mention) {
  json described;
  const auto source = Words(text, mention.source);
  const auto cue = Words(text, mention.cue);
  described["source"] = source.empty() ? "" : source.front();
  described["cue"] = cue.empty() ? "" : cue.front();
  described["content"] = Words(text, mention.content);
  described["chain"] = Links(mention);
  described["mode"] = Name(mention.mode);
  described["denial"] = mention.denial;
  described["hedged"] = mention.hedged;
  described["organisation"] = mention.chain.empty() ? "" : mention.chain.front().organisation;
  return described;
}

bool Agrees(const json& wanted, const json& described) {
  for (const auto& [key, value] : described.items()) {
    if (wanted.contains(key) && wanted.at(key) != value) return false;
  }
  return true;
}

bool SpeaksOfAttribution(const json& wanted) {
  return wanted.contains("cue") || wanted.contains("source") || wanted.contains("content");
}

std::string CreditOf(const std::string& text, const AttributionResult& result) {
  for (const WireCredit& credit : result.credits) {
    if (credit.scope.size() == text.size()) return credit.wire.name;
  }
  return "";
}

class AttributionCase : public ::testing::TestWithParam<json> {};

TEST_P(AttributionCase, IsUnderstood) {
  const json& wanted = GetParam();
  const std::string text = wanted.at("text").get<std::string>();
  const testing::Stages& stages = testing::SharedStages();
  const Text analysed = stages.text.Analyse(text);
  const AttributionResult result = stages.finder.Find(analysed);
  json found = json::array();
  for (const AttributionMention& mention : result.attributions) {
    found.push_back(Describe(text, mention));
  }
  if (wanted.contains("wire")) {
    EXPECT_EQ(CreditOf(text, result), wanted.at("wire").get<std::string>());
  }
  if (wanted.contains("not_chain")) {
    for (const json& one : found) {
      const auto links = one.at("chain").get<std::vector<std::string>>();
      EXPECT_EQ(std::count(links.begin(), links.end(), wanted.at("not_chain")), 0) << one;
    }
  }
  if (!SpeaksOfAttribution(wanted)) return;
  EXPECT_TRUE(
      std::any_of(found.begin(), found.end(), [&](const json& one) { return Agrees(wanted, one); }))
      << text << "\nwanted " << wanted << "\nfound  " << found.dump(1);
}

std::string CaseName(const ::testing::TestParamInfo<json>& info) {
  std::string name = info.param.at("name").get<std::string>();
  std::replace_if(
      name.begin(), name.end(),
      [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Golden, AttributionCase,
                         ::testing::ValuesIn(testing::ReadGolden("attribution/cases.jsonl")),
                         CaseName);

TEST(ChainFor, TakesTheInnermostAttribution) {
  const std::string text = "The observatory said that medics suspected a gas attack.";
  const Text analysed = testing::SharedStages().text.Analyse(text);
  const AttributionResult result = testing::SharedStages().finder.Find(analysed);
  const size_t at = text.find("a gas attack");
  const std::vector<Speaker> chain = ChainFor(result, {at, at + 12});
  ASSERT_EQ(chain.size(), 2U);
  EXPECT_EQ(chain[0].description, "medics");
  EXPECT_EQ(chain[1].name, "Syrian Observatory for Human Rights");
}

TEST(ChainFor, FallsBackOnTheCreditOfTheText) {
  const std::string text = "CAIRO (Reuters) - A train left the rails on Monday.";
  const Text analysed = testing::SharedStages().text.Analyse(text);
  const AttributionResult result = testing::SharedStages().finder.Find(analysed);
  const size_t at = text.find("A train");
  const std::vector<Speaker> chain = ChainFor(result, {at, at + 7});
  ASSERT_EQ(chain.size(), 1U);
  EXPECT_EQ(chain[0].name, "Reuters");
}

TEST(ChainFor, IsEmptyForTheOutletsOwnVoice) {
  const std::string text = "A train left the rails on Monday.";
  const Text analysed = testing::SharedStages().text.Analyse(text);
  EXPECT_TRUE(ChainFor(testing::SharedStages().finder.Find(analysed), {0, 7}).empty());
}

}  // namespace
}  // namespace consilience::extraction
