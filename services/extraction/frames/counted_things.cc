// What a mere number counts, in the words that follow it: "four | barrel bomb attacks", "300 kg of
// | cocaine". A reader needs it, and so does whoever compares two numbers.
#include <string>
#include <string_view>

#include "services/extraction/frames/sentence_drafts.h"

namespace consilience::extraction {
namespace {

// Words of a counted thing: "long-range surface-to-air missile batteries".
constexpr size_t kMostWords = 5;

// "attacks", not "gas" or "crisis"; "families" and "men" are people, who have rules of their own.
bool MayBePlural(std::string_view word) {
  constexpr size_t kLeast = 4;
  return word.size() >= kLeast && word.ends_with('s') && !word.ends_with("ss") &&
         !word.ends_with("us") && !word.ends_with("is");
}

}  // namespace

std::string SentenceDrafts::CountedAfter(size_t unit) const {
  const Text& text = scene_.text();
  size_t at = unit + 1;
  const bool partitive = at < row_.size() && row_.classes[at][b_.of_];
  if (partitive) ++at;
  const int32_t index = row_.units[unit].quantity;  // none: "the number | of cases"
  const Quantity none;
  const Quantity& quantity = index < 0 ? none : scene_.quantities()[static_cast<size_t>(index)];
  const bool part = quantity.fraction || quantity.percent || !quantity.unit.empty();
  if (part && !partitive) return "";
  // "two of the five | exits"
  while (at < row_.size() && (row_.classes[at][b_.det_] || row_.classes[at][kNumber])) ++at;
  const size_t first = at;
  for (; at < row_.size() && at < first + kMostWords; ++at) {
    const ClassSet& classes = row_.classes[at];
    if (!classes[kFiller] || classes[kPlace] || classes[kTime] || classes[kComma] ||
        classes[kNumber] || classes[b_.in_] || classes[b_.of_]) {
      break;
    }
    const Unit& word = row_.units[at];
    const auto plural = [&](size_t i) {
      return i < row_.size() && row_.classes[i][kFiller] &&
             MayBePlural(text.Lower(row_.units[i].end - 1));
    };
    if (plural(at) && !plural(at + 1)) {  // "measles cases"
      return std::string(text.Folded(row_.units[first].begin, word.end));
    }
  }
  // "500,000 doses of vaccine", "half of the city": of what there is only one, its first word.
  if (!partitive || at == first || index < 0) return "";
  return std::string(text.Folded(row_.units[first].begin, row_.units[first].end));
}

}  // namespace consilience::extraction
