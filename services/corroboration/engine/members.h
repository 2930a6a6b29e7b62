// Lists of assertions in the order of their ids.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_ENGINE_MEMBERS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_ENGINE_MEMBERS_H_

#include <vector>

#include "services/corroboration/store/records.h"

namespace consilience::corroboration {

// The members of the questions, sorted by id.
inline Members MembersOf(const std::vector<QuestionPtr>& questions) {
  Members members;
  for (const QuestionPtr& question : questions) members.Append(question->members);
  members.SortById();
  return members;
}

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_ENGINE_MEMBERS_H_
