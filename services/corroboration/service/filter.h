// Filters of list methods (AIP-160): comparisons joined by AND, OR and NOT, where OR binds tighter
// than AND; `:` means "has" (contains, for text); values are words, numbers or "quoted text".
//
//   state = DISPUTED AND (kind = CASUALTY OR kind = CONTROL) AND place : "Aleppo"
#ifndef CONSILIENCE_SERVICES_CORROBORATION_SERVICE_FILTER_H_
#define CONSILIENCE_SERVICES_CORROBORATION_SERVICE_FILTER_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace consilience::corroboration {

// The values of a field of what is filtered; several for a repeated one.
using FieldValues = std::function<std::vector<std::string>(std::string_view field)>;

class Filter {
 public:
  // Matches everything.
  Filter() = default;

  // INVALID_ARGUMENT with the position of what is wrong, or the unknown field and those known.
  static absl::StatusOr<Filter> Parse(std::string_view text, const std::vector<std::string>& known);

  bool Matches(const FieldValues& fields) const;

  struct Node;

 private:
  std::shared_ptr<const Node> root_;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_SERVICE_FILTER_H_
