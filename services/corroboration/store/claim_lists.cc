#include "services/corroboration/store/claim_lists.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <string_view>
#include <tuple>
#include <utility>

namespace consilience::corroboration {
namespace {

// Sort values without making their texts, which is what comparing them would mostly be.

// SortValue of a falling order is this number with twelve decimals. Numbers of its size differ by
// a ten-millionth or not at all, so they compare as their texts do; and those above 0 as their
// bits.
uint64_t Falling(double value) { return std::bit_cast<uint64_t>(1e9 - value); }

// A score in units of its twelfth decimal, as it is rounded in its text.
uint64_t Rising(const ClaimRow& row) {
  const long double scaled = static_cast<long double>(row.corroboration.score) * 1e12L;
  const long double below = std::floor(scaled);
  const long double rest = scaled - below;
  if (std::abs(rest - 0.5L) >= 1e-3L) return static_cast<uint64_t>(below) + (rest > 0.5L ? 1 : 0);
  // So close to the middle of two that the text might be rounded otherwise.
  std::string digits = SortValue(row, ClaimOrder::kScore);
  std::erase(digits, '.');
  uint64_t units = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), units);
  return units;
}

uint64_t FirstBytes(std::string_view text) {
  uint64_t bytes = 0;
  for (size_t i = 0; i < sizeof bytes; ++i) {
    bytes = bytes << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0);
  }
  return bytes;
}

uint64_t SortNumber(const ClaimRow& row, ClaimOrder order) {
  switch (order) {
    case ClaimOrder::kScoreDescending:
      return Falling(row.corroboration.score);
    case ClaimOrder::kScore:
      return Rising(row);
    case ClaimOrder::kEffectiveDescending:
      return Falling(row.corroboration.effective_origins);
    case ClaimOrder::kUpdateTimeDescending:
      return UINT64_MAX - static_cast<uint64_t>(row.update_time_us);
    case ClaimOrder::kFrom:
      break;
  }
  return FirstBytes(row.from);
}

template <typename List>
void Walk(const List& list, const Cursor& after,
          const std::function<bool(const ClaimRow&)>& visit) {
  auto at = after.id.empty() ? list.begin() : list.upper_bound(after);
  for (; at != list.end(); ++at) {
    if (!visit(*at->row)) return;
  }
}

}  // namespace

Listed InOrder::Key(const ClaimRow* row) const {
  return {SortNumber(*row, order), FirstBytes(row->id), row};
}

bool InOrder::operator()(const Listed& a, const Listed& b) const {
  if (a.value != b.value) return a.value < b.value;
  if (order == ClaimOrder::kFrom && a.row->from != b.row->from) return a.row->from < b.row->from;
  if (a.id != b.id) return a.id < b.id;
  return a.row->id < b.row->id;
}

bool InOrder::operator()(const Cursor& cursor, const Listed& listed) const {
  return std::pair(cursor.value, std::string_view(cursor.id)) <
         std::pair(SortValue(*listed.row, order), std::string_view(listed.row->id));
}

ClaimLists::ClaimLists() {
  for (const ClaimOrder order :
       {ClaimOrder::kScoreDescending, ClaimOrder::kScore, ClaimOrder::kEffectiveDescending,
        ClaimOrder::kUpdateTimeDescending, ClaimOrder::kFrom}) {
    lists_.emplace_back(InOrder{order});
  }
}

void ClaimLists::Exchange(const std::vector<const ClaimRow*>& gone,
                          const std::vector<const ClaimRow*>& added) {
  std::map<std::string_view, const ClaimRow*> before;
  std::map<std::string_view, const ClaimRow*> after;
  for (const ClaimRow* const row : gone) before[row->id] = row;
  for (const ClaimRow* const row : added) after[row->id] = row;
  for (const auto& [id, row] : after) {
    const auto found = before.find(id);
    if (found == before.end()) {
      Add(row);
    } else {
      Move(found->second, row);
      before.erase(found);
    }
  }
  for (const auto& [id, row] : before) Remove(row);
}

void ClaimLists::Move(const ClaimRow* from, const ClaimRow* to) {
  const auto move = [&](List& list) {
    const InOrder in_order = list.key_comp();
    const Listed before = in_order.Key(from);
    const Listed now = in_order.Key(to);
    const auto at = list.find(before);
    if (!in_order(before, now) && !in_order(now, before)) {
      at->row = to;
      return;
    }
    list.erase(at);
    list.insert(now);
  };
  for (List& list : lists_) move(list);
  for (const ClaimFacet facet : kFacets) {
    if (ValueOf(*from, facet) == ValueOf(*to, facet)) {
      move(With(facet).at(ValueOf(*to, facet)));
    } else {
      RemoveWith(facet, from);
      AddWith(facet, to);
    }
  }
}

void ClaimLists::Add(const ClaimRow* row) {
  for (List& list : lists_) list.insert(list.key_comp().Key(row));
  for (const ClaimFacet facet : kFacets) AddWith(facet, row);
}

void ClaimLists::Remove(const ClaimRow* row) {
  for (List& list : lists_) list.erase(list.key_comp().Key(row));
  for (const ClaimFacet facet : kFacets) RemoveWith(facet, row);
}

void ClaimLists::AddWith(ClaimFacet facet, const ClaimRow* row) {
  const InOrder by_score{ClaimOrder::kScoreDescending};
  List& list = With(facet).try_emplace(ValueOf(*row, facet), by_score).first->second;
  list.insert(by_score.Key(row));
}

void ClaimLists::RemoveWith(ClaimFacet facet, const ClaimRow* row) {
  const auto found = With(facet).find(ValueOf(*row, facet));
  found->second.erase(found->second.key_comp().Key(row));
  if (found->second.empty()) With(facet).erase(found);
}

void ClaimLists::Scan(ClaimOrder order, const Cursor& after,
                      const std::function<bool(const ClaimRow&)>& visit) const {
  Walk(lists_[static_cast<size_t>(order)], after, visit);
}

void ClaimLists::ScanWith(const FacetValue& with, ClaimOrder order, const Cursor& after,
                          const std::function<bool(const ClaimRow&)>& visit) const {
  const auto& values = with_[static_cast<size_t>(with.facet)];
  const auto found = values.find(with.value);
  if (found == values.end()) return;
  const List& list = found->second;
  if (order == ClaimOrder::kScoreDescending) return Walk(list, after, visit);
  if (list.size() <= kMostSorted) {
    List sorted(InOrder{order});
    for (const Listed& listed : list) sorted.insert(sorted.key_comp().Key(listed.row));
    return Walk(sorted, after, visit);
  }
  Walk(lists_[static_cast<size_t>(order)], after,
       [&](const ClaimRow& row) { return ValueOf(row, with.facet) != with.value || visit(row); });
}

}  // namespace consilience::corroboration
