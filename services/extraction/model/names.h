// The names that enumerations carry in data files, JSON and the API: UPPER_SNAKE_CASE.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_MODEL_NAMES_H_
#define CONSILIENCE_SERVICES_EXTRACTION_MODEL_NAMES_H_

#include <optional>
#include <string_view>

#include "services/extraction/model/assertion.h"
#include "services/extraction/model/mention.h"

namespace consilience::extraction {

std::string_view NameOf(Kind kind);
std::string_view NameOf(PopulationGroup group);
std::string_view NameOf(Polarity polarity);
std::string_view NameOf(Modality modality);
std::string_view NameOf(AttributionMode mode);
std::string_view NameOf(SpeakerType type);  // empty for kUnknown
std::string_view NameOf(TimeType type);

std::optional<Kind> KindNamed(std::string_view name);
std::optional<PopulationGroup> PopulationGroupNamed(std::string_view name);
std::optional<Modality> ModalityNamed(std::string_view name);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_MODEL_NAMES_H_
