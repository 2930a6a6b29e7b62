// Lines of tab-separated fields, as bytes arrive.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_TSV_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_TSV_H_

#include <cstddef>
#include <functional>
#include <istream>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace consilience::corroboration {

struct TsvLine {
  std::size_t number = 0;  // from 1
  std::size_t offset = 0;  // bytes read up to and with this line
  std::span<const std::string_view> fields;
};

// Calls `handle` for every line that is not blank; stops at its first error, which comes back with
// "NAME:LINE: " before it. A line may end in CR LF, and the
// first may begin with a byte order mark. More than `max_fields` fields or fewer than
// `min_fields` is InvalidArgument, whose message lists `columns`.
absl::Status ForEachTsvLine(std::istream& in, const std::string& name, std::size_t min_fields,
                            std::size_t max_fields, std::string_view columns,
                            const std::function<absl::Status(const TsvLine&)>& handle);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_TSV_H_
