// Times as they are stored.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_TIMES_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_TIMES_H_

#include <cstdint>
#include <limits>

#include "absl/time/time.h"

namespace consilience::ingest {

// Beyond every real time, and far enough from the end of the range to add to.
inline constexpr int64_t kNeverMicros = std::numeric_limits<int64_t>::max() / 2;

inline int64_t ToMicros(absl::Time time) {
  return time == absl::InfiniteFuture() ? kNeverMicros : absl::ToUnixMicros(time);
}

inline absl::Time FromMicros(int64_t micros) {
  return micros >= kNeverMicros ? absl::InfiniteFuture() : absl::FromUnixMicros(micros);
}

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_TIMES_H_
