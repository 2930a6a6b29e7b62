#include "services/corroboration/truth/item_arranger.h"

#include <algorithm>
#include <tuple>

#include "services/corroboration/truth/buckets.h"

namespace consilience::corroboration {

// Of each source's statements those with its latest time stand; the same answer twice is one
// answer.
void ItemArranger::CollectStanding(std::span<const RawClaim> claims) {
  answers_.clear();
  for (std::size_t begin = 0; begin < claims.size();) {
    std::size_t end = begin;
    std::uint32_t latest = 0;
    while (end < claims.size() && claims[end].source == claims[begin].source) {
      latest = std::max(latest, claims[end++].time);
    }
    const std::size_t first = answers_.size();
    for (std::size_t i = begin; i < end; ++i) {
      if (claims[i].time != latest) continue;
      if (answers_.size() > first && answers_.back().text == claims[i].value) continue;
      answers_.push_back({claims[i].source, claims[i].value, 1.0F});
    }
    const auto share = 1.0F / static_cast<float>(answers_.size() - first);
    for (std::size_t i = first; i < answers_.size(); ++i) answers_[i].share = share;
    begin = end;
  }
}

void ItemArranger::Append(std::span<const RawClaim> claims) {
  CollectStanding(claims);
  table_->items.push_back({claims.front().object, claims.front().attribute,
                           static_cast<std::uint32_t>(table_->values.size()),
                           static_cast<std::uint32_t>(table_->claims.size()),
                           static_cast<std::uint32_t>(table_->mentions.size())});
  const KindSpec& spec = table_->attributes[claims.front().attribute].spec;
  if (spec.kind == ValueKind::kStance) {
    AppendStances();
  } else {
    AppendRetired(claims, AppendValues(spec));
  }
}

void ItemArranger::AppendRetired(std::span<const RawClaim> claims,
                                 const std::vector<std::uint32_t>& standing) {
  const auto item = static_cast<std::uint32_t>(table_->items.size() - 1);
  const auto first = static_cast<std::ptrdiff_t>(table_->retired.size());
  for (const RawClaim& claim : claims) {
    if (!std::binary_search(standing.begin(), standing.end(), claim.value)) {
      table_->retired.push_back({item, claim.value});
    }
  }
  std::sort(table_->retired.begin() + first, table_->retired.end());
  table_->retired.erase(std::unique(table_->retired.begin() + first, table_->retired.end()),
                        table_->retired.end());
}

void ItemArranger::AppendStances() {
  const auto base = static_cast<std::uint32_t>(table_->values.size());
  table_->values.push_back({stances_.false_text, 0.0});
  table_->values.push_back({stances_.true_text, 0.0});
  for (const auto& [side, value] :
       {std::pair(stances_.contradicts, base), std::pair(stances_.supports, base + 1)}) {
    for (const Answer& answer : answers_) {
      if (answer.text == side) table_->claims.push_back({answer.source, value, side, answer.share});
    }
  }
  for (const Answer& answer : answers_) {
    if (answer.text == stances_.supports || answer.text == stances_.contradicts) continue;
    table_->mentions.push_back(answer.source);
  }
}

// For every text the place in `texts` of the one that stands for its candidate.
std::vector<std::uint32_t> ItemArranger::Representatives(
    const KindSpec& spec, const std::vector<std::uint32_t>& texts) const {
  std::vector<StatedNumber> stated(texts.size());
  for (std::size_t t = 0; t < texts.size(); ++t) stated[t] = {table_->numbers[texts[t]], texts[t]};
  for (const Answer& answer : answers_) {
    const auto at = std::lower_bound(texts.begin(), texts.end(), answer.text) - texts.begin();
    ++stated[static_cast<std::size_t>(at)].count;
  }
  return RepresentativesOf(spec, stated);
}

std::vector<std::uint32_t> ItemArranger::AppendValues(const KindSpec& spec) {
  std::vector<std::uint32_t> texts;
  for (const Answer& answer : answers_) texts.push_back(answer.text);
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());

  const bool numeric = spec.kind != ValueKind::kCategory;
  std::vector<std::uint32_t> candidate = texts;  // the text that stands for each text
  if (numeric) {
    const std::vector<std::uint32_t> representative = Representatives(spec, texts);
    for (std::size_t t = 0; t < texts.size(); ++t) candidate[t] = texts[representative[t]];
  }
  std::vector<std::uint32_t> candidates = candidate;
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    return numeric ? std::tuple(table_->numbers[a], a) < std::tuple(table_->numbers[b], b) : a < b;
  };
  std::sort(candidates.begin(), candidates.end(), before);
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());

  const auto base = static_cast<std::uint32_t>(table_->values.size());
  for (const std::uint32_t text : candidates) {
    table_->values.push_back({text, numeric ? table_->numbers[text] : 0.0});
  }
  const std::size_t first = table_->claims.size();
  for (const Answer& answer : answers_) {
    const auto t = std::lower_bound(texts.begin(), texts.end(), answer.text) - texts.begin();
    const std::uint32_t text = candidate[static_cast<std::size_t>(t)];
    const auto v = std::lower_bound(candidates.begin(), candidates.end(), text, before);
    const auto value = base + static_cast<std::uint32_t>(v - candidates.begin());
    // Two spellings of one candidate by one source are one claim.
    if (table_->claims.size() > first && table_->claims.back().source == answer.source &&
        table_->claims.back().value == value) {
      table_->claims.back().weight += answer.share;
      continue;
    }
    table_->claims.push_back({answer.source, value, answer.text, answer.share});
  }
  std::sort(table_->claims.begin() + static_cast<std::ptrdiff_t>(first), table_->claims.end(),
            [](const SourceClaim& a, const SourceClaim& b) {
              return std::tie(a.value, a.text, a.source) < std::tie(b.value, b.text, b.source);
            });
  return texts;
}

}  // namespace consilience::corroboration
