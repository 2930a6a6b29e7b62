// Sources by what people call them.
#ifndef CONSILIENCE_CLIENTS_CLI_COMMANDS_SOURCE_LOOKUP_H_
#define CONSILIENCE_CLIENTS_CLI_COMMANDS_SOURCE_LOOKUP_H_

#include <string>

#include "absl/status/statusor.h"
#include "clients/cli/context.h"

namespace consilience::cli {

// The resource name of what was typed for a source: an id, "sources/ID", or its name as the lists
// show it ("Syrian army"). What is no source's name is taken for an id, so that the server says
// that there is none; a name of several is INVALID_ARGUMENT that tells their ids.
absl::StatusOr<std::string> SourceNamed(Context& context, const std::string& typed);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_COMMANDS_SOURCE_LOOKUP_H_
