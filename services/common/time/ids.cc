#include "services/common/time/ids.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace consilience::common {
namespace {

constexpr uint64_t kCounterBits = 12;
constexpr uint64_t kCounterMask = (1ULL << kCounterBits) - 1;
constexpr uint64_t kRandomMask = (1ULL << 62U) - 1;
constexpr uint64_t kVariant = 1ULL << 63U;

std::optional<uint64_t> ReadHex(const std::string& digits) {
  uint64_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

}  // namespace

UuidV7Generator::UuidV7Generator(const Clock& clock)
    : clock_(clock), random_(std::random_device{}()) {}

std::string UuidV7Generator::Next() {
  const MutexLock lock(mutex_);
  const int64_t now = absl::ToUnixMillis(clock_.Now());
  if (now > last_ms_) {
    last_ms_ = now;
    counter_ = 0;
  } else if (++counter_ > kCounterMask) {
    ++last_ms_;  // the clock stood still for 4,096 ids, or went back
    counter_ = 0;
  }
  const auto ms = static_cast<uint64_t>(last_ms_);
  const uint64_t low = kVariant | (random_() & kRandomMask);
  return fmt::format("{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", (ms >> 16U) & 0xFFFFFFFFULL,
                     ms & 0xFFFFULL, counter_, low >> 48U, low & 0xFFFFFFFFFFFFULL);
}

void UuidV7Generator::NotBefore(const std::string& id) {
  // tttttttt-tttt-7ccc-…: milliseconds and counter
  if (id.size() != 36 || id[14] != '7') return;
  const auto ms = ReadHex(id.substr(0, 8) + id.substr(9, 4));
  const auto counter = ReadHex(id.substr(15, 3));
  if (!ms || !counter) return;
  const MutexLock lock(mutex_);
  const auto made = static_cast<int64_t>(*ms);
  if (made < last_ms_) return;
  counter_ = made > last_ms_ ? *counter : std::max(counter_, *counter);
  last_ms_ = made;
}

std::string SequentialIds::Next() {
  const MutexLock lock(mutex_);
  return fmt::format("id-{}", ++last_);
}

}  // namespace consilience::common
