// Small tables for tests.
#ifndef CONSILIENCE_TESTS_CORROBORATION_TRUTH_TABLES_H_
#define CONSILIENCE_TESTS_CORROBORATION_TRUTH_TABLES_H_

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "services/corroboration/truth/table_builder.h"

namespace consilience::corroboration {

struct Said {
  std::string object;
  std::string source;
  std::string value;
  std::string attribute = "a";
  std::string time = "";
};

// "s", 3 → "s3".
inline std::string Name(const char* letter, int number) {
  return fmt::format("{}{}", letter, number);
}

// The claims must fit the kinds.
inline TruthTable TableOf(const std::vector<Said>& claims, Kinds kinds = {}) {
  TableBuilder builder(std::move(kinds));
  for (const Said& said : claims) {
    if (!builder.Add(said.object, said.attribute, said.source, said.value, said.time).ok()) {
      std::abort();
    }
  }
  return std::move(builder).Build();
}

// The most probable candidate of every item, with its object.
inline std::vector<std::pair<std::string, std::string>> BestAnswers(const TruthTable& table,
                                                                    const std::vector<double>& p) {
  std::vector<std::pair<std::string, std::string>> best;
  for (std::size_t i = 0; i < table.items.size(); ++i) {
    std::size_t top = table.first_value(i);
    for (std::size_t v = top; v < table.end_value(i); ++v) {
      if (p[v] > p[top]) top = v;
    }
    best.emplace_back(table.objects[table.items[i].object], table.text_of(top));
  }
  return best;
}

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_TESTS_CORROBORATION_TRUTH_TABLES_H_
