// Errors of ingest beyond those of its readers (readers/errors.h) and of all services.
#ifndef CONSILIENCE_SERVICES_INGEST_ERRORS_H_
#define CONSILIENCE_SERVICES_INGEST_ERRORS_H_

#include <string_view>

#include "absl/status/status.h"

namespace consilience::ingest {

// `name` does not read "documents/{id}".
absl::Status DocumentNameInvalid(std::string_view field, std::string_view name);
// `document` and `state` of a document that is withdrawn and so cannot be changed.
absl::Status DocumentWithdrawn(std::string_view name, std::string_view state,
                               std::string_view action);
// A replacement that is word for word the text that it replaces.
absl::Status ReplacementUnchanged(std::string_view name);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_ERRORS_H_
