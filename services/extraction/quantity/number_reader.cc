#include "services/extraction/quantity/number_reader.h"

#include <cmath>

#include "services/extraction/quantity/cardinal.h"
#include "services/extraction/quantity/fraction.h"

namespace consilience::extraction {
namespace {

using Kind = NumberWordKind;

class Pass {
 public:
  Pass(const NumberWords& words, const Text& text)
      : words_(words), text_(text), cardinals_(words, text), fractions_(cardinals_, text) {}

  std::vector<Number> Run() {
    for (size_t at = 0; at < text_.size();) {
      const Token& token = text_[at];
      const bool candidate = token.is_number() || token.kind == TokenKind::kSymbol ||
                             words_.MayOpen(token) || token.mark == '.';
      const size_t end = candidate ? ReadAt(at) : 0;
      at = end > at ? end : at + 1;
    }
    return std::move(numbers_);
  }

 private:
  size_t ReadAt(size_t at) {
    if (text_[at].mark == '.') return ReadPointFirst(at);
    if (text_[at].is_number() && !ParseDigits(text_.Folded(at))) return ReadDottedDigits(at);
    const bool article = cardinals_.KindAt(at) == Kind::kArticle;
    if (article && cardinals_.KindAt(at + 1) == Kind::kNone) return 0;  // of some other noun
    const Cardinal cardinal = cardinals_.Read(at);
    if (!cardinal) {
      if (const Fraction fraction = fractions_.At(at)) return AddFraction(at, fraction);
      return ReadOrdinal(at, cardinal);
    }
    if (const Fraction fraction = fractions_.AfterCardinal(at, cardinal)) {
      return AddFraction(at, fraction);
    }
    if (const size_t end = ReadOrdinal(at, cardinal); end != 0) return end;
    if (const size_t end = ReadPower(at, cardinal); end != 0) return end;
    if (cardinal.digits && cardinal.end == at + 1 && IsGluedToLetters(cardinal.end)) {
      return AddGlued(at, cardinal);
    }
    return AddCardinal(at, cardinal);
  }

  Number& Add(size_t at, size_t end, double value, NumberForm form, NumberRole role) {
    const size_t begin = SignBefore(at);
    Number number;
    number.begin = static_cast<uint32_t>(begin);
    number.end = static_cast<uint32_t>(end);
    number.span = text_.SpanOf(begin, end);
    number.value = begin < at ? -value : value;
    number.form = form;
    number.role = role;
    numbers_.push_back(number);
    return numbers_.back();
  }

  // "minus five", "-9.2"; a hyphen or dash before a number is seldom a sign.
  size_t SignBefore(size_t at) const {
    if (at == 0 || (!numbers_.empty() && numbers_.back().end >= at)) return at;
    if (cardinals_.KindAt(at - 1) == Kind::kMinus) return at - 1;
    const Token& sign = text_[at - 1];
    if (sign.mark != '-' || sign.end - sign.begin > 1 || text_[at].is(kSpaceBefore)) return at;
    if (!text_[at].is_number()) return at;
    const bool free = sign.is(kSpaceBefore) ||
                      (at >= 2 && (text_[at - 2].mark == '<' || text_[at - 2].mark == '>' ||
                                   text_[at - 2].mark == '='));
    return free && (at < 2 || !text_[at - 2].is_number()) ? at - 1 : at;
  }

  size_t AddCardinal(size_t at, const Cardinal& cardinal) {
    const bool pronoun = cardinal.value == 1 && !cardinal.digits && at > 0 &&
                         cardinals_.KindAt(at - 1) == Kind::kDeterminer;
    Number& number = Add(at, cardinal.end, cardinal.value,
                         cardinal.decimal ? NumberForm::kDecimal : NumberForm::kInteger,
                         pronoun ? NumberRole::kPronoun : NumberRole::kCount);
    number.digits = cardinal.digits;
    number.bare = cardinal.bare && number.begin == at;
    return cardinal.end;
  }

  size_t AddFraction(size_t at, const Fraction& fraction) {
    Number& number = Add(at, fraction.end, fraction.value, NumberForm::kFraction,
                         fraction.count ? NumberRole::kCount : NumberRole::kShare);
    number.digits = text_[at].is_number();
    number.numerator = fraction.numerator;
    return fraction.end;
  }

  // "21st", "fifth", "twenty-first", "one hundred twenty-fifth", "three millionth".
  size_t ReadOrdinal(size_t at, const Cardinal& cardinal) {
    size_t end = 0;
    double value = 0;
    const size_t next = cardinal ? cardinals_.SkipHyphen(cardinal.end) : at;
    if (cardinal && cardinal.digits && cardinal.bare && next == cardinal.end &&
        cardinals_.KindAt(next) == Kind::kOrdinalSuffix && !text_[next].is(kSpaceBefore)) {
      end = next + 1;
      value = cardinal.value;
    } else if (cardinals_.KindAt(next) == Kind::kOrdinal) {
      const double ordinal = cardinals_.ValueAt(next);
      if (!cardinal) {
        value = ordinal;
      } else if (ordinal >= 100) {
        value = cardinal.value * ordinal;
      } else if (cardinal.last_tens > 0 ? ordinal < 10 : EndsRound(cardinal)) {
        value = cardinal.value + ordinal;
      }
      end = value > 0 ? next + 1 : 0;
    } else if (cardinals_.KindAt(at) == Kind::kArticle &&
               cardinals_.KindAt(at + 1) == Kind::kOrdinal) {
      return 0;
    }
    if (end == 0) return 0;
    Add(at, end, value, NumberForm::kOrdinal, NumberRole::kOrdinal).digits =
        cardinal && cardinal.digits;
    return end;
  }

