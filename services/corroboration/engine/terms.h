// The origins of one claim as terms of its score.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_ENGINE_TERMS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_ENGINE_TERMS_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "services/corroboration/engine/context.h"
#include "services/corroboration/independence/origins.h"
#include "services/corroboration/independence/relays.h"
#include "services/corroboration/matching/claims.h"
#include "services/corroboration/matching/entry.h"
#include "services/corroboration/model/explanation.h"

namespace consilience::corroboration {

// An origin's part in one claim, before it is known how far its source is believed.
struct DraftTerm {
  size_t origin = 0;                   // index into origins
  std::vector<ClaimSupport> supports;  // or denials; ascending by entry
  std::vector<Merge> merges;
  Inference inference;  // confidence 0 when its source is stated
  Relay relay;
};

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
  // By group. An own-voice figure whose own document names a source for the same answer is part of
  // that source's origin; one that most likely rests on a source named elsewhere stays an origin.
  std::vector<std::vector<DraftTerm>> supports;
  std::vector<std::vector<DraftTerm>> denials;
};

ResolvedQuestion Resolve(std::vector<Entry> entries, const Context& context);

// Undoes the merges of origins with these ids: each document of theirs speaks for itself.
void TakeApart(const std::set<std::string>& origins, const Configuration& config,
               ResolvedQuestion& question);

// The origins that support the claim of a group, by weight, greatest first. One that most likely
// rests on a source named elsewhere is discounted by how likely that is.
std::vector<WitnessTerm> SupportTerms(const ResolvedQuestion& question, size_t group,
                                      const Beliefs& beliefs, const Context& context);
// The origins that deny it. Their weights count against the claim.
std::vector<WitnessTerm> DenialTerms(const ResolvedQuestion& question, size_t group,
                                     const Beliefs& beliefs, const Context& context);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_ENGINE_TERMS_H_
