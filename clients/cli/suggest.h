// The nearest known word to a mistyped or shortened one.
#ifndef CONSILIENCE_CLIENTS_CLI_SUGGEST_H_
#define CONSILIENCE_CLIENTS_CLI_SUGGEST_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace consilience::cli {

// The first of `known` that begins with `word` (of at least two letters), else the one that the
// fewest slips of the hand turn into it; nothing when none is near.
std::optional<std::string> Nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_SUGGEST_H_
