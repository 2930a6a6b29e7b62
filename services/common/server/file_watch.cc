#include "services/common/server/file_watch.h"

#include <fmt/format.h>
#include <sys/stat.h>

namespace consilience::common {

std::string FileWatch::State() const {
  std::string state;
  for (const std::string& file : files_) {
    struct stat found {};
    if (stat(file.c_str(), &found) != 0) found = {};
    state += fmt::format("{}:{}:{}:{}.{} ", found.st_dev, found.st_ino, found.st_size,
                         found.st_ctim.tv_sec, found.st_ctim.tv_nsec);
  }
  return state;
}

bool FileWatch::Changed(absl::Time now) {
  if (now - looked_ < every_) return false;
  looked_ = now;
  std::string state = State();
  if (state == seen_) return false;
  seen_ = std::move(state);
  return true;
}

}  // namespace consilience::common
