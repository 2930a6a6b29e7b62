// What ingest keeps, as it is moved between stores.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_LAYOUT_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_LAYOUT_H_

#include "services/common/store/transfer/table.h"

namespace consilience::ingest {

// Claims on work are given back on the way, as by a process that ended. The passage index is made
// again from the texts: here for PostgreSQL, at the next start for the embedded store.
const common::transfer::Layout& StoreLayout();

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_LAYOUT_H_
