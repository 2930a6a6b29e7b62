#include "clients/cli/render/phrase.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "clients/cli/render/numbers.h"
#include "clients/cli/render/words.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

// What the shapes below have in common.
struct Parts {
  std::string kind;
  std::string measure;
  std::string answer;  // in words, where it is no number
  const common::v1::Quantity* quantity = nullptr;
  std::string who;
  std::string place;
  std::string window;
};

// The measure of people who are counted and of whom nothing more is said.
constexpr std::string_view kPeople = "PEOPLE";

bool CountsPeople(std::string_view kind) {
  return kind == "CASUALTY" || kind == "DISPLACEMENT" || kind == "POPULATION";
}

bool IsCount(std::string_view kind) { return CountsPeople(kind) || kind == "NUMERIC_FACT"; }

// "87 deaths" says already that they were killed.
bool NamesTheDead(std::string_view who) {
  constexpr std::array<std::string_view, 6> kWords = {"deaths", "dead",       "lives",
                                                      "bodies", "fatalities", "casualties"};
  const std::string_view last = who.substr(who.rfind(' ') + 1);
  return std::find(kWords.begin(), kWords.end(), last) != kWords.end();
}

// "in Aleppo", "near Aleppo", "north of Aleppo".
std::string Where(const std::string& place) {
  constexpr std::array<std::string_view, 5> kVicinity = {"near ", "outside ", "around ",
                                                         "close to ", "on "};
  const bool by_itself =
      std::any_of(kVicinity.begin(), kVicinity.end(),
                  [&](std::string_view words) { return place.starts_with(words); });
  const size_t first = place.find(' ');
  const bool outside = first != std::string::npos && place.compare(first, 4, " of ") == 0 &&
                       place.front() >= 'a' && place.front() <= 'z';
  return by_itself || outside ? place : "in " + place;
}

std::string Spaced(std::string text) {
  std::replace(text.begin(), text.end(), '-', ' ');
  return text;
}

std::string Number(double value, const common::v1::Quantity& quantity) {
  if (quantity.fraction()) return WithThousands(std::round(value * 1000) / 10) + "%";
  return WithThousands(value) + (quantity.percent() ? "%" : "");
}

std::string Count(const Parts& parts) {
  std::string number = QuantityInWords(*parts.quantity);
  std::string who = parts.who;
  if (who.empty() && (CountsPeople(parts.kind) || parts.measure == kPeople)) who = "people";
  if (number.empty()) number = who.empty() ? "an unstated number" : "an unstated number of";
  const std::string measure = Plain(parts.measure);
  if (!CountsPeople(parts.kind)) {
    if (who.empty()) return fmt::format("{}: {}", measure, number);
    const common::v1::Quantity& q = *parts.quantity;
    const bool partitive = q.fraction() || q.percent() || !q.unit().empty();
    return number + (partitive ? " of " : " ") + who;
  }
  if (parts.measure == "KILLED" && NamesTheDead(who)) return number + " " + who;
  return fmt::format("{} {} {}", number, who, measure);
}

// "barrel bomb use", "chemical weapon use".
std::string WeaponUse(const std::string& weapon) {
  constexpr std::array<std::string_view, 4> kKinds = {"chemical", "cluster", "incendiary",
                                                      "nuclear"};
  const bool is_kind = std::find(kKinds.begin(), kKinds.end(), weapon) != kKinds.end();
  return weapon + (is_kind ? " weapon use" : " use");
}

std::string Phrase(const Parts& parts) {
  if (IsCount(parts.kind)) return Count(parts);
  if (parts.kind == "STATEMENT" || parts.kind == "DENIAL") {
    return parts.answer.starts_with("“") ? parts.answer : fmt::format("“{}”", parts.answer);
  }
  if (parts.kind == "WEAPON_USE") return WeaponUse(Spaced(parts.answer));
  return Spaced(parts.answer.empty() ? Plain(parts.measure) : parts.answer);
}

std::string WithWindow(const std::string& text, const std::string& window) {
  return window.empty() ? text : text + ", " + window;
}

std::string Sentence(const Parts& parts) {
  const std::string phrase = Phrase(parts);
  if (parts.place.empty()) return WithWindow(phrase, parts.window);
  const bool reads_on = IsCount(parts.kind) || parts.kind == "ATTACK" ||
                        parts.kind == "WEAPON_USE" || parts.kind == "AGREEMENT";
  return WithWindow(reads_on ? fmt::format("{} {}", phrase, Where(parts.place))
                             : fmt::format("{}: {}", parts.place, phrase),
                    parts.window);
}

