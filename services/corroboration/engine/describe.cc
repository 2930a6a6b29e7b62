#include "services/corroboration/engine/describe.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "services/corroboration/matching/answer.h"
#include "services/corroboration/model/names.h"

namespace consilience::corroboration {
namespace {

std::string Lowered(std::string_view upper_snake) {
  std::string text(upper_snake);
  for (char& c : text) {
    c = c == '_' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return text;
}

std::string Days(const extraction::DayRange& days) {
  if (days.empty()) return "";
  if (days.to.empty()) return "from " + days.from;
  if (days.from.empty() || days.from == days.to) return days.to;
  return fmt::format("{} to {}", days.from, days.to);
}

void Append(std::string& line, std::string_view part) {
  if (part.empty()) return;
  if (!line.empty()) line += ", ";
  line += part;
}

std::string Plural(size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string WitnessSentence(const Explanation& explanation) {
  const Corroboration& c = explanation.corroboration;
  std::string sentence = fmt::format(
      "{} in {}, worth {:.2f} independent witnesses", Plural(explanation.origins.size(), "origin"),
      Plural(static_cast<size_t>(c.document_count), "document"), c.effective_origins);
  std::string names;
  for (const WitnessTerm& origin : explanation.origins) {
    if (!names.empty()) names += "; ";
    names += origin.display_name;
  }
  return names.empty() ? sentence + "." : fmt::format("{}: {}.", sentence, names);
}

void AddRelays(const Explanation& explanation, std::vector<std::string>& lines) {
  std::set<std::string> told;
  for (const WitnessTerm& origin : explanation.origins) {
    if (origin.relay_factor >= 1.0 || !told.insert(origin.relay).second) continue;
    const auto behind =
        std::count_if(explanation.origins.begin(), explanation.origins.end(),
                      [&](const WitnessTerm& other) { return other.relay == origin.relay; });
    lines.push_back(fmt::format(
        "{} origins reach us through one relay alone, {}: it may have misheard them all, so each "
        "one after the first counts less.",
        behind, origin.relay_display_name));
  }
  if (explanation.relay_cap < 1.0) lines.push_back(explanation.relay_cap_reason);
}

void AddMerges(const Explanation& explanation, std::vector<std::string>& lines) {
  for (const WitnessTerm& origin : explanation.origins) {
    if (origin.assertions.size() > 1) {
      lines.push_back(fmt::format("{} assertions count as one witness, {}: {}.",
                                  origin.assertions.size(), origin.display_name,
                                  origin.merges.empty() ? "" : origin.merges.front().evidence));
    }
    if (origin.inferred_confidence > 0.0) {
      lines.push_back(
          fmt::format("{} names nobody for this; it probably took it from a source "
                      "that is counted already ({:.0f}%).",
                      origin.display_name, 100.0 * origin.inferred_confidence));
    }
    if (origin.dependence > 0.0) {
      lines.push_back(fmt::format(
          "{} shares errors with {} elsewhere, so it counts less beside it ({:.0f}% dependent).",
          origin.display_name, origin.depends_on, 100.0 * origin.dependence));
    }
  }
}

}  // namespace

std::string DescribeQuestion(const Question& question, const FamilyRule& rule) {
  std::string line = rule.label.empty() ? Lowered(question.measure) : rule.label;
  if (rule.by_measure && !rule.label.empty()) line += " " + Lowered(question.measure);
  Append(line, question.population.label);
  Append(line, question.place.name);
  Append(line, question.cumulative && !question.window.from.empty()
                   ? fmt::format("since {}", question.window.from)
                   : Days(question.window));
  return line;
}

std::string DescribeSpeech(const RecordedAssertion& assertion) {
  const extraction::Assertion& said = assertion.said;
  const std::string verb = said.kind == extraction::Kind::kDenial ? "denied" : "said";
  const std::string words = DescribeAnswer(assertion);
  if (said.chain.empty()) return fmt::format("{}: {}", verb, words);
  const extraction::Speaker& speaker = said.chain.front();
  return fmt::format("{} {}: {}", speaker.name.empty() ? speaker.description : speaker.name, verb,
                     words);
}

std::string DescribeClaim(const Claim& claim, const std::string& question) {
  // What somebody said is question and answer in one.
  if (claim.value.empty() || question.ends_with(claim.value)) return question;
  return fmt::format("{}: {}", question, claim.value);
}

std::vector<std::string> Summarise(const Explanation& explanation) {
  std::vector<std::string> lines;
  lines.push_back(fmt::format("{}, score {:.2f}.", Lowered(NameOf(explanation.corroboration.state)),
                              explanation.corroboration.score));
  lines.push_back(WitnessSentence(explanation));
  AddRelays(explanation, lines);
  AddMerges(explanation, lines);
  for (const WitnessTerm& denial : explanation.denials) {
    lines.push_back(fmt::format("Denied by {}.", denial.display_name));
  }
  for (const CompetingAnswer& answer : explanation.competing) {
    lines.push_back(fmt::format("Competes with “{}” (score {:.2f}, {:.2f} independent witnesses).",
                                answer.display_name, answer.score, answer.effective_origins));
  }
  return lines;
}

}  // namespace consilience::corroboration
