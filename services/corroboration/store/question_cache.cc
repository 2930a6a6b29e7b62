#include "services/corroboration/store/question_cache.h"

namespace consilience::corroboration {

QuestionPtr QuestionCache::Find(std::string_view id) {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return nullptr;
  latest_first_.splice(latest_first_.begin(), latest_first_, found->second);
  return *found->second;
}

void QuestionCache::Put(const QuestionPtr& question) {
  Erase(question->id);
  latest_first_.push_front(question);
  by_id_.emplace(question->id, latest_first_.begin());
  held_ += SizeOf(*question);
  while (held_ > most_ && !latest_first_.empty()) {
    const QuestionPtr oldest = latest_first_.back();
    Erase(oldest->id);
  }
}

void QuestionCache::Erase(std::string_view id) {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return;
  const auto at = found->second;
  held_ -= SizeOf(**at);
  by_id_.erase(found);
  latest_first_.erase(at);
}

void QuestionCache::Clear() {
  by_id_.clear();
  latest_first_.clear();
  held_ = 0;
}

}  // namespace consilience::corroboration