  static bool EndsRound(const Cardinal& cardinal) {
    return !cardinal.digits && cardinal.value >= 100 && std::fmod(cardinal.value, 100) == 0;
  }

  // "1.1^23", "12.32e+14", "1.3x10^6".
  size_t ReadPower(size_t at, const Cardinal& base) {
    if (!base.digits || base.end + 1 >= text_.size() || text_[base.end].is(kSpaceBefore)) return 0;
    const std::string_view operation = text_.Lower(base.end);
    if (operation == "^") {
      const auto [end, exponent] = Exponent(base.end + 1);
      if (end == 0) return 0;
      const bool negative = SignBefore(at) < at;
      const double power = std::pow(negative ? -base.value : base.value, exponent);
      Add(at, end, negative ? -power : power, NumberForm::kPower, NumberRole::kCount);
      return end;
    }
    size_t next = base.end + 1;
    if (operation == "x" && text_.Lower(next) == "10" && next + 2 < text_.size() &&
        text_[next + 1].mark == '^') {
      next += 2;
    } else if (operation != "e") {
      return 0;
    }
    const auto [end, exponent] = Exponent(next);
    if (end == 0) return 0;
    Add(at, end, base.value * std::pow(10, exponent), NumberForm::kPower, NumberRole::kCount);
    return end;
  }

  struct ExponentPart {
    size_t end = 0;
    double value = 0;
  };

  ExponentPart Exponent(size_t at) const {
    double sign = 1;
    size_t next = at;
    while (next < text_.size() && next < at + 2 && !text_[next].is(kSpaceBefore) &&
           (text_[next].mark == '-' || text_[next].mark == '+')) {
      const size_t minuses = text_[next].mark == '-' ? text_[next].end - text_[next].begin : 0;
      if (minuses % 2 == 1) sign = -sign;
      ++next;
    }
    if (next >= text_.size() || !text_[next].is_number() || text_[next].is(kSpaceBefore)) return {};
    const std::optional<double> value = ParseDigits(text_.Folded(next));
    return value ? ExponentPart{next + 1, sign * *value} : ExponentPart{};
  }

  // ".08"
  size_t ReadPointFirst(size_t at) {
    if (!text_[at].is(kSpaceBefore) || text_[at].end - text_[at].begin > 1) return 0;
    const size_t digits = at + 1;
    if (digits >= text_.size() || text_[digits].is(kSpaceBefore) || !text_[digits].is_number()) {
      return 0;
    }
    const std::optional<double> value = ParseDigits(text_.Folded(at, digits + 1));
    if (!value) return 0;
    Add(at, digits + 1, *value, NumberForm::kDecimal, NumberRole::kCount).digits = true;
    return digits + 1;
  }

  // "192.168.1.2" is four numbers of an address, "1.234.567" one number with points for thousands.
  size_t ReadDottedDigits(size_t at) {
    const std::string_view digits = text_.Folded(at);
    if (const std::optional<double> value = ParsePointThousands(digits)) {
      Add(at, at + 1, *value, NumberForm::kInteger, NumberRole::kCount).digits = true;
      return at + 1;
    }
    for (size_t begin = 0; begin < digits.size();) {
      const size_t end = std::min(digits.find_first_of(".,", begin), digits.size());
      if (const auto value = ParseDigits(digits.substr(begin, end - begin)); value && end > begin) {
        Number& number = Add(at, at + 1, *value, NumberForm::kInteger, NumberRole::kAddress);
        number.span = text_.ToStored(text_[at].begin + begin, text_[at].begin + end);
        number.digits = true;
      }
      begin = end + 1;
    }
    return at + 1;
  }

  bool IsGluedToLetters(size_t at) const {
    return at < text_.size() && text_[at].is_word() && !text_[at].is(kSpaceBefore);
  }

  // "180ml", "82mm", "1990s": a measure or a date, to be told apart later.
  size_t AddGlued(size_t at, const Cardinal& cardinal) {
    Number& number =
        Add(at, cardinal.end, cardinal.value, NumberForm::kInteger, NumberRole::kMeasure);
    number.digits = true;
    number.bare = true;
    return cardinal.end;
  }

  const NumberWords& words_;
  const Text& text_;
  CardinalReader cardinals_;
  FractionReader fractions_;
  std::vector<Number> numbers_;
};

}  // namespace

absl::StatusOr<NumberReader> NumberReader::Load(const std::filesystem::path& rules,
                                                Vocabulary& vocabulary) {
  absl::StatusOr<NumberWords> words = NumberWords::Load(rules, vocabulary);
  if (!words.ok()) return words.status();
  return NumberReader(*std::move(words));
}

std::vector<Number> NumberReader::Read(const Text& text) const { return Pass(words_, text).Run(); }

}  // namespace consilience::extraction
