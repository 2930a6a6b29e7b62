// consil check: what is known of a sentence, or of everything that an article asserts.
#include <fstream>
#include <iterator>

#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/render/detail.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/words.h"
#include "clients/cpp/claims_client.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

struct CheckOptions {
  std::string statement;
  std::string date;
  std::string place;
  int matches = 5;
  double fail_under = 0;
};

void WriteMatch(DetailWriter& detail, const api::StatementMatch& match) {
  const api::Corroboration& result = match.claim().corroboration();
  detail.Line(
      fmt::format("{}: {} — {}, score {}, {} origins in {}", WordFor(match.relation()),
                  TitleOf(match.claim()), StateOf(result.state()).text, Score(result.score()),
                  OriginsOf(result),
                  Counted(static_cast<size_t>(result.document_count()), "document", "documents")),
      2, "• ");
  std::string more = match.claim().name();
  for (const std::string& reason : match.reasons()) more += "; " + reason;
  detail.Line(more, 6, "", Style::kFaint);
}

void WriteCheck(DetailWriter& detail, const api::StatementCheck& check) {
  const Cell verdict = VerdictOf(check.verdict());
  std::string head = detail.palette().Paint(verdict.style, verdict.text);
  if (check.has_score()) head += "  score " + Score(check.score());
  detail.Raw(head + "\n");
  if (!check.summary().empty()) detail.Line(check.summary());
  const auto& understood = check.assertion();
  std::string what = Plain(understood.measure().empty() ? understood.kind() : understood.measure());
  for (const std::string& part :
       {ShortQuantity(understood.quantity()), understood.population().text(),
        understood.place().name(), Window(understood.time())}) {
    if (!part.empty()) what += ", " + part;
  }
  detail.Line(what + fmt::format(" — “{}”", understood.quote()), 2, "understood: ", Style::kFaint);
  for (const auto& match : check.matches()) WriteMatch(detail, match);
}

std::string Render(const Context& context, const api::CheckStatementResponse& response) {
  DetailWriter detail(context.palette(), context.width());
  for (const auto& check : response.checks()) {
    if (&check != &response.checks(0)) detail.Raw("\n");
    WriteCheck(detail, check);
  }
  if (response.checks_size() == 0) {
    detail.Line("Nothing in it was understood as a claim that can be checked.", 0);
  }
  return detail.text();
}

// The statement itself, or the text of the file that it names.
std::string StatementOf(const CheckOptions& options) {
  std::ifstream file(options.statement, std::ios::binary);
  if (!file || options.statement.find('\n') != std::string::npos) return options.statement;
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return file.bad() || text.empty() ? options.statement : text;
}

absl::StatusOr<int> Check(Context& context, const CheckOptions& options) {
  if (absl::Status status = CheckDay(options.date, "--date"); !status.ok()) return status;
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  api::CheckStatementRequest request;
  request.set_statement(StatementOf(options));
  request.set_date(options.date);
  request.set_place(options.place);
  request.set_match_limit(options.matches);
  auto response = (*claims)->CheckStatement(request);
  if (!response.ok()) return response.status();
  if (absl::Status status =
          context.WriteOne(*response, "", [&] { return Render(context, *response); });
      !status.ok()) {
    return status;
  }
  if (options.fail_under <= 0) return kSuccess;
  for (const auto& check : response->checks()) {
    if (!check.has_score() || check.score() < options.fail_under) return kConditionFalse;
  }
  return response->checks_size() == 0 ? kConditionFalse : kSuccess;
}

}  // namespace

void AddCheck(CLI::App& parent, Context& context) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* command = AddCommand(
      parent, "check",
      "What is known of a sentence: what it was understood to claim, how far that is corroborated, "
      "and who says otherwise",
      "  consil check \"141 civilians were killed in east Aleppo last week\" --date 2016-11-22\n"
      "  consil check draft.txt --date 2016-11-22\n"
      "  consil check \"300,000 people have died\" --fail-under 0.8\n");
  command->add_option("statement", options->statement, "a sentence, or a file with an article")
      ->required();
  command
      ->add_option("--date", options->date,
                   "the day it speaks from; without it \"last week\" stays unresolved")
      ->option_text("DAY");
  command->add_option("--place", options->place, "of which it speaks, when it does not say")
      ->option_text("NAME");
  command->add_option("--matches", options->matches, "at most this many for each claim [5]")
      ->option_text("N")
      ->check(CLI::PositiveNumber);
  command
      ->add_option("--fail-under", options->fail_under,
                   "exit with 3 unless everything in it scores at least so much")
      ->option_text("SCORE")
      ->check(CLI::Range(0.0, 1.0));
  Run(command, context, options, Check);
}

}  // namespace consilience::cli
