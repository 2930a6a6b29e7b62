#include "services/extraction/attribution/agencies.h"

#include <optional>
#include <string_view>

namespace consilience::extraction {
namespace {

class AgencyScan {
 public:
  AgencyScan(const Text& text, const Organisations& organisations)
      : text_(text), organisations_(organisations) {}

  std::vector<AgencyList> Run() {
    std::vector<AgencyList> lists;
    const Lexicon& names = organisations_.names();
    const auto size = static_cast<uint32_t>(text_.size());
    for (uint32_t i = 0; i < size; ++i) {
      if (!names.Starts(text_[i])) continue;
      const auto match = names.Longest(text_.tokens(), i);
      if (!match.has_value()) continue;
      if (IsWire(*match)) lists.push_back(ListFrom(*match));
      i = (lists.empty() || lists.back().begin != i ? match->end : lists.back().end) - 1;
    }
    return lists;
  }

 private:
  bool IsWire(const LexiconMatch& match) const {
    const Token& first = text_[match.begin];
    if (!organisations_[match.payload].is_wire()) return false;
    if (first.is(kCapitalised) || match.begin == 0) return first.is(kCapitalised);
    const std::string_view before = text_.Lower(match.begin - 1);
    return before == "(" || before == "by" || before == "from";
  }

  AgencyList ListFrom(const LexiconMatch& first) const {
    AgencyList list{first.payload, first.begin, first.end, first.end};
    while (list.end + 1 < text_.size()) {
      const uint32_t next = AfterJoint(list.end);
      if (next == list.end) break;
      const auto match = organisations_.names().Longest(text_.tokens(), next);
      if (!match.has_value() || !organisations_[match->payload].is_wire()) break;  // "AP, dpa"
      list.end = match->end;
    }
    return list;
  }

  // The token after "/", ",", "and", ", and the"; `at` if none of these stands there.
  uint32_t AfterJoint(uint32_t at) const {
    uint32_t next = at;
    const char mark = text_[next].mark;
    if (mark == '/' || mark == ',' || mark == '&' || mark == ';') ++next;
    if (next < text_.size() && text_.Lower(next) == "and") ++next;
    if (next > at && next < text_.size() && text_.Lower(next) == "the") ++next;
    return next;
  }

  const Text& text_;
  const Organisations& organisations_;
};

}  // namespace

std::vector<AgencyList> FindAgencies(const Text& text, const Organisations& organisations) {
  return AgencyScan(text, organisations).Run();
}

}  // namespace consilience::extraction
