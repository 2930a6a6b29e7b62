// Lays out one item of a TruthTable: whose word stands, which values are one candidate.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ITEM_ARRANGER_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ITEM_ARRANGER_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "services/corroboration/truth/table.h"

namespace consilience::corroboration {

// A line of input as ranks: places in the bytewise order of the names (of times: in order of time,
// 0 for none).
struct RawClaim {
  std::uint32_t object;
  std::uint32_t attribute;
  std::uint32_t source;
  std::uint32_t value;
  std::uint32_t time;
};

inline constexpr std::string_view kSupports = "supports";
inline constexpr std::string_view kContradicts = "contradicts";
inline constexpr std::string_view kMentions = "mentions";
inline constexpr std::string_view kTrue = "true";
inline constexpr std::string_view kFalse = "false";

inline bool IsStance(std::string_view value) {
  return value == kSupports || value == kContradicts || value == kMentions;
}

// Ranks that stance items need.
struct StanceTexts {
  std::uint32_t supports = UINT32_MAX;
  std::uint32_t contradicts = UINT32_MAX;
  std::uint32_t true_text = UINT32_MAX;
  std::uint32_t false_text = UINT32_MAX;
};

// Not thread-safe; keeps its buffers from item to item.
class ItemArranger {
 public:
  // `table` has its names, attributes, texts and numbers already.
  ItemArranger(const StanceTexts& stances, TruthTable* table) : stances_(stances), table_(table) {}

  // `claims` of one item, by source, then value, then time.
  void Append(std::span<const RawClaim> claims);

 private:
  // A source's standing answer: text is a rank, share 1 / (its standing answers to the item).
  struct Answer {
    std::uint32_t source;
    std::uint32_t text;
    float share;
  };

  void CollectStanding(std::span<const RawClaim> claims);
  void AppendStances();
  void AppendRetired(std::span<const RawClaim> claims, const std::vector<std::uint32_t>& standing);
  // Gives the texts that stand, sorted.
  std::vector<std::uint32_t> AppendValues(const KindSpec& spec);
  std::vector<std::uint32_t> Representatives(const KindSpec& spec,
                                             const std::vector<std::uint32_t>& texts) const;

  StanceTexts stances_;
  TruthTable* table_;
  std::vector<Answer> answers_;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ITEM_ARRANGER_H_
