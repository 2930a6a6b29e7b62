// Any bytes as a manifest.
#include <cstdint>
#include <string_view>

#include "services/ingest/readers/manifest.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto manifest = consilience::ingest::Manifest::Parse(
      std::string_view(reinterpret_cast<const char*>(data), size), "/folder", "manifest.jsonl");
  if (manifest.ok()) manifest->Find("/folder/a.txt");
  return 0;
}
