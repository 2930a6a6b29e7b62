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

std::string Plural(size_t count, std::string_view noun, std::string_view ending = "s") {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : ending);
}

// A score that rounds to certainty is no certainty.
std::string ScoreText(double score) {
  return fmt::format("{:.2f}", score < 1.0 ? std::min(score, 0.99) : score);
}

// "1 independent witness", "2.7 independent witnesses".
std::string Worth(double effective) {
  std::string number = fmt::format("{:.1f}", effective);
  if (number.ends_with(".0")) number.resize(number.size() - 2);
  return fmt::format("{} independent {}", number, number == "1" ? "witness" : "witnesses");
}

// "1 witness in 2 documents", "3 origins, worth 2.7 independent witnesses, in 2 documents".
std::string WitnessSentence(const Explanation& explanation) {
  const Corroboration& c = explanation.corroboration;
  const size_t count = explanation.origins.size();
  std::string sentence;
  if (c.effective_origins > static_cast<double>(count) - 0.05) {
    sentence = Plural(count, count > 1 ? "independent witness" : "witness", "es");
  } else {
    sentence = fmt::format("{}, worth {},", Plural(count, "origin"), Worth(c.effective_origins));
  }
  sentence += " in " + Plural(static_cast<size_t>(c.document_count), "document");
  std::string names;
  for (const WitnessTerm& origin : explanation.origins) {
    if (!names.empty()) names += "; ";
    names += origin.display_name;
  }
  return names.empty() ? sentence + "." : fmt::format("{}: {}.", sentence, names);
}

// What took the place of a claim: of several, one whose place nothing has taken.
void AddSuccessor(const Explanation& explanation, const Question& question,
                  std::vector<std::string>& lines) {
  const auto superseded = [](const Claim& claim) {
    return claim.corroboration.state == ClaimState::kSuperseded;
  };
  std::string line;
  for (const Claim& claim : question.claims) {
    for (const ClaimRelation& relation : claim.relations) {
      const bool takes_its_place =
          relation.type == RelationType::kUpdates && relation.claim == explanation.claim;
      if (!takes_its_place || (superseded(claim) && !line.empty())) continue;
      line = fmt::format("Its place was taken by “{}”{}: {}.", claim.value,
                         claim.time.to.empty() ? "" : " of " + claim.time.to, relation.reason);
      if (!superseded(claim)) {
        lines.push_back(std::move(line));
        return;
      }
    }
  }
  if (!line.empty()) lines.push_back(std::move(line));
}

// Who stands against it, and why that makes a claim disputed that has a high score.
void AddOpposition(const Explanation& explanation, std::vector<std::string>& lines) {
  constexpr double kLikely = 0.5;
  for (const WitnessTerm& denial : explanation.denials) {
    lines.push_back(fmt::format("Denied by {}.", denial.display_name));
  }
  for (const CompetingAnswer& answer : explanation.competing) {
    lines.push_back(fmt::format("Against it stands “{}”, worth {}, score {}{}.",
                                answer.display_name, Worth(answer.effective_origins),
                                ScoreText(answer.score),
                                answer.compatible_as_bounds ? "; both can hold, as bounds" : ""));
  }
  const Corroboration& c = explanation.corroboration;
  if (c.state == ClaimState::kDisputed && c.score > kLikely) {
    lines.emplace_back(
        "More speaks for it than against it, hence the score; it stays disputed because what is "
        "against it has weight of its own.");
  }
}

void AddRelays(const Explanation& explanation, std::vector<std::string>& lines) {
  std::set<std::string> told;
  for (const WitnessTerm& origin : explanation.origins) {
    if (origin.relay_factor >= 1.0 || !told.insert(origin.relay).second) continue;
    const auto behind =
        std::count_if(explanation.origins.begin(), explanation.origins.end(),
                      [&](const WitnessTerm& other) { return other.relay == origin.relay; });
    lines.push_back(fmt::format(
        "{} of these are known only through one relay, {}, which may have got all of them wrong: "
        "the first counts in full, each further one less.",
        behind, origin.relay_display_name));
  }
  if (explanation.relay_cap >= 1.0 || explanation.origins.empty()) return;
  const WitnessTerm& first = explanation.origins.front();
  const bool own_word =
      explanation.origins.size() == 1 && first.display_name == first.relay_display_name;
  const bool held = explanation.posterior > explanation.relay_cap;
  if (told.empty() && !own_word) {
    lines.push_back(fmt::format("Known only through {}.", first.relay_display_name));
  }
  if (held) {
    lines.push_back(fmt::format("The score stops at {:.2f}: {}.", explanation.relay_cap,
                                explanation.relay_cap_reason));
  }
}

