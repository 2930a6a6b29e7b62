#include "clients/cli/dossier/dossier.h"

#include <algorithm>

namespace consilience::cli {
namespace {

bool Continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

}  // namespace

QuoteContext ContextOf(const std::string& text, size_t start, size_t end, size_t bytes) {
  if (start > end || end > text.size()) return {};
  size_t first = start > bytes ? start - bytes : 0;
  while (first < start && Continues(text[first])) ++first;
  size_t last = std::min(end + bytes, text.size());
  while (last > end && last < text.size() && Continues(text[last])) --last;
  QuoteContext context{text.substr(first, start - first), text.substr(end, last - end)};
  if (first > 0) context.before = "…" + context.before;
  if (last < text.size()) context.after += "…";
  return context;
}

std::map<std::string, int> NumberDocuments(const Dossier& dossier) {
  std::map<std::string, int> numbers;
  for (const DossierAnswer& answer : dossier.answers) {
    for (const auto& assertion : answer.claim.assertions()) {
      numbers.emplace(assertion.document(), static_cast<int>(numbers.size()) + 1);
    }
  }
  return numbers;
}

std::map<std::string, std::string> WitnessByAssertion(const Dossier& dossier) {
  std::map<std::string, std::string> witnesses;
  for (const DossierAnswer& answer : dossier.answers) {
    for (const auto* origins : {&answer.explanation.origins(), &answer.explanation.denials()}) {
      for (const auto& origin : *origins) {
        for (const auto& assertion : origin.assertions()) {
          witnesses.emplace(assertion.name(), origin.display_name());
        }
      }
    }
  }
  return witnesses;
}

}  // namespace consilience::cli
