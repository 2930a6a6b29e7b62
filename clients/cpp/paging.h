// The answers of a List method as one range, fetched a page at a time.
#ifndef CONSILIENCE_CLIENTS_CPP_PAGING_H_
#define CONSILIENCE_CLIENTS_CPP_PAGING_H_

#include <cstddef>
#include <functional>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace consilience::client {

template <class Item>
struct Page {
  std::vector<Item> items;
  std::string next_page_token;  // empty on the last page
};

// A single-pass range of StatusOr<Item>: a page is fetched when the one before it has been read, so
// a walk over any number of items needs the memory of one page. A failure is the last element.
//
//   for (absl::StatusOr<Claim>& claim : claims.ListClaims(request)) {
//     if (!claim.ok()) return claim.status();
//     …
//   }
template <class Item>
class PagedRange {
 public:
  using Fetch = std::function<absl::StatusOr<Page<Item>>(const std::string& page_token)>;

  explicit PagedRange(Fetch fetch) : fetch_(std::move(fetch)) {}

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = absl::StatusOr<Item>;
    using difference_type = std::ptrdiff_t;
    using pointer = value_type*;
    using reference = value_type&;

    explicit Iterator(PagedRange* range) : range_(range) {}
    reference operator*() const { return range_->current_; }
    Iterator& operator++() {
      range_->Advance();
      return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const { return range_->at_end_; }

   private:
    PagedRange* range_;
  };

  Iterator begin() {
    Advance();
    return Iterator(this);
  }
  std::default_sentinel_t end() const { return std::default_sentinel; }

 private:
  void Advance() {
    while (next_item_ == page_.items.size()) {
      if (last_page_) {
        at_end_ = true;
        return;
      }
      absl::StatusOr<Page<Item>> page = fetch_(page_.next_page_token);
      if (!page.ok()) {
        current_ = page.status();
        page_ = {};
        next_item_ = 0;
        last_page_ = true;
        return;
      }
      page_ = *std::move(page);
      next_item_ = 0;
      last_page_ = page_.next_page_token.empty();
    }
    current_ = std::move(page_.items[next_item_++]);
  }

  Fetch fetch_;
  Page<Item> page_;
  size_t next_item_ = 0;
  bool last_page_ = false;
  bool at_end_ = false;
  absl::StatusOr<Item> current_ = absl::UnknownError("not fetched");
};

}  // namespace consilience::client

#endif  // CONSILIENCE_CLIENTS_CPP_PAGING_H_
