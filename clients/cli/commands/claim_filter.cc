#include "clients/cli/commands/claim_filter.h"

#include "clients/cli/commands/support.h"
#include "clients/cli/render/words.h"
#include "fmt/format.h"

namespace consilience::cli {

const char kClaimFields[] =
    "state, kind, measure, place, population, source, outlet, document, question, score, "
    "effective_origins, origin_count, document_count, time.from, time.to, review";

void AddClaimFilterOptions(CLI::App* command, ClaimFilterOptions& options) {
  command
      ->add_option("--state", options.state,
                   "corroborated, single-origin, disputed, contradicted, superseded or withdrawn")
      ->option_text("STATE");
  command->add_option("--kind", options.kind, "casualty, control, facility, population, …")
      ->option_text("KIND");
  command->add_option("--place", options.place, "words of the place")->option_text("NAME");
  command->add_option("--source", options.source, "on whose word")->option_text("NAME");
  command->add_option("--question", options.question, "answers to this question")
      ->option_text("ID");
  command->add_option("--document", options.document, "claimed in this document")
      ->option_text("ID");
  command->add_option("--min-score", options.min_score, "corroborated at least so far, 0 to 1")
      ->option_text("SCORE")
      ->check(CLI::Range(0.0, 1.0));
}

std::string ClaimFilter(const ClaimFilterOptions& options, const std::string& filter) {
  FilterBuilder builder(filter);
  builder.AndWord("state", options.state)
      .AndWord("kind", options.kind)
      .And("place", ":", options.place)
      .And("source", ":", options.source);
  if (!options.question.empty()) {
    builder.And("question", "=", NameIn("questions", options.question));
  }
  if (!options.document.empty()) {
    builder.And("document", "=", NameIn("documents", options.document));
  }
  if (options.min_score > 0) builder.AndRaw(fmt::format("score >= {}", options.min_score));
  return builder.text();
}

}  // namespace consilience::cli
