#include "services/common/trace/trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <random>

namespace consilience::common {
namespace {

// version "-" trace-id "-" parent-id "-" flags
constexpr size_t kTraceBegin = 3;
constexpr size_t kTraceSize = 32;
constexpr size_t kSpanBegin = 36;
constexpr size_t kSpanSize = 16;
constexpr size_t kFlagsBegin = 53;
constexpr size_t kHeaderSize = 55;

bool IsLowerHex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool AllZero(std::string_view text) { return text.find_first_not_of('0') == text.npos; }

uint64_t RandomNonZero() {
  thread_local std::mt19937_64 random(std::random_device{}());
  uint64_t value = 0;
  while (value == 0) value = random();
  return value;
}

}  // namespace

std::string TraceContext::Header() const {
  return fmt::format("00-{}-{}-{}", trace_id, span_id, sampled ? "01" : "00");
}

std::optional<TraceContext> ParseTraceparent(std::string_view header) {
  if (header.size() < kHeaderSize) return std::nullopt;
  const std::string_view version = header.substr(0, 2);
  const std::string_view trace = header.substr(kTraceBegin, kTraceSize);
  const std::string_view span = header.substr(kSpanBegin, kSpanSize);
  const std::string_view flags = header.substr(kFlagsBegin, 2);
  const bool dashes =
      header[2] == '-' && header[kSpanBegin - 1] == '-' && header[kFlagsBegin - 1] == '-';
  const bool size_fits = version == "00"
                             ? header.size() == kHeaderSize
                             : header.size() == kHeaderSize || header[kHeaderSize] == '-';
  if (!dashes || !size_fits || version == "ff") return std::nullopt;
  for (const std::string_view part : {version, trace, span, flags}) {
    if (!IsLowerHex(part)) return std::nullopt;
  }
  if (AllZero(trace) || AllZero(span)) return std::nullopt;
  const bool sampled = std::string_view("13579bdf").find(flags[1]) != std::string_view::npos;
  return TraceContext{std::string(trace), std::string(span), sampled};
}

TraceContext NewTrace() {
  return {fmt::format("{:016x}{:016x}", RandomNonZero(), RandomNonZero()),
          fmt::format("{:016x}", RandomNonZero())};
}

TraceContext ChildOf(const TraceContext& parent) {
  return {parent.trace_id, fmt::format("{:016x}", RandomNonZero()), parent.sampled};
}

}  // namespace consilience::common
