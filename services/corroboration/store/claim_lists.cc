#include "services/corroboration/store/claim_lists.h"

#include <string_view>
#include <tuple>
#include <utility>

namespace consilience::corroboration {
namespace {

// Sort values of numbers that are further apart differ: they are texts of about 16 digits, in one
// order of the number's distance from a thousand million.
constexpr double kApart = 1e-6;

// What an order by number sorts by, ascending.
double NumberOf(const ClaimRow& row, ClaimOrder order) {
  if (order == ClaimOrder::kScore) return row.corroboration.score;
  if (order == ClaimOrder::kScoreDescending) return -row.corroboration.score;
  return -row.corroboration.effective_origins;
}

bool BeforeByNumber(const ClaimRow& a, const ClaimRow& b, ClaimOrder order) {
  const double x = NumberOf(a, order);
  const double y = NumberOf(b, order);
  if (x == y) return a.id < b.id;
  if (x < y - kApart) return true;
  if (x > y + kApart) return false;
  return std::pair(SortValue(a, order), std::string_view(a.id)) <
         std::pair(SortValue(b, order), std::string_view(b.id));
}

template <typename List>
void Walk(const List& list, const Cursor& after,
          const std::function<bool(const ClaimRow&)>& visit) {
  auto at = after.id.empty() ? list.begin() : list.upper_bound(after);
  for (; at != list.end(); ++at) {
    if (!visit(**at)) return;
  }
}

}  // namespace

bool InOrder::operator()(const ClaimRow* a, const ClaimRow* b) const {
  if (order == ClaimOrder::kUpdateTimeDescending) {
    return std::tie(b->update_time_us, a->id) < std::tie(a->update_time_us, b->id);
  }
  if (order == ClaimOrder::kFrom) return std::tie(a->from, a->id) < std::tie(b->from, b->id);
  return BeforeByNumber(*a, *b, order);
}

bool InOrder::operator()(const Cursor& cursor, const ClaimRow* row) const {
  return std::pair(cursor.value, std::string_view(cursor.id)) <
         std::pair(SortValue(*row, order), std::string_view(row->id));
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
    auto node = list.extract(from);
    node.value() = to;
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
  for (List& list : lists_) list.insert(row);
  for (const ClaimFacet facet : kFacets) AddWith(facet, row);
}

void ClaimLists::Remove(const ClaimRow* row) {
  for (List& list : lists_) list.erase(row);
  for (const ClaimFacet facet : kFacets) RemoveWith(facet, row);
}

void ClaimLists::AddWith(ClaimFacet facet, const ClaimRow* row) {
  const InOrder by_score{ClaimOrder::kScoreDescending};
  With(facet).try_emplace(ValueOf(*row, facet), by_score).first->second.insert(row);
}

void ClaimLists::RemoveWith(ClaimFacet facet, const ClaimRow* row) {
  const auto found = With(facet).find(ValueOf(*row, facet));
  found->second.erase(row);
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
