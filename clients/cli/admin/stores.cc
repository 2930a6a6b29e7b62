#include "clients/cli/admin/stores.h"

#include <array>
#include <filesystem>
#include <span>
#include <utility>

#include "services/common/store/postgres/target.h"
#include "services/corroboration/store/layout.h"
#include "services/ingest/store/layout.h"

namespace consilience::cli {
namespace {

using common::transfer::Access;
using common::transfer::Layout;
using common::transfer::StoreTables;

bool IsDatabase(const std::string& place) {
  return place.starts_with("postgres://") || place.starts_with("postgresql://") ||
         place.starts_with("file:");
}

absl::StatusOr<std::unique_ptr<StoreTables>> OpenDatabase(const std::string& place,
                                                          std::span<const Layout* const> layouts,
                                                          Access access) {
  const auto target = common::postgres::ReadTarget(place);
  if (!target.ok()) return target.status();
  return common::transfer::OpenPostgres(*target, layouts, access);
}

absl::StatusOr<std::unique_ptr<StoreTables>> OpenOne(const std::string& place, const Layout& layout,
                                                     Access access) {
  const std::array<const Layout*, 1> layouts = {&layout};
  return IsDatabase(place) ? OpenDatabase(place, layouts, access)
                           : common::transfer::OpenSqlite(place, layout, access);
}

absl::StatusOr<StorePlaces> Complete(StorePlaces places) {
  if (places.both.empty() && (places.ingest.empty() || places.corroboration.empty())) {
    return absl::InvalidArgumentError(
        "say where the stores are: --store FOLDER|URI, or --ingest-store and "
        "--corroboration-store");
  }
  const auto below = [&](const char* service) {
    return IsDatabase(places.both) ? places.both
                                   : (std::filesystem::path(places.both) / service).string();
  };
  if (places.ingest.empty()) places.ingest = below("ingest");
  if (places.corroboration.empty()) places.corroboration = below("corroboration");
  return places;
}

}  // namespace

absl::StatusOr<InstallationStores> OpenInstallation(const StorePlaces& given, Access access) {
  const auto places = Complete(given);
  if (!places.ok()) return places.status();
  const std::array<const Layout*, 2> layouts = {&ingest::StoreLayout(),
                                                &corroboration::StoreLayout()};
  InstallationStores opened;
  // One database gives one snapshot, and takes everything or nothing.
  if (IsDatabase(places->ingest) && places->ingest == places->corroboration) {
    auto store = OpenDatabase(places->ingest, layouts, access);
    if (!store.ok()) return store.status();
    opened.stores.push_back(*std::move(store));
    for (const Layout* const layout : layouts) {
      opened.parts.push_back({layout, opened.stores.front().get()});
    }
    return opened;
  }
  const std::array<std::string, 2> each = {places->ingest, places->corroboration};
  for (size_t i = 0; i < layouts.size(); ++i) {
    auto store = OpenOne(each.at(i), *layouts.at(i), access);
    if (!store.ok()) return store.status();
    opened.stores.push_back(*std::move(store));
    opened.parts.push_back({layouts.at(i), opened.stores.back().get()});
  }
  return opened;
}

std::vector<common::transfer::Part> PartsOnly() {
  return {{&ingest::StoreLayout(), nullptr}, {&corroboration::StoreLayout(), nullptr}};
}

}  // namespace consilience::cli
