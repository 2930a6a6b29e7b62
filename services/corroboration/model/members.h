// The assertions of a question.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MODEL_MEMBERS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MODEL_MEMBERS_H_

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "services/corroboration/model/assertion.h"

namespace consilience::corroboration {

// A list of assertions that copies of it hold in common: copying a list copies no assertion, and
// none changes once it is in a list. Who wants one another way puts another in its place.
class Members {
 public:
  using Shared = std::shared_ptr<const RecordedAssertion>;

  class Iterator {
   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = RecordedAssertion;
    using difference_type = std::ptrdiff_t;
    using pointer = const RecordedAssertion*;
    using reference = const RecordedAssertion&;

    Iterator() = default;
    explicit Iterator(const Shared* at) : at_(at) {}
    reference operator*() const { return **at_; }
    pointer operator->() const { return at_->get(); }
    reference operator[](difference_type n) const { return *at_[n]; }
    Iterator& operator++() { return *this += 1; }
    Iterator& operator--() { return *this += -1; }
    Iterator operator++(int) { return Iterator(at_++); }
    Iterator operator--(int) { return Iterator(at_--); }
    Iterator& operator+=(difference_type n) {
      at_ += n;
      return *this;
    }
    Iterator& operator-=(difference_type n) { return *this += -n; }
    friend Iterator operator+(Iterator i, difference_type n) { return i += n; }
    friend Iterator operator+(difference_type n, Iterator i) { return i += n; }
    friend Iterator operator-(Iterator i, difference_type n) { return i -= n; }
    friend difference_type operator-(Iterator a, Iterator b) { return a.at_ - b.at_; }
    friend auto operator<=>(const Iterator&, const Iterator&) = default;

   private:
    const Shared* at_ = nullptr;
  };

  Members() = default;
  Members(std::initializer_list<RecordedAssertion> assertions) {
    for (const RecordedAssertion& assertion : assertions) push_back(assertion);
  }

  Iterator begin() const { return Iterator(list_.data()); }
  Iterator end() const { return Iterator(list_.data() + list_.size()); }
  size_t size() const { return list_.size(); }
  bool empty() const { return list_.empty(); }
  const RecordedAssertion& front() const { return *list_.front(); }
  const RecordedAssertion& operator[](size_t i) const { return *list_[i]; }
  const std::vector<Shared>& shared() const { return list_; }

  void reserve(size_t size) { list_.reserve(size); }
  void clear() { list_.clear(); }
  void push_back(Shared assertion) { list_.push_back(std::move(assertion)); }
  void push_back(RecordedAssertion assertion) {
    push_back(std::make_shared<const RecordedAssertion>(std::move(assertion)));
  }
  void Append(const Members& more) {
    list_.insert(list_.end(), more.list_.begin(), more.list_.end());
  }
  void Replace(size_t i, RecordedAssertion assertion) {
    list_[i] = std::make_shared<const RecordedAssertion>(std::move(assertion));
  }
  template <typename Predicate>
  void RemoveIf(Predicate predicate) {
    std::erase_if(list_, [&](const Shared& assertion) { return predicate(*assertion); });
  }
  void SortById() {
    std::sort(list_.begin(), list_.end(),
              [](const Shared& a, const Shared& b) { return a->id < b->id; });
  }
  std::vector<RecordedAssertion> Copied() const { return {begin(), end()}; }

 private:
  std::vector<Shared> list_;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MODEL_MEMBERS_H_
