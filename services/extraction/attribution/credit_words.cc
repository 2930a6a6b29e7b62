#include "services/extraction/attribution/credit_words.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "fmt/format.h"
#include "services/extraction/lexicon/table.h"

namespace consilience::extraction {
namespace {

// In the order of CreditRole.
constexpr std::array<std::string_view, 12> kRoles = {
    "opening", "report", "material", "used",    "contributed", "staff",
    "own",     "rights", "edited",   "written", "matter",      "picture"};

}  // namespace

absl::StatusOr<CreditWords> CreditWords::Load(const std::filesystem::path& file,
                                              Vocabulary& vocabulary) {
  const absl::StatusOr<Table> table =
      Table::Load(file, {.name = "attribution.credits", .columns = {"phrase", "role"}});
  if (!table.ok()) return table.status();
  CreditWords words;
  for (const Table::Row& row : table->rows()) {
    const auto role = std::find(kRoles.begin(), kRoles.end(), row[1]);
    if (role == kRoles.end()) {
      return table->Error(row, fmt::format("role \"{}\" is not known", row[1]));
    }
    const auto payload = static_cast<int32_t>(role - kRoles.begin());
    if (absl::Status status = words.phrases_.Add(vocabulary, row[0], payload); !status.ok()) {
      return table->Error(row, std::string(status.message()));
    }
  }
  return words;
}

}  // namespace consilience::extraction
