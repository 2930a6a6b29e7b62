// Maps by string that are found in without making a string, and whose look-ups do not grow with
// what they hold. Their order is none, so nothing may depend on it.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_STRING_MAP_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_STRING_MAP_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace consilience::corroboration {

struct StringHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

template <typename Value>
using StringMap = std::unordered_map<std::string, Value, StringHash, std::equal_to<>>;

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_STRING_MAP_H_
