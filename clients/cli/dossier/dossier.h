// Everything that a dossier shows, gathered before a line of it is written.
#ifndef CONSILIENCE_CLIENTS_CLI_DOSSIER_DOSSIER_H_
#define CONSILIENCE_CLIENTS_CLI_DOSSIER_DOSSIER_H_

#include <map>
#include <string>
#include <vector>

#include "clients/cli/render/document_notes.h"
#include "consilience/corroboration/v1/claim.pb.h"
#include "consilience/corroboration/v1/explanation.pb.h"

namespace consilience::cli {

// The words around a quote, cut on code points.
struct QuoteContext {
  std::string before;
  std::string after;
};

struct DossierAnswer {
  corroboration::v1::Claim claim;  // FULL view
  corroboration::v1::Explanation explanation;
  std::vector<corroboration::v1::Revision> revisions;  // newest first
};

struct Dossier {
  corroboration::v1::Question question;
  std::vector<DossierAnswer> answers;             // best supported first
  std::map<std::string, DocumentInfo> documents;  // by name
  std::map<std::string, QuoteContext> contexts;   // by assertion name
};

// A dossier's documents by number: 1 for the first that its answers mention.
std::map<std::string, int> NumberDocuments(const Dossier& dossier);

// Who an assertion is counted for, by the assertion's name.
std::map<std::string, std::string> WitnessByAssertion(const Dossier& dossier);

// The words within about `bytes` bytes on either side of [start, end) of `text`; empty when the
// span is not in it.
QuoteContext ContextOf(const std::string& text, size_t start, size_t end, size_t bytes = 160);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_DOSSIER_DOSSIER_H_
