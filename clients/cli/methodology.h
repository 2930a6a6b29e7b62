// How a score is made, in words for a reader who is no engineer.
#ifndef CONSILIENCE_CLIENTS_CLI_METHODOLOGY_H_
#define CONSILIENCE_CLIENTS_CLI_METHODOLOGY_H_

#include <string>
#include <vector>

namespace consilience::cli {

const std::vector<std::string>& MethodologyParagraphs();

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_METHODOLOGY_H_
