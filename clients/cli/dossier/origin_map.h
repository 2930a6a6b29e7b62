// Who is behind what, as a picture: witnesses on the left, the documents that carry their word on
// the right.
#ifndef CONSILIENCE_CLIENTS_CLI_DOSSIER_ORIGIN_MAP_H_
#define CONSILIENCE_CLIENTS_CLI_DOSSIER_ORIGIN_MAP_H_

#include <string>

#include "clients/cli/dossier/dossier.h"

namespace consilience::cli {

// An <svg> with a line from each witness of any answer to each document that its assertions stand
// in. Empty when there is no witness.
// `id`: of its title, unique in the page.
std::string OriginMap(const Dossier& dossier, const std::string& id);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_DOSSIER_ORIGIN_MAP_H_
