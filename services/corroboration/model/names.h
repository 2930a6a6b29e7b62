// The spellings of the model's enumerations in data files and on the wire.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MODEL_NAMES_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MODEL_NAMES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/corroboration/model/claim.h"
#include "services/corroboration/model/revision.h"
#include "services/corroboration/model/source.h"
#include "services/extraction/model/names.h"

namespace consilience::corroboration {

using extraction::NameOf;

// UPPER_SNAKE, without the prefix that the wire's enum values carry. Every value has a spelling;
// the parsers return nothing for a word that is none.
std::string_view NameOf(SourceKind kind);
std::string_view NameOf(ClaimState state);
std::string_view NameOf(QuestionState state);
std::string_view NameOf(RelationType type);
std::string_view NameOf(RevisionCause cause);

std::optional<extraction::SpeakerType> ParseSpeakerType(std::string_view name);
std::optional<extraction::AttributionMode> ParseMode(std::string_view name);
std::optional<SourceKind> ParseSourceKind(std::string_view name);
std::optional<ClaimState> ParseClaimState(std::string_view name);

// The names of all that may be met, in the order of the enumerators.
std::vector<std::string> SourceKindNames();
std::vector<std::string> ClaimStateNames();
std::vector<std::string> QuestionStateNames();

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MODEL_NAMES_H_
