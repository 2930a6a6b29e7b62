#include "services/corroboration/model/names.h"

#include <array>
#include <cstddef>

namespace consilience::corroboration {
namespace {

// Indexed by the enumerators, which count from 0 without gaps.
constexpr std::array<std::string_view, 9> kSources = {"UNSPECIFIED",  "OUTLET",   "WIRE",
                                                      "MONITOR",      "OFFICIAL", "ARMED_PARTY",
                                                      "ORGANISATION", "PERSON",   "UNNAMED"};
constexpr std::array<std::string_view, 7> kStates = {"UNSPECIFIED",  "WITHDRAWN", "SUPERSEDED",
                                                     "CONTRADICTED", "DISPUTED",  "CORROBORATED",
                                                     "SINGLE_ORIGIN"};
constexpr std::array<std::string_view, 5> kQuestionStates = {"UNSPECIFIED", "SETTLED", "DISPUTED",
                                                             "EVOLVING", "SINGLE_ORIGIN"};
constexpr std::array<std::string_view, 7> kRelations = {
    "UNRELATED", "SAME", "AGREES", "PART_OF", "UPDATES", "COMPETES", "DENIES"};
constexpr std::array<std::string_view, 6> kCauses = {"DOCUMENT_RECORDED", "DOCUMENT_WITHDRAWN",
                                                     "SOURCE_CHANGED",    "ASSERTION_REVIEWED",
                                                     "REFRESHED",         "MATCH_CHANGED"};

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

// Tries the enumerators up to and including `last`.
template <typename Enum>
std::optional<Enum> ParseBy(Enum last, std::string_view name) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    if (NameOf(static_cast<Enum>(i)) == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

// Without the first, which is not there to be met.
template <size_t N>
std::vector<std::string> Met(const std::array<std::string_view, N>& names) {
  return {names.begin() + 1, names.end()};
}

}  // namespace

std::string_view NameOf(SourceKind kind) { return At(kSources, kind); }
std::string_view NameOf(ClaimState state) { return At(kStates, state); }
std::string_view NameOf(QuestionState state) { return At(kQuestionStates, state); }
std::string_view NameOf(RelationType type) { return At(kRelations, type); }
std::string_view NameOf(RevisionCause cause) { return At(kCauses, cause); }

std::optional<extraction::SpeakerType> ParseSpeakerType(std::string_view name) {
  return ParseBy(extraction::SpeakerType::kDocument, name);
}
std::optional<extraction::AttributionMode> ParseMode(std::string_view name) {
  return ParseBy(extraction::AttributionMode::kNested, name);
}
std::optional<SourceKind> ParseSourceKind(std::string_view name) {
  return Parse<SourceKind>(kSources, name);
}
std::optional<ClaimState> ParseClaimState(std::string_view name) {
  return Parse<ClaimState>(kStates, name);
}

std::vector<std::string> SourceKindNames() { return Met(kSources); }
std::vector<std::string> ClaimStateNames() { return Met(kStates); }
std::vector<std::string> QuestionStateNames() { return Met(kQuestionStates); }

}  // namespace consilience::corroboration
