#include "tests/end_to_end/seed_world.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace consilience::testing {

std::vector<Json> ParseLines(const std::string& text) {
  std::vector<Json> result;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) result.push_back(Json::parse(line));
  }
  return result;
}

SeedWorld::SeedWorld() {
  const CommandResult ingested =
      cluster_.Consil({"ingest", SourceFile("seeds/articles"), "--manifest",
                       SourceFile("seeds/manifest.jsonl"), "--wait"});
  if (ingested.exit_code != 0) throw std::runtime_error("ingest: " + ingested.err);
  const CommandResult listed = cluster_.Consil({"claims", "list", "--view", "full", "-o", "jsonl"});
  if (listed.exit_code != 0) throw std::runtime_error("claims list: " + listed.err);
  claims_ = ParseLines(listed.out);
}

bool Supports(const Json& claim, const std::string& fragment) {
  const Json assertions = claim.value("assertions", Json::array());
  return std::any_of(assertions.begin(), assertions.end(), [&](const Json& assertion) {
    return assertion.value("stance", "") == "STANCE_SUPPORTS" &&
           assertion.value("quote", "").find(fragment) != std::string::npos;
  });
}

std::optional<Json> SeedWorld::ClaimWith(const std::vector<std::string>& fragments,
                                         const std::string& value) const {
  for (const Json& claim : claims_) {
    if (claim.value("kind", "") == "STATEMENT") continue;
    if (!value.empty() && claim.value("value", "") != value) continue;
    if (std::all_of(fragments.begin(), fragments.end(),
                    [&](const std::string& fragment) { return Supports(claim, fragment); })) {
      return claim;
    }
  }
  return std::nullopt;
}

Json SeedWorld::Get(const std::vector<std::string>& command) const {
  const CommandResult result = cluster_.Consil(command);
  if (result.exit_code != 0) throw std::runtime_error(command[0] + ": " + result.err);
  return Json::parse(result.out);
}

Json SeedWorld::Question(const Json& claim) const {
  return Get({"questions", "get", claim.at("question"), "-o", "json"});
}

Json SeedWorld::Explain(const Json& claim) const {
  return Get({"claims", "explain", claim.at("name"), "-o", "json"});
}

Json SeedWorld::Check(const std::string& sentence) const {
  return Get({"check", sentence, "--date", "2016-11-22", "-o", "json"}).at("checks").at(0);
}

std::string SeedWorld::Text(const std::string& document) const {
  return Get({"documents", "get", document, "--view", "full", "-o", "json"}).at("text");
}

}  // namespace consilience::testing
