#include "services/extraction/attribution/organisations.h"

#include <algorithm>
#include <string_view>

#include "services/extraction/lexicon/table.h"

namespace consilience::extraction {

absl::StatusOr<Organisations> Organisations::Load(const std::filesystem::path& file,
                                                  Vocabulary& vocabulary) {
  const absl::StatusOr<Table> table = Table::Load(
      file, {.name = "attribution.organisations", .columns = {"id", "name", "kind", "aliases"}});
  if (!table.ok()) return table.status();
  Organisations all;
  for (const Table::Row& row : table->rows()) {
    if (row[0].empty() || row[1].empty() || row[2].empty()) {
      return table->Error(row, "id, name and kind must not be empty");
    }
    const auto index = static_cast<int32_t>(all.organisations_.size());
    all.organisations_.push_back({row[0], row[1], row[2]});
    std::string_view rest = row[3];
    absl::Status status = all.names_.Add(vocabulary, row[1], index);
    while (status.ok() && !rest.empty()) {
      const size_t bar = std::min(rest.find('|'), rest.size());
      status = all.names_.Add(vocabulary, rest.substr(0, bar), index);
      rest.remove_prefix(std::min(bar + 1, rest.size()));
    }
    if (!status.ok()) return table->Error(row, std::string(status.message()));
  }
  return all;
}

std::optional<int32_t> Organisations::Find(std::string_view id) const {
  for (size_t i = 0; i < organisations_.size(); ++i) {
    if (organisations_[i].id == id) return static_cast<int32_t>(i);
  }
  return std::nullopt;
}

std::string_view Organisations::KindOf(std::string_view name) const {
  const auto found =
      std::find_if(organisations_.begin(), organisations_.end(),
                   [&](const Organisation& organisation) { return organisation.name == name; });
  return found == organisations_.end() ? std::string_view() : std::string_view(found->kind);
}

}  // namespace consilience::extraction
