// What is known of the sources that turns meet, fetched a question at a time instead of a source or
// pair at a time. True for as long as the turn is held, and in the next one of this process unless
// another wrote in between.
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
  // `writes` counts the changes of all processes, as the store has it when the turn begins.
  void Begin(common::postgres::Connection& connection, int64_t writes);
  // Whether what the turn did is kept.
  void End(bool kept);

  // Fetches the counts of the sources that are new, and those of their pairs with all met so far.
  absl::Status Meet(const std::set<std::string>& sources);
  absl::StatusOr<SourceCounts> CountsOf(const std::string& source, const std::string& family);
  absl::StatusOr<std::vector<PairCounts>> PairOf(const std::string& first,
                                                 const std::string& second);
  // What the turn itself adds to it, one write.
  void Add(const ChangeSet& changes);

 private:
  common::postgres::Connection* connection_ = nullptr;
  int64_t writes_ = 0;     // with those of this turn
  int64_t known_at_ = -1;  // writes of which all below knows
  std::set<std::string> met_;
  std::map<std::pair<std::string, std::string>, SourceCounts> counts_;            // source, family
  std::map<std::pair<std::string, std::string>, std::vector<PairCounts>> pairs_;  // first, second
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_LEARNED_H_
