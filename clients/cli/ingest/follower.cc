#include "clients/cli/ingest/follower.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "services/ingest/fetch/fetch.h"

namespace consilience::cli {

namespace fs = std::filesystem;

std::vector<PlannedSource> Follower::Due(const std::vector<PlannedSource>& found,
                                         Clock::time_point now) {
  std::vector<PlannedSource> due;
  offered_.clear();
  for (const PlannedSource& source : found) {
    if (ingest::IsHttpUrl(source.name)) {
      Clock::time_point& next = next_fetch_[source.name];
      if (now < next) continue;
      next = now + fetch_every_;
      due.push_back(source);
      continue;
    }
    std::error_code error;
    const auto written = fs::last_write_time(source.name, error);
    if (error) continue;  // gone since it was listed
    const Look look{source.bytes, written.time_since_epoch().count()};
    const bool settled = fs::file_time_type::clock::now() - written >= settled_;
    if (IsDue(source.name, look, settled)) {
      due.push_back(source);
      offered_[source.name] = look;
    }
    last_[source.name] = look;
  }
  return due;
}

bool Follower::IsDue(const std::string& file, const Look& look, bool settled) {
  const auto taken = taken_.find(file);
  if (taken != taken_.end() && taken->second == look) return false;
  const auto last = last_.find(file);
  return settled || (last != last_.end() && last->second == look);
}

void Follower::Done(const KnownVersions& versions) {
  for (const auto& [file, look] : std::exchange(offered_, {})) taken_[file] = look;
  for (const auto& [url, validators] : versions) versions_[url] = validators;
}

}  // namespace consilience::cli
