#include "services/corroboration/truth/table_builder.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

#include "fmt/format.h"
#include "services/corroboration/truth/tolerance_fit.h"

namespace consilience::corroboration {
namespace {

bool IsNumeric(ValueKind kind) { return kind == ValueKind::kTime || kind == ValueKind::kNumber; }

// For every id of a time its place in the order of time, from 1; 0 for the empty text.
std::vector<std::uint32_t> RankTimes(Interner* times) {
  std::vector<std::string> texts;
  const std::vector<std::uint32_t> bytewise = times->Rank(&texts);
  std::vector<std::optional<double>> numbers;
  numbers.reserve(texts.size());
  for (const std::string& text : texts) numbers.push_back(ParseNumber(text));
  const bool numeric = std::all_of(texts.begin(), texts.end(), [&](const std::string& text) {
    return text.empty() || numbers[static_cast<std::size_t>(&text - texts.data())].has_value();
  });
  std::vector<std::uint32_t> order(texts.size());
  std::iota(order.begin(), order.end(), 0U);
  if (numeric) {
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return numbers[a] < numbers[b];  // an absent number is before all
    });
  }
  std::vector<std::uint32_t> place(texts.size());
  std::uint32_t next = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (texts[order[i]].empty()) continue;
    // Two spellings of one number ("5", "5.0") are one time.
    const bool same = numeric && next > 0 && numbers[order[i]] == numbers[order[i - 1]];
    place[order[i]] = same ? next : ++next;
  }
  std::vector<std::uint32_t> rank(bytewise.size());
  for (std::size_t id = 0; id < bytewise.size(); ++id) rank[id] = place[bytewise[id]];
  return rank;
}

StanceTexts FindStanceTexts(const TruthTable& table) {
  StanceTexts ranks;
  const auto find = [&](std::string_view text) {
    const auto found = std::lower_bound(table.texts.begin(), table.texts.end(), text);
    return found != table.texts.end() && *found == text
               ? static_cast<std::uint32_t>(found - table.texts.begin())
               : UINT32_MAX;
  };
  ranks.supports = find(kSupports);
  ranks.contradicts = find(kContradicts);
  ranks.true_text = find(kTrue);
  ranks.false_text = find(kFalse);
  return ranks;
}

}  // namespace

absl::Status TableBuilder::CheckKind(const RawAttribute& raw, std::string_view value, bool number,
                                     bool stance) const {
  if (!raw.given) return absl::OkStatus();
  if (IsNumeric(raw.spec.kind) && !number) {
    return absl::InvalidArgumentError(
        fmt::format("value '{}' of attribute '{}' is not a number, but its kind is {}; leave a "
                    "missing value empty",
                    value, raw.name, KindText(raw.spec)));
  }
  if (raw.spec.kind == ValueKind::kStance && !stance) {
    return absl::InvalidArgumentError(
        fmt::format("value '{}' of attribute '{}', whose kind is stance, is none of {}, {}, {}",
                    value, raw.name, kSupports, kContradicts, kMentions));
  }
  return absl::OkStatus();
}

absl::Status TableBuilder::Add(std::string_view object, std::string_view attribute,
                               std::string_view source, std::string_view value,
                               std::string_view time) {
  if (value.empty()) return absl::OkStatus();
  const std::uint32_t attribute_id = attributes_.Id(attribute);
  if (attribute_id == raw_attributes_.size()) {
    const auto given = kinds_.find(attribute);
    raw_attributes_.emplace_back();
    raw_attributes_.back().name = attribute;
    if (given != kinds_.end()) {
      raw_attributes_.back().spec = given->second;
      raw_attributes_.back().given = true;
    }
  }
  const std::uint32_t value_id = values_.Id(value);
  if (value_id == numbers_.size()) {
    numbers_.push_back(ParseNumber(value).value_or(std::numeric_limits<double>::quiet_NaN()));
  }
  RawAttribute& raw = raw_attributes_[attribute_id];
  const bool number = !std::isnan(numbers_[value_id]);
  const bool stance = IsStance(value);
  raw.numbers_only = raw.numbers_only && number;
  raw.stances_only = raw.stances_only && stance;
  if (absl::Status status = CheckKind(raw, value, number, stance); !status.ok()) return status;
  claims_.push_back(
      {objects_.Id(object), attribute_id, sources_.Id(source), value_id, times_.Id(time)});
  return absl::OkStatus();
}

