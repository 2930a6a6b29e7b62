// What a text shows of its own metadata: title and day of publication.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_TEXT_EVIDENCE_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_TEXT_EVIDENCE_H_

#include <string_view>
#include <vector>

#include "services/ingest/readers/dates.h"
#include "services/ingest/readers/metadata.h"

namespace consilience::ingest {

// The headline that opens a text, as an inferred candidate: a short line without the full stop of a
// sentence, set apart from what follows by a blank line or said twice. Lines of links before it
// ("Portuguese / Spanish / English") are passed over. At most one.
std::vector<Candidate> InferTitle(std::string_view text);

// Days of publication that the opening of a text shows, best first: a line that is a date, a
// dateline, a weekday with a date that agree. Dates with a weekday that disagrees and dates that
// the policy refuses are no evidence; each adds a sentence to `warnings`.
std::vector<Candidate> InferPublicationDate(std::string_view text, const DatePolicy& policy,
                                            std::vector<std::string>& warnings);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_TEXT_EVIDENCE_H_
