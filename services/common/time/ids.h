// Identifiers that are not content hashes: UUID version 7 (RFC 9562), which sort by the time they
// were made.
#ifndef CONSILIENCE_SERVICES_COMMON_TIME_IDS_H_
#define CONSILIENCE_SERVICES_COMMON_TIME_IDS_H_

#include <cstdint>
#include <random>
#include <string>

#include "services/common/sync/mutex.h"
#include "services/common/time/clock.h"

namespace consilience::common {

// Thread-safe.
class IdGenerator {
 public:
  virtual ~IdGenerator() = default;
  virtual std::string Next() = 0;
  // What is next sorts behind `id`, which another process made, whatever its clock said.
  virtual void NotBefore(const std::string& /*id*/) {}
};

// "0193a5d4-7f2c-7c1e-9a0b-3f1d2e4c5b6a": 48 bits of milliseconds, then a counter that keeps the
// ids of one millisecond in order, then randomness.
class UuidV7Generator : public IdGenerator {
 public:
  explicit UuidV7Generator(const Clock& clock);

  std::string Next() override;
  void NotBefore(const std::string& id) override;

 private:
  const Clock& clock_;
  Mutex mutex_;
  std::mt19937_64 random_ GUARDED_BY(mutex_);
  int64_t last_ms_ GUARDED_BY(mutex_) = 0;
  uint64_t counter_ GUARDED_BY(mutex_) = 0;
};

// "id-1", "id-2", …
class SequentialIds : public IdGenerator {
 public:
  std::string Next() override;

 private:
  Mutex mutex_;
  int64_t last_ GUARDED_BY(mutex_) = 0;
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_TIME_IDS_H_
