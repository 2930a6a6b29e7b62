// Golden suites: JSONL files next to the tests, one case a line, each with a "name".
#ifndef CONSILIENCE_TESTS_EXTRACTION_GOLDEN_H_
#define CONSILIENCE_TESTS_EXTRACTION_GOLDEN_H_

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace consilience::extraction::testing {

inline std::filesystem::path RulesPath() {
  return std::filesystem::path(CONSILIENCE_SOURCE_DIR) / "services/extraction/rules";
}

// The cases of tests/extraction/`file`; throws when there are none, so that no suite passes by
// being empty.
inline std::vector<nlohmann::json> ReadGolden(const std::string& file) {
  const auto path = std::filesystem::path(CONSILIENCE_SOURCE_DIR) / "tests/extraction" / file;
  std::ifstream in(path);
  std::vector<nlohmann::json> cases;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) cases.push_back(nlohmann::json::parse(line));
  }
  if (cases.empty()) throw std::runtime_error("no cases in " + path.string());
  return cases;
}

}  // namespace consilience::extraction::testing

#endif  // CONSILIENCE_TESTS_EXTRACTION_GOLDEN_H_
