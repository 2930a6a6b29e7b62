// consil claims explain | simulate
#include <set>

#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/document_lookup.h"
#include "clients/cli/commands/source_lookup.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/explain/explain_text.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/words.h"
#include "clients/cpp/claims_client.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

struct ExplainOptions {
  std::string claim;
  std::string as_of;
};

bool IsWide(const Context& context) { return context.format() == Format::kWide; }

absl::StatusOr<int> Explain(Context& context, const ExplainOptions& options) {
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  api::ExplainClaimRequest request;
  request.set_name(NameIn("claims", options.claim));
  api::GetClaimRequest claim_request;
  claim_request.set_view(api::CLAIM_VIEW_BASIC);
  if (!options.as_of.empty()) {
    auto time = ParseInstant(options.as_of, "--as-of");
    if (!time.ok()) return time.status();
    *request.mutable_read_time() = *time;
    *claim_request.mutable_read_time() = *time;
  }
  auto explanation = (*claims)->ExplainClaim(request);
  if (!explanation.ok()) return explanation.status();
  api::Claim claim;
  std::set<std::string> documents;
  if (context.is_text()) {
    AddDocumentsOf(*explanation, documents);
    claim_request.set_name(request.name());
    auto found = (*claims)->GetClaim(claim_request);
    if (!found.ok()) return found.status();
    claim = *std::move(found);
  }
  if (absl::Status status = context.WriteOne(
          *explanation, explanation->claim(),
          [&] {
            return ExplainText(claim, *explanation,
                               DocumentNotes(LookUpDocuments(context, documents)),
                               context.palette(), context.width(), IsWide(context));
          });
      !status.ok()) {
    return status;
  }
  return kSuccess;
}

struct SimulateOptions {
  std::string claim;
  std::vector<std::string> sources;
  std::vector<std::string> documents;
  std::vector<std::string> merges;
  std::vector<std::string> owners;
  bool without_interest = false;
};

absl::StatusOr<api::SimulateClaimRequest> ToRequest(Context& context,
                                                    const SimulateOptions& options) {
  api::SimulateClaimRequest request;
  request.set_name(NameIn("claims", options.claim));
  for (const auto& typed : options.sources) {
    const auto source = SourceNamed(context, typed);
    if (!source.ok()) return source.status();
    request.add_without_sources(*source);
  }
  for (const auto& document : options.documents) {
    request.add_without_documents(NameIn("documents", document));
  }
  for (const auto& origin : options.merges) request.add_without_merges_of(origin);
  for (const auto& pair : options.owners) {
    const size_t equals = pair.find('=');
    if (equals == std::string::npos) {
      return absl::InvalidArgumentError(
          fmt::format("--owner \"{}\" is not SOURCE=OWNER, for instance 1f2e=9a8b", pair));
    }
    const auto source = SourceNamed(context, pair.substr(0, equals));
    if (!source.ok()) return source.status();
    const auto owner = SourceNamed(context, pair.substr(equals + 1));
    if (!owner.ok()) return owner.status();
    (*request.mutable_owners())[*source] = *owner;
  }
  request.set_without_interest(options.without_interest);
  return request;
}

absl::StatusOr<int> Simulate(Context& context, const SimulateOptions& options) {
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  auto request = ToRequest(context, options);
  if (!request.ok()) return request.status();
  auto answer = (*claims)->SimulateClaim(*request);
  if (!answer.ok()) return answer.status();
  api::Claim claim;
  std::set<std::string> documents;
  if (context.is_text()) {
    api::GetClaimRequest claim_request;
    claim_request.set_name(request->name());
    claim_request.set_view(api::CLAIM_VIEW_BASIC);
    auto found = (*claims)->GetClaim(claim_request);
    if (!found.ok()) return found.status();
    claim = *std::move(found);
    AddDocumentsOf(answer->explanation(), documents);
  }
  const auto line = [](const api::Corroboration& c) {
    return fmt::format("{}, score {}, {} origins", StateOf(c.state()).text, Score(c.score()),
                       OriginsOf(c));
  };
  const auto render = [&] {
    return fmt::format("Before: {}\nAfter:  {}\n\n", line(answer->before()),
                       line(answer->after())) +
           ExplainText(claim, answer->explanation(),
                       DocumentNotes(LookUpDocuments(context, documents)), context.palette(),
                       context.width(), IsWide(context));
  };
  if (absl::Status status = context.WriteOne(*answer, request->name(), render); !status.ok()) {
    return status;
  }
  return kSuccess;
}

}  // namespace

void AddClaimsExplain(CLI::App& parent, Context& context) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App* command = AddCommand(
      parent, "explain",
      "Why a claim has its score: every witness, what was collapsed into it and on what evidence, "
      "the exact quotes, who says otherwise, and the arithmetic; -o wide also names the assertions",
      "  consil claims explain CLAIM\n"
      "  consil claims explain CLAIM --as-of now\n"
      "  consil claims explain CLAIM -o json\n");
  command->add_option("claim", options->claim, "id or name")->required();
  command->add_option("--as-of", options->as_of, kAsOfHelp)->option_text("TIME");
  Run(command, context, options, Explain);
}

void AddClaimsSimulate(CLI::App& parent, Context& context) {
  auto options = std::make_shared<SimulateOptions>();
  CLI::App* command = AddCommand(
      parent, "simulate",
      "The score as it would be without some of what it rests on. Changes nothing",
      "  consil claims simulate CLAIM --without-source SOURCE\n"
      "  consil claims simulate CLAIM --without-document DOCUMENT --without-document OTHER\n"
      "  consil claims simulate CLAIM --owner SOURCE=OWNER\n");
  command->add_option("claim", options->claim, "id or name")->required();
  const auto repeated = [&](const char* flag, std::vector<std::string>& values, const char* help,
                            const char* value) {
    command->add_option(flag, values, help)->option_text(value)->expected(1)->take_all();
  };
  repeated("--without-source", options->sources, "as if it had said nothing; may be repeated",
           "ID");
  repeated("--without-document", options->documents, "as if it did not exist; may be repeated",
           "ID");
  repeated("--without-merges-of", options->merges,
           "as if the assertions of this origin were independent; may be repeated", "ORIGIN");
  repeated("--owner", options->owners, "as if one source belonged to another; may be repeated",
           "SOURCE=OWNER");
  command->add_flag("--without-interest", options->without_interest,
                    "leave out the factor for the speakers' interests");
  Run(command, context, options, Simulate);
}

}  // namespace consilience::cli
