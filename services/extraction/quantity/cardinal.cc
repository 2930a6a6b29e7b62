#include "services/extraction/quantity/cardinal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>

namespace consilience::extraction {
namespace {

using Kind = NumberWordKind;

constexpr size_t kMaxDigits = 40;   // longer runs are no numbers that anybody counts with
constexpr int kMaxMultipliers = 2;  // "hundred thousand million"
constexpr int kMaxPointWords = 12;
constexpr double kMaxHundreds = 100;  // "ninety-five hundred"

bool AllDigits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool IsInteger(double value) { return value == std::floor(value); }

// 8.2 times a million is a whole number, though not of binary fractions.
double Scaled(double value, double multiplier) {
  constexpr double kRounding = 1e-9;  // of the product
  const double product = value * multiplier;
  const double whole = std::round(product);
  return std::abs(product - whole) <= kRounding * whole ? whole : product;
}

}  // namespace

std::optional<double> ParseDigits(std::string_view digits) {
  if (digits.size() > kMaxDigits) return std::nullopt;
  std::array<char, kMaxDigits> plain;
  char* end = plain.data();
  size_t points = 0;
  for (const char c : digits) {
    points += c == '.' ? 1 : 0;
    if (c != ',') *end++ = c;
  }
  if (points > 1) return std::nullopt;
  double value = 0;
  std::from_chars(plain.data(), end, value);  // knows no locale, unlike strtod, and is faster
  return value;
}

std::optional<double> ParsePointThousands(std::string_view digits) {
  const size_t first = digits.find('.');
  if (first == std::string_view::npos || first == 0 || first > 3 || digits[0] == '0') {
    return std::nullopt;
  }
  std::string plain(digits.substr(0, first));
  for (size_t at = first; at < digits.size(); at += 4) {
    const std::string_view group = digits.substr(at, 4);
    if (group.size() != 4 || group[0] != '.' || !AllDigits(group.substr(1))) return std::nullopt;
    plain += group.substr(1);
  }
  return std::strtod(plain.c_str(), nullptr);
}

size_t CardinalReader::SkipHyphen(size_t at) const {
  const bool hyphen =
      at < text_.size() && text_[at].mark == '-' && text_[at].end - text_[at].begin == 1;
  return hyphen ? at + 1 : at;
}

Cardinal CardinalReader::Read(size_t at) const {
  Cardinal number;
  number.multiplier = std::numeric_limits<double>::infinity();
  size_t next = at;
  bool with_and = false;
  while (true) {
    Group group = ReadGroup(next);
    if (group.end == 0) break;
    const double multiplier = ReadMultipliers(group);
    if (number && !MayJoin(number, group, multiplier, with_and)) break;
    Join(number, group, multiplier, with_and, next);
    if (multiplier == 1 || KindAt(number.end - 1) == Kind::kDozen) break;
    with_and = KindAt(number.end) == Kind::kAnd;
    next = number.end + (with_and ? 1 : 0);
  }
  if (number && number.multiplier == std::numeric_limits<double>::infinity()) number.multiplier = 1;
  if (number) ReadPoint(number);
  return number;
}

bool CardinalReader::MayJoin(const Cardinal& number, const Group& group, double multiplier,
                             bool with_and) const {
  if (group.value == 0 || group.value * multiplier >= number.multiplier || group.decimal ||
      number.decimal) {
    return false;
  }
  // "two million 2012 models": digits alone need "and" or a multiplier of their own.
  return !(group.bare && multiplier == 1 && !with_and);
}

void CardinalReader::Join(Cardinal& number, const Group& group, double multiplier, bool with_and,
                          size_t at) const {
  const bool first = !number;
  number.end = group.end;
  number.value += Scaled(group.value, multiplier);
  number.digits = number.digits || group.digits;
  number.decimal = number.decimal || group.decimal;
  number.bare = first && group.bare && multiplier == 1;
  number.after_and = with_and ? group.value * multiplier : group.after_and;
  number.last_tens = multiplier == 1 ? group.last_tens : 0;
  number.before_tens = group.before_tens;
  number.tens_alone = (first || with_and) && group.before_tens == at;
  if (multiplier > 1 || first) {
    number.multiplier = multiplier > 1 ? multiplier : std::numeric_limits<double>::infinity();
  }
}

CardinalReader::Group CardinalReader::ReadGroup(size_t at) const {
  if (at >= text_.size()) return {};
  Group group;
  if (text_[at].is_number()) {
    group = ReadDigits(at);
  } else if (KindAt(at) == Kind::kArticle) {
    const Kind next = KindAt(at + 1);
    if (next != Kind::kHundred && next != Kind::kMultiplier && next != Kind::kDozen) return {};
    group.end = at + 1;
    group.value = 1;
  } else {
    group = ReadBelowHundred(at);
  }
  if (group.end != 0) AddHundreds(group);
  return group;
}

CardinalReader::Group CardinalReader::ReadBelowHundred(size_t at) const {
  Group group;
  switch (KindAt(at)) {
    case Kind::kUnit:
    case Kind::kTeen:
      group.value = ValueAt(at);
      group.end = at + 1;
      break;
    case Kind::kTens: {
      group.value = ValueAt(at);
      group.end = at + 1;
      const size_t unit = SkipHyphen(at + 1);
      if (KindAt(unit) == Kind::kUnit && ValueAt(unit) > 0) {
        group.value += ValueAt(unit);
        group.end = unit + 1;
      } else {
        group.last_tens = group.value;
        group.before_tens = at;
      }
      break;
    }
    default:
      break;
  }
  return group;
}

void CardinalReader::AddHundreds(Group& group) const {
  const size_t hundred = SkipHyphen(group.end);
  if (KindAt(hundred) != Kind::kHundred || group.value >= kMaxHundreds) return;
  group.value *= ValueAt(hundred);
  group.end = hundred + 1;
  group.bare = false;
  group.last_tens = 0;
  const bool with_and = KindAt(group.end) == Kind::kAnd;
  const size_t next = group.end + (with_and ? 1 : 0);
  Group rest = ReadBelowHundred(next);
  if (rest.end == 0 && with_and && next < text_.size() && text_[next].is_number()) {
    rest = ReadDigits(next);
    if (rest.value >= kMaxHundreds || rest.decimal) return;
  }
  // "three hundred and two hundred": what follows "and" is a number of its own.
  if (rest.value == 0 || KindAt(SkipHyphen(rest.end)) == Kind::kHundred) return;
  group.value += rest.value;
  group.end = rest.end;
  group.after_and = with_and ? rest.value : 0;
  group.last_tens = rest.last_tens;
  group.before_tens = with_and ? 0 : rest.before_tens;
  if (with_and) group.last_tens = 0;
}

double CardinalReader::ReadMultipliers(Group& group) const {
  double product = 1;
  for (int i = 0; i < kMaxMultipliers; ++i) {
    const size_t at = SkipHyphen(group.end);
    const Kind kind = KindAt(at);
    if (kind != Kind::kMultiplier && kind != Kind::kDozen) break;
    product *= ValueAt(at);
    group.end = at + 1;
    group.decimal = false;
    if (kind == Kind::kDozen) break;
  }
  return product;
}

CardinalReader::Group CardinalReader::ReadDigits(size_t at) const {
  std::string digits(text_.Folded(at));
  size_t end = JoinSpacedThousands(at, digits);
  if (end == at + 1) end = JoinComma(at, digits);
  const std::optional<double> value = ParseDigits(digits);
  if (!value) return {};
  Group group;
  group.end = end;
  group.value = *value;
  group.digits = true;
  group.decimal = digits.find('.') != std::string::npos;
  group.bare = end == at + 1 && AllDigits(digits);
  if (end >= text_.size() || !text_[end].is_word()) return group;
  // "2.33 k": a letter set apart multiplies only what is written as a measured value.
  const size_t letters = text_[end].end - text_[end].begin;
  if (!Glued(end) && !(group.decimal && letters == 1)) return group;
  const bool money = IsMoney(at) || IsCounted(end + 1);
  // In a text set in capitals "82MM" is a calibre like any other.
  const double suffix = text_.all_caps() && !money ? 0 : words_.Suffix(text_.Folded(end), money);
  if (suffix > 0) {
    group.value = Scaled(group.value, suffix);
    group.end = end + 1;
    group.bare = false;
  }
  return group;
}

bool CardinalReader::Glued(size_t at) const {
  return at < text_.size() && !text_[at].is(kSpaceBefore);
}

std::string_view CardinalReader::DigitsAt(size_t at) const {
  return at < text_.size() && text_[at].is_number() ? text_.Folded(at) : std::string_view();
}

// "40 000", "1 234 567.89": groups of three after one space each. Appends them and returns where
// they end.
size_t CardinalReader::JoinSpacedThousands(size_t at, std::string& digits) const {
  const bool after_number = at > 0 && text_[at - 1].is_number();
  if (digits.size() > 3 || !AllDigits(digits) || digits[0] == '0' || after_number) return at + 1;
  std::string joined = digits;
  size_t end = at + 1;
  while (true) {
    const std::string_view next = DigitsAt(end);
    const bool three = next.size() == 3 || (next.size() > 3 && next[3] == '.');
    if (!three || !AllDigits(next.substr(0, 3))) break;
    if (text_[end].begin - text_[end - 1].end != 1 || joined.size() > kMaxDigits) break;
    joined += next;
    ++end;
  }
  // A further number right after shows that this was a list.
  if (end == at + 1 || !DigitsAt(end).empty()) return at + 1;
  digits = joined;
  return end;
}

// "12,34,567": the Indian way of grouping; "1,3": a decimal comma.
size_t CardinalReader::JoinComma(size_t at, std::string& digits) const {
  const size_t comma = at + 1;
  const bool joined = Glued(comma) && text_[comma].mark == ',' && Glued(comma + 1);
  if (!joined || !AllDigits(digits) || digits.size() > 2) return at + 1;
  const std::string_view next = DigitsAt(comma + 1);
  const bool indian = next.size() > 3 && next[2] == ',';
  const bool list = Glued(comma + 2) && text_[comma + 2].mark == ',';
  if (!indian && (digits.size() > 1 || next.size() != 1 || list)) return at + 1;
  digits += indian ? "," : ".";
  digits += next;
  return comma + 2;
}

bool CardinalReader::IsMoney(size_t at) const {
  return at > 0 && text_[at - 1].kind == TokenKind::kSymbol && !text_[at].is(kSpaceBefore) &&
         text_[at - 1].mark != '#' && text_[at - 1].mark != '@';
}

// "two hundred point seventy-one", "five point zero three": digits after the point, spoken one by
// one or as a number.
void CardinalReader::ReadPoint(Cardinal& number) const {
  if (KindAt(number.end) != Kind::kPoint || !IsInteger(number.value)) return;
  std::string digits;
  size_t at = number.end + 1;
  for (int i = 0; i < kMaxPointWords; ++i) {
    const Group group = ReadBelowHundred(at);
    if (group.end == 0) break;
    digits += std::to_string(static_cast<int>(group.value));
    at = group.end;
  }
  if (digits.empty()) return;
  number.value += std::strtod(("0." + digits).c_str(), nullptr);
  number.decimal = true;
  number.bare = false;
  Group rest;
  rest.end = at;
  const double multiplier = ReadMultipliers(rest);
  number.value = Scaled(number.value, multiplier);
  number.multiplier = multiplier;
  number.end = rest.end;
}

}  // namespace consilience::extraction