// The evidence that says most: that somebody spoke with one voice is told by his name.
const Merge* Telling(const WitnessTerm& origin) {
  for (const Merge& merge : origin.merges) {
    const bool plain =
        merge.basis == MergeBasis::kSameOwner || merge.basis == MergeBasis::kSameSource;
    if (!plain) return &merge;
  }
  return nullptr;
}

void AddMerges(const Explanation& explanation, std::vector<std::string>& lines) {
  for (const WitnessTerm& origin : explanation.origins) {
    if (origin.assertions.size() < 2) continue;
    const Merge* telling = Telling(origin);
    lines.push_back(fmt::format("{} says it {} times and counts once{}.", origin.display_name,
                                origin.assertions.size(),
                                telling == nullptr ? "" : ": " + telling->evidence));
  }
}

void AddDependence(const Explanation& explanation, std::vector<std::string>& lines) {
  for (const WitnessTerm& origin : explanation.origins) {
    if (origin.inferred_confidence > 0.0) {
      const auto source = std::find_if(
          explanation.origins.begin(), explanation.origins.end(),
          [&](const WitnessTerm& other) { return other.source == origin.inferred_source; });
      lines.push_back(fmt::format(
          "{} names nobody for this; it is probably the word of {} again ({:.0f}% sure), so it "
          "hardly counts beside it.",
          origin.display_name,
          source == explanation.origins.end() ? "a source that is counted already"
                                              : source->display_name,
          100.0 * origin.inferred_confidence));
    }
    if (origin.dependence > 0.0) {
      lines.push_back(fmt::format(
          "{} shares errors with {} elsewhere, so it counts less beside it ({:.0f}% dependent).",
          origin.display_name, origin.depends_on, 100.0 * origin.dependence));
    }
  }
}

}  // namespace

std::string DescribeQuestion(const Question& question, const FamilyRule& rule,
                             const std::string& target) {
  std::string line = rule.label.empty() ? Lowered(question.measure) : rule.label;
  if (rule.by_measure && !rule.label.empty()) line += " " + Lowered(question.measure);
  if (question.kind == extraction::Kind::kFacility && !target.empty()) line += " " + target;
  if (question.population.label != line) Append(line, question.population.label);
  Append(line, question.place.name);
  Append(line, question.cumulative && !question.window.from.empty()
                   ? fmt::format("since {}", question.window.from)
                   : Days(question.window));
  return line;
}

std::string DescribeSpeech(const RecordedAssertion& assertion) {
  const extraction::Assertion& said = assertion.said;
  const bool denial = said.kind == extraction::Kind::kDenial;
  const std::string words = DescribeAnswer(assertion);
  if (said.chain.empty()) return fmt::format("it is {}: {}", denial ? "denied" : "said", words);
  const extraction::Speaker& speaker = said.chain.front();
  return fmt::format("{}{}: {}", speaker.name.empty() ? speaker.description : speaker.name,
                     denial ? " denied" : "", words);
}

std::string DescribeClaim(const Claim& claim, const std::string& question) {
  // What somebody said is question and answer in one.
  if (claim.value.empty() || question.ends_with(claim.value)) return question;
  return fmt::format("{}: {}", question, claim.value);
}

std::string AnswerInWords(const Claim& claim, const FamilyRule& rule) {
  std::string words = claim.value;
  if (rule.answer == AnswerType::kOnce) Append(words, Days(claim.time));
  return words;
}

std::vector<std::string> Summarise(const Explanation& explanation, const Question& question) {
  std::vector<std::string> lines;
  std::string state = Lowered(NameOf(explanation.corroboration.state));
  state.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(state.front())));
  lines.push_back(fmt::format("{}, score {}.", state, ScoreText(explanation.corroboration.score)));
  AddSuccessor(explanation, question, lines);
  lines.push_back(WitnessSentence(explanation));
  AddOpposition(explanation, lines);
  AddRelays(explanation, lines);
  AddDependence(explanation, lines);
  AddMerges(explanation, lines);
  return lines;
}

}  // namespace consilience::corroboration
