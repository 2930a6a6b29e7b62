#include "clients/cli/dossier/page.h"

#include <cctype>

#include "clients/cli/dossier/html_text.h"
#include "clients/cli/dossier/origin_map.h"
#include "clients/cli/dossier/range_plot.h"
#include "clients/cli/dossier/witnesses.h"
#include "clients/cli/methodology.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/phrase.h"
#include "clients/cli/render/words.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

// Revisions of one answer that are shown; the rest are there for `consil claims history`.
constexpr size_t kMostRevisions = 12;

std::string Capitalised(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

std::string HeadlineOf(const Dossier& dossier) {
  std::string asked = SentenceOf(dossier.question);
  if (asked.empty()) asked = dossier.question.display_name();
  if (asked.empty() && !dossier.answers.empty()) asked = SentenceOf(dossier.answers.front().claim);
  return asked.empty() ? "Nothing is claimed" : Capitalised(asked);
}

std::string NamesOf(const DossierAnswer& answer) {
  std::string names;
  for (const auto& origin : answer.explanation.origins()) {
    names += (names.empty() ? "" : "; ") + origin.display_name();
  }
  return names.empty() ? "nobody who still stands by it" : names;
}

// "Disputed: 3 answers, spanning 72–200. Best supported: 72 (Syrian Observatory …)."
std::string Lead(const Dossier& dossier) {
  std::string text = Capitalised(StateOf(dossier.question.state()).text);
  if (!text.empty()) text += ": ";
  text += Counted(dossier.answers.size(), "answer", "answers");
  const auto& range = dossier.question.range();
  if (range.has_lower() && range.has_upper() && range.upper() > range.lower()) {
    text += ", spanning " + RangeOf(range, dossier.question.kind());
  }
  text += ".";
  for (const DossierAnswer& answer : dossier.answers) {
    if (answer.claim.corroboration().state() == api::Corroboration::STATE_SUPERSEDED) continue;
    return text + fmt::format(" Best supported now: {}, on the word of {}.", PhraseOf(answer.claim),
                              NamesOf(answer));
  }
  return text;
}

std::string Row(const Dossier& dossier, size_t index, const std::string& id) {
  const DossierAnswer& answer = dossier.answers[index];
  const api::Corroboration& result = answer.claim.corroboration();
  return fmt::format(
      "<tr><th scope=\"row\"><span class=\"a{}\" aria-hidden=\"true\">■</span> <a "
      "href=\"#{}-{}\">{}</a></th><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>"
      "<td>{}</td><td class=\"n\">{}</td><td class=\"when\">{}</td></tr>\n",
      index % 6, id, index + 1, Escaped(PhraseOf(answer.claim)), StateBadge(result.state()),
      ScoreBar(result.score()), Effective(result.effective_origins()), Escaped(NamesOf(answer)),
      result.document_count(), Escaped(Window(answer.claim.time())));
}

std::string Scrolling(const std::string& label, const std::string& table) {
  return fmt::format(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">{}</div>\n", label,
      table);
}

std::string AnswersTable(const Dossier& dossier, const std::string& id) {
  std::string table =
      "<table><thead><tr><th scope=\"col\">Answer</th><th scope=\"col\">State</th>"
      "<th scope=\"col\" class=\"n\">Score</th><th scope=\"col\" class=\"n\">Independent "
      "witnesses</th><th scope=\"col\">On whose word</th><th scope=\"col\" class=\"n\">Documents"
      "</th><th scope=\"col\">When</th></tr></thead>\n<tbody>\n";
  for (size_t i = 0; i < dossier.answers.size(); ++i) table += Row(dossier, i, id);
  return Scrolling(fmt::format("Answers ({})", id), table + "</tbody></table>");
}

std::string Figure(int level, const std::string& heading, const std::string& svg,
                   const std::string& caption) {
  if (svg.empty()) return "";
  return fmt::format("<h{0}>{1}</h{0}>\n<figure>{2}<figcaption>{3}</figcaption></figure>\n", level,
                     heading, svg, caption);
}

std::string History(const Dossier& dossier, const std::string& id) {
  std::string rows;
  for (const DossierAnswer& answer : dossier.answers) {
    size_t shown = 0;
    for (const api::Revision& revision : answer.revisions) {
      if (++shown > kMostRevisions) break;
      rows += fmt::format(
          "<tr><td class=\"when\">{}</td><td>{}</td><td class=\"n\">{}</td><td>{}</td>"
          "<td>{}</td></tr>\n",
          Instant(revision.create_time()), Escaped(PhraseOf(answer.claim)),
          Score(revision.corroboration().score()), StateBadge(revision.corroboration().state()),
          Escaped(revision.summary().empty() ? Plain(revision.cause()) : revision.summary()));
    }
  }
  if (rows.empty()) return "";
  return Scrolling(fmt::format("Revisions ({})", id),
                   "<table><thead><tr><th scope=\"col\">When</th><th scope=\"col\">Answer</th>"
                   "<th scope=\"col\" class=\"n\">Score</th><th scope=\"col\">State</th>"
                   "<th scope=\"col\">Why</th></tr></thead>\n<tbody>\n" +
                       rows + "</tbody></table>");
}

// One question. `level` is that of its headings.
std::string Body(const Dossier& dossier, const std::string& id, int level) {
  const auto heading = [level](const char* text) {
    return fmt::format("<h{0}>{1}</h{0}>\n", level, text);
  };
  std::string html = fmt::format("<p class=\"lead\">{}</p>\n", Escaped(Lead(dossier)));
  html += AnswersTable(dossier, id);
  html += Figure(level, "The figures over time", RangePlot(dossier, id + "-plot"),
                 "Each stroke is one report, at the day it speaks of; an arrow means that the "
                 "report gives only a bound.");
  html += Figure(level, "Who is behind the reports", OriginMap(dossier, id + "-map"),
                 "Left: the witnesses that the reports trace back to. Right: the documents that "
                 "carry their word. Broken lines are denials.");
  html += heading("Witnesses and their words") + WitnessSections(dossier, id, level + 1);
  html += heading("Documents") + DocumentList(dossier, id);
  if (const std::string history = History(dossier, id); !history.empty()) {
    html += heading("What changed, when and why") + history;
  }
  return html;
}

std::string Contents(const std::vector<Dossier>& dossiers) {
  std::string html = "<nav aria-label=\"Questions\"><ol>\n";
  for (size_t i = 0; i < dossiers.size(); ++i) {
    html +=
        fmt::format("<li><a href=\"#q{}\">{}</a> <span class=\"faint\">{}</span></li>\n", i + 1,
                    Escaped(HeadlineOf(dossiers[i])), StateOf(dossiers[i].question.state()).text);
  }
  return html + "</ol></nav>\n";
}

std::string Method(const std::vector<Dossier>& dossiers) {
  std::string html = "<h2>How the scores are made</h2>\n";
  for (const auto& section : MethodologyInWords()) {
    html += fmt::format("<h3>{}</h3>\n", Escaped(section.title));
    for (const std::string& paragraph : section.paragraphs) {
      html += fmt::format("<p>{}</p>\n", Escaped(paragraph));
    }
  }
  for (const Dossier& dossier : dossiers) {
    if (dossier.answers.empty()) continue;
    const auto& digest = dossier.answers.front().claim.corroboration().configuration_digest();
    if (digest.empty()) continue;
    html += fmt::format("<p>Configuration <code>{}</code></p>\n", Escaped(digest));
    if (digest == MethodologyDigest()) return html;
    return html +
           "<p>The scores above were made with tunables of the server's own, which may "
           "differ from what is told here; <code>consil methodology --tuning</code> tells "
           "of them.</p>\n";
  }
  return html;
}

}  // namespace

