#include "clients/cli/dossier/page.h"

#include "clients/cli/dossier/html_text.h"
#include "clients/cli/dossier/origin_map.h"
#include "clients/cli/dossier/range_plot.h"
#include "clients/cli/methodology.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/words.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

std::string HeadlineOf(const Dossier& dossier) {
  if (!dossier.question.display_name().empty()) return dossier.question.display_name();
  return dossier.answers.empty() ? "Nothing is claimed" : TitleOf(dossier.answers.front().claim);
}

std::string Lead(const Dossier& dossier) {
  const size_t answers = dossier.answers.size();
  std::string text = Counted(answers, "answer", "answers");
  if (const std::string range = RangeOf(dossier.question.range()); !range.empty()) {
    text += fmt::format(", spanning {}", range);
  }
  if (const std::string state = StateOf(dossier.question.state()).text; !state.empty()) {
    text += fmt::format("; {}", state);
  }
  return text + ".";
}

std::string AnswersTable(const Dossier& dossier) {
  std::string html =
      "<h2>The answers</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
      "aria-label=\"Table of the answers\"><table><thead><tr><th scope=\"col\">Answer</th>"
      "<th scope=\"col\">State</th><th scope=\"col\" class=\"n\">Score</th><th scope=\"col\" "
      "class=\"n\">"
      "Independent witnesses</th><th scope=\"col\" class=\"n\">Origins</th><th scope=\"col\" "
      "class=\"n\">"
      "Documents</th><th scope=\"col\">Window</th></tr></thead>\n<tbody>\n";
  for (size_t i = 0; i < dossier.answers.size(); ++i) {
    const api::Claim& claim = dossier.answers[i].claim;
    const api::Corroboration& result = claim.corroboration();
    const std::string answer = AnswerOf(claim);
    html += fmt::format(
        "<tr><th scope=\"row\" class=\"a{}\">{}</th><td>{}</td><td class=\"n\">{}</td>"
        "<td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td>{}</td></tr>\n",
        i % 6, Escaped(answer.empty() ? TitleOf(claim) : answer), StateOf(result.state()).text,
        Score(result.score()), Effective(result.effective_origins()), result.origin_count(),
        result.document_count(), Escaped(Window(claim.time())));
  }
  return html + "</tbody></table></div>\n";
}

std::string Figure(const std::string& heading, const std::string& svg, const std::string& caption) {
  if (svg.empty()) return "";
  return fmt::format("<h2>{}</h2>\n<figure>{}<figcaption>{}</figcaption></figure>\n", heading, svg,
                     caption);
}

std::string Quote(const Dossier& dossier, const api::ClaimAssertion& assertion) {
  QuoteContext context;
  if (const auto found = dossier.contexts.find(assertion.name()); found != dossier.contexts.end()) {
    context = found->second;
  }
  std::string where = Escaped(assertion.document());
  if (const auto found = dossier.documents.find(assertion.document());
      found != dossier.documents.end()) {
    const DossierDocument& document = found->second;
    where = Escaped(document.title.empty() ? document.name : document.title);
    if (const std::string url = SafeUrl(document.url); !url.empty()) {
      where = fmt::format("<a href=\"{}\">{}</a>", url, where);
    }
    if (!document.outlet.empty()) where += ", " + Escaped(document.outlet);
    if (!document.published.empty()) where += ", " + Escaped(Day(document.published));
  }
  std::string manner = Plain(assertion.attribution().mode());
  if (assertion.stance() == api::ClaimAssertion::STANCE_CONTRADICTS) manner = "denies it";
  return fmt::format(
      "<blockquote><p>{}<mark>{}</mark>{}</p><cite>On the word of {}{} — {}, bytes {}–{}</cite>"
      "</blockquote>\n",
      Escaped(context.before), Escaped(assertion.quote()), Escaped(context.after),
      Escaped(ChainOf(assertion.attribution())), manner.empty() ? "" : " (" + manner + ")", where,
      assertion.span().start(), assertion.span().end());
}

std::string MergesOf(const api::OriginExplanation& origin) {
  if (origin.merges_size() == 0) return "";
  std::string html = "<p class=\"faint\">Counted as one because:</p>\n<ul>\n";
  for (const api::Merge& merge : origin.merges()) {
    html += fmt::format("<li>{}{}{}</li>\n", Escaped(WordFor(merge.basis())),
                        merge.confidence() > 0 && merge.confidence() < 1
                            ? fmt::format(" (sure to {})", Score(merge.confidence()))
                            : "",
                        merge.evidence().empty() ? "" : ": " + Escaped(merge.evidence()));
  }
  return html + "</ul>\n";
}

