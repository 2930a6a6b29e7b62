// consil claims list | get | search
#include <set>

#include "clients/cli/commands/claim_filter.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/document_lookup.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/render/detail.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/phrase.h"
#include "clients/cli/render/quote_line.h"
#include "clients/cli/render/words.h"
#include "clients/cpp/claims_client.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

struct ClaimsListOptions {
  ListOptions list;
  ClaimFilterOptions filter;
  std::string view = "basic";
  std::string as_of;
  std::vector<std::string> words;
};

absl::StatusOr<int> List(Context& context, const ClaimsListOptions& options) {
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  api::ListClaimsRequest request;
  request.set_filter(ClaimFilter(options.filter, options.list.filter));
  request.set_order_by(options.list.order_by);
  request.set_page_size(PageSize(options.list));
  request.set_view(options.view == "full" ? api::CLAIM_VIEW_FULL : api::CLAIM_VIEW_BASIC);
  if (!options.as_of.empty()) {
    auto time = ParseInstant(options.as_of, "--as-of");
    if (!time.ok()) return time.status();
    *request.mutable_read_time() = *time;
  }
  const std::string filter = request.filter();
  const auto list = [&request, &filter, claims = *claims](const char* only) {
    request.set_filter(FilterBuilder(filter).AndRaw(only).text());
    return claims->ListClaims(request);
  };
  Lists<api::Claim> lists = {[&] { return list(""); }};
  if (FactsFirst(context, options.list, options.filter.kind)) {
    lists = {[&] { return list(kFacts); }, [&] { return list(kSpeech); }};
  }
  return WriteLists(context, lists, ClaimsView(), options.list.limit,
                    AsKnown(filter, options.as_of));
}

absl::StatusOr<int> Search(Context& context, const ClaimsListOptions& options) {
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  api::SearchClaimsRequest request;
  request.set_query(fmt::format("{}", fmt::join(options.words, " ")));
  request.set_filter(ClaimFilter(options.filter, options.list.filter));
  request.set_page_size(PageSize(options.list));
  return WriteList(context, (*claims)->SearchClaims(request), ClaimsView(), options.list.limit,
                   request.filter());
}

struct ClaimOptions {
  std::string claim;
  std::string view = "full";
  std::string as_of;
};

std::string Detail(Context& context, const api::Claim& claim) {
  DetailWriter detail(context.palette(), context.width());
  const api::Corroboration& score = claim.corroboration();
  detail.Title(SentenceOf(claim));
  detail.Field("Claim", claim.name());
  detail.Field("Question", claim.question());
  detail.Field("State", StateOf(score.state()));
  detail.Field("Score", Cell{Score(score.score()), ScoreStyle(score.score())});
  detail.Field(
      "Origins",
      fmt::format("{} in {}; against: {} of {}", OriginsOf(score),
                  Counted(static_cast<size_t>(score.document_count()), "document", "documents"),
                  Effective(score.effective_origins_against()), score.origin_count_against()));
  detail.Field("Answer", AnswerOf(claim));
  detail.Field("Of whom", claim.population().text());
  detail.Field("Where", claim.place().name());
  detail.Field("When", Window(claim.time()));
  detail.Field("Range", RangeOf(score.range(), claim.kind()));
  detail.Field("Admiralty", fmt::format("{} of 6", score.admiralty_credibility()));
  if (claim.has_review()) {
    detail.Field("Review", WordFor(claim.review().decision()) + " by " + claim.review().actor() +
                               ": " + claim.review().reason());
  }
  if (claim.assertions_size() > 0) detail.Section("Said by");
  std::set<std::string> documents;
  for (const auto& assertion : claim.assertions()) documents.insert(assertion.document());
  DocumentNotes notes(LookUpDocuments(context, documents));
  for (const auto& assertion : claim.assertions()) {
    WriteQuote(detail, assertion, notes, 2, context.format() == Format::kWide);
  }
  if (claim.relations_size() > 0) detail.Section("Beside it");
  for (const auto& relation : claim.relations()) {
    detail.Line(fmt::format("{} {}{}", WordFor(relation.type()), relation.claim(),
                            relation.reason().empty() ? "" : ": " + relation.reason()));
  }
  notes.Write(detail);
  detail.Raw("\n");
  detail.Line("Why this score: consil claims explain " + IdOf(claim.name()), 0, "", Style::kFaint);
  return detail.text();
}

absl::StatusOr<int> Get(Context& context, const ClaimOptions& options) {
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  api::GetClaimRequest request;
  request.set_name(NameIn("claims", options.claim));
  request.set_view(options.view == "basic" ? api::CLAIM_VIEW_BASIC : api::CLAIM_VIEW_FULL);
  if (!options.as_of.empty()) {
    auto time = ParseInstant(options.as_of, "--as-of");
    if (!time.ok()) return time.status();
    *request.mutable_read_time() = *time;
  }
  auto claim = (*claims)->GetClaim(request);
  if (!claim.ok()) return claim.status();
  if (absl::Status status =
          context.WriteOne(*claim, claim->name(), [&] { return Detail(context, *claim); });
      !status.ok()) {
    return status;
  }
  return kSuccess;
}

constexpr char kOrders[] = "score, effective_origins, update_time (each with \" desc\"), time.from";

}  // namespace

void AddClaimsList(CLI::App& parent, Context& context) {
  auto options = std::make_shared<ClaimsListOptions>();
  CLI::App* command = AddCommand(
      parent, "list", "Claims, best corroborated first; what somebody merely said comes last",
      "  consil claims list --state disputed\n"
      "  consil claims list --place Aleppo --kind casualty -o wide\n"
      "  consil claims list --filter 'effective_origins >= 2' --limit 10 -o json\n");
  AddClaimFilterOptions(command, options->filter);
  command
      ->add_option("--view", options->view, "basic, or full: with assertions and relations [basic]")
      ->option_text("VIEW")
      ->check(CLI::IsMember({"basic", "full"}));
  command->add_option("--as-of", options->as_of, kAsOfHelp)->option_text("TIME");
  AddListOptions(command, options->list, kClaimFields, kOrders);
  Run(command, context, options, List);
}

void AddClaimsSearch(CLI::App& parent, Context& context) {
  auto options = std::make_shared<ClaimsListOptions>();
  CLI::App* command =
      AddCommand(parent, "search", "Claims by words of place, people, source or quote",
                 "  consil claims search Observatory Aleppo\n"
                 "  consil claims search 300,000\n");
  command->add_option("words", options->words, "all of them must occur")->required();
  AddClaimFilterOptions(command, options->filter);
  AddListOptions(command, options->list, kClaimFields, kOrders);
  Run(command, context, options, Search);
}

void AddClaimsGet(CLI::App& parent, Context& context) {
  auto options = std::make_shared<ClaimOptions>();
  CLI::App* command = AddCommand(parent, "get", "One claim, with every quote that makes it",
                                 "  consil claims get CLAIM\n"
                                 "  consil claims get CLAIM --as-of now -o json\n");
  command->add_option("claim", options->claim, "id or name")->required();
  command->add_option("--view", options->view, "full, or basic: without assertions [full]")
      ->option_text("VIEW")
      ->check(CLI::IsMember({"basic", "full"}));
  command->add_option("--as-of", options->as_of, kAsOfHelp)->option_text("TIME");
  Run(command, context, options, Get);
}

}  // namespace consilience::cli
