// `consilience-evaluate relations`: how the engine relates pairs of assertions whose relation a
// person has annotated.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_RELATIONS_COMMAND_H_
#define CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_RELATIONS_COMMAND_H_

#include <CLI/CLI.hpp>
#include <ostream>
#include <string>

#include "absl/status/status.h"

namespace consilience::corroboration {

struct RelationsOptions {
  std::string gold;       // JSONL: {a, b, type}
  std::string claims;     // JSONL: {id, doc, type, span: {byte_start, byte_end}}
  std::string documents;  // JSONL: {doc, pub}; with `articles`
  std::string articles;   // folder of texts whose names begin with the document's id
  std::string records;    // instead of articles: JSONL of RecordAssertionsRequest
  std::string rules;      // folder of the rule packs
  bool errors = false;    // list what is wrong
};

class RelationsCommand {
 public:
  // Adds the subcommand. It writes into this object, which outlives the parsing.
  RelationsCommand(CLI::App* app, std::string rules);

  bool chosen() const { return command_->parsed(); }
  // A line a type: right of how many; then the total. An error names file and line.
  absl::Status Run(std::ostream& out) const;

 private:
  RelationsOptions options_;
  CLI::App* command_;
};

absl::Status EvaluateRelations(const RelationsOptions& options, std::ostream& out);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_RELATIONS_COMMAND_H_
