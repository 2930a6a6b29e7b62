// consil claims split | merge, and consil assertions review: a person knows better what belongs
// together.
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/render/phrase.h"
#include "clients/cli/render/words.h"
#include "clients/cpp/claims_client.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

struct RegroupOptions {
  std::string claim;
  std::vector<std::string> others;  // claims to join, or assertions to take out
  std::string actor;
  std::string reason;
  std::string etag;
};

std::string ActorOf(const Context& context, const std::string& actor) {
  return actor.empty() ? context.environment()("USER").value_or("") : actor;
}

std::string Line(const api::Claim& claim) {
  return fmt::format("{}: {}\n", claim.name(), SentenceOf(claim));
}

absl::StatusOr<int> Written(const absl::Status& status) {
  if (!status.ok()) return status;
  return kSuccess;
}

absl::StatusOr<int> Split(Context& context, const RegroupOptions& options) {
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  api::SplitClaimRequest request;
  request.set_name(NameIn("claims", options.claim));
  for (const std::string& assertion : options.others) request.add_assertions(assertion);
  request.set_actor(ActorOf(context, options.actor));
  request.set_reason(options.reason);
  request.set_etag(options.etag);
  auto answer = (*claims)->SplitClaim(request);
  if (!answer.ok()) return answer.status();
  return Written(context.WriteOne(*answer, answer->split_off().name(), [&] {
    return "Remains    " + Line(answer->remaining()) + "Split off  " + Line(answer->split_off());
  }));
}

absl::StatusOr<int> Merge(Context& context, const RegroupOptions& options) {
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  api::MergeClaimsRequest request;
  request.set_name(NameIn("claims", options.claim));
  for (const std::string& other : options.others) request.add_others(NameIn("claims", other));
  request.set_actor(ActorOf(context, options.actor));
  request.set_reason(options.reason);
  request.set_etag(options.etag);
  auto claim = (*claims)->MergeClaims(request);
  if (!claim.ok()) return claim.status();
  return Written(context.WriteOne(*claim, claim->name(), [&] { return Line(*claim); }));
}

struct AssertionOptions {
  std::string assertion;
  bool take_back = false;
  std::string actor;
  std::string reason;
};

absl::StatusOr<int> ReviewAssertion(Context& context, const AssertionOptions& options) {
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  api::ReviewAssertionRequest request;
  request.set_name(options.assertion);
  request.set_set_aside(!options.take_back);
  request.set_actor(ActorOf(context, options.actor));
  request.set_reason(options.reason);
  auto assertion = (*claims)->ReviewAssertion(request);
  if (!assertion.ok()) return assertion.status();
  return Written(context.WriteOne(*assertion, assertion->name(), [&] {
    return fmt::format("“{}”: {}\n", assertion->quote(),
                       assertion->set_aside() ? "set aside; it no longer counts" : "counts again");
  }));
}

void AddPersonOptions(CLI::App* command, std::string& actor, std::string& reason) {
  command->add_option("--reason", reason, "why, for the record")->required()->option_text("TEXT");
  command->add_option("--actor", actor, "who decided [$USER]")->option_text("NAME");
}

}  // namespace

void AddClaimsSplit(CLI::App& parent, Context& context) {
  auto options = std::make_shared<RegroupOptions>();
  CLI::App* command =
      AddCommand(parent, "split", "Take assertions out of a claim into one of their own, for good",
                 "  consil claims split CLAIM ASSERTION --reason \"Another hospital\"\n");
  command->add_option("claim", options->claim, "id or name")->required();
  command
      ->add_option("assertion", options->others,
                   "to take out: documents/…/assertions/…, as in `consil claims get CLAIM -o json`")
      ->required();
  AddPersonOptions(command, options->actor, options->reason);
  command->add_option("--etag", options->etag, "refuse unless the claim is still at this one")
      ->option_text("ETAG");
  Run(command, context, options, Split);
}

void AddClaimsMerge(CLI::App& parent, Context& context) {
  auto options = std::make_shared<RegroupOptions>();
  CLI::App* command =
      AddCommand(parent, "merge", "Join claims that are one, for good",
                 "  consil claims merge CLAIM OTHER --reason \"The same strike\"\n");
  command->add_option("claim", options->claim, "the one that stays")->required();
  command->add_option("other", options->others, "those that are joined to it")->required();
  AddPersonOptions(command, options->actor, options->reason);
  command->add_option("--etag", options->etag, "refuse unless the claim is still at this one")
      ->option_text("ETAG");
  Run(command, context, options, Merge);
}

void AddAssertionsReview(CLI::App& parent, Context& context) {
  auto options = std::make_shared<AssertionOptions>();
  CLI::App* command = AddCommand(
      parent, "review", "Set a wrong extraction aside: kept and explained, but no longer counted",
      "  consil assertions review ASSERTION --reason \"The text speaks of another year\"\n"
      "  consil assertions review ASSERTION --take-back --reason \"It was right\"\n");
  command
      ->add_option("assertion", options->assertion,
                   "documents/…/assertions/…, as in `consil claims get CLAIM -o json`")
      ->required();
  command->add_flag("--take-back", options->take_back, "let it count again");
  AddPersonOptions(command, options->actor, options->reason);
  Run(command, context, options, ReviewAssertion);
}

}  // namespace consilience::cli
