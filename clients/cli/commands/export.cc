// consil export FORMAT: claims for other programs.
#include <set>

#include "clients/cli/commands/claim_filter.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/document_lookup.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/export/exporter.h"
#include "clients/cpp/claims_client.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

using Maker = std::unique_ptr<Exporter> (*)(const ExportOptions&, Write);

struct FormatSpec {
  const char* name;
  const char* description;
  const char* examples;
  Maker make;
};

const std::vector<FormatSpec>& FormatSpecs() {
  static const std::vector<FormatSpec> specs = {
      {"claimreview", "schema.org ClaimReview as JSON-LD, with where each claim appeared",
       "  consil export claimreview --state corroborated --publisher \"The Desk\" --out "
       "reviews.json\n"
       "  consil export claimreview --base-url https://example.org/ > reviews.json\n",
       &ClaimReviewExporter},
      {"csv", "A line for each assertion, with the claim that it supports or denies",
       "  consil export csv --place Aleppo --out aleppo.csv\n", &CsvExporter},
      {"jsonl", "Claims with their assertions, in the API's own JSON, one a line",
       "  consil export jsonl --min-score 0.8 > claims.jsonl\n", &JsonLinesExporter},
      {"stix", "A STIX 2.1 bundle of reports, opinions with confidence, and identities",
       "  consil export stix --kind casualty --out bundle.json\n", &StixExporter},
      {"graphviz", "Who carries whose word, as a graph for dot",
       "  consil export graphviz --question QUESTION > graph.dot\n", &GraphvizExporter},
  };
  return specs;
}

struct ExportCommandOptions {
  ListOptions list;
  ClaimFilterOptions filter;
  ExportOptions exported;
  Maker make = nullptr;
};

absl::Status AddClaim(Context& context, const client::ClaimsClient& claims, const api::Claim& claim,
                      Exporter& exporter) {
  std::set<std::string> names;
  if (exporter.wants_documents()) {
    for (const auto& assertion : claim.assertions()) names.insert(assertion.document());
  }
  api::Explanation explanation;
  if (exporter.wants_explanation()) {
    api::ExplainClaimRequest request;
    request.set_name(claim.name());
    auto found = claims.ExplainClaim(request);
    if (!found.ok()) return found.status();
    explanation = *std::move(found);
    AddDocumentsOf(explanation, names);
  }
  exporter.Add(claim, explanation, LookUpDocuments(context, names));
  return absl::OkStatus();
}

absl::StatusOr<int> Export(Context& context, const ExportCommandOptions& options) {
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  auto sink = context.Output(false);
  if (!sink.ok()) return sink.status();
  const auto exporter =
      options.make(options.exported, [&](std::string_view text) { (*sink)->Write(text); });
  api::ListClaimsRequest request;
  request.set_filter(ClaimFilter(options.filter, options.list.filter));
  request.set_order_by(options.list.order_by);
  request.set_page_size(PageSize(options.list));
  request.set_view(api::CLAIM_VIEW_FULL);
  std::int64_t count = 0;
  exporter->Begin();
  for (absl::StatusOr<api::Claim>& claim : (*claims)->ListClaims(request)) {
    if (!claim.ok()) return claim.status();
    if (absl::Status status = AddClaim(context, **claims, *claim, *exporter); !status.ok()) {
      return status;
    }
    if (++count == options.list.limit) break;
  }
  exporter->End();
  if (count == 0) context.Note("No claims fit; `consil claims list` shows what there is.");
  return kSuccess;
}

}  // namespace

void AddExport(CLI::App& parent, Context& context) {
  CLI::App* exports =
      AddCommand(parent, "export", "Claims for other programs",
                 "  consil export claimreview --state corroborated --out reviews.json\n"
                 "  consil export csv --place Aleppo > aleppo.csv\n");
  exports->require_subcommand(1);
  for (const FormatSpec& spec : FormatSpecs()) {
    auto options = std::make_shared<ExportCommandOptions>();
    options->make = spec.make;
    CLI::App* command = AddCommand(*exports, spec.name, spec.description, spec.examples);
    AddClaimFilterOptions(command, options->filter);
    AddListOptions(command, options->list, kClaimFields,
                   "score desc, score, effective_origins desc, update_time desc or time.from");
    command
        ->add_option("--publisher", options->exported.publisher,
                     "in whose name the claims are reviewed [Consilience]")
        ->option_text("NAME");
    command
        ->add_option("--base-url", options->exported.base_url,
                     "where claims can be read, for instance https://example.org/")
        ->option_text("URL");
    Run(command, context, options, Export);
  }
}

}  // namespace consilience::cli
