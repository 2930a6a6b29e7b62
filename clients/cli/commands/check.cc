// consil check: what is known of a sentence, or of everything that an article asserts.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>

#include "clients/cli/check/check_text.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/document_lookup.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/input/page_text.h"
#include "clients/cpp/claims_client.h"
#include "fmt/format.h"
#include "services/common/text/utf8.h"

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

// What a person can read witness by witness; more is an article.
constexpr int kMostInFull = 3;
// Matches of a check whose witnesses are named.
constexpr int kMostExplained = 4;

struct Subject {
  std::string text;
  bool is_article = false;  // read from a file
};

bool LooksLikeFile(const std::string& argument) {
  if (argument.find_first_of(" \n") != std::string::npos) return false;
  const size_t dot = argument.rfind('.');
  return argument.find('/') != std::string::npos ||
         (dot != std::string::npos && dot > 0 && argument.size() - dot <= 5);
}

// The statement itself, or the text of the file that it names; "-" is stdin.
absl::StatusOr<Subject> SubjectOf(const std::string& argument) {
  if (argument == "-") {
    return Subject{{std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()},
                   true};
  }
  std::error_code error;
  if (!std::filesystem::is_regular_file(argument, error)) {
    if (!LooksLikeFile(argument)) return Subject{argument, false};
    return absl::NotFoundError(fmt::format(
        "\"{}\" is no file; give a sentence between quotes, or the path of an article", argument));
  }
  std::ifstream file(argument, std::ios::binary);
  Subject subject{{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()}, true};
  if (!file.good() && !file.eof()) {
    return absl::PermissionDeniedError(fmt::format("\"{}\" cannot be read", argument));
  }
  auto page = ReadPage(subject.text, argument);
  if (!page.ok()) return page.status();
  if (*page) subject.text = std::move((*page)->text);
  if (const auto broken = common::FindInvalidUtf8(subject.text)) {
    return absl::InvalidArgumentError(
        fmt::format("\"{}\" is not UTF-8 at byte {}; give the text of an article, or convert it "
                    "first, for instance with `iconv -t UTF-8`",
                    argument, *broken));
  }
  if (subject.text.find_first_not_of(" \n\r\t") == std::string::npos) {
    return absl::InvalidArgumentError(fmt::format("\"{}\" holds no text", argument));
  }
  return subject;
}

absl::StatusOr<std::string> Render(Context& context, const CheckOptions& options,
                                   const Subject& subject,
                                   const api::CheckStatementResponse& response) {
  if (subject.is_article || response.checks_size() > kMostInFull) {
    return CheckedArticle(subject.text, response, context.palette(), context.width());
  }
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  Explanations explanations;
  std::set<std::string> documents;
  for (const auto& check : response.checks()) {
    for (int i = 0; i < std::min(check.matches_size(), kMostExplained); ++i) {
      api::ExplainClaimRequest request;
      request.set_name(check.matches(i).claim().name());
      auto explanation = (*claims)->ExplainClaim(request);
      if (!explanation.ok()) return explanation.status();
      AddDocumentsOf(*explanation, documents);
      explanations[request.name()] = *std::move(explanation);
    }
  }
  return CheckText(response, explanations, DocumentNotes(LookUpDocuments(context, documents)),
                   !options.date.empty(), context.palette(), context.width());
}

// 3 when something in it scores less than was asked, or nothing could be checked.
int Judge(const Context& context, const CheckOptions& options,
          const api::CheckStatementResponse& response) {
  if (options.fail_under <= 0) return kSuccess;
  int weak = 0;
  for (const auto& check : response.checks()) {
    if (!check.has_score() || check.score() < options.fail_under) ++weak;
  }
  if (weak == 0 && response.checks_size() > 0) return kSuccess;
  context.Note(response.checks_size() == 0
                   ? "consil: nothing in it could be checked"
                   : fmt::format("consil: {} of {} claims score less than {:.2f}", weak,
                                 response.checks_size(), options.fail_under));
  return kConditionFalse;
}

absl::StatusOr<int> Check(Context& context, const CheckOptions& options) {
  if (absl::Status status = CheckDay(options.date, "--date"); !status.ok()) return status;
  auto subject = SubjectOf(options.statement);
  if (!subject.ok()) return subject.status();
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  api::CheckStatementRequest request;
  request.set_statement(subject->text);
  request.set_date(options.date);
  request.set_place(options.place);
  request.set_match_limit(options.matches);
  auto response = (*claims)->CheckStatement(request);
  if (!response.ok()) return response.status();
  std::string text;
  if (context.is_text()) {
    auto rendered = Render(context, options, *subject, *response);
    if (!rendered.ok()) return rendered.status();
    text = *std::move(rendered);
  }
  if (absl::Status status = context.WriteOne(*response, "", [&] { return text; }); !status.ok()) {
    return status;
  }
  return Judge(context, options, *response);
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
  command
      ->add_option("statement", options->statement,
                   "a sentence between quotes; or a file with an article, - for stdin, whose text "
                   "is marked up")
      ->required();
  command
      ->add_option("--date", options->date,
                   "the day it speaks from; without it \"last week\" stays unresolved")
      ->option_text("DAY");
  command->add_option("--place", options->place, "of which it speaks, when it does not say")
      ->option_text("NAME");
  command->add_option("--matches", options->matches, "at most this many for each claim [5]")
      ->option_text("N")
      ->check(Positive());
  command
      ->add_option("--fail-under", options->fail_under,
                   "exit with 3 unless everything in it scores at least so much")
      ->option_text("SCORE")
      ->check(CLI::Range(0.0, 1.0));
  Run(command, context, options, Check);
}

}  // namespace consilience::cli
