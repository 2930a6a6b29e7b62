#include "services/corroboration/model/names.h"

#include <array>
#include <cstddef>

namespace consilience::corroboration {
namespace {

// Indexed by the enumerators, which count from 0 without gaps.
constexpr std::array<std::string_view, 12> kKinds = {
    "UNSPECIFIED", "CASUALTY", "DISPLACEMENT", "POPULATION", "CONTROL", "ATTACK",
    "WEAPON_USE",  "FACILITY", "AGREEMENT",    "STATEMENT",  "DENIAL",  "NUMERIC_FACT"};
constexpr std::array<std::string_view, 5> kGroups = {"PERSON", "CIVILIAN", "COMBATANT", "CHILD",
                                                     "WOMAN"};
constexpr std::array<std::string_view, 7> kSpeakers = {"",     "PERSON", "ORGANISATION", "UNNAMED",
                                                       "WIRE", "OUTLET", "DOCUMENT"};
constexpr std::array<std::string_view, 8> kModes = {"OUTLET_VOICE", "DIRECT",   "MIXED",
                                                    "INDIRECT",     "ACCORDING_TO", "DOCUMENT",
                                                    "AGENTLESS",    "NESTED"};
constexpr std::array<std::string_view, 6> kModalities = {"FACT",    "ALLEGED",      "SUSPECTED",
                                                         "PLANNED", "HYPOTHETICAL", "QUOTED_ONLY"};
constexpr std::array<std::string_view, 9> kSources = {
    "UNSPECIFIED", "OUTLET",       "WIRE",   "MONITOR", "OFFICIAL",
    "ARMED_PARTY", "ORGANISATION", "PERSON", "UNNAMED"};
constexpr std::array<std::string_view, 7> kStates = {"UNSPECIFIED", "WITHDRAWN",    "SUPERSEDED",
                                                     "CONTRADICTED", "DISPUTED", "CORROBORATED",
                                                     "SINGLE_ORIGIN"};
constexpr std::array<std::string_view, 5> kQuestionStates = {"UNSPECIFIED", "SETTLED", "DISPUTED",
                                                             "EVOLVING", "SINGLE_ORIGIN"};
constexpr std::array<std::string_view, 7> kRelations = {"UNRELATED", "SAME",     "AGREES", "PART_OF",
                                                        "UPDATES",   "COMPETES", "DENIES"};
constexpr std::array<std::string_view, 5> kCauses = {
    "DOCUMENT_RECORDED", "DOCUMENT_WITHDRAWN", "SOURCE_CHANGED", "ASSERTION_REVIEWED", "REFRESHED"};

template <typename Enum, size_t N>
std::string_view At(const std::array<std::string_view, N>& names, Enum value) {
  return names[static_cast<size_t>(value)];
}

template <typename Enum, size_t N>
std::optional<Enum> Parse(const std::array<std::string_view, N>& names, std::string_view name) {
  for (size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view NameOf(extraction::Kind kind) { return At(kKinds, kind); }
std::string_view NameOf(extraction::PopulationGroup group) { return At(kGroups, group); }
std::string_view NameOf(extraction::SpeakerType type) { return At(kSpeakers, type); }
std::string_view NameOf(extraction::AttributionMode mode) { return At(kModes, mode); }
std::string_view NameOf(extraction::Modality modality) { return At(kModalities, modality); }
std::string_view NameOf(SourceKind kind) { return At(kSources, kind); }
std::string_view NameOf(ClaimState state) { return At(kStates, state); }
std::string_view NameOf(QuestionState state) { return At(kQuestionStates, state); }
std::string_view NameOf(RelationType type) { return At(kRelations, type); }
std::string_view NameOf(RevisionCause cause) { return At(kCauses, cause); }

std::optional<extraction::Kind> ParseKind(std::string_view name) {
  return Parse<extraction::Kind>(kKinds, name);
}
std::optional<extraction::PopulationGroup> ParseGroup(std::string_view name) {
  return Parse<extraction::PopulationGroup>(kGroups, name);
}
std::optional<extraction::SpeakerType> ParseSpeakerType(std::string_view name) {
  return Parse<extraction::SpeakerType>(kSpeakers, name);
}
std::optional<extraction::AttributionMode> ParseMode(std::string_view name) {
  return Parse<extraction::AttributionMode>(kModes, name);
}
std::optional<extraction::Modality> ParseModality(std::string_view name) {
  return Parse<extraction::Modality>(kModalities, name);
}
std::optional<SourceKind> ParseSourceKind(std::string_view name) {
  return Parse<SourceKind>(kSources, name);
}
std::optional<ClaimState> ParseClaimState(std::string_view name) {
  return Parse<ClaimState>(kStates, name);
}

}  // namespace consilience::corroboration
