// A sentence as patterns see it: a row of units, each a phrase or a word with its classes.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_FRAMES_UNITS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_FRAMES_UNITS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "services/extraction/frames/scene.h"
#include "services/extraction/pack/rule_pack.h"
#include "services/extraction/population/people_finder.h"
#include "services/extraction/population/population_lexicon.h"

namespace consilience::extraction {

struct Unit {
  uint32_t begin = 0;  // tokens
  uint32_t end = 0;
  int32_t people = -1;    // index into the people of the document
  int32_t place = -1;     // index into Scene::places
  int32_t time = -1;      // index into Scene::times
  int32_t quantity = -1;  // index into Scene::quantities
  int32_t party = -1;     // index into PopulationLexicon::party
};

struct UnitRow {
  std::vector<Unit> units;
  std::vector<ClassSet> classes;  // of each unit
  ClassSet present;               // of all units together

  size_t size() const { return units.size(); }
  // The unit that holds a token, or size().
  size_t UnitAt(size_t token) const;
};

// The classes of the unit that `people` make.
void AddClassesOf(const People& people, ClassSet& classes);

// Thread-safe. What it is made from must outlive it.
class UnitBuilder {
 public:
  UnitBuilder(const PopulationLexicon& lexicon, const RulePacks& packs);

  // Fills `row` with the units of one sentence. `people` are those of the document; `next_people`
  // is the first that does not end before the sentence and is moved on to the next sentence.
  void Build(const Scene& scene, const Sentence& sentence, std::span<const People> people,
             size_t& next_people, UnitRow& row) const;

 private:
  void MakeUnit(const Scene& scene, size_t at, size_t limit, Unit& unit, ClassSet& classes) const;
  bool MakeNamed(const Scene& scene, size_t at, size_t limit, Unit& unit, ClassSet& classes) const;
  bool IsMainVerb(const Scene& scene, size_t at, const ClassSet& classes) const;
  void MakeWord(const Scene& scene, size_t at, Unit& unit, ClassSet& classes) const;

  const PopulationLexicon& lexicon_;
  std::vector<bool> ends_gap_;  // by payload of the packs' words
  ClassId adverb_;
  ClassId say_;
  ClassId be_;
  ClassId have_;
  ClassSet participle_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_FRAMES_UNITS_H_
