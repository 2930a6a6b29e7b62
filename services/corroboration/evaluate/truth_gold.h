// Gold answers for a table, and a method's answers judged by them.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_TRUTH_GOLD_H_
#define CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_TRUTH_GOLD_H_

#include <cstddef>
#include <istream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/corroboration/evaluate/truth_measures.h"
#include "services/corroboration/truth/result.h"
#include "services/corroboration/truth/table.h"

namespace consilience::corroboration {

struct GoldAnswer {
  std::string object;
  std::string attribute;
  std::string value;  // "true" or "false" for stances
};

struct JudgedSet {
  std::vector<Judged> judged;
  std::size_t unanswered = 0;  // gold items about which no source speaks; judged as wrong at 0
  bool stance = false;         // all gold items are stances
};

// Tab-separated: object, attribute, true value. InvalidArgument names file, line and field.
absl::StatusOr<std::vector<GoldAnswer>> ReadGold(std::istream& in, const std::string& name);

// The table's item that the answer is about, if any source speaks of it.
std::optional<std::size_t> FindItem(const TruthTable& table, const GoldAnswer& gold);

// Of equally probable candidates the first of the item counts as the answer. InvalidArgument when a
// gold value does not fit its attribute's kind.
absl::StatusOr<JudgedSet> Judge(const TruthTable& table, const TruthResult& result,
                                const std::vector<GoldAnswer>& gold);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_TRUTH_GOLD_H_