std::string Witness(const Dossier& dossier, const api::OriginExplanation& origin) {
  std::string html = fmt::format(
      "<h4>{}</h4>\n<p class=\"faint\">Weight {:+.2f}, accuracy {}, independence {}; without this "
      "witness the score would be {}{}{}</p>\n",
      Escaped(origin.display_name()), origin.weight(), Score(origin.accuracy()),
      Score(origin.independence()), Score(origin.score_without()),
      origin.relay().empty() ? "" : "; reaches us only through " + Escaped(origin.relay()),
      origin.inferred_confidence() > 0
          ? fmt::format("; partly inferred (sure to {})", Score(origin.inferred_confidence()))
          : "");
  for (const auto& assertion : origin.assertions()) html += Quote(dossier, assertion);
  return html + MergesOf(origin);
}

std::string AnswerSection(const Dossier& dossier, const DossierAnswer& answer) {
  const api::Corroboration& result = answer.claim.corroboration();
  std::string html =
      fmt::format("<h3>{}</h3>\n<p>{}, score {}.</p>\n", Escaped(TitleOf(answer.claim)),
                  StateOf(result.state()).text, Score(result.score()));
  if (answer.explanation.summary_size() > 0) html += "<ul>\n";
  for (const std::string& sentence : answer.explanation.summary()) {
    html += fmt::format("<li>{}</li>\n", Escaped(sentence));
  }
  if (answer.explanation.summary_size() > 0) html += "</ul>\n";
  for (const auto& origin : answer.explanation.origins()) html += Witness(dossier, origin);
  if (answer.explanation.denials_size() > 0) html += "<p><strong>Denied by</strong></p>\n";
  for (const auto& denial : answer.explanation.denials()) html += Witness(dossier, denial);
  return html;
}

std::string History(const Dossier& dossier) {
  std::string rows;
  for (const DossierAnswer& answer : dossier.answers) {
    for (const api::Revision& revision : answer.revisions) {
      rows += fmt::format(
          "<tr><td>{}</td><td>{}</td><td class=\"n\">{}</td><td>{}</td><td>{}</td></tr>\n",
          Instant(revision.create_time()), Escaped(TitleOf(answer.claim)),
          Score(revision.corroboration().score()), StateOf(revision.corroboration().state()).text,
          Escaped(revision.summary().empty() ? Plain(revision.cause()) : revision.summary()));
    }
  }
  if (rows.empty()) return "";
  return "<h2>What changed, when and why</h2>\n<div class=\"scroll\" tabindex=\"0\" "
         "role=\"region\" "
         "aria-label=\"Table of revisions\"><table><thead><tr><th scope=\"col\">When</th>"
         "<th scope=\"col\">Answer</th><th scope=\"col\" class=\"n\">Score</th><th "
         "scope=\"col\">State</th>"
         "<th scope=\"col\">Why</th></tr></thead>\n<tbody>\n" +
         rows + "</tbody></table></div>\n";
}

std::string Method(const Dossier& dossier) {
  std::string html = "<h2>How the scores are made</h2>\n";
  for (const std::string& paragraph : MethodologyParagraphs()) {
    html += fmt::format("<p>{}</p>\n", Escaped(paragraph));
  }
  if (!dossier.answers.empty()) {
    const std::string& digest =
        dossier.answers.front().claim.corroboration().configuration_digest();
    if (!digest.empty())
      html += fmt::format("<p>Configuration <code>{}</code></p>\n", Escaped(digest));
  }
  return html;
}

}  // namespace

std::string DossierPage(const Dossier& dossier) {
  const std::string title = Escaped(HeadlineOf(dossier));
  std::string html = fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n"
      "<p class=\"lead\">{}</p>\n",
      title, kDossierStyle, title, Escaped(Lead(dossier)));
  html += AnswersTable(dossier);
  html +=
      Figure("The figures over time", RangePlot(dossier),
             "Each stroke is one report, at the day it speaks of; an arrow means that the report "
             "gives only a bound.");
  html +=
      Figure("Who is behind the reports", OriginMap(dossier),
             "Left: the witnesses that the reports trace back to. Right: the documents that carry "
             "their word. Broken lines are denials.");
  html += "<h2>Witnesses and their words</h2>\n";
  for (const DossierAnswer& answer : dossier.answers) html += AnswerSection(dossier, answer);
  html += History(dossier) + Method(dossier);
  return html +
         fmt::format(
             "<p class=\"faint\">Written {} by Consilience. It measures corroboration "
             "and disagreement; it does not pronounce truth.</p>\n</main>\n</body>\n</html>\n",
             dossier.written);
}

}  // namespace consilience::cli
