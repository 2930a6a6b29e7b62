// The whole of consil's commands and flags.
#ifndef CONSILIENCE_CLIENTS_CLI_COMMAND_TREE_H_
#define CONSILIENCE_CLIENTS_CLI_COMMAND_TREE_H_

#include <memory>

#include "CLI/CLI.hpp"

namespace consilience::cli {

class Context;

// `context` must outlive the tree.
std::unique_ptr<CLI::App> MakeCommandTree(Context& context);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_COMMAND_TREE_H_
