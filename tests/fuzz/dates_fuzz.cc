// Any bytes as a text with dates: every date found is a day that there was, within the text.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "services/ingest/readers/dates.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace consilience::ingest;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const DatedWords& words : FindDates(text)) {
    if (!words.day.ok() || words.span.end > text.size() || words.span.empty()) std::abort();
    if (ParseIsoDay(ToIso(words.day)) != words.day) std::abort();
  }
  ParseTimestamp(text);
  return 0;
}
