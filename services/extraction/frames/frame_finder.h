// Matches the rules against the units of a sentence and keeps, of what overlaps, the best.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_FRAMES_FRAME_FINDER_H_
#define CONSILIENCE_SERVICES_EXTRACTION_FRAMES_FRAME_FINDER_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "services/extraction/frames/units.h"
#include "services/extraction/pack/rule_pack.h"
#include "services/extraction/population/people_finder.h"

namespace consilience::extraction {

// One rule that matched, with the units that play its roles.
struct Frame {
  const Rule* rule = nullptr;
  PatternMatch match;
  double score = 0.0;  // the rule's weight, less what speaks against the match
};

// What the text has asserted before.
struct Said {
  Kind kind = Kind::kUnspecified;
  std::string_view measure;
};

// Thread-safe. The packs must outlive it.
class FrameFinder {
 public:
  explicit FrameFinder(const RulePacks& packs);

  // Whether units that have no classes but these could match any rule.
  bool MayMatch(const ClassSet& possible) const;

  // Frames of one sentence in the order of their first units. Rules that follow another assertion
  // speak only if `lately` or the sentence itself has one of their kind and measure.
  std::vector<Frame> Find(const UnitRow& row, std::span<const People> people,
                          std::span<const Said> lately) const;

 private:
  void MatchAll(const UnitRow& row, std::vector<Frame>& frames) const;
  void MatchRule(const Rule& rule, const UnitRow& row, std::vector<Frame>& frames) const;
  bool OpensClause(const UnitRow& row, size_t unit) const;
  bool OpensWithPreposition(const UnitRow& row, size_t unit) const;
  void SpreadOverLists(const UnitRow& row, std::span<const People> people,
                       std::vector<Frame>& frames) const;
  void SpreadOverPlaces(const UnitRow& row, std::span<const People> people,
                        std::vector<Frame>& frames) const;

  const RulePacks& packs_;
  // Rules by one class that each of them requires, so that a sentence pays only for rules that can
  // match it; those that require none are under kMaxClasses.
  std::vector<std::vector<uint32_t>> by_class_;
  std::vector<ClassSet> required_;  // by rule
  ClassSet keys_;                   // classes with rules in by_class_
  ClassId and_;
  ClassSet stops_;  // what ends the search for a verb of a clause
  ClassId report_;
  ClassId in_;
  ClassId determiner_;
  ClassId finite_;  // verbs that a new clause has right after its subject
  ClassId suspect_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_FRAMES_FRAME_FINDER_H_
