// How reliable sources are in a family of claims, from what the engine has seen of them.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_RELIABILITY_ACCURACIES_H_
#define CONSILIENCE_SERVICES_CORROBORATION_RELIABILITY_ACCURACIES_H_

#include "services/corroboration/config/configuration.h"
#include "services/corroboration/store/records.h"

namespace consilience::corroboration {

// The Beta posterior mean of a source of this kind with these counts, in steps of 1%: a score is
// due again only when a step is crossed, and no order of arrival can make a difference.
double PublishedAccuracy(const SourceCounts& counts, SourceKind kind, const Configuration& config);

// Counts without what one question contributed, so that no question judges its own sources.
SourceCounts Without(SourceCounts counts, const std::vector<Contribution>& contributions);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_RELIABILITY_ACCURACIES_H_
