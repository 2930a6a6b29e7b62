// Which questions a change of what was learned can concern. What is believed of sources moves in
// steps, so of a source that has been judged often nearly every change concerns nobody.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_RELIABILITY_UNSETTLED_H_
#define CONSILIENCE_SERVICES_CORROBORATION_RELIABILITY_UNSETTLED_H_

#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "services/corroboration/reliability/beliefs.h"
#include "services/corroboration/store/records.h"
#include "services/corroboration/store/store.h"

namespace consilience::corroboration {

// A question judges a source in at most this many of its answers; the bound within which the skip
// below is exact.
inline constexpr int kMostJudgedInOneQuestion = 8;

// Whether every question believes the same of the source with `now` as with `before`, whatever it
// left out as its own lesson, for every kind of source.
bool SameAccuracy(const SourceCounts& before, const SourceCounts& now, const Configuration& config);

// What changed since the questions concerned were last looked at. Not thread-safe.
class Unsettled {
 public:
  // What another process, or an earlier one, left to do: everything of these sources is due.
  void Inherit(const std::vector<std::string>& sources);
  void Add(const ChangeSet& changes);
  void Add(const PendingLessons& lessons);

  // Of `sources`, those whose questions are all due: what changed of them is not known here, or may
  // concern any of them. The pairs whose common questions are due likewise. Errors are the store's.
  struct Due {
    std::set<std::string> sources;
    std::set<std::pair<std::string, std::string>> pairs;
    std::set<std::string> questions;  // written since
  };
  absl::StatusOr<Due> Concerned(const std::vector<std::string>& sources, const Learned& now,
                                const std::function<SourceKind(const std::string&)>& kind_of,
                                const Configuration& config) const;

  // `now` as it was before these changes. This must outlive what is returned.
  Learned Before(const Learned& now) const;
  bool Wrote(const std::string& question) const { return questions_.contains(question); }
  bool Moved(const std::string& source) const;

  // The questions of `sources` were looked at, as things stood before the changes in `since`, which
  // are a part of these.
  void Settle(const std::vector<std::string>& sources, const Unsettled& since);

 private:
  using PairId = std::pair<std::string, std::string>;

  void Add(const SourceCounts& delta);
  void Add(const PairCounts& delta);
  absl::StatusOr<bool> SameDependence(const PairId& pair, const Learned& now,
                                      const std::function<SourceKind(const std::string&)>& kind_of,
                                      const Configuration& config) const;

  struct PairHash {
    size_t operator()(const PairId& pair) const {
      const std::hash<std::string> hash;
      return hash(pair.first) * 31 + hash(pair.second);
    }
  };

  std::map<std::string, std::map<std::string, SourceCounts>> counts_;  // source, family → added
  // Pair, family → added. Every write looks here, and pairs are many.
  std::unordered_map<PairId, std::map<std::string, PairCounts>, PairHash> pairs_;
  std::set<std::string> questions_;
  std::set<std::string> inherited_;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_RELIABILITY_UNSETTLED_H_
