#include "services/corroboration/store/postgres_learned.h"

#include "services/corroboration/reliability/lesson_sums.h"
#include "services/corroboration/store/postgres_tables.h"

namespace consilience::corroboration {

namespace {

// Sources that are remembered from turn to turn, at most, with their pairs.
constexpr size_t kMostMet = 2000;

}  // namespace

void LearnedInTurn::Begin(common::postgres::Connection& connection, int64_t writes) {
  connection_ = &connection;
  if (known_at_ != writes || met_.size() > kMostMet) {
    met_.clear();
    counts_.clear();
    pairs_.clear();
  }
  writes_ = writes;
  known_at_ = -1;
}

void LearnedInTurn::End(bool kept) {
  connection_ = nullptr;
  known_at_ = kept ? writes_ : -1;
}

absl::Status LearnedInTurn::Meet(const std::set<std::string>& sources) {
  std::vector<std::string> fresh;
  for (const std::string& source : sources) {
    if (!met_.contains(source)) fresh.push_back(source);
  }
  if (fresh.empty()) return absl::OkStatus();
  const std::vector<std::string> old(met_.begin(), met_.end());
  std::vector<std::string> all = old;
  all.insert(all.end(), fresh.begin(), fresh.end());
  // Counts have no second source. One list is looked up in the index and the other is a filter:
  // both in the index would look for every pair of the lists.
  const auto rows = connection_->Query(
      "SELECT source, '', family, correct, wrong, 0::bigint FROM source_count "
      "WHERE project = $1 AND source = ANY($2) UNION ALL "
      "SELECT first, second, family, same_true, same_false, different FROM source_pair "
      "WHERE project = $1 AND first = ANY($2) AND second || '' = ANY($3) UNION ALL "
      "SELECT first, second, family, same_true, same_false, different FROM source_pair "
      "WHERE project = $1 AND second = ANY($2) AND first || '' = ANY($4) ORDER BY 1, 2, 3",
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

void LearnedInTurn::Add(const ChangeSet& changes) {
  ++writes_;
  for (const SourceCounts& added : changes.add_counts) {
    if (!met_.contains(added.source)) continue;
    SourceCounts& sum = counts_[{added.source, added.family}];
    sum = {added.source, added.family, sum.right + added.right, sum.wrong + added.wrong};
  }
  for (const PairCounts& added : changes.add_pairs) {
    if (!met_.contains(added.first) || !met_.contains(added.second)) continue;
    AddTo(added, pairs_[{added.first, added.second}]);
  }
}

}  // namespace consilience::corroboration
