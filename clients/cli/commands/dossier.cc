// consil dossier, and consil methodology.
#include "absl/time/clock.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/document_lookup.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/dossier/page.h"
#include "clients/cli/output/text_width.h"
#include "clients/cli/render/words.h"
#include "clients/cpp/claims_client.h"
#include "clients/cpp/documents_client.h"
#include "clients/cpp/errors.h"
#include "fmt/format.h"
#include "services/corroboration/config/files.h"
#include "services/corroboration/config/methodology.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

struct DossierOptions {
  std::vector<std::string> subjects;
  std::string filter;
  int limit = 20;
};

// A question by its name or id, or that of one of its claims.
absl::StatusOr<api::Question> FindQuestion(const client::ClaimsClient& claims,
                                           const std::string& subject) {
  api::GetQuestionRequest request;
  request.set_name(NameIn("questions", subject));
  if (!subject.starts_with("claims/")) {
    auto question = claims.GetQuestion(request);
    const auto code = question.status().code();
    const bool is_unknown =
        code == absl::StatusCode::kNotFound || code == absl::StatusCode::kInvalidArgument;
    if (question.ok() || !is_unknown || subject.starts_with("questions/")) return question;
  }
  api::GetClaimRequest claim_request;
  claim_request.set_name(NameIn("claims", subject));
  auto claim = claims.GetClaim(claim_request);
  if (!claim.ok()) return claim.status();
  request.set_name(claim->question());
  return claims.GetQuestion(request);
}

absl::StatusOr<DossierAnswer> FindAnswer(const client::ClaimsClient& claims,
                                         const std::string& name) {
  DossierAnswer answer;
  api::GetClaimRequest claim_request;
  claim_request.set_name(name);
  claim_request.set_view(api::CLAIM_VIEW_FULL);
  auto claim = claims.GetClaim(claim_request);
  if (!claim.ok()) return claim.status();
  answer.claim = *std::move(claim);
  api::ExplainClaimRequest explain_request;
  explain_request.set_name(name);
  auto explanation = claims.ExplainClaim(explain_request);
  if (!explanation.ok()) return explanation.status();
  answer.explanation = *std::move(explanation);
  api::ListClaimRevisionsRequest revisions_request;
  revisions_request.set_parent(name);
  for (auto& revision : claims.ListClaimRevisions(revisions_request)) {
    if (!revision.ok()) return revision.status();
    answer.revisions.push_back(*std::move(revision));
  }
  return answer;
}

// The documents behind an answer, and the words around each quote. A text that is gone leaves its
// quotes without.
absl::Status AddDocuments(const client::DocumentsClient& documents, const DossierAnswer& answer,
                          std::map<std::string, std::string>& texts, Dossier& dossier) {
  for (const auto& assertion : answer.claim.assertions()) {
    if (!dossier.documents.contains(assertion.document())) {
      ingest::v1::GetDocumentRequest request;
      request.set_name(assertion.document());
      request.set_view(ingest::v1::DOCUMENT_VIEW_FULL);
      auto document = documents.GetDocument(request);
      if (!document.ok() && document.status().code() != absl::StatusCode::kNotFound) {
        return document.status();
      }
      DocumentInfo& known = dossier.documents[assertion.document()];
      known.name = assertion.document();
      if (document.ok()) {
        known = InfoOf(*document);
        texts[assertion.document()] = document->text();
      }
    }
    dossier.contexts[assertion.name()] =
        ContextOf(texts[assertion.document()], assertion.span().start(), assertion.span().end());
  }
  return absl::OkStatus();
}

absl::StatusOr<Dossier> Gather(Context& context, api::Question question) {
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  auto documents = context.Documents();
  if (!documents.ok()) return documents.status();
  Dossier dossier;
  dossier.question = std::move(question);
  std::map<std::string, std::string> texts;
  for (const std::string& name : dossier.question.claims()) {
    auto answer = FindAnswer(**claims, name);
    if (!answer.ok()) return answer.status();
    absl::Status status = AddDocuments(**documents, *answer, texts, dossier);
    if (!status.ok()) return status;
    dossier.answers.push_back(*std::move(answer));
  }
  return dossier;
}

// What was named, then what the filter finds.
absl::StatusOr<std::vector<api::Question>> FindQuestions(Context& context,
                                                         const DossierOptions& options) {
  auto claims = context.Claims();
  if (!claims.ok()) return claims.status();
  std::vector<api::Question> questions;
  for (const std::string& subject : options.subjects) {
    auto question = FindQuestion(**claims, subject);
    if (!question.ok()) return question.status();
    questions.push_back(*std::move(question));
  }
  if (options.filter.empty()) return questions;
  api::ListQuestionsRequest request;
  request.set_filter(options.filter);
  int taken = 0;
  for (absl::StatusOr<api::Question>& question : (*claims)->ListQuestions(request)) {
    if (!question.ok()) return question.status();
    questions.push_back(*std::move(question));
    if (++taken == options.limit) {
      context.Note(fmt::format("The first {} questions only; --limit takes more.", taken));
      break;
    }
  }
  return questions;
}

