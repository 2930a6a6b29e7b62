// What questions teach of sources, added up.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_RELIABILITY_LESSON_SUMS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_RELIABILITY_LESSON_SUMS_H_

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "services/corroboration/model/lessons.h"

namespace consilience::corroboration {

class LessonSums {
 public:
  // Takes them away again where `sign` is -1.
  void Add(const Lessons& lessons, int sign);

  // Those that are not nothing, by source and family, and by pair and family.
  std::vector<SourceCounts> Counts() const;
  std::vector<PairCounts> Pairs() const;

 private:
  std::map<std::pair<std::string, std::string>, SourceCounts> counts_;
  std::map<std::tuple<std::string, std::string, std::string>, PairCounts> pairs_;
};

// Adds to a sum, which may be new, of the same source or pair and family.
void AddTo(const SourceCounts& added, SourceCounts& sum);
void AddTo(const PairCounts& added, PairCounts& sum);

// Adds to the counts of a pair, which are sorted by family.
void AddTo(const PairCounts& added, std::vector<PairCounts>& families);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_RELIABILITY_LESSON_SUMS_H_
