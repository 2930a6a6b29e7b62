// consil questions list | get
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/render/detail.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/phrase.h"
#include "clients/cli/render/words.h"
#include "clients/cpp/claims_client.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

struct QuestionsListOptions {
  ListOptions list;
  std::string state;
  std::string kind;
  std::string place;
  std::string as_of;
};

// Sets the instant of a request; now when none is given.
template <typename Request>
absl::Status SetInstant(const std::string& as_of, Request& request) {
  if (as_of.empty()) return absl::OkStatus();
  auto time = ParseInstant(as_of, "--as-of");
  if (!time.ok()) return time.status();
  *request.mutable_read_time() = *time;
  return absl::OkStatus();
}

absl::StatusOr<int> List(Context& context, const QuestionsListOptions& options) {
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  api::ListQuestionsRequest request;
  request.set_filter(FilterBuilder(options.list.filter)
                         .AndWord("state", options.state)
                         .AndWord("kind", options.kind)
                         .And("place", ":", options.place)
                         .text());
  request.set_order_by(options.list.order_by);
  request.set_page_size(PageSize(options.list));
  if (absl::Status status = SetInstant(options.as_of, request); !status.ok()) return status;
  const std::string filter = request.filter();
  const auto list = [&request, &filter, claims = *claims](const char* only, const char* and_only) {
    request.set_filter(FilterBuilder(filter).AndRaw(only).AndRaw(and_only).text());
    return claims->ListQuestions(request);
  };
  Lists<api::Question> lists = {[&] { return list("", ""); }};
  if (FactsFirst(context, options.list, options.kind)) {
    lists = {[&] { return list(kFacts, ""); }, [&] { return list(kSpeech, ""); }};
    if (options.state.empty()) {
      lists = {[&] { return list(kFacts, "state = DISPUTED"); },
               [&] { return list(kFacts, "NOT state = DISPUTED"); },
               [&] { return list(kSpeech, ""); }};
    }
  }
  return WriteLists(context, lists, QuestionsView(), options.list.limit,
                    AsKnown(filter, options.as_of));
}

struct QuestionOptions {
  std::string question;
  std::string as_of;
};

// The answers, in the order of the question.
absl::StatusOr<std::vector<api::Claim>> AnswersTo(client::ClaimsClient& claims,
                                                  const api::Question& question,
                                                  const std::string& as_of) {
  std::vector<api::Claim> answers;
  constexpr int kBatch = 100;
  for (int begin = 0; begin < question.claims_size(); begin += kBatch) {
    api::BatchGetClaimsRequest request;
    request.set_view(api::CLAIM_VIEW_FULL);
    for (int i = begin; i < std::min(begin + kBatch, question.claims_size()); ++i) {
      request.add_names(question.claims(i));
    }
    if (absl::Status status = SetInstant(as_of, request); !status.ok()) return status;
    auto batch = claims.BatchGetClaims(request);
    if (!batch.ok()) return batch.status();
    answers.insert(answers.end(), batch->claims().begin(), batch->claims().end());
  }
  return answers;
}