void TableBuilder::RankNames(TruthTable* table) {
  // The answers of a stance item are texts like any other.
  for (const std::string_view text : {kTrue, kFalse}) {
    if (values_.Id(text) == numbers_.size()) {
      numbers_.push_back(std::numeric_limits<double>::quiet_NaN());
    }
  }
  const std::vector<std::uint32_t> object = objects_.Rank(&table->objects);
  const std::vector<std::uint32_t> source = sources_.Rank(&table->sources);
  const std::vector<std::uint32_t> text = values_.Rank(&table->texts);
  std::vector<std::string> names;
  const std::vector<std::uint32_t> attribute = attributes_.Rank(&names);
  const std::vector<std::uint32_t> time = RankTimes(&times_);

  std::vector<RawAttribute> raw_attributes(raw_attributes_.size());
  for (std::size_t a = 0; a < attribute.size(); ++a) {
    raw_attributes[attribute[a]] = std::move(raw_attributes_[a]);
  }
  raw_attributes_ = std::move(raw_attributes);
  std::vector<double> numbers(numbers_.size());
  for (std::size_t v = 0; v < text.size(); ++v) numbers[text[v]] = numbers_[v];
  numbers_ = std::move(numbers);
  for (RawClaim& claim : claims_) {
    claim = {object[claim.object], attribute[claim.attribute], source[claim.source],
             text[claim.value], time[claim.time]};
  }
}

// By item, then source, value, time. A counting sort by object first: tables have many objects.
void TableBuilder::SortClaims(std::size_t objects) {
  std::vector<std::size_t> begin(objects + 1, 0);
  for (const RawClaim& claim : claims_) ++begin[claim.object + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<RawClaim> sorted(claims_.size());
  std::vector<std::size_t> next(begin.begin(), begin.end() - 1);
  for (const RawClaim& claim : claims_) sorted[next[claim.object]++] = claim;
  claims_ = std::move(sorted);
  for (std::size_t o = 0; o < objects; ++o) {
    std::sort(claims_.begin() + static_cast<std::ptrdiff_t>(begin[o]),
              claims_.begin() + static_cast<std::ptrdiff_t>(begin[o + 1]),
              [](const RawClaim& a, const RawClaim& b) {
                return std::tie(a.attribute, a.source, a.value, a.time) <
                       std::tie(b.attribute, b.source, b.value, b.time);
              });
  }
}

void TableBuilder::SettleKinds(TruthTable* table) {
  std::vector<std::vector<std::vector<double>>> stated(raw_attributes_.size());
  for (std::size_t i = 0; i < claims_.size(); ++i) {
    const RawClaim& claim = claims_[i];
    const RawAttribute& raw = raw_attributes_[claim.attribute];
    if (raw.given || !raw.numbers_only) continue;
    const bool next_item = i == 0 || claims_[i - 1].object != claim.object ||
                           claims_[i - 1].attribute != claim.attribute;
    if (next_item) stated[claim.attribute].emplace_back();
    stated[claim.attribute].back().push_back(numbers_[claim.value]);
  }
  for (std::size_t a = 0; a < raw_attributes_.size(); ++a) {
    RawAttribute& raw = raw_attributes_[a];
    if (!raw.given && raw.stances_only) raw.spec.kind = ValueKind::kStance;
    if (!raw.given && raw.numbers_only) raw.spec = FitTolerance(std::move(stated[a]));
    table->attributes.push_back({std::move(raw.name), raw.spec, !raw.given});
  }
}

TruthTable TableBuilder::Build() && {
  TruthTable table;
  RankNames(&table);
  SortClaims(table.objects.size());
  SettleKinds(&table);
  table.claims.reserve(claims_.size());
  table.numbers = std::move(numbers_);
  ItemArranger arranger(FindStanceTexts(table), &table);
  for (std::size_t begin = 0; begin < claims_.size();) {
    std::size_t end = begin;
    while (end < claims_.size() && claims_[end].object == claims_[begin].object &&
           claims_[end].attribute == claims_[begin].attribute) {
      ++end;
    }
    arranger.Append({claims_.data() + begin, end - begin});
    begin = end;
  }
  return table;
}

}  // namespace consilience::corroboration
