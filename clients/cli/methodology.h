// How a score is made, in words, as the dossier tells it.
#ifndef CONSILIENCE_CLIENTS_CLI_METHODOLOGY_H_
#define CONSILIENCE_CLIENTS_CLI_METHODOLOGY_H_

#include <string>
#include <vector>

#include "services/corroboration/config/methodology.h"

namespace consilience::cli {

// The page of the compiled-in configuration without its tables.
const std::vector<corroboration::MethodologySection>& MethodologyInWords();

// The digest of that configuration.
const std::string& MethodologyDigest();

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_METHODOLOGY_H_
