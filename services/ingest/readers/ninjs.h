// IPTC ninjs 1.x and 2.x: a news item as a JSON object.
//
// Read are: uri, version, versioncreated / firstcreated, headline(s), body_text / body_xhtml (1.x)
// or bodies (2.x), byline, infosource(s), pubstatus, language, copyrightholder, canonical link.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_NINJS_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_NINJS_H_

#include "services/ingest/readers/json_record.h"

namespace consilience::ingest {

// Told by `uri` together with a key that only ninjs has.
bool IsNinjs(const JsonValue& value);

// pubstatus "canceled" is a retraction; "withheld" is an error, because its publisher asks that it
// is not used yet. The version goes with the document: a later one supersedes.
bool ReadNinjs(const JsonItem& item, const Request& request, const ReadOptions& options,
               const ItemCallback& callback);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_NINJS_H_
