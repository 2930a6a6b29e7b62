#include "clients/cli/command_tree.h"

#include <string>

#include "fmt/format.h"

#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/context.h"
#include "clients/cli/help.h"
#include "clients/cli/settings.h"

namespace consilience::cli {
namespace {

constexpr char kExamples[] =
    "  consil ingest articles/ --wait\n"
    "  consil questions list --state disputed\n"
    "  consil claims list --place Aleppo\n"
    "  consil claims explain CLAIM\n"
    "  consil check \"300,000 people have died in the war in Syria\"\n"
    "  consil check \"141 civilians were killed in east Aleppo last week\" --date 2016-11-22\n"
    "  consil dossier QUESTION --out dossier.html\n";

void AddSettings(CLI::App& root, Context& context) {
  root.add_option_function<std::string>(
          "--context", [&context](const std::string& v) { context.flags["context"] = v; },
          "which context of the configuration file to use")
      ->option_text("NAME")
      ->group(kGlobalOptions);
  for (const SettingSpec& spec : SettingSpecs()) {
    const std::string key(spec.key);
    std::string flags = key == "output" ? "-o,--" : "--";
    flags += key;
    std::string help(spec.help);
    if (!spec.fallback.empty() && !spec.value.empty()) help += fmt::format(" [{}]", spec.fallback);
    help += fmt::format(" ({})", spec.environment);
    if (spec.value.empty()) {
      root.add_flag_function(
              flags, [&context, key](std::int64_t) { context.flags[key] = "true"; }, help)
          ->group(kGlobalOptions);
    } else {
      root.add_option_function<std::string>(
              flags, [&context, key](const std::string& v) { context.flags[key] = v; }, help)
          ->option_text(std::string(spec.value))
          ->group(kGlobalOptions);
    }
  }
  root.add_option("--out", context.out_file, "write the data to this file instead of stdout")
      ->option_text("FILE")
      ->group(kGlobalOptions);
  root.add_flag("-q,--quiet", context.quiet, "no notes and no progress on stderr")
      ->group(kGlobalOptions);
}

void AddDocuments(CLI::App& root, Context& context) {
  CLI::App* documents = AddCommand(root, "documents", "Articles that were taken in",
                                   "  consil documents list --state failed\n"
                                   "  consil documents get DOCUMENT\n");
  documents->require_subcommand(1);
  AddDocumentsList(*documents, context);
  AddDocumentsGet(*documents, context);
  AddDocumentsPassages(*documents, context);
  AddDocumentsCompare(*documents, context);
  AddDocumentsChange(*documents, context);
}

void AddClaims(CLI::App& root, Context& context) {
  CLI::App* claims = AddCommand(root, "claims", "What is claimed, and how far it is corroborated",
                                "  consil claims list --state disputed\n"
                                "  consil claims search Observatory Aleppo\n"
                                "  consil claims explain CLAIM\n");
  claims->require_subcommand(1);
  AddClaimsList(*claims, context);
  AddClaimsGet(*claims, context);
  AddClaimsExplain(*claims, context);
  AddClaimsSearch(*claims, context);
  AddClaimsSimulate(*claims, context);
  AddClaimsHistory(*claims, context);
  AddClaimsDiff(*claims, context);
  AddClaimsWatch(*claims, context);
  AddClaimsReview(*claims, context);
  AddClaimsSplit(*claims, context);
  AddClaimsMerge(*claims, context);
}

void AddAssertions(CLI::App& root, Context& context) {
  CLI::App* assertions =
      AddCommand(root, "assertions", "What documents assert, one by one",
                 "  consil assertions review ASSERTION --reason \"Another year\"\n");
  assertions->require_subcommand(1);
  AddAssertionsReview(*assertions, context);
}

void AddQuestions(CLI::App& root, Context& context) {
  CLI::App* questions = AddCommand(root, "questions", "What claims compete over",
                                   "  consil questions list --state disputed\n"
                                   "  consil questions get QUESTION\n");
  questions->require_subcommand(1);
  AddQuestionsList(*questions, context);
  AddQuestionsGet(*questions, context);
}

void AddSources(CLI::App& root, Context& context) {
  CLI::App* sources = AddCommand(root, "sources", "Who asserts things",
                                 "  consil sources list --kind monitor\n"
                                 "  consil sources get SOURCE\n");
  sources->require_subcommand(1);
  AddSourcesList(*sources, context);
  AddSourcesGet(*sources, context);
  AddSourcesDependence(*sources, context);
  AddSourcesCreate(*sources, context);
  AddSourcesUpdate(*sources, context);
  AddSourcesMerge(*sources, context);
}

}  // namespace

std::unique_ptr<CLI::App> MakeCommandTree(Context& context) {
  auto root = std::make_unique<CLI::App>(
      "Finds what reports claim and on whose word, and shows how many independent witnesses agree.",
      "consil");
  root->footer(kExamples);
  root->formatter(std::make_shared<HelpFormatter>(context.terminal().columns));
  root->set_help_flag("-h,--help", "show this help")->group(kGlobalOptions);
  root->set_version_flag("--version", CONSILIENCE_VERSION, "show the version")
      ->group(kGlobalOptions);
  root->require_subcommand(1);
  AddSettings(*root, context);
  AddIngest(*root, context);
  AddDocuments(*root, context);
  AddClaims(*root, context);
  AddAssertions(*root, context);
  AddQuestions(*root, context);
  AddSources(*root, context);
  AddCheck(*root, context);
  AddDossier(*root, context);
  AddExport(*root, context);
  AddExtract(*root, context);
  AddRules(*root, context);
  AddScore(*root, context);
  AddStatus(*root, context);
  AddAdmin(*root, context);
  AddMethodology(*root, context);
  AddConfig(*root, context);
  AddCompletion(*root, context);
  AddMan(*root, context);
  return root;
}

}  // namespace consilience::cli
