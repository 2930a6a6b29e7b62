// Which passages of a stored document stand in other stored documents.
#ifndef CONSILIENCE_SERVICES_INGEST_PIPELINE_REUSE_H_
#define CONSILIENCE_SERVICES_INGEST_PIPELINE_REUSE_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ingest/passages/passages.h"
#include "services/ingest/store/store.h"

namespace consilience::ingest {

struct Reuse {
  std::vector<Passage> passages;
  // The other documents, as they were compared, and their ids.
  std::map<DocumentNumber, IndexedDocument> others;
  std::map<DocumentNumber, std::string> ids;
};

// Withdrawn documents are not in the index and so are left out.
// The document `also`, by its id, is compared in any case.
absl::StatusOr<Reuse> FindReuse(Store& store, const Document& document, const std::string& text,
                                const std::string& also = "");

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_PIPELINE_REUSE_H_
