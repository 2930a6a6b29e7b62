// Lists of assertions in the order of their ids.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_ENGINE_MEMBERS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_ENGINE_MEMBERS_H_

#include <algorithm>
#include <vector>

#include "services/corroboration/store/records.h"

namespace consilience::corroboration {

inline void SortById(std::vector<RecordedAssertion>& members) {
  std::sort(members.begin(), members.end(),
            [](const RecordedAssertion& a, const RecordedAssertion& b) { return a.id < b.id; });
}

// The members of the questions, sorted by id.
inline std::vector<RecordedAssertion> MembersOf(const std::vector<QuestionPtr>& questions) {
  std::vector<RecordedAssertion> members;
  for (const QuestionPtr& question : questions) {
    members.insert(members.end(), question->members.begin(), question->members.end());
  }
  SortById(members);
  return members;
}

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_ENGINE_MEMBERS_H_
