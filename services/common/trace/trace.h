// W3C trace context (https://www.w3.org/TR/trace-context/): which request of which caller a piece
// of work belongs to.
#ifndef CONSILIENCE_SERVICES_COMMON_TRACE_TRACE_H_
#define CONSILIENCE_SERVICES_COMMON_TRACE_TRACE_H_

#include <optional>
#include <string>
#include <string_view>

namespace consilience::common {

inline constexpr char kTraceparent[] = "traceparent";

struct TraceContext {
  std::string trace_id;  // 32 lower-case hexadecimal digits, not all zero
  std::string span_id;   // 16, not all zero
  bool sampled = true;

  // "00-{trace_id}-{span_id}-{01|00}"
  std::string Header() const;
};

// Nothing when `header` is not a traceparent of version 00, or a later version that begins like
// one.
std::optional<TraceContext> ParseTraceparent(std::string_view header);
// A new trace, of random ids. Thread-safe.
TraceContext NewTrace();
// The same trace, a span of its own.
TraceContext ChildOf(const TraceContext& parent);

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_TRACE_TRACE_H_
