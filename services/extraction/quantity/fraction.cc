#include "services/extraction/quantity/fraction.h"

#include <cmath>
#include <map>

#include "services/extraction/text/one_of.h"

namespace consilience::extraction {
namespace {

using Kind = NumberWordKind;

// A fraction of something greater than this is a fraction of that unit: "two million and a half".
constexpr double kLeastFractionedMultiplier = 1000;
constexpr double kMaxSlashDenominator = 1000;

const std::map<std::string_view, double>& Glyphs() {
  static const std::map<std::string_view, double> kGlyphs = {
      {"\u00BD", 1.0 / 2}, {"\u2153", 1.0 / 3}, {"\u2154", 2.0 / 3}, {"\u00BC", 1.0 / 4},
      {"\u00BE", 3.0 / 4}, {"\u2155", 1.0 / 5}, {"\u2156", 2.0 / 5}, {"\u2157", 3.0 / 5},
      {"\u2158", 4.0 / 5}, {"\u2159", 1.0 / 6}, {"\u215A", 5.0 / 6}, {"\u215B", 1.0 / 8},
      {"\u215C", 3.0 / 8}, {"\u215D", 5.0 / 8}, {"\u215E", 7.0 / 8}};
  return kGlyphs;
}

bool IsSmallInteger(const Cardinal& number) {
  return number.value > 0 && number.value < kMaxSlashDenominator &&
         number.value == std::floor(number.value);
}

}  // namespace

Fraction FractionReader::AfterCardinal(size_t at, const Cardinal& whole) const {
  if (const Fraction fraction = Slash(at, whole)) return fraction;
  if (const Fraction fraction = Denominated(whole)) return fraction;
  if (const Fraction fraction = Mixed(whole)) return fraction;
  return Ratio(whole);
}

Fraction FractionReader::At(size_t at) const { return WithMultiplier(Simple(at)); }

// "fifths", "twenty-firsts", and with `singular` also "fifth", "quarter", "half".
FractionReader::Part FractionReader::Denominator(size_t at, bool singular) const {
  const auto single = [&](size_t token) {
    const Kind kind = cardinals_.KindAt(token);
    if (kind == Kind::kDenominator) return true;
    if (!singular) return false;
    const bool ordinal = kind == Kind::kOrdinal && cardinals_.ValueAt(token) > 2;
    return ordinal || kind == Kind::kQuarter || kind == Kind::kHalf;
  };
  if (single(at)) return {at + 1, cardinals_.ValueAt(at)};
  if (cardinals_.KindAt(at) != Kind::kTens) return {};
  const size_t unit = cardinals_.SkipHyphen(at + 1);
  const Kind kind = cardinals_.KindAt(unit);
  const bool fits = kind == Kind::kDenominator || (singular && kind == Kind::kOrdinal);
  if (!fits || cardinals_.ValueAt(unit) >= 10) return {};
  return {unit + 1, cardinals_.ValueAt(at) + cardinals_.ValueAt(unit)};
}

FractionReader::Part FractionReader::Glyph(size_t at) const {
  if (at >= text_.size() || text_[at].kind != TokenKind::kSymbol) return {};
  const auto it = Glyphs().find(text_.Folded(at));
  return it == Glyphs().end() ? Part{} : Part{at + 1, it->second};
}

// "a third", "half", "three fifths", "one fourth", "½". The article needs words after it that a
// share can have.
FractionReader::Part FractionReader::Simple(size_t at) const {
  if (const Part glyph = Glyph(at); glyph.end != 0) return glyph;
  if (cardinals_.KindAt(at) == Kind::kHalf) {
    // "half-buried" is no share; "half-million" is.
    const bool joined = at + 2 < text_.size() && text_.IsHyphen(at + 1);
    if (joined && MultiplierAfter(at + 2).end == 0) return {};
    // "in the first half": of a year or a match
    if (at > 0 && IsOneOf(text_.Lower(at - 1), {"first", "second", "latter"})) return {};
    return {at + 1, 0.5};
  }
  if (cardinals_.KindAt(at) == Kind::kQuarter) {
    const Part multiplier = MultiplierAfter(at + 1);
    return multiplier.end != 0 ? Part{at + 1, 0.25} : Part{};
  }
  if (cardinals_.KindAt(at) == Kind::kArticle) {
    const Part denominator = Denominator(at + 1, true);
    if (denominator.end == 0 || !IsShareArticle(at, denominator.end)) return {};
    if (FollowsSubject(at, denominator.end) && CountsOn(at, denominator.value)) return {};
    return {denominator.end, 1 / denominator.value};
  }
  if (cardinals_.KindAt(at) != Kind::kUnit && cardinals_.KindAt(at) != Kind::kTeen) return {};
  const double numerator = cardinals_.ValueAt(at);
  const Part denominator = Denominator(cardinals_.SkipHyphen(at + 1), numerator == 1);
  if (denominator.end == 0) return {};
  return {denominator.end, numerator / denominator.value};
}

// "and a sixth | was", "while a seventh, | Acme, was": what may be one more of those before.
bool FractionReader::FollowsSubject(size_t at, size_t end) const {
  if (cardinals_.KindAt(end) == Kind::kAfterShare) return true;
  return end < text_.size() && text_[end].mark == ',' && at > 0 &&
         IsOneOf(text_.Lower(at - 1), {"and", "while", "but"});
}

// "Five had died and a sixth was …": the next one after those counted before.
bool FractionReader::CountsOn(size_t at, double value) const {
  constexpr size_t kReach = 24;
  for (size_t i = at; i-- > 0 && at - i <= kReach && text_[i].sentence == text_[at].sentence;) {
    const Cardinal counted = cardinals_.Read(i);
    if (counted && counted.value == value - 1) return true;
  }
  return false;
}

// "a third of", "a fifth.": a share. "a third attack": an ordinal.
bool FractionReader::IsShareArticle(size_t at, size_t end) const {
  const Kind last = cardinals_.KindAt(end - 1);
  if (last == Kind::kHalf || last == Kind::kQuarter || last == Kind::kDenominator) return true;
  if (end >= text_.size() || !text_[end].is_word()) return at + 1 < text_.size();
  const Kind next = cardinals_.KindAt(end);
  // "a fifth and sixth death"
  if (next == Kind::kAnd && cardinals_.KindAt(end + 1) == Kind::kOrdinal) return false;
  return next == Kind::kOf || next == Kind::kAfterShare || next == Kind::kAnd ||
         next == Kind::kMultiplier;
}

// "million", "a million", "of a million", "a dozen".
FractionReader::Part FractionReader::MultiplierAfter(size_t at) const {
  size_t next = at;
  const bool of = cardinals_.KindAt(next) == Kind::kOf;
  if (of) ++next;
  const bool article = cardinals_.KindAt(next) == Kind::kArticle;
  if (article) ++next;
  next = cardinals_.SkipHyphen(next);
  const Kind kind = cardinals_.KindAt(next);
  const bool fits = kind == Kind::kMultiplier || kind == Kind::kDozen;
  return fits && (!of || article) ? Part{next + 1, cardinals_.ValueAt(next)} : Part{};
}

Fraction FractionReader::WithMultiplier(Part part) const {
  Fraction fraction;
  fraction.end = part.end;
  fraction.value = part.value;
  if (part.end == 0) return fraction;
  if (const Part multiplier = MultiplierAfter(part.end); multiplier.end != 0) {
    fraction.end = multiplier.end;
    fraction.value *= multiplier.value;
    fraction.count = true;
  }
  return fraction;
}

// "4/5", "1 4/5"; not dates ("5/17/2018") or "9/11".
Fraction FractionReader::Slash(size_t at, const Cardinal& numerator) const {
  const auto slash = [&](size_t token) {
    return token + 1 < text_.size() && text_[token].mark == '/' && !text_[token].is(kSpaceBefore) &&
           text_[token + 1].is_number() && !text_[token + 1].is(kSpaceBefore);
  };
  double whole = 0;
  Cardinal top = numerator;
  if (top.bare && top.end < text_.size() && text_[top.end].is_number() && slash(top.end + 1)) {
    whole = top.value;
    top = cardinals_.Read(top.end);
  }
  if (!top.bare || !slash(top.end) || slash(top.end + 2)) return {};
  if (at >= 2 && text_[at - 1].mark == '/') return {};
  const Cardinal bottom = cardinals_.Read(top.end + 1);
  const bool event = top.value == 9 && bottom.value == 11;
  if (!IsSmallInteger(top) || !IsSmallInteger(bottom) || top.value >= bottom.value || event) {
    return {};
  }
  Fraction fraction;
  fraction.end = bottom.end;
  fraction.value = whole + top.value / bottom.value;
  return fraction;
}

// "three fifths", "one hundred and three quarters", "three twenty-firsts", "one hundred
// thirty-fifths".
Fraction FractionReader::Denominated(const Cardinal& numerator) const {
  const size_t at = cardinals_.SkipHyphen(numerator.end);
  Part part = Denominator(at, numerator.value == 1 || numerator.after_and == 1);
  if (part.end == 0) return {};
  double top = numerator.value;
  double whole = 0;
  const bool tens = numerator.last_tens > 0 && !numerator.tens_alone && part.value < 10;
  if (tens) {
    top -= numerator.last_tens;
    part.value += numerator.last_tens;
  } else if (numerator.after_and > 0 && numerator.after_and < part.value) {
    whole = top - numerator.after_and;
    top = numerator.after_and;
  }
  const double scale =
      whole > 0 && numerator.multiplier >= kLeastFractionedMultiplier ? numerator.multiplier : 1;
  Fraction fraction = WithMultiplier({part.end, top / part.value * scale});
  fraction.value += whole;
  fraction.count = fraction.count || whole > 1;
  return fraction;
}

// What follows "and" in a mixed number: "a half", "fifty-four hundredths".
FractionReader::Part FractionReader::Added(size_t at) const {
  if (const Part simple = Simple(at); simple.end != 0) return simple;
  const Cardinal numerator = cardinals_.Read(at);
  if (!numerator) return {};
  const Fraction fraction = Denominated(numerator);
  return fraction.count ? Part{} : Part{fraction.end, fraction.value};
}

// "one and a half", "five and a half million", "two million and a half", "2½".
Fraction FractionReader::Mixed(const Cardinal& whole) const {
  Part part = Glyph(whole.end);
  if (part.end == 0 && cardinals_.KindAt(whole.end) == Kind::kAnd) part = Added(whole.end + 1);
  if (part.end == 0 || part.value >= 1) return {};
  const Part multiplier = MultiplierAfter(part.end);
  Fraction fraction;
  fraction.end = part.end;
  fraction.count = true;
  const bool large = whole.multiplier >= kLeastFractionedMultiplier;
  fraction.value = whole.value + part.value * (large ? whole.multiplier : 1);
  if (multiplier.end != 0) {
    fraction.end = multiplier.end;
    fraction.value = large ? whole.value + part.value * multiplier.value
                           : (whole.value + part.value) * multiplier.value;
  }
  return fraction;
}

// "10 out of 12", "one in five", "one over three".
Fraction FractionReader::Ratio(const Cardinal& numerator) const {
  const size_t at = numerator.end;
  if (at + 1 >= text_.size() || numerator.decimal) return {};
  const std::string_view word = text_.Lower(at);
  const bool out_of = word == "out" && cardinals_.KindAt(at + 1) == Kind::kOf;
  const bool one_in = (word == "in" || word == "over") && numerator.value == 1;
  if (!out_of && !one_in) return {};
  const Cardinal whole = cardinals_.Read(at + (out_of ? 2 : 1));
  if (!whole || whole.value <= numerator.value || (one_in && whole.value >= kMaxSlashDenominator)) {
    return {};
  }
  Fraction fraction;
  fraction.end = whole.end;
  fraction.value = numerator.value / whole.value;
  fraction.numerator = out_of ? numerator.value : 0;
  return fraction;
}

}  // namespace consilience::extraction
