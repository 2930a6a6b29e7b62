// Notices that files were replaced, without a thread of its own.
#ifndef CONSILIENCE_SERVICES_COMMON_SERVER_FILE_WATCH_H_
#define CONSILIENCE_SERVICES_COMMON_SERVER_FILE_WATCH_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"

namespace consilience::common {

// Looks at most once in `every`; whoever needs the files asks. Not thread-safe.
class FileWatch {
 public:
  FileWatch(std::vector<std::string> files, absl::Duration every)
      : files_(std::move(files)), every_(every), seen_(State()) {}

  // True once after the files have changed.
  bool Changed(absl::Time now);

 private:
  // Identity, size and time of the last change of every file, links followed. A file that is away
  // has a state too.
  std::string State() const;

  std::vector<std::string> files_;
  absl::Duration every_;
  absl::Time looked_ = absl::InfinitePast();
  std::string seen_;
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_SERVER_FILE_WATCH_H_
