// A whole run of the program, from the words of the command line to the exit code.
#ifndef CONSILIENCE_CLIENTS_CLI_RUN_H_
#define CONSILIENCE_CLIENTS_CLI_RUN_H_

#include <string>
#include <vector>

namespace consilience::cli {

class Context;

// `words` without the program's name.
int Run(Context& context, std::vector<std::string> words);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_RUN_H_
