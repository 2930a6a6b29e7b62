// From what a document asserts to assertions with identities: checked, completed, in the form in
// which the engine compares them.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_ENGINE_INTAKE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_ENGINE_INTAKE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/corroboration/engine/context.h"
#include "services/corroboration/matching/search_words.h"
#include "services/corroboration/model/assertion.h"

namespace consilience::corroboration {

struct Intake {
  DocumentContext document;                   // with its dominant source
  std::vector<RecordedAssertion> assertions;  // sorted by id; subgroups after their wholes' ids too
  std::vector<std::string> ids;               // in the order of the record
  std::string content_digest;                 // equal digests are equal records
  SearchWords words;                          // of all assertions
  std::vector<uint64_t> keys;                 // blocking keys of all assertions, sorted
};

// Checks every assertion, gives it its id, makes an assertion of each subgroup and gives denials
// the terms of what they deny. InvalidArgument names the assertion and the field.
absl::StatusOr<Intake> TakeIn(const DocumentRecord& record, const Context& context);

// Blocking keys of all of them, sorted, once each.
std::vector<uint64_t> KeysOf(const std::vector<RecordedAssertion>& assertions,
                             const Context& context);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_ENGINE_INTAKE_H_
