// The origins of one claim as terms of its score.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_ENGINE_TERMS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_ENGINE_TERMS_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "services/corroboration/engine/context.h"
#include "services/corroboration/independence/origins.h"
#include "services/corroboration/matching/claims.h"
#include "services/corroboration/matching/entry.h"
#include "services/corroboration/model/explanation.h"

namespace consilience::corroboration {

// One question, resolved as far as it goes before anything is weighed.
struct ResolvedQuestion {
  std::vector<Entry> entries;   // sorted by assertion id
  std::vector<size_t> members;  // all of them
  std::vector<ClaimGroup> groups;
  std::vector<Origin> origins;
  std::map<size_t, size_t> group_of;   // entry → index into groups
  std::map<size_t, size_t> origin_of;  // entry → index into origins
  std::map<size_t, Witness> witnesses;
  bool inferring = true;  // own-voice figures may be taken for those of a named source
};

ResolvedQuestion Resolve(std::vector<Entry> entries, const Context& context);

// Undoes the merges of origins with these ids: each document of theirs speaks for itself.
void TakeApart(const std::set<std::string>& origins, ResolvedQuestion& question);

// The origins that support a claim, by weight, greatest first. An own-voice figure whose own
// document names a source for the same answer is part of that source's origin; one that most likely
// rests on a source named elsewhere stays an origin, discounted by how likely that is.
std::vector<WitnessTerm> SupportTerms(const ResolvedQuestion& question, const ClaimGroup& group,
                                      const Beliefs& beliefs, const Context& context);

// The origins that deny it. Their weights count against the claim.
std::vector<WitnessTerm> DenialTerms(const ResolvedQuestion& question, const ClaimGroup& group,
                                     const Beliefs& beliefs, const Context& context);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_ENGINE_TERMS_H_
