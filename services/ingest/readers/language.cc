#include "services/ingest/readers/language.h"

#include <cld2/public/compact_lang_det.h>

#include "services/common/text/utf8.h"

namespace consilience::ingest {
namespace {

// A page or so settles the language; the cost is linear in what is looked at.
constexpr size_t kSampleBytes = 1200;

}  // namespace

std::string TellLanguage(std::string_view text, std::string_view declared) {
  const std::string_view sample = common::PrefixOnBoundary(text, kSampleBytes);
  bool reliable = false;
  const CLD2::Language language =
      CLD2::DetectLanguage(sample.data(), static_cast<int>(sample.size()), true, &reliable);
  if (reliable && language != CLD2::UNKNOWN_LANGUAGE && language != CLD2::TG_UNKNOWN_LANGUAGE) {
    const std::string tag = CLD2::LanguageCode(language);
    // CLD2 keeps the withdrawn tag of Hebrew.
    return tag == "iw" ? "he" : tag;
  }
  return declared.empty() ? "und" : std::string(declared);
}

}  // namespace consilience::ingest
