// Golden suites: JSONL files next to the tests, one case a line, each with a "name".
#ifndef CONSILIENCE_TESTS_EXTRACTION_GOLDEN_H_
#define CONSILIENCE_TESTS_EXTRACTION_GOLDEN_H_

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include "tests/support/paths.h"

namespace consilience::extraction::testing {

inline std::filesystem::path RulesPath() {
  return consilience::testing::SourceFile("services/extraction/rules");
}

// The cases of tests/extraction/`file`; throws when there are none, so that no suite passes by
// being empty.
inline std::vector<nlohmann::json> ReadGolden(const std::string& file) {
  const auto path =
      std::filesystem::path(consilience::testing::SourceFile("tests/extraction")) / file;
  std::ifstream in(path);
  std::vector<nlohmann::json> cases;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) cases.push_back(nlohmann::json::parse(line));
  }
  if (cases.empty()) throw std::runtime_error("no cases in " + path.string());
  return cases;
}

// `text` with bytes cut out, doubled and replaced, always in the same way; not always UTF-8.
inline std::vector<std::string> Mutations(const std::string& text, int count) {
  std::vector<std::string> mutations;
  uint64_t state = 0x9E3779B97F4A7C15;  // xorshift64, so that every run sees the same texts
  const auto next = [&state](size_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return static_cast<size_t>(state % below);
  };
  for (int i = 0; i < count && !text.empty(); ++i) {
    std::string mutated = text;
    for (int edit = 0; edit < 6 && !mutated.empty(); ++edit) {
      const size_t at = next(mutated.size());
      const size_t size = next(8);
      switch (next(3)) {
        case 0:
          mutated.erase(at, size);
          break;
        case 1:
          mutated.insert(at, mutated.substr(next(mutated.size()), size));
          break;
        default:
          mutated[at] = static_cast<char>(next(256));
      }
    }
    mutations.push_back(std::move(mutated));
  }
  return mutations;
}

}  // namespace consilience::extraction::testing

#endif  // CONSILIENCE_TESTS_EXTRACTION_GOLDEN_H_
