#include "services/corroboration/evaluate/truth_gold.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "fmt/format.h"
#include "services/corroboration/truth/tsv.h"

namespace consilience::corroboration {
namespace {

absl::StatusOr<bool> IsGold(const TruthTable& table, std::size_t item, std::size_t value,
                            const GoldAnswer& gold) {
  const KindSpec& spec = table.spec_of(item);
  if (spec.kind == ValueKind::kCategory || spec.kind == ValueKind::kStance) {
    return table.text_of(value) == gold.value;
  }
  const std::optional<double> number = ParseNumber(gold.value);
  if (!number) {
    return absl::InvalidArgumentError(
        fmt::format("gold value '{}' of {}, {} is not a number, but the kind is {}", gold.value,
                    gold.object, gold.attribute, KindText(spec)));
  }
  return Distance(spec, table.values[value].number, *number) <= Tolerance(spec, *number);
}

}  // namespace

std::optional<std::size_t> FindItem(const TruthTable& table, const GoldAnswer& gold) {
  const auto item = std::lower_bound(
      table.items.begin(), table.items.end(), gold, [&](const Item& at, const GoldAnswer& want) {
        return std::tie(table.objects[at.object], table.attributes[at.attribute].name) <
               std::tie(want.object, want.attribute);
      });
  if (item == table.items.end() || table.objects[item->object] != gold.object ||
      table.attributes[item->attribute].name != gold.attribute) {
    return std::nullopt;
  }
  return static_cast<std::size_t>(item - table.items.begin());
}

absl::StatusOr<std::vector<GoldAnswer>> ReadGold(std::istream& in, const std::string& name) {
  std::vector<GoldAnswer> gold;
  const absl::Status status =
      ForEachTsvLine(in, name, 3, 3, "object, attribute, true value", [&](const TsvLine& line) {
        gold.push_back({std::string(line.fields[0]), std::string(line.fields[1]),
                        std::string(line.fields[2])});
        return absl::OkStatus();
      });
  if (!status.ok()) return status;
  return gold;
}

absl::StatusOr<JudgedSet> Judge(const TruthTable& given, const TruthResult& result,
                                const std::vector<GoldAnswer>& gold) {
  const TruthTable& table = CandidateTable(given, result);
  JudgedSet set;
  set.stance = !gold.empty();
  for (const GoldAnswer& answer : gold) {
    const std::optional<std::size_t> item = FindItem(table, answer);
    if (!item) {
      ++set.unanswered;
      set.judged.push_back({0.0, false});
      continue;
    }
    std::size_t best = table.first_value(*item);
    if (table.spec_of(*item).kind == ValueKind::kStance) {
      best = table.end_value(*item) - 1;
      set.judged.push_back({result.probability[best], answer.value == "true"});
      continue;
    }
    set.stance = false;
    for (std::size_t v = best; v < table.end_value(*item); ++v) {
      if (result.probability[v] > result.probability[best]) best = v;
    }
    absl::StatusOr<bool> right = IsGold(table, *item, best, answer);
    if (!right.ok()) return right.status();
    set.judged.push_back({result.probability[best], *right});
  }
  return set;
}

}  // namespace consilience::corroboration
