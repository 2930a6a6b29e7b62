// What a person reads of a web page.
#ifndef CONSILIENCE_CLIENTS_CLI_INPUT_PAGE_TEXT_H_
#define CONSILIENCE_CLIENTS_CLI_INPUT_PAGE_TEXT_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/ingest/readers/document.h"

namespace consilience::cli {

// The page in `bytes`, its main text and what it says of itself; nothing when they are no HTML. The
// error is the reader's.
absl::StatusOr<std::optional<ingest::ReadDocument>> ReadPage(std::string_view bytes,
                                                             const std::string& label);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_INPUT_PAGE_TEXT_H_
