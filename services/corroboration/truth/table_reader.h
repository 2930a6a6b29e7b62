// Tab-separated claims and kinds, as bytes arrive.
//
// Claims: object, attribute, source, value and, optionally, time; one claim a line.
// Kinds: attribute, kind. Blank lines are skipped, and so is a first line that consists of the
// columns' names; one that names them in another order is refused. A line may end in CR LF.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_TABLE_READER_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_TABLE_READER_H_

#include <cstddef>
#include <functional>
#include <istream>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/corroboration/truth/table_builder.h"

namespace consilience::corroboration {

struct ReadProgress {
  std::size_t bytes = 0;
  std::size_t claims = 0;
};
using ProgressCallback = std::function<void(const ReadProgress&)>;

// `name` stands for the input in messages. InvalidArgument: file, line, field and what is expected.
absl::StatusOr<Kinds> ReadKinds(std::istream& in, const std::string& name);

// A line of claims; the views live for the call only.
struct ClaimLine {
  std::string_view object;
  std::string_view attribute;
  std::string_view source;
  std::string_view value;
  std::string_view time;  // empty when not given
};
using ClaimSink = std::function<absl::Status(const ClaimLine&)>;

// Calls `sink` for every line, and `progress`, when there is one, about once a megabyte.
absl::Status ReadClaims(std::istream& in, const std::string& name, const ClaimSink& sink,
                        const ProgressCallback& progress = nullptr);

// Into a builder.
absl::Status ReadClaims(std::istream& in, const std::string& name, TableBuilder* builder,
                        const ProgressCallback& progress = nullptr);

// Reads the kinds from a file; none when `path` is empty.
absl::StatusOr<Kinds> ReadKindsFile(const std::string& path);

// Opens files; "-" is standard input for the claims. An empty `kinds_path` means no kinds are
// given.
absl::StatusOr<TruthTable> ReadTable(const std::string& claims_path, const std::string& kinds_path,
                                     const ProgressCallback& progress = nullptr);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_TABLE_READER_H_
