#include "services/corroboration/config/methodology.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <string_view>

#include "services/corroboration/model/names.h"

namespace consilience::corroboration {
namespace {

std::string Percent(double share) { return fmt::format("{:.0f}%", 100.0 * share); }

std::string_view WordsFor(AnswerType type) {
  switch (type) {
    case AnswerType::kCount:
      return "a number";
    case AnswerType::kControl:
      return "who holds a place";
    case AnswerType::kStatus:
      return "a category";
    case AnswerType::kOnce:
      return "when it happened";
    case AnswerType::kSpeech:
      return "what was said";
  }
  return "";
}

MethodologySection WhatAScoreIs(const Configuration& config) {
  return {"What a score is",
          {fmt::format("This page describes configuration {} (digest {}).", config.version,
                       config.digest),
           "A score is the probability that an answer is the right one, given what was reported "
           "and on whose word. It measures corroboration and disagreement; it does not say what "
           "is true: many witnesses can share one error, and a single one can be right.",
           "The number of outlets that print a thing says little. First it is asked who is really "
           "speaking, then how far those independent witnesses agree. Every term of the score is "
           "kept, so each can be checked, disputed and taken out."},
          {}};
}

MethodologySection Sources(const Configuration& config, const std::vector<Source>& sources) {
  MethodologySection section{
      "Sources",
      {"A source is anyone who can assert something: an outlet, a wire agency, a monitor, an "
       "official body, an armed party, an organisation, a person. Sources are added as they are "
       "met; people correct their names, owners, sides and kinds afterwards, and what rests on "
       "them is scored anew.",
       fmt::format("A source that has not been judged yet is taken to be as accurate as its kind, "
                   "as if {:.0f} statements of it had been seen. What it says on contested "
                   "questions is then judged by the other witnesses of the same question, never "
                   "by itself.",
                   config.accuracy_prior_strength),
       fmt::format("{} sources are known in advance.", sources.size())},
      {{"Kind", "Presumed accuracy", "Known in advance"}, {}}};
  for (const auto& [kind, accuracy] : config.accuracy_by_kind) {
    std::string names;
    for (const Source& source : sources) {
      if (source.kind != kind) continue;
      if (!names.empty()) names += ", ";
      names += source.display_name;
      if (!source.party.empty()) names += fmt::format(" ({})", source.party);
    }
    section.table.rows.push_back(
        {std::string(NameOf(kind)), fmt::format("{:.2f}", accuracy), names.empty() ? "–" : names});
  }
  return section;
}

MethodologySection Evaluation(const Configuration& config) {
  return {
      "How a report is evaluated",
      {"Every report is taken apart into assertions: one document saying one thing, on someone's "
       "word, at an exact place of its text. Assertions that answer one question – what kind of "
       "event, of whom, where, in which window of time – are put side by side.",
       "Each is followed back to its origin: the named source that is quoted, else the unnamed "
       "speaker, else the wire that is credited, else the outlet's own voice. Outlets of one owner "
       "are one voice; an outlet cannot witness its own report twice.",
       fmt::format("Assertions are one witness when they rest on one source, when a passage that "
                   "two documents share covers both, when at least {} words are {} alike, or when "
                   "an unnamed speaker's words are {} alike. Each merge is recorded with its "
                   "evidence, and a reviewer can undo it.",
                   config.quotes.passage_min_words, Percent(config.quotes.passage_similarity),
                   Percent(config.quotes.utterance_similarity)),
       fmt::format("A figure that nobody is named for is taken for that of the source which gives "
                   "at least {} of the document's attributed figures, with a confidence of up to "
                   "{}, when that source gives the same answer.",
                   Percent(config.inferred.min_share), Percent(config.inferred.dominant)),
       fmt::format("An unnamed speaker whose description gives away a kind, such as “a monitoring "
                   "group”, is taken with a confidence of {} for the source of that kind that "
                   "gives the same figure. An office that every country has, such as “police”, is "
                   "that of the country reported on.",
                   Percent(config.inferred.described)),
       fmt::format("Sources that share errors elsewhere count for less beside one another: over at "
                   "least {:.0f} contested questions that both answer, copying is weighed against "
                   "independence, from a prior of {} in either direction.",
                   config.copying.model.min_overlap, Percent(config.copying.model.copying_prior)),
       fmt::format("Origins that reach us through one relay share its risk: of each after the "
                   "first {} less counts, and no score rests higher than {}.",
                   Percent(config.relay.shared_risk), Percent(config.relay.fidelity))},
      {}};
}

MethodologySection Rules(const Configuration& config) {
  MethodologySection section{
      "Corroboration rules",
      {fmt::format("The weight of a witness is ln(n·A/(1−A)), at most {:.1f}, where A is its "
                   "accuracy and n the number of plausible false answers; times how sure the "
                   "extraction is, how far its words fit the answer and how independent it is. "
                   "What is only alleged or suspected weighs {} of that, a denial {:.2f} times as "
                   "much, against the claim.",
                   config.log_odds_cap, Percent(config.hedge_factor), config.denial_factor),
       config.interest_enabled
           ? fmt::format("A side that reports its own loss speaks against its interest and weighs "
                         "{:.2f} times as much.",
                         config.interest_factor)
           : "The interest of a side plays no part.",
       "Answers that cannot all hold compete for one whole, together with the answers that nobody "
       "gave. A later, higher count of the same window supersedes an earlier one and does not "
       "contradict it; a part bounds its whole from below. Reviewers' decisions stand beside the "
       "score and never change it."},
      {{"State", "When (the first that applies)"}, {}}};
  section.table.rows = {
      {"WITHDRAWN", "nothing that stands supports it"},
      {"SUPERSEDED", "a later answer took its place"},
      {"CONTRADICTED",
       fmt::format("score under {:.2f} and at least {:.0f} effective origins against",
                   config.contradicted_below, config.contradicted_origins)},
      {"DISPUTED", fmt::format("a competing answer or denials with at least {} of its own weight",
                               Percent(config.dispute_share))},
      {"CORROBORATED",
       fmt::format("at least {:.0f} effective origins and a score of {:.2f} or more",
                   config.corroborated_origins, config.corroborated_above)},
      {"SINGLE_ORIGIN", "everything else"}};
  return section;
}

MethodologySection Parameters(const Configuration& config) {
  MethodologySection section{
      "Parameters",
      {"Families of questions. Windows are the same when they begin within the given days of each "
       "other; numbers agree exactly within the tolerance, and “more than”, “about” and “dozens” "
       "by kernels over the number line.",
       fmt::format(
           "A bound decays over {} of itself, “about” over {}, vague words over {}; answers "
           "compete when they fit one another by {} or less. One question holds at most {} "
           "assertions.",
           Percent(config.families.empty() ? 0.0 : config.families[0].kernel.bound_share),
           Percent(config.families.empty() ? 0.0 : config.families[0].kernel.approx_share),
           Percent(config.families.empty() ? 0.0 : config.families[0].kernel.vague_share),
           Percent(config.families.empty() ? 0.0 : config.families[0].kernel.agree_above),
           config.most_assertions)},
      {{"Family", "Answer", "Window", "False answers (n)", "Tolerance"}, {}}};
  for (const FamilyRule& rule : config.families) {
    std::string window = fmt::format("{:.0f} days", rule.window_days);
    if (rule.window_share > 0.0) window += fmt::format(" or {}", Percent(rule.window_share));
    section.table.rows.push_back({rule.family, std::string(WordsFor(rule.answer)), window,
                                  fmt::format("{:.0f}", rule.false_values),
                                  Percent(rule.kernel.relative)});
  }
  return section;
}

MethodologySection Calibration(const CalibrationMap& calibration) {
  MethodologySection section{"Calibration", {}, {{"Probability of the model", "Score"}, {}}};
  const std::string text = calibration.ToText();
  section.paragraphs.push_back(
      fmt::format("Map “{}” (digest {:016x}), fitted on {}.", calibration.version(),
                  XXH3_64bits(text.data(), text.size()), calibration.fitted_on()));
  if (calibration.points() == CalibrationMap().points()) {
    section.paragraphs.push_back(
        "The map is the identity: a score is the model's own probability. How often claims of a "
        "given score turn out right depends on how the sources of a subject err, and no one map "
        "serves all subjects; whoever has answers of his own can fit one for his.");
  }
  for (const CalibrationPoint& point : calibration.points()) {
    section.table.rows.push_back(
        {fmt::format("{:.3f}", point.raw), fmt::format("{:.3f}", point.calibrated)});
  }
  return section;
}

MethodologySection Limits() {
  return {"Known limits",
          {"What was never reported has no claim, and what was reported once stays at one origin "
           "however likely it is.",
           "Extraction reads English news by rules: irony, tables and pictures are not understood, "
           "and places and days that a text only implies can be wrong. Every quote is shown, and a "
           "reviewer can set an assertion aside.",
           "Dependence that leaves no trace – two sources briefed by the same man, who is named by "
           "neither – cannot be seen. On questions with two possible answers shared errors say "
           "nothing about copying.",
           "Accuracies are learned from agreement with others, so a majority that errs alike is "
           "believed until it is contradicted."},
          {}};
}

std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string Cell(std::string_view text) {
  std::string cell;
  for (const char c : text) {
    if (c == '|') cell += '\\';
    cell += c;
  }
  return cell;
}

}  // namespace

std::vector<MethodologySection> Methodology(const Configuration& config,
                                            const std::vector<Source>& sources,
                                            const CalibrationMap& calibration) {
  return {WhatAScoreIs(config),
          Sources(config, sources),
          Evaluation(config),
          Rules(config),
          Parameters(config),
          Calibration(calibration),
          Limits()};
}

std::string MethodologyMarkdown(const std::vector<MethodologySection>& sections) {
  std::string page = "# How claims are scored\n";
  for (const MethodologySection& section : sections) {
    page += fmt::format("\n## {}\n", section.title);
    for (const std::string& paragraph : section.paragraphs) page += "\n" + paragraph + "\n";
    if (section.table.rows.empty()) continue;
    page += "\n|";
    for (const std::string& head : section.table.heads) page += fmt::format(" {} |", Cell(head));
    page += "\n|";
    for (size_t i = 0; i < section.table.heads.size(); ++i) page += " --- |";
    for (const auto& row : section.table.rows) {
      page += "\n|";
      for (const std::string& cell : row) page += fmt::format(" {} |", Cell(cell));
    }
    page += "\n";
  }
  return page;
}

std::string MethodologyHtml(const std::vector<MethodologySection>& sections) {
  std::string page =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<title>How claims are scored</title>\n<style>body{max-width:46em;margin:2em auto;"
      "padding:0 1em;font:1em/1.5 sans-serif}table{border-collapse:collapse}"
      "th,td{border:1px solid #999;padding:.2em .6em;text-align:left;vertical-align:top}"
      "</style></head><body>\n<h1>How claims are scored</h1>\n";
  for (const MethodologySection& section : sections) {
    page += fmt::format("<h2>{}</h2>\n", Escaped(section.title));
    for (const std::string& paragraph : section.paragraphs) {
      page += fmt::format("<p>{}</p>\n", Escaped(paragraph));
    }
    if (section.table.rows.empty()) continue;
    page += "<table><tr>";
    for (const std::string& head : section.table.heads) {
      page += fmt::format("<th>{}</th>", Escaped(head));
    }
    page += "</tr>\n";
    for (const auto& row : section.table.rows) {
      page += "<tr>";
      for (const std::string& cell : row) page += fmt::format("<td>{}</td>", Escaped(cell));
      page += "</tr>\n";
    }
    page += "</table>\n";
  }
  return page + "</body></html>\n";
}

}  // namespace consilience::corroboration
