#include "services/ingest/readers/limits.h"

#include <charconv>
#include <string>

#include "services/common/errors/catalogue.h"

namespace consilience::ingest {
namespace {

// The number that `name` stands for is written to the member of that name. False when there is
// none.
bool Assign(std::string_view name, uint64_t value, Limits& limits) {
  if (name == "document_bytes") return limits.document_bytes = value, true;
  if (name == "line_bytes") return limits.line_bytes = value, true;
  if (name == "nesting_depth") return limits.nesting_depth = value, true;
  if (name == "container_depth") return limits.container_depth = value, true;
  if (name == "decompressed_ratio") return limits.decompressed_ratio = value, true;
  if (name == "ratio_free_bytes") return limits.ratio_free_bytes = value, true;
  if (name == "decompressed_bytes") return limits.decompressed_bytes = value, true;
  if (name == "items") return limits.items = value, true;
  return false;
}

}  // namespace

absl::Status SetLimit(std::string_view assignment, Limits& limits) {
  const size_t equals = assignment.find('=');
  const std::string_view number =
      equals == std::string_view::npos ? "" : assignment.substr(equals + 1);
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  const bool is_number =
      !number.empty() && error == std::errc() && end == number.data() + number.size() && value > 0;
  if (!is_number || !Assign(assignment.substr(0, equals), value, limits)) {
    return common::FieldInvalid(
        "limit", assignment,
        "write NAME=NUMBER with one of document_bytes, line_bytes, nesting_depth, "
        "container_depth, decompressed_ratio, ratio_free_bytes, decompressed_bytes, items");
  }
  return absl::OkStatus();
}

}  // namespace consilience::ingest
