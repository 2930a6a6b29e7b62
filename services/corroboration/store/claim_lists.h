// Claims in every order, of each state or of all, and those at each place, in memory.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_CLAIM_LISTS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_CLAIM_LISTS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/container/btree_set.h"
#include "services/corroboration/store/store.h"

namespace consilience::corroboration {

// A row in a list. Another that sorts the same, as a later state of the claim mostly does, takes
// its place there.
struct Listed {
  // Numbers that sort as the sort value and the id do, as far as 64 bits tell them apart. Most rows
  // are compared by them alone, so a walk down a list seldom touches the rows it passes.
  uint64_t value;
  uint64_t id;
  mutable const ClaimRow* row;
};

// By sort value, then id.
struct InOrder {
  using is_transparent = void;
  ClaimOrder order;
  Listed Key(const ClaimRow* row) const;
  bool operator()(const Listed& a, const Listed& b) const;
  bool operator()(const Cursor& cursor, const Listed& listed) const;
};

// Holds rows that others own; none may change or go while it is here. Not thread-safe.
class ClaimLists {
 public:
  ClaimLists();

  // Takes out rows and puts others in, of which some are the same claims as they are now. Of rows
  // with one id the last one counts.
  void Exchange(const std::vector<const ClaimRow*>& gone,
                const std::vector<const ClaimRow*>& added);
  void Scan(ClaimOrder order, const Cursor& after,
            const std::function<bool(const ClaimRow&)>& visit) const;
  void ScanWith(const FacetValue& with, ClaimOrder order, const Cursor& after,
                const std::function<bool(const ClaimRow&)>& visit) const;

 private:
  using List = absl::btree_set<Listed, InOrder>;
  // Claims of each state, in one order; there are few states, so that all claims in the order are
  // merged from these.
  struct Order {
    InOrder in_order;
    std::map<ClaimState, List> of_state;

    List& Of(const ClaimRow& row);
  };

  void Move(const ClaimRow* from, const ClaimRow* to);
  void Add(const ClaimRow* row);
  void Remove(const ClaimRow* row);
  void AddToPlace(const ClaimRow* row);
  void RemoveFromPlace(const ClaimRow* row);

  std::vector<Order> orders_;             // by ClaimOrder
  std::map<std::string, List> at_place_;  // by score
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_CLAIM_LISTS_H_
