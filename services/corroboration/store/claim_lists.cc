#include "services/corroboration/store/claim_lists.h"

#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

namespace consilience::corroboration {
namespace {

// Sort values without making their texts, which is what comparing them would mostly be.

// SortValue of a falling order is this number with twelve decimals. Numbers of its size differ by
// a ten-millionth or not at all, so they compare as their texts do.
double FallingNumber(double value) { return 1e9 - value; }

// A score in units of its twelfth decimal, as it is rounded in its text; nothing where it is so
// close to the middle of two that this computation might round it otherwise.
std::optional<int64_t> RoundedScore(double score) {
  const long double scaled = static_cast<long double>(score) * 1e12L;
  const long double below = std::floor(scaled);
  const long double rest = scaled - below;
  if (std::abs(rest - 0.5L) < 1e-3L) return std::nullopt;
  return static_cast<int64_t>(below) + (rest > 0.5L ? 1 : 0);
}

bool BeforeByScore(const ClaimRow& a, const ClaimRow& b) {
  const double x = a.corroboration.score;
  const double y = b.corroboration.score;
  constexpr double kApart = 1e-11;
  if (x < y - kApart) return true;
  if (x > y + kApart) return false;
  const auto first = x == y ? std::optional<int64_t>(0) : RoundedScore(x);
  const auto second = x == y ? std::optional<int64_t>(0) : RoundedScore(y);
  if (first && second) return std::tie(*first, a.id) < std::tie(*second, b.id);
  return std::pair(SortValue(a, ClaimOrder::kScore), std::string_view(a.id)) <
         std::pair(SortValue(b, ClaimOrder::kScore), std::string_view(b.id));
}

bool BeforeByFalling(double x, const std::string& x_id, double y, const std::string& y_id) {
  const double first = FallingNumber(x);
  const double second = FallingNumber(y);
  return std::tie(first, x_id) < std::tie(second, y_id);
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

bool InOrder::Before(const ClaimRow& a, const ClaimRow& b) const {
  switch (order) {
    case ClaimOrder::kScoreDescending:
      return BeforeByFalling(a.corroboration.score, a.id, b.corroboration.score, b.id);
    case ClaimOrder::kScore:
      return BeforeByScore(a, b);
    case ClaimOrder::kEffectiveDescending:
      return BeforeByFalling(a.corroboration.effective_origins, a.id,
                             b.corroboration.effective_origins, b.id);
    case ClaimOrder::kUpdateTimeDescending:
      return std::tie(b.update_time_us, a.id) < std::tie(a.update_time_us, b.id);
    case ClaimOrder::kFrom:
      break;
  }
  return std::tie(a.from, a.id) < std::tie(b.from, b.id);
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
    const auto at = list.find(Listed{from});
    const InOrder in_order = list.key_comp();
    if (!in_order.Before(*from, *to) && !in_order.Before(*to, *from)) {
      at->row = to;
      return;
    }
    auto node = list.extract(at);
    node.value().row = to;
    list.insert(std::move(node));
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
  for (List& list : lists_) list.insert(Listed{row});
  for (const ClaimFacet facet : kFacets) AddWith(facet, row);
}

void ClaimLists::Remove(const ClaimRow* row) {
  for (List& list : lists_) list.erase(Listed{row});
  for (const ClaimFacet facet : kFacets) RemoveWith(facet, row);
}

void ClaimLists::AddWith(ClaimFacet facet, const ClaimRow* row) {
  const InOrder by_score{ClaimOrder::kScoreDescending};
  With(facet).try_emplace(ValueOf(*row, facet), by_score).first->second.insert(Listed{row});
}

void ClaimLists::RemoveWith(ClaimFacet facet, const ClaimRow* row) {
  const auto found = With(facet).find(ValueOf(*row, facet));
  found->second.erase(Listed{row});
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
    return Walk(List(list.begin(), list.end(), InOrder{order}), after, visit);
  }
  Walk(lists_[static_cast<size_t>(order)], after,
       [&](const ClaimRow& row) { return ValueOf(row, with.facet) != with.value || visit(row); });
}

}  // namespace consilience::corroboration
