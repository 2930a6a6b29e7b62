// The part of a dossier that people argue about: each answer, each witness for it, each quote.
#ifndef CONSILIENCE_CLIENTS_CLI_DOSSIER_WITNESSES_H_
#define CONSILIENCE_CLIENTS_CLI_DOSSIER_WITNESSES_H_

#include <string>

#include "clients/cli/dossier/dossier.h"

namespace consilience::cli {

// HTML. `id` begins the ids of what it links to; `level` is that of its headings.
std::string WitnessSections(const Dossier& dossier, const std::string& id, int level);

// The numbered list that the quotes refer to.
std::string DocumentList(const Dossier& dossier, const std::string& id);

// A coloured word for a state, told apart by its text as well.
std::string StateBadge(corroboration::v1::Corroboration::State state);

// A bar as long as the score, with the score beside it.
std::string ScoreBar(double score);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_DOSSIER_WITNESSES_H_
