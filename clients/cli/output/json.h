// Messages as JSON, in the mapping that protobuf defines.
#ifndef CONSILIENCE_CLIENTS_CLI_OUTPUT_JSON_H_
#define CONSILIENCE_CLIENTS_CLI_OUTPUT_JSON_H_

#include <string>

#include "google/protobuf/message.h"

namespace consilience::cli {

// Defaults are printed, so that every record of a kind has the same keys, and maps go by key: the
// same message gives the same text. `indented`: over several lines.
std::string ToJson(const google::protobuf::Message& message, bool indented);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_OUTPUT_JSON_H_
