#include "clients/cli/methodology.h"

namespace consilience::cli {

const std::vector<std::string>& MethodologyParagraphs() {
  static const auto* const kParagraphs = new std::vector<std::string>{
      "Every report is taken apart into assertions: one document saying one thing, on someone's "
      "word, "
      "at an exact place of its text. Assertions that answer the same question – what kind of "
      "event, "
      "of whom, where, in which window of time – are put side by side; those that give the same "
      "answer "
      "form a claim.",
      "Each assertion is followed back to its origin: the named source that is quoted, else the "
      "unnamed "
      "speaker, else the wire that is credited, else the outlet's own voice. Copies of a text, "
      "reprints "
      "of one quote, aliases and outlets of one owner are one origin. Each such merge is recorded "
      "with "
      "its evidence, and can be disputed.",
      "An origin's weight grows with the accuracy that its kind has shown and shrinks with its "
      "dependence on others: origins that seem to copy each other, or that reach us through one "
      "relay "
      "only, count for less than one each. Their weights add up on a logarithmic scale; a denial "
      "counts "
      "against, and answers that cannot all hold compete for one whole.",
      "The result is calibrated against questions whose answers are known, so that of all claims "
      "scored "
      "0.8 about four in five hold. A later, higher count of the same window supersedes an earlier "
      "one "
      "and does not contradict it.",
      "The score says how well what was reported is corroborated. It does not say what is true: "
      "many "
      "witnesses can share one error, and a single one can be right.",
  };
  return *kParagraphs;
}

}  // namespace consilience::cli
