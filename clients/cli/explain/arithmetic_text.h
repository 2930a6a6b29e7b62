// The arithmetic of a score, line by line, so that a reader can check it with a pocket calculator.
#ifndef CONSILIENCE_CLIENTS_CLI_EXPLAIN_ARITHMETIC_TEXT_H_
#define CONSILIENCE_CLIENTS_CLI_EXPLAIN_ARITHMETIC_TEXT_H_

#include "clients/cli/explain/recompute.h"
#include "clients/cli/render/detail.h"
#include "consilience/corroboration/v1/explanation.pb.h"

namespace consilience::cli {

// Ends with whether `recomputed` is the score that the server gave.
void WriteArithmetic(DetailWriter& detail, const corroboration::v1::Explanation& explanation,
                     const Recomputed& recomputed);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_EXPLAIN_ARITHMETIC_TEXT_H_
