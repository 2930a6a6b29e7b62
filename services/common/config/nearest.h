// The known word that somebody who typed another one most likely meant.
#ifndef CONSILIENCE_SERVICES_COMMON_CONFIG_NEAREST_H_
#define CONSILIENCE_SERVICES_COMMON_CONFIG_NEAREST_H_

#include <string>
#include <string_view>
#include <vector>

namespace consilience::common {

// The word of `known` that the fewest typing slips turn into `word` (a swap of neighbours is one),
// the first of equals; empty when that takes more than a third of the longer one.
std::string Nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_CONFIG_NEAREST_H_