absl::StatusOr<int> WriteDossier(Context& context, const DossierOptions& options) {
  if (options.subjects.empty() && options.filter.empty()) {
    return absl::InvalidArgumentError(
        "name a question or a claim, or pick questions with --filter 'state = DISPUTED'");
  }
  auto questions = FindQuestions(context, options);
  if (!questions.ok()) return questions.status();
  if (questions->empty()) return absl::NotFoundError("no question fits the filter");
  std::vector<Dossier> dossiers;
  for (api::Question& question : *questions) {
    auto dossier = Gather(context, std::move(question));
    if (!dossier.ok()) return dossier.status();
    dossiers.push_back(*std::move(dossier));
  }
  auto sink = context.Output(false);
  if (!sink.ok()) return sink.status();
  (*sink)->Write(DossierPage(
      dossiers, absl::FormatTime("%Y-%m-%d %H:%M UTC", absl::Now(), absl::UTCTimeZone())));
  return kSuccess;
}

struct MethodologyOptions {
  std::string format = "text";
  std::string tuning;
  std::string sources;
  std::string calibration;
};

void WriteWrapped(const std::string& text, int width, Sink& sink) {
  for (const std::string& line : Wrapped(text, width)) sink.Write(line + "\n");
}

void WriteText(const std::vector<corroboration::MethodologySection>& sections, int width,
               Sink& sink) {
  bool first = true;
  for (const auto& section : sections) {
    if (!first) sink.Write("\n");
    first = false;
    sink.Write(section.title + "\n");
    for (const std::string& paragraph : section.paragraphs) {
      sink.Write("\n");
      WriteWrapped(paragraph, width, sink);
    }
    if (!section.table.rows.empty()) sink.Write("\n");
    for (const auto& row : section.table.rows) {
      std::string line;
      for (size_t i = 0; i < row.size(); ++i) {
        line += fmt::format("{}{}: {}", i == 0 ? "" : "; ", section.table.heads[i], row[i]);
      }
      WriteWrapped(line, width, sink);
    }
  }
}

absl::StatusOr<int> WriteMethodology(Context& context, const MethodologyOptions& options) {
  const auto config = corroboration::ReadTuning(options.tuning);
  if (!config.ok()) return config.status();
  const auto sources = corroboration::ReadSources(options.sources);
  if (!sources.ok()) return sources.status();
  const auto calibration = corroboration::ReadCalibration(options.calibration);
  if (!calibration.ok()) return calibration.status();
  const auto sections = corroboration::Methodology(*config, sources->All(), *calibration);
  auto sink = context.Output(options.format == "text");
  if (!sink.ok()) return sink.status();
  const int width = context.width() > 0 ? std::min(context.width(), 100) : 100;
  if (options.format == "text") WriteText(sections, width, **sink);
  if (options.format == "md") (*sink)->Write(MethodologyMarkdown(sections));
  if (options.format == "html") (*sink)->Write(MethodologyHtml(sections));
  return kSuccess;
}

}  // namespace

void AddDossier(CLI::App& parent, Context& context) {
  auto options = std::make_shared<DossierOptions>();
  CLI::App* command =
      AddCommand(parent, "dossier",
                 "One HTML page about a question: its answers as ranges over time, "
                 "who is behind them, every quote "
                 "in its context, what was collapsed and why. It needs no network "
                 "and no script, and prints well.",
                 "  consil dossier QUESTION --out dossier.html\n"
                 "  consil dossier CLAIM > dossier.html\n"
                 "  consil dossier --filter 'state = DISPUTED' --out disputed.html\n");
  command->add_option("subject", options->subjects,
                      "questions, or claims, whose questions are taken");
  command
      ->add_option("--filter", options->filter,
                   "questions by condition over state, kind, measure, place, population, "
                   "window.from, window.to")
      ->option_text("CONDITION");
  command->add_option("--limit", options->limit, "at most this many questions of the filter [20]")
      ->option_text("N")
      ->check(Positive());
  Run(command, context, options, WriteDossier);
}

void AddMethodology(CLI::App& parent, Context& context) {
  auto options = std::make_shared<MethodologyOptions>();
  CLI::App* command = AddCommand(parent, "methodology",
                                 "How scores are made: sources, evaluation, rules, parameters, "
                                 "calibration and known limits of the configuration in force",
                                 "  consil methodology\n"
                                 "  consil methodology -o html --out methodology.html\n"
                                 "  consil methodology -o md --tuning tuning.json\n");
  command->add_option("-o,--output", options->format, "text, md or html")
      ->option_text("FORMAT")
      ->check(CLI::IsMember({"text", "md", "html"}));
  command->add_option("--tuning", options->tuning, "the tunables that the server was given")
      ->option_text("FILE");
  command->add_option("--sources", options->sources, "the sources that the server was given")
      ->option_text("FILE");
  command->add_option("--calibration", options->calibration, "the map that the server was given")
      ->option_text("FILE");
  Run(command, context, options, WriteMethodology);
}

}  // namespace consilience::cli
