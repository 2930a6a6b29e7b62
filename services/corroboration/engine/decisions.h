// What reviewers decided about matching, and how it is kept to.
//
// A decision marks assertions, not claims, because ids of claims follow from what is matched. Those
// that carry one `apart` mark are a question of their own; where two that carry one `joined` mark
// stand, their questions are one question and their claims one claim. Marks are blocking keys too,
// so an assertion that is recorded again finds its place.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_ENGINE_DECISIONS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_ENGINE_DECISIONS_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "services/corroboration/engine/context.h"
#include "services/corroboration/matching/claims.h"
#include "services/corroboration/matching/entry.h"
#include "services/corroboration/model/assertion.h"

namespace consilience::corroboration {

// Blocking keys of the assertion's facet and of its marks, sorted.
std::vector<uint64_t> KeysOf(const Entry& entry);

// As PartitionIntoQuestions, with the marks respected.
std::vector<std::vector<size_t>> PartitionAsDecided(const std::vector<Entry>& entries,
                                                    const PlaceHierarchy& places);

// Makes one of the groups of a question that reviewers joined, or took apart together.
void JoinAsDecided(const std::vector<Entry>& entries, std::vector<ClaimGroup>& groups);

// `members` are the assertions of every question that may be concerned, sorted by id; `claim` are
// the ids of those in the claim. What to mark so that `taken` stand in a claim of their own.
// Marks that held them together are taken back where that is enough.
std::vector<RecordedAssertion> PlanSplit(const std::vector<RecordedAssertion>& members,
                                         const std::set<std::string>& taken,
                                         const Context& context);

// What to mark so that the claims with these assertions are one, in which the first of them leads.
// Marks that kept them apart are taken back where that is enough, so a split is undone exactly.
std::vector<RecordedAssertion> PlanMerge(const std::vector<RecordedAssertion>& members,
                                         const std::set<std::string>& kept,
                                         const std::set<std::string>& others,
                                         const Context& context);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_ENGINE_DECISIONS_H_
