#include "services/corroboration/matching/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "services/corroboration/matching/words.h"

namespace consilience::corroboration {
namespace {

// Statements of one speaker are one answer from this similarity of their words on.
constexpr double kSameSpeech = 0.5;
// "People were killed" fits any number of dead, and tells none from another.
constexpr double kUnsaidNumber = 0.3;
// "captured" without a share of the place fits any share, less well than a share that was said.
constexpr double kUnsaidShare = 0.7;
// A capture whose side is not named fits the capture by whoever is.
constexpr double kUnsaidSide = 0.7;
// … and better one that is told as the same kind of change: "has fallen" goes with "captured"
// rather than with "recovered".
constexpr double kOtherWord = 0.9;
// Days by which reports of one event may differ.
constexpr int kEventDays = 2;

QuantityWords WordsOf(const extraction::Quantity& quantity) {
  return {.lower = quantity.lower,
          .upper = quantity.upper,
          .lower_open = quantity.lower_open,
          .upper_open = quantity.upper_open,
          .approximate = quantity.approximate,
          .vague = quantity.vague};
}

std::string NumberKey(const extraction::Quantity& quantity) {
  const auto bound = [](const std::optional<double>& value) {
    return value ? fmt::format("{:018.4f}", *value) : std::string("*");
  };
  return fmt::format("{}{}..{}{}{}{}", quantity.lower_open ? ">" : "", bound(quantity.lower),
                     quantity.upper_open ? "<" : "", bound(quantity.upper),
                     quantity.approximate ? "~" : "", quantity.vague ? "?" : "");
}

// By how much of itself a whole number may have been rounded: half a unit of its last digit that is
// not zero. Below a thousand people count one by one; "25" and "26" are two answers.
double RoundedBy(double value) {
  constexpr double kCountedOneByOne = 1000.0;
  if (value < kCountedOneByOne || value != std::floor(value)) return 0.0;
  double unit = 1.0;
  while (std::fmod(value, 10.0 * unit) == 0.0) unit *= 10.0;
  return unit > 1.0 ? 0.5 * unit / value : 0.0;
}

void SetQuantity(const extraction::Quantity& quantity, Answer& answer) {
  if (!quantity.lower && !quantity.upper) return;
  KernelOptions options = answer.rule->kernel;
  const bool measured = quantity.fraction || quantity.percent || !quantity.unit.empty();
  if (measured) options.step = 0.0;
  if (!measured && quantity.lower) {
    options.relative = std::min(options.relative, RoundedBy(*quantity.lower));
  }
  answer.kernel.emplace(WordsOf(quantity), options);
  answer.bound = !quantity.lower || !quantity.upper;
  answer.sharpness = answer.bound || quantity.vague ? Sharpness::kLoose : Sharpness::kSharp;
  if (quantity.lower && quantity.upper) {
    answer.value = (*quantity.lower + *quantity.upper) / 2.0;
  } else {
    answer.value = quantity.lower.value_or(quantity.upper.value_or(0.0));
  }
}

std::string StatusOf(const extraction::Assertion& said, const FamilyRule& rule) {
  const auto found = rule.statuses.find(said.measure);
  std::string status = found != rule.statuses.end() ? found->second : said.measure;
  const bool none = said.quantity && said.quantity->upper && *said.quantity->upper == 0.0;
  // "no hospital is working" counts the working ones.
  if (none && status == "OPERATING") return "OUT_OF_SERVICE";
  return status;
}

double AgreeOnNumbers(const Answer& a, const Answer& b) {
  if (a.kernel && b.kernel) return Consistency(*a.kernel, *b.kernel);
  return a.kernel.has_value() == b.kernel.has_value() ? 1.0 : kUnsaidNumber;
}

double AgreeOnShares(const Answer& a, const Answer& b) {
  if (a.kernel && b.kernel) return Consistency(*a.kernel, *b.kernel);
  return a.kernel.has_value() == b.kernel.has_value() ? 1.0 : kUnsaidShare;
}

double AgreeOnSides(const Answer& a, const Answer& b) {
  if (a.side.empty() || b.side.empty()) return a.side == b.side ? 1.0 : kUnsaidSide;
  return a.side == b.side ? 1.0 : 0.0;
}

double AgreeOnChange(const Answer& a, const Answer& b) {
  if (!a.side.empty() && !b.side.empty()) return AgreeOnSides(a, b);
  return AgreeOnSides(a, b) * (a.measure == b.measure ? 1.0 : kOtherWord);
}

// TAKEN and GAINED by one side agree; LOST names the side that no longer holds the place.
double AgreeOnControl(const Answer& a, const Answer& b) {
  if (a.status == "CONTESTED" || b.status == "CONTESTED") return a.status == b.status ? 1.0 : 0.0;
  if ((a.status == "LOST") == (b.status == "LOST")) {
    return AgreeOnChange(a, b) * AgreeOnShares(a, b);
  }
  if (a.side.empty() || b.side.empty()) return kUnsaidSide * AgreeOnShares(a, b);
  return a.side == b.side ? 0.0 : AgreeOnShares(a, b);
}

double AgreeOnStatus(const Answer& a, const Answer& b) {
  if (a.status == b.status) return AgreeOnSides(a, b);
  return a.rule->compatible.contains(std::minmax(a.status, b.status)) ? kUnsaidShare : 0.0;
}

std::string DescribeQuantity(const extraction::Quantity& quantity) {
  const auto number = [&](double value) {
    if (quantity.fraction) return fmt::format("{:.0f}%", 100.0 * value);
    return quantity.percent ? fmt::format("{:g}%", value) : fmt::format("{:.15g}", value);
  };
  std::string text = quantity.approximate ? "about " : "";
  if (quantity.lower && quantity.upper) {
    text += *quantity.lower == *quantity.upper
                ? number(*quantity.lower)
                : fmt::format("{} to {}", number(*quantity.lower), number(*quantity.upper));
  } else if (quantity.lower) {
    text += fmt::format("{} {}", quantity.lower_open ? "more than" : "at least",
                        number(*quantity.lower));
  } else if (quantity.upper) {
    text += fmt::format("{} {}", quantity.upper_open ? "fewer than" : "at most",
                        number(*quantity.upper));
  }
  return quantity.unit.empty() ? text : fmt::format("{} {}", text, quantity.unit);
}

std::string Lowered(std::string_view upper_snake) {
  std::string text(upper_snake);
  for (char& c : text) {
    c = c == '_' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return text;
}

// "that the army had left" → "the army had left".
std::string WithoutThat(const std::string& quote) {
  constexpr std::string_view kThat = "that ";
  return quote.starts_with(kThat) ? quote.substr(kThat.size()) : quote;
}

}  // namespace

Answer AnswerOf(const RecordedAssertion& assertion, const Facet& facet) {
  const extraction::Assertion& said = assertion.said;
  Answer answer;
  answer.rule = facet.rule;
  answer.type = facet.rule->answer;
  const bool numeric = answer.type == AnswerType::kCount || answer.type == AnswerType::kControl;
  if (numeric && said.quantity) SetQuantity(*said.quantity, answer);
  if (answer.type != AnswerType::kCount) {
    answer.status = StatusOf(said, *facet.rule);
    answer.measure = said.measure;
    answer.side = FoldedName(said.actor);
    if (answer.kernel == std::nullopt) answer.sharpness = Sharpness::kLoose;
    const bool partial = answer.status == "GAINED" || answer.status == "LOST";
    if (!answer.side.empty() && !partial) answer.sharpness = Sharpness::kSharp;
  }
  if (answer.type == AnswerType::kStatus) {
    const auto implies = facet.rule->implies.find(answer.status);
    if (implies != facet.rule->implies.end()) answer.implies = implies->second;
  }
  if (answer.type == AnswerType::kSpeech) answer.words = Words(assertion.quote);
  if (answer.type == AnswerType::kOnce) {
    answer.from = facet.from;
    answer.to = facet.to;
  }
  answer.key = fmt::format("{}|{}|{}|{}..{}", answer.status, answer.side,
                           numeric && said.quantity ? NumberKey(*said.quantity) : "-", answer.from,
                           answer.to);
  if (answer.type == AnswerType::kControl) answer.key += fmt::format("|{}", answer.measure);
  for (const std::string& word : answer.words) answer.key += fmt::format(" {}", word);
  return answer;
}

double Agreement(const Answer& a, const Answer& b) {
  switch (a.type) {
    case AnswerType::kCount:
      return AgreeOnNumbers(a, b);
    case AnswerType::kControl:
      return AgreeOnControl(a, b);
    case AnswerType::kStatus:
      return AgreeOnStatus(a, b);
    case AnswerType::kOnce:
      if (a.from == kNoDay || b.from == kNoDay) return 1.0;
      return a.from <= b.to + kEventDays && b.from <= a.to + kEventDays ? 1.0 : 0.0;
    case AnswerType::kSpeech: {
      const double similarity = WordSimilarity(a.words, b.words);
      return similarity >= kSameSpeech ? similarity : 0.0;
    }
  }
  return 0.0;
}

double AgreementThreshold(const Answer& answer) { return answer.rule->kernel.agree_above; }

std::string DescribeAnswer(const RecordedAssertion& assertion) {
  const extraction::Assertion& said = assertion.said;
  std::string text = said.quantity ? DescribeQuantity(*said.quantity) : "";
  switch (said.kind) {
    case extraction::Kind::kCasualty:
    case extraction::Kind::kDisplacement:
    case extraction::Kind::kPopulation:
    case extraction::Kind::kNumericFact:
      return text.empty() ? std::string("an unstated number") : text;
    case extraction::Kind::kStatement:
    case extraction::Kind::kDenial:
      return WithoutThat(assertion.quote);
    default:
      break;
  }
  std::string words = Lowered(said.measure);
  const bool facility = said.kind == extraction::Kind::kFacility && !said.target.empty();
  if (facility) words = fmt::format("{} {}", said.target, words);
  if (!text.empty()) words += fmt::format(", {}", text);
  if (!said.actor.empty()) words += fmt::format(", {}", said.actor);
  return words;
}

}  // namespace consilience::corroboration
