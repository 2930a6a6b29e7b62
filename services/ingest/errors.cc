#include "services/ingest/errors.h"

#include <fmt/format.h>

#include <string>

#include "services/common/errors/catalogue.h"
#include "services/common/errors/error.h"

namespace consilience::ingest {

absl::Status DocumentNameInvalid(std::string_view field, std::string_view name) {
  return common::FieldInvalid(
      field, name, "give a name of the form documents/ID, whose ID has 32 digits from 0 to f");
}

absl::Status DocumentWithdrawn(std::string_view name, std::string_view state,
                               std::string_view action) {
  return common::StateForbids("document", name, state, action,
                              "what is withdrawn stays as it is; take in the new text instead");
}

absl::Status ReplacementUnchanged(std::string_view name) {
  const std::string shown = common::Quoted(name, 200);
  return common::WithFieldViolation(
      common::MakeError(absl::StatusCode::kInvalidArgument, "REPLACEMENT_UNCHANGED",
                        fmt::format("the replacement of {} is the same text: to change what is "
                                    "known about a text, update the document",
                                    shown),
                        {{"document", shown}}),
      "replacement.content", "the same text");
}

}  // namespace consilience::ingest
