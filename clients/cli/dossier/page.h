// A dossier as one HTML file that needs nothing else: no network, no script.
#ifndef CONSILIENCE_CLIENTS_CLI_DOSSIER_PAGE_H_
#define CONSILIENCE_CLIENTS_CLI_DOSSIER_PAGE_H_

#include <string>

#include "clients/cli/dossier/dossier.h"

namespace consilience::cli {

std::string DossierPage(const Dossier& dossier);

// The style sheet: light and dark, screen and paper.
extern const char kDossierStyle[];

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_DOSSIER_PAGE_H_
