#include "services/extraction/attribution/tag.h"

#include <array>
#include <cstddef>

namespace consilience::extraction {
namespace {

constexpr std::array<std::string_view, static_cast<size_t>(Tag::kCount)> kNames = {
    "other",       "noun",        "plural",     "name",         "pronoun",    "object",
    "clitic",      "possessive",  "determiner", "adjective",    "adverb",     "number",
    "time",        "base",        "present",    "past",         "participle", "gerund",
    "modal",       "be",          "have",       "do",           "to",         "not",
    "preposition", "conjunction", "that",       "subordinator", "wh",         "genitive",
    "hyphen",      "dot",         "comma",      "stop",         "colon",      "semicolon",
    "dash",        "open",        "close",      "quote",
};

}  // namespace

std::optional<Tag> TagFromName(std::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Tag>(i);
  }
  return std::nullopt;
}

std::string_view TagName(Tag tag) { return kNames[static_cast<size_t>(tag)]; }

}  // namespace consilience::extraction
