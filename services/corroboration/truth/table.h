// Who says what, as flat arrays in an order that depends on the names alone, never on the order of
// input.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_TABLE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_TABLE_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "services/corroboration/truth/value_kind.h"

namespace consilience::corroboration {

struct Attribute {
  std::string name;
  KindSpec spec;
  bool fitted = false;  // the kind was worked out from the values, not given
};

// One question: an attribute of an object. Its candidate values and its claims are runs of the flat
// arrays, up to where the next item begins.
struct Item {
  std::uint32_t object = 0;
  std::uint32_t attribute = 0;
  std::uint32_t first_value = 0;
  std::uint32_t first_claim = 0;
  std::uint32_t first_mention = 0;
};

// One candidate answer. Numbers and times within tolerance are one candidate, whose text is its
// most often stated value, ties the smallest. A stance item has the candidates "false" and "true",
// in this order.
struct Value {
  std::uint32_t text = 0;  // index into TruthTable::texts
  double number = 0.0;     // of the text, for kTime and kNumber
};

// One source giving one candidate, once.
struct SourceClaim {
  std::uint32_t source = 0;
  std::uint32_t value = 0;  // index into TruthTable::values
  std::uint32_t text = 0;   // what was said, index into TruthTable::texts
  float weight = 1.0F;      // 1 / (different answers of this source to this item)
};

// A text that an item was given and that nobody stands by: its sources have said another since.
struct Retired {
  std::uint32_t item = 0;
  std::uint32_t text = 0;
  friend auto operator<=>(const Retired&, const Retired&) = default;
};

struct TruthTable {
  std::vector<std::string> sources;  // all four sorted bytewise, all distinct
  std::vector<std::string> objects;
  std::vector<Attribute> attributes;
  std::vector<std::string> texts;
  std::vector<double> numbers;  // of each text; NaN when it is not a number

  std::vector<Item> items;              // by object, then attribute
  std::vector<Value> values;            // of an item: by number (kTime, kNumber) or text
  std::vector<SourceClaim> claims;      // of an item: by value, text, source
  std::vector<std::uint32_t> mentions;  // sources that take no side; of an item: by source
  std::vector<Retired> retired;         // not for stances; by item, then text

  std::size_t first_value(std::size_t item) const { return items[item].first_value; }
  std::size_t end_value(std::size_t item) const {
    return item + 1 < items.size() ? items[item + 1].first_value : values.size();
  }
  std::size_t end_claim(std::size_t item) const {
    return item + 1 < items.size() ? items[item + 1].first_claim : claims.size();
  }
  std::size_t end_mention(std::size_t item) const {
    return item + 1 < items.size() ? items[item + 1].first_mention : mentions.size();
  }
  std::span<const SourceClaim> claims_of(std::size_t item) const {
    return {claims.data() + items[item].first_claim, end_claim(item) - items[item].first_claim};
  }
  std::span<const std::uint32_t> mentions_of(std::size_t item) const {
    return {mentions.data() + items[item].first_mention,
            end_mention(item) - items[item].first_mention};
  }
  const KindSpec& spec_of(std::size_t item) const { return attributes[items[item].attribute].spec; }
  const std::string& text_of(std::size_t value) const { return texts[values[value].text]; }
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_TABLE_H_
