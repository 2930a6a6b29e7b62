// That one process at a time uses an embedded store.
#ifndef CONSILIENCE_SERVICES_COMMON_STORE_SQLITE_HOLD_H_
#define CONSILIENCE_SERVICES_COMMON_STORE_SQLITE_HOLD_H_

#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace consilience::common::sqlite {

// A lock on the file `path`-lock, which ends with the process that has it, however that ends. The
// file stays. SQLite's own locks let several processes take turns, which its file can bear and what
// a service remembers of it cannot.
class Hold {
 public:
  // STORE_UNAVAILABLE names the process that has it. ":memory:" needs none.
  static absl::StatusOr<Hold> Take(const std::string& path);

  Hold(Hold&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  Hold& operator=(Hold&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }
  ~Hold();

 private:
  explicit Hold(int file) : file_(file) {}

  int file_;
};

}  // namespace consilience::common::sqlite

#endif  // CONSILIENCE_SERVICES_COMMON_STORE_SQLITE_HOLD_H_
