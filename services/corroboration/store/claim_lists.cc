#include "services/corroboration/store/claim_lists.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <string_view>
#include <tuple>
#include <utility>

#include "services/corroboration/model/names.h"

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

// What is left of a list.
template <typename List>
struct Rest {
  typename List::const_iterator at;
  typename List::const_iterator end;
};

template <typename List>
Rest<List> RestOf(const List& list, const Cursor& after) {
  return {after.id.empty() ? list.begin() : list.upper_bound(after), list.end()};
}

template <typename List>
void Walk(const List& list, const Cursor& after,
          const std::function<bool(const ClaimRow&)>& visit) {
  auto [at, end] = RestOf(list, after);
  for (; at != end; ++at) {
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
    orders_.push_back({InOrder{order}, {}});
  }
}

ClaimLists::List& ClaimLists::Order::Of(const ClaimRow& row) {
  return of_state.try_emplace(row.corroboration.state, in_order).first->second;
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
  const auto move = [&](List& list, List& target) {
    const InOrder in_order = list.key_comp();
    const Listed before = in_order.Key(from);
    const Listed now = in_order.Key(to);
    const auto at = list.find(before);
    if (&list == &target && !in_order(before, now) && !in_order(now, before)) {
      at->row = to;
      return;
    }
    list.erase(at);
    target.insert(now);
  };
  for (Order& order : orders_) move(order.Of(*from), order.Of(*to));
  if (from->place == to->place) {
    List& list = at_place_.at(ValueOf(*to, ClaimFacet::kPlace));
    move(list, list);
  } else {
    RemoveFromPlace(from);
    AddToPlace(to);
  }
}

void ClaimLists::Add(const ClaimRow* row) {
  for (Order& order : orders_) order.Of(*row).insert(order.in_order.Key(row));
  AddToPlace(row);
}

void ClaimLists::Remove(const ClaimRow* row) {
  for (Order& order : orders_) order.Of(*row).erase(order.in_order.Key(row));
  RemoveFromPlace(row);
}

void ClaimLists::AddToPlace(const ClaimRow* row) {
  const InOrder by_score{ClaimOrder::kScoreDescending};
  List& list = at_place_.try_emplace(ValueOf(*row, ClaimFacet::kPlace), by_score).first->second;
  list.insert(by_score.Key(row));
}

void ClaimLists::RemoveFromPlace(const ClaimRow* row) {
  const auto found = at_place_.find(ValueOf(*row, ClaimFacet::kPlace));
  found->second.erase(found->second.key_comp().Key(row));
  if (found->second.empty()) at_place_.erase(found);
}

void ClaimLists::Scan(ClaimOrder order, const Cursor& after,
                      const std::function<bool(const ClaimRow&)>& visit) const {
  const Order& all = orders_[static_cast<size_t>(order)];
  std::vector<Rest<List>> rests;
  for (const auto& [state, list] : all.of_state) {
    const Rest<List> rest = RestOf(list, after);
    if (rest.at != rest.end) rests.push_back(rest);
  }
  while (!rests.empty()) {
    const auto next =
        std::min_element(rests.begin(), rests.end(),
                         [&](const auto& a, const auto& b) { return all.in_order(*a.at, *b.at); });
    if (!visit(*next->at->row)) return;
    if (++next->at == next->end) rests.erase(next);
  }
}

void ClaimLists::ScanWith(const FacetValue& with, ClaimOrder order, const Cursor& after,
                          const std::function<bool(const ClaimRow&)>& visit) const {
  if (with.facet == ClaimFacet::kState) {
    const auto state = ParseClaimState(with.value);
    const auto& of_state = orders_[static_cast<size_t>(order)].of_state;
    const auto found = state ? of_state.find(*state) : of_state.end();
    if (found != of_state.end()) Walk(found->second, after, visit);
    return;
  }
  const auto found = at_place_.find(with.value);
  if (found == at_place_.end()) return;
  const List& list = found->second;
  if (order == ClaimOrder::kScoreDescending) return Walk(list, after, visit);
  if (list.size() <= kMostSorted) {
    List sorted(InOrder{order});
    for (const Listed& listed : list) sorted.insert(sorted.key_comp().Key(listed.row));
    return Walk(sorted, after, visit);
  }
  Scan(order, after,
       [&](const ClaimRow& row) { return ValueOf(row, with.facet) != with.value || visit(row); });
}

}  // namespace consilience::corroboration
