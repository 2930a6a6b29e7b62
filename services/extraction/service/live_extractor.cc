#include "services/extraction/service/live_extractor.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "services/common/errors/catalogue.h"

namespace consilience::extraction {
namespace {

// The folders in `root`, by name, so that every replica loads them in one order.
absl::StatusOr<std::vector<std::filesystem::path>> PacksIn(const std::filesystem::path& root) {
  std::vector<std::filesystem::path> packs;
  if (root.empty()) return packs;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(root, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->is_directory()) packs.push_back(entry->path());
  }
  if (error) return common::FileUnreadable(root.string(), error.message());
  std::sort(packs.begin(), packs.end());
  return packs;
}

}  // namespace

absl::StatusOr<std::unique_ptr<LiveExtractor>> LiveExtractor::Load(
    const std::filesystem::path& rules, const std::filesystem::path& pack_root) {
  std::unique_ptr<LiveExtractor> live(new LiveExtractor(rules, pack_root));
  if (absl::Status status = live->Reload(); !status.ok()) return status;
  return live;
}

std::shared_ptr<const Extractor> LiveExtractor::Current() const {
  common::MutexLock lock(mutex_);
  return current_;
}

absl::Status LiveExtractor::Reload() {
  const auto packs = PacksIn(pack_root_);
  if (!packs.ok()) return packs.status();
  absl::StatusOr<Extractor> loaded = Extractor::Load(rules_, *packs);
  if (!loaded.ok()) return loaded.status();
  auto extractor = std::make_shared<const Extractor>(*std::move(loaded));
  common::MutexLock lock(mutex_);
  current_ = std::move(extractor);
  return absl::OkStatus();
}

}  // namespace consilience::extraction
