// Any text: extraction comes to an end, and every span it gives lies within the text. Begin with
// the articles of seeds/articles, whose mutations are the texts most like what comes in.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "services/common/text/utf8.h"
#include "services/extraction/extractor.h"
#include "tests/extraction/invariants.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace consilience;
  static const extraction::Extractor* extractor = [] {
    auto loaded = extraction::Extractor::Load(CONSILIENCE_RULES);
    if (!loaded.ok()) std::abort();
    return new extraction::Extractor(*std::move(loaded));
  }();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (common::FindInvalidUtf8(bytes).has_value()) return 0;
  const extraction::Analysis analysis = extractor->Extract({std::string(bytes), "2016-11-22", ""});
  const std::string problem = extraction::testing::ProblemOf(bytes, analysis);
  if (!problem.empty()) {
    std::fprintf(stderr, "%s\n", problem.c_str());
    std::abort();
  }
  return 0;
}