std::string DossierPage(const std::vector<Dossier>& dossiers, const std::string& written) {
  const std::string title =
      Escaped(dossiers.size() == 1 ? HeadlineOf(dossiers.front())
                                   : Counted(dossiers.size(), "question", "questions"));
  std::string html = fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{0} – Consilience dossier</title>\n<style>{1}</style>\n</head>\n<body>\n<header>"
      "<p class=\"kicker\">Consilience dossier · {2}</p>\n<h1>{0}</h1></header>\n<main>\n",
      title, kDossierStyle, written);
  if (dossiers.size() == 1) {
    html += Body(dossiers.front(), "q1", 2);
  } else {
    html += Contents(dossiers);
    for (size_t i = 0; i < dossiers.size(); ++i) {
      const std::string id = fmt::format("q{}", i + 1);
      html += fmt::format("<section class=\"question\"><h2 id=\"{}\">{}</h2>\n", id,
                          Escaped(HeadlineOf(dossiers[i])));
      html += Body(dossiers[i], id, 3) + "</section>\n";
    }
  }
  return html + Method(dossiers) +
         "</main>\n<footer><p class=\"faint\">Consilience measures corroboration and "
         "disagreement; it does not pronounce truth.</p></footer>\n</body>\n</html>\n";
}

}  // namespace consilience::cli
