#include "services/extraction/quantity/number_words.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include "services/extraction/lexicon/lexicon.h"

namespace consilience::extraction {
namespace {

const std::map<std::string_view, NumberWordKind>& KindNames() {
  static const std::map<std::string_view, NumberWordKind> kNames = {
      {"unit", NumberWordKind::kUnit},
      {"teen", NumberWordKind::kTeen},
      {"tens", NumberWordKind::kTens},
      {"hundred", NumberWordKind::kHundred},
      {"multiplier", NumberWordKind::kMultiplier},
      {"dozen", NumberWordKind::kDozen},
      {"ordinal", NumberWordKind::kOrdinal},
      {"denominator", NumberWordKind::kDenominator},
      {"quarter", NumberWordKind::kQuarter},
      {"half", NumberWordKind::kHalf},
      {"article", NumberWordKind::kArticle},
      {"point", NumberWordKind::kPoint},
      {"minus", NumberWordKind::kMinus},
      {"and", NumberWordKind::kAnd},
      {"of", NumberWordKind::kOf},
      {"determiner", NumberWordKind::kDeterminer},
      {"ordinal_suffix", NumberWordKind::kOrdinalSuffix},
      {"after_share", NumberWordKind::kAfterShare},
      {"counted", NumberWordKind::kCounted}};
  return kNames;
}

// "Of", "the" and "than" are far commoner in a text than the words that a number starts with.
bool Opens(NumberWordKind kind) {
  return kind == NumberWordKind::kUnit || kind == NumberWordKind::kTeen ||
         kind == NumberWordKind::kTens || kind == NumberWordKind::kOrdinal ||
         kind == NumberWordKind::kHalf || kind == NumberWordKind::kQuarter ||
         kind == NumberWordKind::kArticle;
}

}  // namespace

absl::StatusOr<double> NumberCell(const Table& table, const Table::Row& row, size_t column) {
  const std::string& cell = row[column];
  char* end = nullptr;
  const double value = std::strtod(cell.c_str(), &end);
  if (cell.empty() || *end != '\0' || !std::isfinite(value)) {
    return table.Error(row, fmt::format("\"{}\" is not a number", cell));
  }
  return value;
}

absl::StatusOr<NumberWords> NumberWords::Load(const std::filesystem::path& rules,
                                              Vocabulary& vocabulary) {
  NumberWords words;
  const absl::StatusOr<Table> table = Table::Load(rules / "quantity" / "number_words.tsv",
                                                  {"number-words", 1, {"word", "kind", "value"}});
  if (!table.ok()) return table.status();
  for (const Table::Row& row : table->rows()) {
    if (const absl::Status added = words.AddWord(*table, row, vocabulary); !added.ok()) {
      return added;
    }
  }
  const absl::StatusOr<Table> suffixes = Table::Load(
      rules / "quantity" / "suffixes.tsv", {"number-suffixes", 1, {"suffix", "kind", "value"}});
  if (!suffixes.ok()) return suffixes.status();
  for (const Table::Row& row : suffixes->rows()) {
    const absl::StatusOr<double> value = NumberCell(*suffixes, row, 2);
    if (!value.ok()) return value.status();
    if (row[1] != "any" && row[1] != "money") {
      return suffixes->Error(row, fmt::format("unknown kind \"{}\"; any or money", row[1]));
    }
    words.money_suffixes_[row[0]] = *value;
    if (row[1] == "any") words.suffixes_[row[0]] = *value;
  }
  return words;
}

absl::Status NumberWords::AddWord(const Table& table, const Table::Row& row,
                                  Vocabulary& vocabulary) {
  const auto kind = KindNames().find(row[1]);
  if (kind == KindNames().end()) {
    return table.Error(row, fmt::format("unknown kind \"{}\"", row[1]));
  }
  const absl::StatusOr<double> value = NumberCell(table, row, 2);
  if (!value.ok()) return value.status();
  const std::vector<WordId> ids = InternPhrase(vocabulary, row[0]);
  if (ids.size() != 1) return table.Error(row, fmt::format("\"{}\" is not one word", row[0]));
  if (words_.size() <= ids[0]) words_.resize(ids[0] + size_t{1});
  if (words_[ids[0]].kind != NumberWordKind::kNone) {
    return table.Error(row, fmt::format("\"{}\" stands here twice", row[0]));
  }
  words_[ids[0]] = {kind->second, *value};
  if (kind->second == NumberWordKind::kCounted) return absl::OkStatus();  // opens no number
  if (mark_ == 0) mark_ = vocabulary.NewMark();
  vocabulary.Mark(ids[0], mark_);
  if (!Opens(kind->second)) return absl::OkStatus();
  if (opening_mark_ == 0) opening_mark_ = vocabulary.NewMark();
  vocabulary.Mark(ids[0], opening_mark_);
  return absl::OkStatus();
}

double NumberWords::Suffix(std::string_view letters, bool money) const {
  const auto& suffixes = money ? money_suffixes_ : suffixes_;
  const auto it = suffixes.find(letters);
  return it == suffixes.end() ? 0 : it->second;
}

}  // namespace consilience::extraction
