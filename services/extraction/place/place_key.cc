#include "services/extraction/place/place_key.h"

#include <algorithm>
#include <array>

namespace consilience::extraction {
namespace {

constexpr std::array<std::string_view, 18> kArticles = {"ad",  "adh", "al",  "an", "ar", "as",
                                                        "ash", "at",  "ath", "az", "ed", "el",
                                                        "er",  "es",  "et",  "ez", "ul", "us"};

// Letters whose "h" only marks aspiration or emphasis: "khan" and "qan", "ghouta" and "guta".
bool DropsFollowingH(char letter) {
  return letter == 'k' || letter == 'g' || letter == 'd' || letter == 't';
}

// What stands for a letter from a to z: a vowel or consonant for all that are spelt alike.
char Plain(char letter) {
  constexpr std::string_view kPlain = "abkdifghijklmnubkrstufuxiz";
  return kPlain[static_cast<size_t>(letter - 'a')];
}

bool EndsInFeminine(std::string_view word) {
  return word.size() > 3 && (word.ends_with("ah") || word.ends_with("eh") || word.ends_with("iye"));
}

}  // namespace

bool IsArabicArticle(std::string_view word) {
  if (word.size() < 2 || word.size() > 3) return false;
  return std::find(kArticles.begin(), kArticles.end(), word) != kArticles.end();
}

void AppendPlaceKey(std::string_view word, std::string& key) {
  const size_t start = key.size();
  const bool feminine = EndsInFeminine(word);
  if (feminine) word.remove_suffix(word.ends_with("iye") ? 1 : 2);
  for (size_t i = 0; i < word.size(); ++i) {
    if (word[i] < 'a' || word[i] > 'z') continue;
    const char letter = Plain(word[i]);
    const bool after_vowel_i = key.size() > start && key.back() == 'i';
    // "ai", "ay", "ei" and "ee" are one sound in these names.
    if (letter == 'i' && key.size() > start && key.back() == 'a') {
      key.back() = 'i';
    } else if (!(key.size() > start && key.back() == letter) &&
               !(letter == 'a' && after_vowel_i && i + 1 == word.size())) {
      key.push_back(letter);
    }
    if (DropsFollowingH(word[i]) && i + 1 < word.size() && word[i + 1] == 'h') ++i;
    if (word[i] == 'q' && i + 2 < word.size() && word[i + 1] == 'u' && word[i + 2] == 'a') ++i;
  }
  if (feminine && (key.size() == start || key.back() != 'a')) key.push_back('a');
}

}  // namespace consilience::extraction
