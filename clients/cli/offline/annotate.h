// An analysed text as a person reads it.
#ifndef CONSILIENCE_CLIENTS_CLI_OFFLINE_ANNOTATE_H_
#define CONSILIENCE_CLIENTS_CLI_OFFLINE_ANNOTATE_H_

#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/output/style.h"
#include "clients/cli/output/table.h"
#include "services/extraction/model/assertion.h"

namespace consilience::cli {

// The text with its assertions marked, in colour or else in brackets, each with its number; below
// it what each number was understood to say, by which rule.
std::string Annotated(std::string_view id, std::string_view text,
                      const extraction::Analysis& analysis, Palette palette, int width);

const std::vector<Column>& AssertionColumns();
Row AssertionRow(std::string_view id, std::string_view text,
                 const extraction::Assertion& assertion);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_OFFLINE_ANNOTATE_H_
