#include "clients/cli/suggest.h"

#include "services/common/config/nearest.h"

namespace consilience::cli {

std::optional<std::string> Nearest(std::string_view word, const std::vector<std::string>& known) {
  for (const std::string& candidate : known) {
    if (word.size() >= 2 && candidate.starts_with(word)) return candidate;
  }
  std::string nearest = common::Nearest(word, known);
  if (nearest.empty()) return std::nullopt;
  return nearest;
}

}  // namespace consilience::cli
