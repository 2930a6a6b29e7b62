// Collects claims in any order and arranges them as a TruthTable.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_TABLE_BUILDER_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_TABLE_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "services/corroboration/truth/interner.h"
#include "services/corroboration/truth/item_arranger.h"
#include "services/corroboration/truth/table.h"

namespace consilience::corroboration {

// attribute → kind. An attribute that is not in it gets a kind from its values.
using Kinds = std::map<std::string, KindSpec, std::less<>>;

// Where two statements of one source about one item differ, those with the latest time stand (times
// compare as numbers when all are, else bytewise; no time is before any time). Not thread-safe.
class TableBuilder {
 public:
  // The kind of an attribute that is not in `kinds` is worked out: a column of numbers is numeric
  // with a fitted tolerance, a column of stances is a stance, any other is categorical.
  explicit TableBuilder(Kinds kinds) : kinds_(std::move(kinds)) {}

  // An empty value is a missing one and is dropped. InvalidArgument when the value does not fit the
  // attribute's given kind; the message names the attribute, the value and what is expected.
  absl::Status Add(std::string_view object, std::string_view attribute, std::string_view source,
                   std::string_view value, std::string_view time);

  std::size_t size() const { return claims_.size(); }

  TruthTable Build() &&;

 private:
  struct RawAttribute {
    std::string name;
    KindSpec spec;
    bool given = false;
    bool numbers_only = true;
    bool stances_only = true;
  };

  absl::Status CheckKind(const RawAttribute& raw, std::string_view value, bool number,
                         bool stance) const;
  void RankNames(TruthTable* table);
  void SortClaims(std::size_t objects);
  void SettleKinds(TruthTable* table);

  Kinds kinds_;
  Interner objects_;
  Interner attributes_;
  Interner sources_;
  Interner values_;
  Interner times_;
  std::vector<RawAttribute> raw_attributes_;
  std::vector<double> numbers_;  // of every value text; NaN when it is not a number
  std::vector<RawClaim> claims_;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_TABLE_BUILDER_H_
