// What questions teach of sources: how often each is right, and which of them err together.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MODEL_LESSONS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MODEL_LESSONS_H_

#include <cstdint>
#include <string>
#include <vector>

namespace consilience::corroboration {

// What a question says of a source's accuracy, in millionths of a statement, so that sums do not
// depend on their order.
struct Contribution {
  std::string source;
  std::string family;
  int64_t right = 0;
  int64_t wrong = 0;
  friend bool operator==(const Contribution&, const Contribution&) = default;
};

// What a question says of two sources that both answer it, in millionths of a question: that they
// share a right answer, a wrong one, or none.
struct PairCounts {
  std::string first;  // ids, first < second
  std::string second;
  std::string family;
  int64_t same_true = 0;
  int64_t same_false = 0;
  int64_t different = 0;
  friend bool operator==(const PairCounts&, const PairCounts&) = default;
};

struct Lessons {
  std::vector<Contribution> accuracies;  // by source
  std::vector<PairCounts> pairs;         // by first, second
  friend bool operator==(const Lessons&, const Lessons&) = default;
};

// What all questions of a family say of a source.
struct SourceCounts {
  std::string source;
  std::string family;
  int64_t right = 0;  // millionths of a statement
  int64_t wrong = 0;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MODEL_LESSONS_H_
