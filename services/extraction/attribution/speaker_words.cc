#include "services/extraction/attribution/speaker_words.h"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace consilience::extraction {

bool IsFirstPerson(std::string_view word) {
  return word == "i" || word == "we" || word == "you" || word == "me" || word == "us" ||
         word == "my" || word == "our" || word == "your";
}

bool IsPersonal(std::string_view word) {
  return word == "he" || word == "she" || word == "him" || word == "his" || word == "her";
}

bool IsPlural(std::string_view word) { return word == "they" || word == "them" || word == "their"; }

bool IsNobody(std::string_view word) {
  return word == "no" || word == "nobody" || word == "none" || word == "neither" ||
         word == "nothing";
}

bool EndsWithWord(std::string_view name, std::string_view word) {
  if (word.empty() || name.size() < word.size()) return false;
  const size_t at = name.size() - word.size();
  if (at > 0 && name[at - 1] != ' ' && name[at - 1] != '-') return false;
  return std::equal(
      word.begin(), word.end(), name.begin() + static_cast<std::ptrdiff_t>(at),
      [](char a, char b) { return a == std::tolower(static_cast<unsigned char>(b)); });
}

bool ContainsWord(std::string_view name, std::string_view word) {
  while (!name.empty()) {
    const size_t space = std::min(name.find(' '), name.size());
    if (EndsWithWord(name.substr(0, space), word)) return true;
    name.remove_prefix(std::min(space + 1, name.size()));
  }
  return false;
}

bool IsKind(SpeakerType type, bool person) {
  if (person) return type == SpeakerType::kPerson || type == SpeakerType::kUnnamed;
  return type == SpeakerType::kOrganisation || type == SpeakerType::kDocument ||
         type == SpeakerType::kWire;
}

}  // namespace consilience::extraction
