// An explanation as a tree for the terminal: who is really speaking, why several count as one, and
// the arithmetic.
#ifndef CONSILIENCE_CLIENTS_CLI_EXPLAIN_EXPLAIN_TEXT_H_
#define CONSILIENCE_CLIENTS_CLI_EXPLAIN_EXPLAIN_TEXT_H_

#include <string>

#include "clients/cli/output/style.h"
#include "clients/cli/render/document_notes.h"
#include "consilience/corroboration/v1/claim.pb.h"
#include "consilience/corroboration/v1/explanation.pb.h"

namespace consilience::cli {

// `claim` gives title, place, window and the answer that quotes are held against; `notes` number
// the documents. `width` 0: as wide as a page. `wide` names every assertion, for reviews.
std::string ExplainText(const corroboration::v1::Claim& claim,
                        const corroboration::v1::Explanation& explanation, DocumentNotes notes,
                        Palette palette, int width, bool wide);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_EXPLAIN_EXPLAIN_TEXT_H_
