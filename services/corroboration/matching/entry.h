// An assertion with what matching has worked out about it.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MATCHING_ENTRY_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MATCHING_ENTRY_H_

#include <string>
#include <vector>

#include "services/corroboration/matching/answer.h"
#include "services/corroboration/matching/facet.h"
#include "services/corroboration/matching/words.h"
#include "services/corroboration/model/assertion.h"

namespace consilience::corroboration {

struct Entry {
  const RecordedAssertion* assertion = nullptr;  // not owned
  Facet facet;
  Answer answer;
  std::vector<std::string> words;  // of the quote, folded

  bool denial() const { return assertion->said.polarity == extraction::Polarity::kDenied; }
  // Plans and suppositions say nothing of what is so, and what a reviewer set aside does not count.
  bool mention() const {
    return assertion->set_aside || assertion->said.modality == extraction::Modality::kPlanned ||
           assertion->said.modality == extraction::Modality::kHypothetical;
  }
  bool support() const { return !denial() && !mention(); }
};

// A state that was denied for days before the one that is asserted: "failed to advance until
// Friday", then "captured on Saturday". Only days that the words give count; a day of publication
// says nothing of when.
inline bool DeniedEarlier(const Entry& denied, const Entry& asserted) {
  return denied.denial() && !asserted.denial() && denied.facet.rule->state &&
         denied.facet.to != kNoDay && asserted.facet.to != kNoDay &&
         denied.facet.to < asserted.facet.to;
}

inline Entry MakeEntry(const RecordedAssertion& assertion, const Configuration& config,
                       const PlaceHierarchy& places) {
  Entry entry{&assertion, FacetOf(assertion, config, places), {}, Words(assertion.quote)};
  entry.answer = AnswerOf(assertion, entry.facet);
  return entry;
}

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MATCHING_ENTRY_H_
