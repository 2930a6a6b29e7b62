// Cardinal numbers: "450,000", "1.2 million", "two hundred and fifty-four", "3 dozen", "40 000".
//
// The grammar reads from left to right and goes back over at most one group of words, so it is
// linear:
//   number := group multiplier… (["and"] group multiplier…)… [["and"] group]   with falling
//   multipliers group  := digits | a (before hundred, thousand, dozen …) | below100 | (digits |
//   below100) "hundred" [["and"] below100]
#ifndef CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_CARDINAL_H_
#define CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_CARDINAL_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "services/extraction/quantity/number_words.h"
#include "services/extraction/text/text.h"

namespace consilience::extraction {

struct Cardinal {
  size_t end = 0;  // of the tokens read; 0 if there is no number
  double value = 0;
  double multiplier = 1;  // the last one: 1e6 for "two million and three"
  bool digits = false;
  bool decimal = false;
  bool bare = false;        // one token of digits
  double after_and = 0;     // what was added after the last "and": 4 of "one hundred and four"
  double last_tens = 0;     // the tens it ends with: 30 of "one hundred thirty"
  bool tens_alone = false;  // nothing, or "and", before those tens
  size_t before_tens = 0;   // where they start

  explicit operator bool() const { return end != 0; }
};

class CardinalReader {
 public:
  CardinalReader(const NumberWords& words, const Text& text) : words_(words), text_(text) {}

  // The cardinal number that starts at `at`, without a sign.
  Cardinal Read(size_t at) const;

  NumberWordKind KindAt(size_t at) const {
    if (at >= text_.size() || !words_.Has(text_[at])) return NumberWordKind::kNone;
    return words_.Of(text_[at].word).kind;
  }
  double ValueAt(size_t at) const { return words_.Of(text_[at].word).value; }

  // `at`, or the token after it if it is a hyphen, with or without spaces.
  size_t SkipHyphen(size_t at) const;

 private:
  struct Group {
    size_t end = 0;
    double value = 0;
    bool digits = false;
    bool decimal = false;
    bool bare = false;
    double after_and = 0;
    double last_tens = 0;
    size_t before_tens = 0;
  };

  Group ReadGroup(size_t at) const;
  Group ReadDigits(size_t at) const;
  size_t JoinSpacedThousands(size_t at, std::string& digits) const;
  size_t JoinComma(size_t at, std::string& digits) const;
  bool Glued(size_t at) const;
  std::string_view DigitsAt(size_t at) const;
  Group ReadBelowHundred(size_t at) const;
  void AddHundreds(Group& group) const;
  double ReadMultipliers(Group& group) const;
  void ReadPoint(Cardinal& number) const;
  bool MayJoin(const Cardinal& number, const Group& group, double multiplier, bool with_and) const;
  void Join(Cardinal& number, const Group& group, double multiplier, bool with_and,
            size_t at) const;
  bool IsMoney(size_t at) const;
  bool IsCounted(size_t at) const {
    if (at >= text_.size()) return false;
    if (KindAt(at) == NumberWordKind::kOf && at + 1 < text_.size()) {
      return text_.Lower(at + 1) == "them" || text_.Lower(at + 1) == "whom";  // "1.4m of them"
    }
    return words_.Of(text_[at].word).kind == NumberWordKind::kCounted;
  }

  const NumberWords& words_;
  const Text& text_;
};

// Digits with points and commas as the English or Indian way of writing has them; nullopt for
// "192.168.1.2".
std::optional<double> ParseDigits(std::string_view digits);

// "450.000": one to three digits, then groups of three after points; the value if the points mark
// thousands.
std::optional<double> ParsePointThousands(std::string_view digits);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_CARDINAL_H_
