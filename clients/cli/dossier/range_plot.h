// The answers to a question as ranges over time.
#ifndef CONSILIENCE_CLIENTS_CLI_DOSSIER_RANGE_PLOT_H_
#define CONSILIENCE_CLIENTS_CLI_DOSSIER_RANGE_PLOT_H_

#include <string>

#include "clients/cli/dossier/dossier.h"

namespace consilience::cli {

// An <svg>: a stroke for each assertion that states a number, at the day it speaks of (else that of
// its publication), from its lower to its upper bound; an arrow where a bound is open. Empty when
// no assertion states a number. `id`: of its title, unique in the page.
std::string RangePlot(const Dossier& dossier, const std::string& id);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_DOSSIER_RANGE_PLOT_H_
