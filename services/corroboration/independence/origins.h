// The independent witnesses behind a set of assertions: who is really speaking, before it is asked
// how far they agree. Every merge keeps its evidence.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_INDEPENDENCE_ORIGINS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_INDEPENDENCE_ORIGINS_H_

#include <map>
#include <string>
#include <vector>

#include "services/corroboration/independence/witness.h"
#include "services/corroboration/matching/claims.h"
#include "services/corroboration/matching/entry.h"
#include "services/corroboration/model/explanation.h"

namespace consilience::corroboration {

struct Origin {
  std::string id;
  Witness witness;              // the best known among its assertions'
  std::vector<size_t> entries;  // ascending
  std::vector<Merge> merges;
  std::string relay;  // what alone it reaches us through; empty when there are several ways
  std::string relay_display_name;
};

// The partition of one question's assertions into origins. `claim_of` says which answer an entry
// gives: shared words merge two assertions only where they give the same one.
std::vector<Origin> FindOrigins(const std::vector<Entry>& entries,
                                const std::vector<size_t>& members,
                                const std::map<size_t, size_t>& claim_of,
                                const std::map<size_t, Witness>& witnesses,
                                const Configuration& config);

// A figure that nobody is named for, taken as its document's dominant source's.
struct Inference {
  std::string source;  // id
  std::string display_name;
  double confidence = 0.0;
  std::string evidence;
  size_t witness_entry = 0;  // the assertion of that source which it agrees with
  bool same_document = false;
};

// What the own-voice entry `i` most likely rests on, among the named sources that give the same
// answer in `claim`; or who is meant where an unnamed speaker is told by kind ("a monitoring
// group"). Confidence 0 when nothing shows one. Only counts are inferred.
Inference InferSource(size_t i, const std::vector<Entry>& entries,
                      const std::vector<ClaimSupport>& claim,
                      const std::map<size_t, Witness>& witnesses, const Configuration& config);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_INDEPENDENCE_ORIGINS_H_
