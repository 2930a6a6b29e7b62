// What people write into a request: names, reasons, who decides.
#ifndef CONSILIENCE_SERVICES_COMMON_ERRORS_WRITTEN_H_
#define CONSILIENCE_SERVICES_COMMON_ERRORS_WRITTEN_H_

#include <cstddef>
#include <string_view>

#include "absl/status/status.h"

namespace consilience::common {

inline constexpr size_t kMostLineBytes = 1000;
inline constexpr size_t kMostNoteBytes = 10'000;

// That `text` is one line of at most kMostLineBytes: without control characters, which no terminal,
// table or database takes as they are. Empty is a line.
absl::Status CheckLine(std::string_view field, std::string_view text);

// The same of a line that has to be there; `remedy` says what it tells.
absl::Status RequireLine(std::string_view field, std::string_view text, std::string_view remedy);

// The same of a text that may have several lines, at most kMostNoteBytes.
absl::Status RequireNote(std::string_view field, std::string_view text, std::string_view remedy);

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_ERRORS_WRITTEN_H_