Parts PartsOf(const api::Claim& claim) {
  return {claim.kind(),        claim.measure(),           claim.value(),
          &claim.quantity(),   claim.population().text(), claim.place().name(),
          Window(claim.time())};
}

}  // namespace

std::string QuantityInWords(const common::v1::Quantity& quantity) {
  std::string text = quantity.approximate() ? "about " : "";
  if (quantity.has_lower() && quantity.has_upper()) {
    text += Number(quantity.lower(), quantity);
    if (quantity.upper() > quantity.lower()) text += " to " + Number(quantity.upper(), quantity);
  } else if (quantity.has_lower()) {
    text += quantity.lower_open() ? "more than " : "at least ";
    text += Number(quantity.lower(), quantity);
  } else if (quantity.has_upper()) {
    text += quantity.upper_open() ? "fewer than " : "at most ";
    text += Number(quantity.upper(), quantity);
  } else {
    return "";
  }
  return quantity.unit().empty() ? text : text + " " + quantity.unit();
}

std::string PhraseOf(const api::Claim& claim) {
  return claim.kind().empty() ? AnswerOf(claim) : Phrase(PartsOf(claim));
}

std::string SentenceOf(const api::Claim& claim) {
  // Who said it is a part of what was said.
  const bool speech = claim.kind() == "STATEMENT" || claim.kind() == "DENIAL";
  if (claim.kind().empty() || speech) return claim.display_name();
  return Sentence(PartsOf(claim));
}

std::string FitOf(const api::ClaimAssertion& assertion, const api::Claim& claim) {
  const common::v1::Quantity& said = assertion.quantity();
  const common::v1::Quantity& answer = claim.quantity();
  const bool is_figure = answer.has_lower() && answer.has_upper();
  if (!IsCount(claim.kind()) || !is_figure) return "";
  const std::string words = QuantityInWords(said);
  if (words.empty()) return "names no number, so any number fits it";
  if (!said.has_lower() || !said.has_upper()) return "only a bound: " + words;
  if (said.lower() == answer.lower() && said.upper() == answer.upper()) return "";
  return "close to it: " + words;
}

std::string SentenceOf(const extraction::v1::Assertion& assertion) {
  const bool speech = assertion.kind() == "STATEMENT" || assertion.kind() == "DENIAL";
  Parts parts{assertion.kind(),
              assertion.measure(),
              speech ? assertion.quote() : Plain(assertion.measure()),
              &assertion.quantity(),
              assertion.population().text(),
              assertion.place().name(),
              Window(assertion.time())};
  if (!speech) {
    const std::string quantity = QuantityInWords(assertion.quantity());
    for (const std::string& part : {quantity, assertion.actor()}) {
      if (!part.empty()) parts.answer += ", " + part;
    }
    if (!assertion.target().empty()) parts.answer = assertion.target() + " " + parts.answer;
  }
  return Sentence(parts);
}

std::string SentenceOf(const api::Question& question) {
  if (question.kind().empty()) return question.display_name();
  const std::string measure = Plain(question.measure());
  const std::string& place = question.place().name();
  std::string text;
  if (IsCount(question.kind())) {
    std::string who = question.population().text();
    const bool people = question.measure() == kPeople;
    if (who.empty() && (people || CountsPeople(question.kind()))) who = "people";
    if (who.empty()) {
      text = measure;
    } else {
      text = people || NamesTheDead(who) ? who : who + " " + measure;
    }
  } else if (question.kind() == "CONTROL") {
    const std::string of = question.measure() == "BESIEGED"       ? "siege of "
                           : question.measure() == "SIEGE_LIFTED" ? "end of the siege of "
                                                                  : "control of ";
    return WithWindow(of + (place.empty() ? "a place that is not named" : place),
                      Window(question.window()));
  } else if (question.kind() == "FACILITY") {
    return question.display_name();  // names the facility
  } else if (question.kind() == "STATEMENT" || question.kind() == "DENIAL") {
    text = question.display_name();
  } else {
    text = question.kind() == "WEAPON_USE" ? WeaponUse(measure) : measure;
  }
  return WithWindow(place.empty() ? text : text + " " + Where(place), Window(question.window()));
}

}  // namespace consilience::cli
