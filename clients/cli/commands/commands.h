// Every command of consil, one file each.
#ifndef CONSILIENCE_CLIENTS_CLI_COMMANDS_COMMANDS_H_
#define CONSILIENCE_CLIENTS_CLI_COMMANDS_COMMANDS_H_

#include "CLI/CLI.hpp"
#include "clients/cli/context.h"

namespace consilience::cli {

// Each adds its command to `parent`; parsing fills context.action.
void AddIngest(CLI::App& parent, Context& context);

void AddDocumentsList(CLI::App& parent, Context& context);
void AddDocumentsGet(CLI::App& parent, Context& context);
void AddDocumentsPassages(CLI::App& parent, Context& context);
void AddDocumentsCompare(CLI::App& parent, Context& context);
void AddDocumentsChange(CLI::App& parent,
                        Context& context);  // update, retract, erase, reprocess, supersede

void AddClaimsList(CLI::App& parent, Context& context);
void AddClaimsGet(CLI::App& parent, Context& context);
void AddClaimsSearch(CLI::App& parent, Context& context);
void AddClaimsExplain(CLI::App& parent, Context& context);
void AddClaimsSimulate(CLI::App& parent, Context& context);
void AddClaimsWatch(CLI::App& parent, Context& context);
void AddClaimsDiff(CLI::App& parent, Context& context);
void AddClaimsHistory(CLI::App& parent, Context& context);
void AddClaimsReview(CLI::App& parent, Context& context);
void AddClaimsSplit(CLI::App& parent, Context& context);
void AddClaimsMerge(CLI::App& parent, Context& context);

void AddAssertionsReview(CLI::App& parent, Context& context);

void AddQuestionsList(CLI::App& parent, Context& context);
void AddQuestionsGet(CLI::App& parent, Context& context);

void AddSourcesList(CLI::App& parent, Context& context);
void AddSourcesGet(CLI::App& parent, Context& context);
void AddSourcesCreate(CLI::App& parent, Context& context);
void AddSourcesUpdate(CLI::App& parent, Context& context);
void AddSourcesMerge(CLI::App& parent, Context& context);
void AddSourcesDependence(CLI::App& parent, Context& context);

void AddCheck(CLI::App& parent, Context& context);
void AddDossier(CLI::App& parent, Context& context);
void AddExport(CLI::App& parent, Context& context);
void AddExtract(CLI::App& parent, Context& context);
void AddScore(CLI::App& parent, Context& context);
void AddRules(CLI::App& parent, Context& context);
void AddStatus(CLI::App& parent, Context& context);
void AddAdmin(CLI::App& parent, Context& context);
void AddMethodology(CLI::App& parent, Context& context);
void AddConfig(CLI::App& parent, Context& context);
// These walk the finished tree, so they are added last.
void AddCompletion(CLI::App& root, Context& context);
void AddMan(CLI::App& root, Context& context);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_COMMANDS_COMMANDS_H_
