// How one answer stands to another: the typed relations.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MATCHING_RELATION_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MATCHING_RELATION_H_

#include <optional>
#include <string>
#include <vector>

#include "services/corroboration/matching/claims.h"
#include "services/corroboration/matching/entry.h"
#include "services/corroboration/model/claim.h"

namespace consilience::corroboration {

struct Relation {
  RelationType type = RelationType::kUnrelated;
  std::string reason;
  // kUpdates and kPartOf read "a updates b", "a is part of b"; here it is b that does so to a.
  bool reversed = false;
};

// Between the leading answers of two claims of one question.
Relation RelateAnswers(const Entry& a, const Entry& b);

// Between two claims of one question. A toll rises as it becomes known: a higher count of one event
// takes the place of a lower one that nobody reports any more on the day when the higher is first
// reported, within two weeks of the event.
Relation RelateClaims(const ClaimGroup& a, const ClaimGroup& b, const std::vector<Entry>& entries);

// Of two competing claims of one and the same source, the one that it gave on a later day takes the
// place of the other: who corrects himself is not at odds with himself. Nothing when the days of
// publication do not tell which came later.
std::optional<Relation> RelateCorrection(const ClaimGroup& a, const ClaimGroup& b,
                                         const std::vector<Entry>& entries);

// Between any two assertions. `same_question` is what the partition of the corpus says.
Relation RelateAssertions(const Entry& a, const Entry& b, bool same_question,
                          const Configuration& config, const PlaceHierarchy& places);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MATCHING_RELATION_H_
