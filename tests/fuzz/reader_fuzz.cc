// Any bytes into one reader. What comes out keeps the promises of document.h.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "services/common/text/utf8.h"
#include "services/ingest/readers/reader.h"

namespace {

using namespace consilience::ingest;

void Require(bool promise) {
  if (!promise) std::abort();
}

void Check(const ReadDocument& document) {
  const std::string_view text = document.text;
  Require(!text.empty());
  Require(!consilience::common::FindInvalidUtf8(text).has_value());
  Require(text.find('\r') == std::string_view::npos && text.find('\0') == std::string_view::npos);
  size_t end = 0;
  for (const Segment& segment : document.segments) {
    Require(segment.span.begin >= end && segment.span.end <= text.size());
    Require(consilience::common::IsCodePointBoundary(text, segment.span.begin));
    Require(consilience::common::IsCodePointBoundary(text, segment.span.end));
    end = segment.span.end;
  }
  for (size_t i = 0; i <= text.size(); i += 7) document.source_map.ToOriginal(i);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  ReadOptions options;
  options.limits.document_bytes = 1 << 16;
  options.limits.line_bytes = 1 << 16;
  options.limits.decompressed_bytes = 1 << 20;
  options.limits.ratio_free_bytes = 1 << 14;
  options.limits.items = 1000;
  options.dates.today = "2026-01-01";
  Request request{.label = "fuzz"};
  const std::string format = CONSILIENCE_FUZZ_FORMAT;
  if (format != "any") request.given.format = format;
  Input input(bytes);
  ReadItems(input, request, options, [](ReadItem&& item) {
    if (const auto* document = std::get_if<ReadDocument>(&item)) Check(*document);
    if (const auto* error = std::get_if<ReadError>(&item)) Require(!error->status.ok());
    return true;
  });
  return 0;
}
