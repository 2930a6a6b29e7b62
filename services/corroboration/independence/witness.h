// On whose word one assertion rests, and through whom that word came.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_INDEPENDENCE_WITNESS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_INDEPENDENCE_WITNESS_H_

#include <string>

#include "services/corroboration/config/configuration.h"
#include "services/corroboration/independence/source_directory.h"
#include "services/corroboration/model/assertion.h"

namespace consilience::corroboration {

// From the most to the least that is known of a speaker.
enum class WitnessLevel {
  kNamed,     // a source with a name
  kUnnamed,   // a description, known through a relay
  kWire,      // nobody speaks; a wire is credited
  kOutlet,    // the outlet's own voice
  kDocument,  // the own voice of an outlet that is not known
};

struct Witness {
  WitnessLevel level = WitnessLevel::kDocument;
  std::string source;        // id; of named sources, wires and outlets
  std::string display_name;  // "a senior rebel official (to Reuters)"
  std::string description;   // folded, of an unnamed speaker
  SourceKind kind = SourceKind::kUnspecified;
  std::string party;
  std::string relay;  // key of what the word came through: a wire, a speaker, an outlet
  std::string relay_display_name;  // "Reuters", "the outlet of document 4f…"

  // An outlet's own voice, known or not.
  bool own_voice() const { return level >= WitnessLevel::kOutlet; }
};

// The deepest speaker of the chain that can be resolved; failing that the wire that is credited;
// failing that the outlet, as one voice with the others of its owner; failing that the document.
// A head or spokesman speaks for the organisation.
Witness WitnessOf(const RecordedAssertion& assertion, const Configuration& config,
                  const SourceDirectory& directory);

// The source as it would be registered when it is met here; an empty id when the witness is none.
Source MetSource(const RecordedAssertion& assertion, const Configuration& config,
                 const SourceDirectory& directory);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_INDEPENDENCE_WITNESS_H_
