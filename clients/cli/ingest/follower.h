// What is new in folders and at addresses since the last look.
#ifndef CONSILIENCE_CLIENTS_CLI_INGEST_FOLLOWER_H_
#define CONSILIENCE_CLIENTS_CLI_INGEST_FOLLOWER_H_

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "clients/cli/ingest/item_reader.h"
#include "clients/cli/ingest/plan.h"

namespace consilience::cli {

// A file is due once it has come to rest: the same size and time at two looks, or an age of
// `settled`. It is due again when either changes. Not thread-safe.
class Follower {
 public:
  using Clock = std::chrono::steady_clock;

  Follower(std::chrono::milliseconds settled, std::chrono::milliseconds fetch_every)
      : settled_(settled), fetch_every_(fetch_every) {}

  // Those of `found` that are due at `now`.
  std::vector<PlannedSource> Due(const std::vector<PlannedSource>& found, Clock::time_point now);

  // All that was due last has been taken in or refused. Without this call it is due again.
  void Done(const KnownVersions& versions);

  const KnownVersions& versions() const { return versions_; }

 private:
  struct Look {
    std::uintmax_t bytes = 0;
    std::filesystem::file_time_type::rep written = 0;  // ticks of the file clock
    friend bool operator==(const Look&, const Look&) = default;
  };

  bool IsDue(const std::string& file, const Look& look, bool settled);

  const std::chrono::milliseconds settled_;
  const std::chrono::milliseconds fetch_every_;
  std::map<std::string, Look> last_;  // looks at files
  std::map<std::string, Look> taken_;
  std::map<std::string, Look> offered_;
  std::map<std::string, Clock::time_point> next_fetch_;
  KnownVersions versions_;
};

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_INGEST_FOLLOWER_H_
