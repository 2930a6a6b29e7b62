// The words of which numbers are made, from rules/quantity/number_words.tsv and suffixes.tsv.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_NUMBER_WORDS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_NUMBER_WORDS_H_

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/extraction/lexicon/table.h"
#include "services/extraction/lexicon/vocabulary.h"
#include "services/extraction/text/token.h"

namespace consilience::extraction {

enum class NumberWordKind : uint8_t {
  kNone,
  kUnit,  // zero … nine
  kTeen,  // ten … nineteen
  kTens,  // twenty … ninety
  kHundred,
  kMultiplier,  // thousand, million, lakh …
  kDozen,
  kOrdinal,      // "fifth", "twentieth", "millionth"
  kDenominator,  // "fifths", "halves"
  kQuarter,
  kHalf,
  kArticle,
  kPoint,
  kMinus,
  kAnd,
  kOf,
  kDeterminer,     // makes a following "one" a pronoun
  kOrdinalSuffix,  // "th"
  kAfterShare,     // may follow "a third" when it is a share
  kCounted,        // counted by the million and not measured: "10.6m people"
};

struct NumberWord {
  NumberWordKind kind = NumberWordKind::kNone;
  double value = 0;
};

class NumberWords {
 public:
  static absl::StatusOr<NumberWords> Load(const std::filesystem::path& rules,
                                          Vocabulary& vocabulary);

  const NumberWord& Of(WordId word) const {
    return word < words_.size() ? words_[word] : words_[kNoWord];
  }

  // Whether Of(token.word) may be part of a number, and whether it may be the first part: quick
  // ways to pass over a token of an analysed text.
  bool Has(const Token& token) const { return (token.marks & mark_) != 0; }
  bool MayOpen(const Token& token) const { return (token.marks & opening_mark_) != 0; }

  // What letters right after digits multiply them by, 0 if nothing. The case of the letters counts.
  double Suffix(std::string_view letters, bool money) const;

 private:
  absl::Status AddWord(const Table& table, const Table::Row& row, Vocabulary& vocabulary);

  std::vector<NumberWord> words_ = {{}};  // by WordId
  uint32_t mark_ = 0;                     // what Vocabulary::Look tells of them
  uint32_t opening_mark_ = 0;             // and of those that may open a number
  std::map<std::string, double, std::less<>> suffixes_;
  std::map<std::string, double, std::less<>> money_suffixes_;
};

// A cell as a finite number; an error that names the row otherwise.
absl::StatusOr<double> NumberCell(const Table& table, const Table::Row& row, size_t column);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_NUMBER_WORDS_H_
