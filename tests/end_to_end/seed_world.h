// The five seed articles, ingested through the command line into three fresh services.
#ifndef CONSILIENCE_TESTS_END_TO_END_SEED_WORLD_H_
#define CONSILIENCE_TESTS_END_TO_END_SEED_WORLD_H_

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/services.h"

namespace consilience::testing {

using Json = nlohmann::json;

// Lines of JSON, parsed. Throws on a line that is not JSON.
std::vector<Json> ParseLines(const std::string& text);

class SeedWorld {
 public:
  // Starts the services and ingests the seeds. Throws, with what the programs said, when that
  // fails.
  SeedWorld();

  const Cluster& cluster() const { return cluster_; }
  Cluster& cluster() { return cluster_; }
  // All claims with their assertions.
  const std::vector<Json>& claims() const { return claims_; }

  // The claim, of what happened and not of what was said, that has a supporting assertion whose
  // quote contains each of `fragments` (one assertion a fragment; a claim may hold several), and
  // whose value is `value` where that is given: the children among the dead share their quote.
  // Absent when no single claim has them all.
  std::optional<Json> ClaimWith(const std::vector<std::string>& fragments,
                                const std::string& value = "") const;
  Json Question(const Json& claim) const;
  Json Explain(const Json& claim) const;
  // The first check of a sentence of 22 November 2016.
  Json Check(const std::string& sentence) const;
  // Text of a stored document.
  std::string Text(const std::string& document) const;

 private:
  Json Get(const std::vector<std::string>& command) const;

  Cluster cluster_;
  std::vector<Json> claims_;
};

// Whether an assertion of the claim that supports it has `fragment` in its quote.
bool Supports(const Json& claim, const std::string& fragment);

}  // namespace consilience::testing

#endif  // CONSILIENCE_TESTS_END_TO_END_SEED_WORLD_H_
