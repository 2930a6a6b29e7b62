// What is known of the sources that a turn meets, fetched a question at a time instead of a source
// or pair at a time. True for as long as the turn is held.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_LEARNED_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_LEARNED_H_

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "services/common/store/postgres/connection.h"
#include "services/corroboration/store/records.h"

namespace consilience::corroboration {

// Belongs to the thread that holds the turn.
class LearnedInTurn {
 public:
  explicit LearnedInTurn(common::postgres::Connection& connection) : connection_(connection) {}

  // Fetches the counts of the sources that are new, and those of their pairs with all met so far.
  absl::Status Meet(const std::set<std::string>& sources);
  absl::StatusOr<SourceCounts> CountsOf(const std::string& source, const std::string& family);
  absl::StatusOr<std::vector<PairCounts>> PairOf(const std::string& first,
                                                 const std::string& second);
  // After a change.
  void Forget();

 private:
  common::postgres::Connection& connection_;
  std::set<std::string> met_;
  std::map<std::pair<std::string, std::string>, SourceCounts> counts_;            // source, family
  std::map<std::pair<std::string, std::string>, std::vector<PairCounts>> pairs_;  // first, second
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_LEARNED_H_
