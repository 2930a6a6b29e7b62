// An assertion as a person reads it: the quote, where it stands, on whose word.
#ifndef CONSILIENCE_CLIENTS_CLI_RENDER_QUOTE_LINE_H_
#define CONSILIENCE_CLIENTS_CLI_RENDER_QUOTE_LINE_H_

#include <string>

#include "clients/cli/render/detail.h"
#include "consilience/corroboration/v1/claim.pb.h"

namespace consilience::cli {

// "documents/5f2a, Reuters, 22 Nov 2016, bytes 750–804".
std::string WhereSaid(const corroboration::v1::ClaimAssertion& assertion);

// Two or three lines.
void WriteQuote(DetailWriter& detail, const corroboration::v1::ClaimAssertion& assertion,
                int indent);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_RENDER_QUOTE_LINE_H_
