// An assertion as a person reads it: the quote, where it stands, on whose word.
#ifndef CONSILIENCE_CLIENTS_CLI_RENDER_QUOTE_LINE_H_
#define CONSILIENCE_CLIENTS_CLI_RENDER_QUOTE_LINE_H_

#include "clients/cli/render/detail.h"
#include "clients/cli/render/document_notes.h"
#include "consilience/corroboration/v1/claim.pb.h"

namespace consilience::cli {

// Two or three lines; the document is a numbered note.
void WriteQuote(DetailWriter& detail, const corroboration::v1::ClaimAssertion& assertion,
                DocumentNotes& notes, int indent, bool wide);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_RENDER_QUOTE_LINE_H_
