#include "services/extraction/model/names.h"

#include <array>
#include <cstddef>

namespace consilience::extraction {
namespace {

// In the order of the enumerations.
constexpr std::array<std::string_view, 12> kKinds = {
    "UNSPECIFIED", "CASUALTY", "DISPLACEMENT", "POPULATION", "CONTROL", "ATTACK",
    "WEAPON_USE",  "FACILITY", "AGREEMENT",    "STATEMENT",  "DENIAL",  "NUMERIC_FACT"};
constexpr std::array<std::string_view, 5> kGroups = {"PERSON", "CIVILIAN", "COMBATANT", "CHILD",
                                                     "WOMAN"};
constexpr std::array<std::string_view, 2> kPolarities = {"ASSERTED", "DENIED"};
constexpr std::array<std::string_view, 6> kModalities = {"FACT",    "ALLEGED",      "SUSPECTED",
                                                         "PLANNED", "HYPOTHETICAL", "QUOTED_ONLY"};
constexpr std::array<std::string_view, 8> kModes = {"OUTLET_VOICE", "DIRECT",       "MIXED",
                                                    "INDIRECT",     "ACCORDING_TO", "DOCUMENT",
                                                    "AGENTLESS",    "NESTED"};
constexpr std::array<std::string_view, 7> kSpeakers = {"",     "PERSON", "ORGANISATION", "UNNAMED",
                                                       "WIRE", "OUTLET", "DOCUMENT"};
constexpr std::array<std::string_view, 4> kTimes = {"DATE", "TIME", "DURATION", "SET"};

template <typename Enum, size_t N>
std::optional<Enum> Named(const std::array<std::string_view, N>& names, std::string_view name) {
  for (size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view NameOf(Kind kind) { return kKinds[static_cast<size_t>(kind)]; }
std::string_view NameOf(PopulationGroup group) { return kGroups[static_cast<size_t>(group)]; }
std::string_view NameOf(Polarity polarity) { return kPolarities[static_cast<size_t>(polarity)]; }
std::string_view NameOf(Modality modality) { return kModalities[static_cast<size_t>(modality)]; }
std::string_view NameOf(AttributionMode mode) { return kModes[static_cast<size_t>(mode)]; }
std::string_view NameOf(SpeakerType type) { return kSpeakers[static_cast<size_t>(type)]; }
std::string_view NameOf(TimeType type) { return kTimes[static_cast<size_t>(type)]; }

std::optional<Kind> KindNamed(std::string_view name) { return Named<Kind>(kKinds, name); }
std::optional<PopulationGroup> PopulationGroupNamed(std::string_view name) {
  return Named<PopulationGroup>(kGroups, name);
}
std::optional<Modality> ModalityNamed(std::string_view name) {
  return Named<Modality>(kModalities, name);
}

}  // namespace consilience::extraction