// Everybody who takes this stance to an answer, each one time, in the order of the assertions.
std::string SpeakersOf(const api::Claim& claim, api::ClaimAssertion::Stance stance) {
  std::vector<std::string> names;
  for (const auto& assertion : claim.assertions()) {
    if (assertion.stance() != stance) continue;
    std::string name = ChainOf(assertion.attribution());
    if (assertion.attribution().chain().empty()) {
      name = assertion.outlet().empty() ? "unknown outlet" : assertion.outlet();
    }
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return fmt::format("{}", fmt::join(names, "; "));
}

std::string WordOf(const api::Claim& claim) {
  const std::string support = SpeakersOf(claim, api::ClaimAssertion::STANCE_SUPPORTS);
  const std::string denial = SpeakersOf(claim, api::ClaimAssertion::STANCE_CONTRADICTS);
  return denial.empty() ? support : fmt::format("{}; denied by {}", support, denial);
}

// From the least to the most that anybody gives; what has no upper end is "more than" its lower.
std::string SpreadOf(const api::Question& question, const std::vector<api::Claim>& answers) {
  const std::string range = RangeOf(question.range(), question.kind());
  if (!question.range().has_lower() || question.range().has_upper()) return range;
  const common::v1::Quantity* most = nullptr;
  for (const api::Claim& claim : answers) {
    const auto state = claim.corroboration().state();
    const bool live = state != api::Corroboration::STATE_SUPERSEDED &&
                      state != api::Corroboration::STATE_WITHDRAWN;
    if (!live || !claim.quantity().has_lower()) continue;
    if (most == nullptr || claim.quantity().lower() > most->lower()) most = &claim.quantity();
  }
  if (most == nullptr || most->lower() <= question.range().lower()) return range;
  return fmt::format("{}; the highest figure given is {}", range, QuantityInWords(*most));
}

// A running count reads as it grew, any other question best answer first.
void SortAnswers(const api::Question& question, std::vector<api::Claim>& answers) {
  if (question.state() != api::Question::STATE_EVOLVING) return;
  std::stable_sort(answers.begin(), answers.end(), [](const api::Claim& a, const api::Claim& b) {
    return a.time().to() < b.time().to();
  });
}

std::string Detail(const Context& context, const api::Question& question,
                   const std::vector<api::Claim>& answers) {
  DetailWriter detail(context.palette(), context.width());
  detail.Title(SentenceOf(question));
  detail.Field("Question", question.name());
  detail.Field("State", StateOf(question.state()));
  detail.Field("Where", question.place().name());
  detail.Field("When", Window(question.window()));
  detail.Field("Of whom", question.population().text());
  detail.Field("Range", SpreadOf(question, answers));
  if (question.cumulative()) {
    detail.Field("Count", "running: later, higher counts take the place of earlier ones");
  }
  detail.Section("Answers");
  TableWriter table({{.header = "CLAIM"},
                     {.header = "ANSWER", .min_width = 8},
                     {.header = "AS OF", .leaves = 4},
                     {.header = "STATE"},
                     {.header = "SCORE", .right_aligned = true},
                     {.header = "ORIGINS", .right_aligned = true, .leaves = 1},
                     {.header = "DOCS", .right_aligned = true, .leaves = 2},
                     {.header = "ON THE WORD OF", .min_width = 20, .leaves = 3}},
                    context.width(), context.palette(),
                    [&](std::string_view text) { detail.Raw(text); });
  for (const api::Claim& claim : answers) {
    const api::Corroboration& score = claim.corroboration();
    table.Add({{IdOf(claim.name()), Style::kName},
               {AnswerOf(claim)},
               {claim.time().to()},
               StateOf(score.state()),
               {Score(score.score()), ScoreStyle(score.score())},
               {OriginsOf(score)},
               {fmt::format("{}", score.document_count())},
               {WordOf(claim)}});
  }
  table.Finish();
  return detail.text();
}

absl::StatusOr<int> Get(Context& context, const QuestionOptions& options) {
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  api::GetQuestionRequest request;
  request.set_name(NameIn("questions", options.question));
  if (absl::Status status = SetInstant(options.as_of, request); !status.ok()) return status;
  auto question = (*claims)->GetQuestion(request);
  if (!question.ok()) return question.status();
  std::vector<api::Claim> answers;
  if (context.is_text()) {
    auto found = AnswersTo(**claims, *question, options.as_of);
    if (!found.ok()) return found.status();
    answers = *std::move(found);
    SortAnswers(*question, answers);
  }
  if (absl::Status status = context.WriteOne(*question, question->name(),
                                             [&] { return Detail(context, *question, answers); });
      !status.ok()) {
    return status;
  }
  return kSuccess;
}

}  // namespace

void AddQuestionsList(CLI::App& parent, Context& context) {
  auto options = std::make_shared<QuestionsListOptions>();
  CLI::App* command = AddCommand(parent, "list",
                                 "What claims compete over: what is disputed first, then the "
                                 "latest change; what somebody said "
                                 "last",
                                 "  consil questions list\n"
                                 "  consil questions list --state disputed --place Aleppo\n");
  command->add_option("--state", options->state, "settled, disputed, evolving or single-origin")
      ->option_text("STATE");
  command->add_option("--kind", options->kind, "casualty, control, facility, population, …")
      ->option_text("KIND");
  command->add_option("--place", options->place, "words of the place")->option_text("NAME");
  command->add_option("--as-of", options->as_of, kAsOfHelp)->option_text("TIME");
  AddListOptions(command, options->list,
                 "state, kind, measure, place, population, window.from, window.to",
                 "update_time desc, window.from or display_name");
  Run(command, context, options, List);
}

void AddQuestionsGet(CLI::App& parent, Context& context) {
  auto options = std::make_shared<QuestionOptions>();
  CLI::App* command = AddCommand(parent, "get", "One question with all its answers, side by side",
                                 "  consil questions get QUESTION\n"
                                 "  consil questions get QUESTION --as-of now\n");
  command->add_option("question", options->question, "id or name")->required();
  command->add_option("--as-of", options->as_of, kAsOfHelp)->option_text("TIME");
  Run(command, context, options, Get);
}

}  // namespace consilience::cli
