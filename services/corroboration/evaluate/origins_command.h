// consilience-evaluate origins: of the claims that a count of outlets would call corroborated, how
// many have one origin.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_ORIGINS_COMMAND_H_
#define CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_ORIGINS_COMMAND_H_

#include <CLI/CLI.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace consilience::corroboration {

struct OriginsOptions {
  std::string articles;   // JSONL: {id, source (the outlet), date, title, text}
  std::string rules;      // folder of the rule packs
  bool examples = false;  // list the claims of several outlets and one origin
};

// A claim as the count sees it.
struct CountedClaim {
  int outlets = 0;
  int origins = 0;
  double effective = 0.0;
};

struct OriginsReport {
  int claims = 0;
  int several_outlets = 0;  // two or more: corroborated, for who counts outlets
  int one_origin = 0;       // of these
  int below_two = 0;        // of these, worth less than two independent witnesses
  double low = 0.0;         // 95% interval of one_origin / several_outlets, by bootstrap
  double high = 0.0;
};

// The interval is of 1,000 samples of the claims with replacement, drawn from a fixed seed.
OriginsReport CountOrigins(const std::vector<CountedClaim>& claims);

class OriginsCommand {
 public:
  // Adds the subcommand. It writes into this object, which outlives the parsing.
  OriginsCommand(CLI::App* app, std::string rules);

  bool chosen() const { return command_->parsed(); }
  // An error names file and line.
  absl::Status Run(std::ostream& out) const;

 private:
  OriginsOptions options_;
  CLI::App* command_;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_ORIGINS_COMMAND_H_
