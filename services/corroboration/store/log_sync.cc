#include "services/corroboration/store/log_sync.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "services/common/errors/catalogue.h"

namespace consilience::corroboration {

using common::MutexLock;

absl::StatusOr<std::unique_ptr<LogSync>> LogSync::Open(const std::string& database) {
  const std::string path = database + "-wal";
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return common::StoreUnavailable(path, std::strerror(errno));
  return std::unique_ptr<LogSync>(new LogSync(file, path));
}

LogSync::~LogSync() { close(file_); }

void LogSync::Committed() {
  const MutexLock lock(mutex_);
  ++committed_;
}

absl::Status LogSync::Wait() {
  uint64_t wanted = 0;
  {
    const MutexLock lock(mutex_);
    wanted = committed_;
  }
  while (true) {
    uint64_t upto = 0;
    {
      MutexLock lock(mutex_);
      const auto idle = [&]() NO_THREAD_SAFETY_ANALYSIS { return !syncing_ || synced_ >= wanted; };
      done_.Wait(lock, idle);
      if (!failure_.ok()) return failure_;
      if (synced_ >= wanted) return absl::OkStatus();
      syncing_ = true;
      upto = committed_;
    }
    const int error = fdatasync(file_) == 0 ? 0 : errno;
    const MutexLock lock(mutex_);
    syncing_ = false;
    if (error == 0) synced_ = upto;
    if (error != 0) failure_ = common::StoreUnavailable(path_, std::strerror(error));
    done_.NotifyAll();
    if (error != 0) return failure_;
  }
}

}  // namespace consilience::corroboration
