#include "services/corroboration/store/postgres_learned.h"

#include "services/corroboration/store/postgres_tables.h"

namespace consilience::corroboration {

absl::Status LearnedInTurn::Meet(const std::set<std::string>& sources) {
  std::vector<std::string> fresh;
  for (const std::string& source : sources) {
    if (!met_.contains(source)) fresh.push_back(source);
  }
  if (fresh.empty()) return absl::OkStatus();
  const std::vector<std::string> old(met_.begin(), met_.end());
  std::vector<std::string> all = old;
  all.insert(all.end(), fresh.begin(), fresh.end());
  // Counts have no second source.
  const auto rows = connection_.Query(
      "SELECT source, '', family, correct, wrong, 0::bigint FROM source_count "
      "WHERE project = $1 AND source = ANY($2) UNION ALL "
      "SELECT first, second, family, same_true, same_false, different FROM source_pair "
      "WHERE project = $1 AND first = ANY($2) AND second = ANY($3) UNION ALL "
      "SELECT first, second, family, same_true, same_false, different FROM source_pair "
      "WHERE project = $1 AND second = ANY($2) AND first = ANY($4) ORDER BY 1, 2, 3",
      kProject, fresh, all, old);
  if (!rows.ok()) return rows.status();
  for (int i = 0; i < rows->size(); ++i) {
    std::string first = rows->String(i, 0);
    std::string second = rows->String(i, 1);
    std::string family = rows->String(i, 2);
    if (second.empty()) {
      counts_[{first, family}] = {first, family, rows->Int(i, 3), rows->Int(i, 4)};
    } else {
      pairs_[{first, second}].push_back(
          {first, second, family, rows->Int(i, 3), rows->Int(i, 4), rows->Int(i, 5)});
    }
  }
  met_.insert(fresh.begin(), fresh.end());
  return absl::OkStatus();
}

absl::StatusOr<SourceCounts> LearnedInTurn::CountsOf(const std::string& source,
                                                     const std::string& family) {
  if (absl::Status status = Meet({source}); !status.ok()) return status;
  const auto found = counts_.find({source, family});
  return found != counts_.end() ? found->second : SourceCounts{source, family, 0, 0};
}

absl::StatusOr<std::vector<PairCounts>> LearnedInTurn::PairOf(const std::string& first,
                                                              const std::string& second) {
  if (absl::Status status = Meet({first, second}); !status.ok()) return status;
  const auto found = pairs_.find({first, second});
  return found != pairs_.end() ? found->second : std::vector<PairCounts>();
}

void LearnedInTurn::Forget() {
  met_.clear();
  counts_.clear();
  pairs_.clear();
}

}  // namespace consilience::corroboration
