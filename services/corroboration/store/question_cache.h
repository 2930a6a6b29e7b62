// Questions that were read or written last, so that a document more does not make its questions
// anew from bytes.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_QUESTION_CACHE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_QUESTION_CACHE_H_

#include <cstddef>
#include <list>
#include <string_view>
#include <unordered_map>

#include "services/corroboration/store/records.h"

namespace consilience::corroboration {

// Not thread-safe.
class QuestionCache {
 public:
  // Holds questions of at most so many assertions together.
  explicit QuestionCache(size_t most_assertions) : most_(most_assertions) {}

  // Null when it is not here.
  QuestionPtr Find(std::string_view id);
  // In place of what has its id.
  void Put(const QuestionPtr& question);
  void Erase(std::string_view id);
  void Clear();

 private:
  static size_t SizeOf(const QuestionRecord& question) { return question.members.size() + 1; }

  const size_t most_;
  size_t held_ = 0;
  std::list<QuestionPtr> latest_first_;
  // By the id that the question itself holds.
  std::unordered_map<std::string_view, std::list<QuestionPtr>::iterator> by_id_;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_QUESTION_CACHE_H_
