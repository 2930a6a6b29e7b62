// The batch engine: a table of who says what in, a probability for every candidate answer out.
//
//   absl::StatusOr<TruthTable> table = ReadTable("claims.tsv", "kinds.tsv");
//   absl::StatusOr<TruthResult> result = ScoreTable(*table, {.method = "consilience"});
//   WriteTsv(*table, *result, std::cout);
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_SCORE_TABLE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_SCORE_TABLE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/corroboration/truth/result.h"
#include "services/corroboration/truth/table.h"

namespace consilience::corroboration {

struct TruthOptions {
  std::string method = "consilience";  // one of MethodNames()
};

struct MethodInfo {
  std::string name;
  std::string summary;  // what it is, in a line
  std::string paper;    // where it was published; empty for ours and for counting
};

// All methods, ours first.
const std::vector<MethodInfo>& Methods();

// InvalidArgument for an unknown method; the message lists the known ones. Deterministic: the
// result depends on the table and the options alone.
absl::StatusOr<TruthResult> ScoreTable(const TruthTable& table, const TruthOptions& options);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_SCORE_TABLE_H_
