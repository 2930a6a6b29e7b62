// Any two texts: what they are said to share lies within both.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "services/common/text/utf8.h"
#include "services/ingest/passages/passages.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace consilience;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (common::FindInvalidUtf8(bytes).has_value()) return 0;
  const std::string_view a = common::PrefixOnBoundary(bytes, size / 2);
  const ingest::IndexedDocument here{1, std::string(a), "", "2016-11-22"};
  const ingest::IndexedDocument there{2, std::string(bytes.substr(a.size())), "", "2016-11-23"};
  for (const ingest::Passage& passage : ingest::ComparePassages(here, {there})) {
    if (passage.span.end > here.text.size() || passage.other_span.end > there.text.size()) abort();
    if (passage.words < 12 || passage.similarity <= 0 || passage.similarity > 1) std::abort();
  }
  return 0;
}
