#include "services/extraction/attribution/inflection.h"

namespace consilience::extraction {
namespace {

bool IsVowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

bool EndsInConsonantY(std::string_view word) {
  return word.size() > 1 && word.back() == 'y' && !IsVowel(word[word.size() - 2]);
}

std::string Join(std::string_view stem, std::string_view ending) {
  std::string form(stem);
  form += ending;
  return form;
}

std::string_view WithoutLast(std::string_view word, size_t n) {
  return word.substr(0, word.size() - n);
}

}  // namespace

std::string WithS(std::string_view lemma) {
  if (EndsInConsonantY(lemma)) return Join(WithoutLast(lemma, 1), "ies");
  for (std::string_view hiss : {"s", "x", "z", "ch", "sh"}) {
    if (lemma.ends_with(hiss)) return Join(lemma, "es");
  }
  return Join(lemma, "s");
}

std::string WithEd(std::string_view lemma) {
  if (lemma.ends_with('e')) return Join(lemma, "d");
  if (EndsInConsonantY(lemma)) return Join(WithoutLast(lemma, 1), "ied");
  return Join(lemma, "ed");
}

std::string WithIng(std::string_view lemma) {
  if (lemma.ends_with("ie")) return Join(WithoutLast(lemma, 2), "ying");
  if (lemma.ends_with('e') && !lemma.ends_with("ee") && !lemma.ends_with("oe")) {
    return Join(WithoutLast(lemma, 1), "ing");
  }
  return Join(lemma, "ing");
}

}  // namespace consilience::extraction
