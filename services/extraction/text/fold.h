// The matcher's view of a text: what a reader would take for the same character is the same
// character.
//
// Spaces of every kind become U+0020, curly quotes and primes straight ones, dashes "-" or "--",
// "…" "...",
// "``" and "''" become one straight double quote, Latin letters lose their diacritics, digits of
// other scripts become ASCII, and characters without width are dropped. The stored text is never
// changed; an exact map leads back to it.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_TEXT_FOLD_H_
#define CONSILIENCE_SERVICES_EXTRACTION_TEXT_FOLD_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/text/span.h"

namespace consilience::extraction {

using common::Span;

class FoldedText {
 public:
  // Linear in the length. Bytes that are not UTF-8 are kept as they are.
  explicit FoldedText(std::string_view stored);

  const std::string& text() const { return text_; }

  // The stored bytes that folded [begin, end) came from; begin < end.
  Span ToStored(size_t begin, size_t end) const;

  // The same for ranges in ascending order, without searching.
  class Cursor {
   public:
    explicit Cursor(const FoldedText& folded) : folded_(folded) { FindNext(); }
    Span ToStored(size_t begin, size_t end) {
      if (end < next_) return {begin + shift_, end + shift_};  // as most: no edit is near
      return PassEdits(begin, end);
    }

   private:
    Span PassEdits(size_t begin, size_t end);
    void FindNext();

    const FoldedText& folded_;
    size_t start_ = 0;  // the first edit after the begin of the last range
    size_t next_ = 0;   // where that edit is in the folded text
    size_t shift_ = 0;  // from what precedes it to the stored text, modulo 2^64
  };

 private:
  // Where the two texts get out of step: what precedes `folded` ends at `before` in the stored
  // text, what follows starts at `after`. The two differ where characters were dropped.
  struct Edit {
    uint32_t folded;
    uint32_t before;
    uint32_t after;
  };

  void AddEdit(size_t before, size_t after);
  size_t Replace(std::string_view stored, size_t at);
  // `start` and `stop` are the numbers of edits at or before `begin` and `end`.
  Span Map(size_t begin, size_t end, size_t start, size_t stop) const {
    Span span{begin, end};
    if (start > 0) {
      const Edit& edit = edits_[start - 1];
      span.begin = edit.after + (begin - edit.folded);
    }
    if (stop > 0) {
      const Edit& edit = edits_[stop - 1];
      span.end = edit.folded == end ? edit.before : edit.after + (end - edit.folded);
    }
    return span;
  }

  std::string text_;
  std::vector<Edit> edits_;  // ascending in `folded`, no two with the same
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_TEXT_FOLD_H_
