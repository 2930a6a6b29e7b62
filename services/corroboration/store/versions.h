// The past of a question: what undoes each of its writes. A version holds what its write changed
// and no more, so history grows with what is written, whatever the size of the question.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_VERSIONS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_VERSIONS_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "services/corroboration/store/records.h"

namespace consilience::corroboration {

// What leads from `after` back to `before`; null where there is no such question, not both.
// Members with the same id are the same, but for reviewers' marks, unless their document is one of
// `changed_documents`. Id and time are left to the caller.
QuestionVersion VersionOf(const QuestionRecord* before, const QuestionRecord* after,
                          const std::set<std::string>& changed_documents);

// The question before the writes that `newest_first` undoes, without keys and lessons; nothing when
// there was none. `now` is null when there is none now.
std::optional<QuestionRecord> Rewind(const QuestionRecord* now,
                                     const std::vector<QuestionVersion>& newest_first);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_VERSIONS_H_
