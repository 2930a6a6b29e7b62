// The conditions on claims that have a flag of their own, wherever claims are picked.
#ifndef CONSILIENCE_CLIENTS_CLI_COMMANDS_CLAIM_FILTER_H_
#define CONSILIENCE_CLIENTS_CLI_COMMANDS_CLAIM_FILTER_H_

#include <string>

#include "CLI/CLI.hpp"

namespace consilience::cli {

struct ClaimFilterOptions {
  std::string state;
  std::string kind;
  std::string place;
  std::string source;
  std::string question;
  std::string document;
  double min_score = 0;
};

void AddClaimFilterOptions(CLI::App* command, ClaimFilterOptions& options);

// All of them and `filter`, in the filter language of the API.
std::string ClaimFilter(const ClaimFilterOptions& options, const std::string& filter);

// What a condition may speak of, for help texts.
extern const char kClaimFields[];

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_COMMANDS_CLAIM_FILTER_H_
