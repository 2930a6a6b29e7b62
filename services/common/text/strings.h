// Between std::string_view, which our interfaces speak, and absl::string_view, which is another
// type in this build of Abseil.
#ifndef CONSILIENCE_SERVICES_COMMON_TEXT_STRINGS_H_
#define CONSILIENCE_SERVICES_COMMON_TEXT_STRINGS_H_

#include <string_view>

#include "absl/strings/string_view.h"

namespace consilience::common {

inline absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view ToStd(absl::string_view text) { return {text.data(), text.size()}; }

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_TEXT_STRINGS_H_
