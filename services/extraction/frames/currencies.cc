#include "services/extraction/frames/currencies.h"

#include <unicode/ucurr.h>
#include <unicode/unistr.h>

#include <array>
#include <string_view>

namespace consilience::extraction {
namespace {

// The code of the currency of a country if `word` ends its English name; empty if not.
std::string CurrencyOf(const std::string& country, std::string_view word) {
  UErrorCode error = U_ZERO_ERROR;
  std::array<UChar, 4> code{};
  ucurr_forLocale(("und_" + country).c_str(), code.data(), code.size(), &error);
  if (U_FAILURE(error)) return "";
  int32_t length = 0;
  const UChar* name = ucurr_getName(code.data(), "en", UCURR_LONG_NAME, nullptr, &length, &error);
  if (U_FAILURE(error)) return "";
  std::string called;
  icu::UnicodeString(name, length).toLower().toUTF8String(called);
  if (!called.ends_with(word)) return "";
  std::string found;
  icu::UnicodeString(code.data()).toUTF8String(found);
  return found;
}

std::string CountryOf(const Gazetteer& gazetteer, const Assertion& assertion) {
  const int place = gazetteer.Find(assertion.place.id);
  return place < 0 ? "" : gazetteer.at(gazetteer.CountryOf(place)).id;
}

// "peso", neither "PHP" nor "km".
bool IsWord(std::string_view unit) {
  constexpr size_t kShortest = 4;
  if (unit.size() < kShortest) return false;
  for (const char c : unit) {
    if (c < 'a' || c > 'z') return false;
  }
  return true;
}

}  // namespace

void NameCurrencies(const Gazetteer& gazetteer, const std::string& country,
                    std::vector<Draft>& drafts) {
  for (Draft& draft : drafts) {
    Assertion& assertion = draft.assertion;
    if (!assertion.quantity || !IsWord(assertion.quantity->unit)) continue;
    std::string there = CountryOf(gazetteer, assertion);
    if (there.empty()) there = country;
    if (std::string code = CurrencyOf(there, assertion.quantity->unit); !code.empty()) {
      assertion.quantity->unit = std::move(code);
    }
  }
}

}  // namespace consilience::extraction
