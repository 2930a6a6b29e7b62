// consil claims list | get | search
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/render/detail.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/quote_line.h"
#include "clients/cli/render/words.h"
#include "clients/cpp/claims_client.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

// Conditions that have a flag of their own.
struct ClaimFilterOptions {
  std::string state;
  std::string kind;
  std::string place;
  std::string source;
  std::string question;
  std::string document;
  double min_score = 0;
};

void AddFilterOptions(CLI::App* command, ClaimFilterOptions& options) {
  command
      ->add_option("--state", options.state,
                   "corroborated, single-origin, disputed, contradicted, superseded or withdrawn")
      ->option_text("STATE");
  command->add_option("--kind", options.kind, "casualty, control, facility, population, …")
      ->option_text("KIND");
  command->add_option("--place", options.place, "words of the place")->option_text("NAME");
  command->add_option("--source", options.source, "on whose word")->option_text("NAME");
  command->add_option("--question", options.question, "answers to this question")
      ->option_text("ID");
  command->add_option("--document", options.document, "claimed in this document")
      ->option_text("ID");
  command->add_option("--min-score", options.min_score, "corroborated at least so far, 0 to 1")
      ->option_text("SCORE")
      ->check(CLI::Range(0.0, 1.0));
}

std::string FilterOf(const ClaimFilterOptions& options, const std::string& filter) {
  FilterBuilder builder(filter);
  builder.AndWord("state", options.state)
      .AndWord("kind", options.kind)
      .And("place", ":", options.place)
      .And("source", ":", options.source);
  if (!options.question.empty()) {
    builder.And("question", "=", NameIn("questions", options.question));
  }
  if (!options.document.empty()) {
    builder.And("document", "=", NameIn("documents", options.document));
  }
  if (options.min_score > 0) builder.AndRaw(fmt::format("score >= {}", options.min_score));
  return builder.text();
}

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
  request.set_filter(FilterOf(options.filter, options.list.filter));
  request.set_order_by(options.list.order_by);
  request.set_page_size(PageSize(options.list));
  request.set_view(options.view == "full" ? api::CLAIM_VIEW_FULL : api::CLAIM_VIEW_BASIC);
  if (!options.as_of.empty()) {
    auto time = ParseInstant(options.as_of, "--as-of");
    if (!time.ok()) return time.status();
    *request.mutable_read_time() = *time;
  }
  return WriteList(context, (*claims)->ListClaims(request), ClaimsView(), options.list.limit);
}

absl::StatusOr<int> Search(Context& context, const ClaimsListOptions& options) {
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  api::SearchClaimsRequest request;
  request.set_query(fmt::format("{}", fmt::join(options.words, " ")));
  request.set_filter(FilterOf(options.filter, options.list.filter));
  request.set_page_size(PageSize(options.list));
  return WriteList(context, (*claims)->SearchClaims(request), ClaimsView(), options.list.limit);
}

struct ClaimOptions {
  std::string claim;
  std::string view = "full";
  std::string as_of;
};

std::string Detail(const Context& context, const api::Claim& claim) {
  DetailWriter detail(context.palette(), context.width());
  const api::Corroboration& score = claim.corroboration();
  detail.Title(TitleOf(claim));
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
  detail.Field("Range", RangeOf(score.range()));
  detail.Field("Admiralty", fmt::format("{} of 6", score.admiralty_credibility()));
  if (claim.has_review()) {
    detail.Field("Review", WordFor(claim.review().decision()) + " by " + claim.review().actor() +
                               ": " + claim.review().reason());
  }
  if (claim.assertions_size() > 0) detail.Section("Said by");
  for (const auto& assertion : claim.assertions()) WriteQuote(detail, assertion, 2);
  if (claim.relations_size() > 0) detail.Section("Beside it");
  for (const auto& relation : claim.relations()) {
    detail.Line(fmt::format("{} {}{}", WordFor(relation.type()), relation.claim(),
                            relation.reason().empty() ? "" : ": " + relation.reason()));
  }
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

constexpr char kFields[] =
    "state, kind, measure, place, population, source, outlet, document, question, score, "
    "effective_origins, origin_count, document_count, time.from, time.to, review";
constexpr char kOrders[] = "score, effective_origins, update_time (each with \" desc\"), time.from";

}  // namespace

void AddClaimsList(CLI::App& parent, Context& context) {
  auto options = std::make_shared<ClaimsListOptions>();
  CLI::App* command =
      AddCommand(parent, "list", "Claims, best corroborated first",
                 "  consil claims list --state disputed\n"
                 "  consil claims list --place Aleppo --kind casualty -o wide\n"
                 "  consil claims list --filter 'effective_origins >= 2' --limit 10 -o json\n");
  AddFilterOptions(command, options->filter);
  command
      ->add_option("--view", options->view, "basic, or full: with assertions and relations [basic]")
      ->option_text("VIEW")
      ->check(CLI::IsMember({"basic", "full"}));
  command
      ->add_option("--as-of", options->as_of, "as it stood then: a day, an instant, or an age (2h)")
      ->option_text("TIME");
  AddListOptions(command, options->list, kFields, kOrders);
  Run(command, context, options, List);
}

void AddClaimsSearch(CLI::App& parent, Context& context) {
  auto options = std::make_shared<ClaimsListOptions>();
  CLI::App* command =
      AddCommand(parent, "search", "Claims by words of place, people, source or quote",
                 "  consil claims search Observatory Aleppo\n"
                 "  consil claims search 300,000\n");
  command->add_option("words", options->words, "all of them must occur")->required();
  AddFilterOptions(command, options->filter);
  AddListOptions(command, options->list, kFields, kOrders);
  Run(command, context, options, Search);
}

void AddClaimsGet(CLI::App& parent, Context& context) {
  auto options = std::make_shared<ClaimOptions>();
  CLI::App* command = AddCommand(parent, "get", "One claim, with every quote that makes it",
                                 "  consil claims get CLAIM\n"
                                 "  consil claims get CLAIM --as-of 2016-11-22 -o json\n");
  command->add_option("claim", options->claim, "id or name")->required();
  command->add_option("--view", options->view, "full, or basic: without assertions [full]")
      ->option_text("VIEW")
      ->check(CLI::IsMember({"basic", "full"}));
  command->add_option("--as-of", options->as_of, "as it stood then")->option_text("TIME");
  Run(command, context, options, Get);
}

}  // namespace consilience::cli
