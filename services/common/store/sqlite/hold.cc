#include "services/common/store/sqlite/hold.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "services/common/errors/catalogue.h"

namespace consilience::common::sqlite {
namespace {

constexpr std::string_view kInMemory = ":memory:";

// What the process that has the lock wrote: its number.
std::string HolderOf(int file) {
  std::array<char, 32> text{};
  const ssize_t bytes = pread(file, text.data(), text.size(), 0);
  if (bytes <= 0) return "another process";
  return fmt::format("process {}", std::string_view(text.data(), static_cast<size_t>(bytes)));
}

}  // namespace

absl::StatusOr<Hold> Hold::Take(const std::string& path) {
  if (path == kInMemory) return Hold(-1);
  const std::string name = path + "-lock";
  Hold hold(open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (hold.file_ < 0) return StoreUnavailable(path, std::strerror(errno));
  if (flock(hold.file_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return StoreUnavailable(path, std::strerror(errno));
    return StoreUnavailable(
        path, fmt::format("{} uses it; stop that first, or choose another folder with --data-dir",
                          HolderOf(hold.file_)));
  }
  const std::string pid = std::to_string(getpid());
  // For the message above only, so that a disk without room for it does no harm.
  if (ftruncate(hold.file_, 0) == 0) {
    [[maybe_unused]] const ssize_t written = pwrite(hold.file_, pid.data(), pid.size(), 0);
  }
  return hold;
}

Hold::~Hold() {
  if (file_ >= 0) close(file_);
}

}  // namespace consilience::common::sqlite
