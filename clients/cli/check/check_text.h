// The answer to "is this so?" for the terminal: what an editor can act on in ten seconds.
#ifndef CONSILIENCE_CLIENTS_CLI_CHECK_CHECK_TEXT_H_
#define CONSILIENCE_CLIENTS_CLI_CHECK_CHECK_TEXT_H_

#include <map>
#include <string>

#include "clients/cli/output/style.h"
#include "clients/cli/render/document_notes.h"
#include "consilience/corroboration/v1/corroboration_service.pb.h"

namespace consilience::cli {

// By claim name; a match that has none shows without its witnesses.
using Explanations = std::map<std::string, corroboration::v1::Explanation>;

// Each check in full: the verdict, what was understood, who says so on whose word, who says
// otherwise, what differs. `dated`: the caller gave the day that the statement speaks from.
std::string CheckText(const corroboration::v1::CheckStatementResponse& response,
                      const Explanations& explanations, DocumentNotes notes, bool dated,
                      Palette palette, int width);

// A whole article: its text with every checked quote marked and numbered, then a line for each,
// then how many of each verdict.
std::string CheckedArticle(const std::string& text,
                           const corroboration::v1::CheckStatementResponse& response,
                           Palette palette, int width);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_CHECK_CHECK_TEXT_H_
