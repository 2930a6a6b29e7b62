// What is known of the documents behind claims.
#ifndef CONSILIENCE_CLIENTS_CLI_COMMANDS_DOCUMENT_LOOKUP_H_
#define CONSILIENCE_CLIENTS_CLI_COMMANDS_DOCUMENT_LOOKUP_H_

#include <map>
#include <set>
#include <string>

#include "clients/cli/context.h"
#include "clients/cli/render/document_notes.h"
#include "consilience/corroboration/v1/explanation.pb.h"
#include "consilience/ingest/v1/document.pb.h"

namespace consilience::cli {

DocumentInfo InfoOf(const ingest::v1::Document& document);

// By name. Titles are a courtesy: a document that is gone, or an ingest service that does not
// answer, leaves documents out instead of failing the command.
std::map<std::string, DocumentInfo> LookUpDocuments(Context& context,
                                                    const std::set<std::string>& names);

// Adds the documents of every origin and denial.
void AddDocumentsOf(const corroboration::v1::Explanation& explanation,
                    std::set<std::string>& names);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_COMMANDS_DOCUMENT_LOOKUP_H_
