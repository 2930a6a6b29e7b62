#include "services/extraction/attribution/credit_text.h"

namespace consilience::extraction {

bool CreditText::IsNames(uint32_t begin, uint32_t end) const {
  for (uint32_t i = begin; i < end; ++i) {
    const bool joins = Is(i, "and") || Is(i, "the") || Is(i, "of") || Is(i, "for") || Is(i, "in");
    if (text_[i].is_word() ? !joins && !text_[i].is(kCapitalised) : !IsMark(i)) return false;
  }
  return true;
}

bool CreditText::IsTail(uint32_t begin, uint32_t end) const {
  while (begin < end && text_[begin].kind == TokenKind::kPunct && !IsMark(begin, ':')) ++begin;
  if (begin == end) return true;
  const bool opens = Is(begin, "in") || Is(begin, "on") || Is(begin, "at") ||
                     text_[begin].is_number() || IsMark(begin, '|');
  for (uint32_t i = begin + 1; opens && i < end; ++i) {
    if (!text_[i].is_number() && !IsNames(i, i + 1)) return false;
  }
  return opens;
}

}  // namespace consilience::extraction
