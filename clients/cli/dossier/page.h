// Dossiers as one HTML file that needs nothing else: no network, no script.
#ifndef CONSILIENCE_CLIENTS_CLI_DOSSIER_PAGE_H_
#define CONSILIENCE_CLIENTS_CLI_DOSSIER_PAGE_H_

#include <string>
#include <vector>

#include "clients/cli/dossier/dossier.h"

namespace consilience::cli {

// One question is the page; several stand behind a list of contents. `written`: when, UTC.
std::string DossierPage(const std::vector<Dossier>& dossiers, const std::string& written);

// The style sheet: light and dark, screen and paper.
extern const char kDossierStyle[];

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_DOSSIER_PAGE_H_
