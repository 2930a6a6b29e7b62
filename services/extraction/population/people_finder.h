// Finds the people that a text speaks of, counted or not: "at least 45 people", "a family of six",
// "rebel fighters and people of unknown identity", "141 civilians, including 18 children".
#ifndef CONSILIENCE_SERVICES_EXTRACTION_POPULATION_PEOPLE_FINDER_H_
#define CONSILIENCE_SERVICES_EXTRACTION_POPULATION_PEOPLE_FINDER_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "services/extraction/frames/scene.h"
#include "services/extraction/model/assertion.h"
#include "services/extraction/pack/class_set.h"
#include "services/extraction/population/population_lexicon.h"

namespace consilience::extraction {

struct People {
  uint32_t begin = 0;  // tokens, parts included: "141 civilians, including 18 children,"
  uint32_t end = 0;
  std::optional<Quantity> quantity;  // "a child" is 1
  std::optional<Quantity> whole;     // "nine of the 20": of how many
  Population population;
  std::vector<Subgroup> subgroups;
  ClassSet state;           // "$killed.state" for "six murdered priests" and "72 deaths"
  ClassSet words;           // classes of the noun itself
  bool bare = false;        // a number without a word for people: "killed at least 16"
  bool by_article = false;  // "a child", whose number is its article
  bool of_them = false;     // "13 of whom"
  bool of_dead = false;     // "five of the dead"
  bool asked = false;       // "how many civilians": nobody says
  bool of_the = false;      // "nine of the 20", not "nine of 20"
  bool deaths = false;      // the head is a word for the dead: "bodies", "lives"
};

// Thread-safe. What it is made from must outlive it.
class PeopleFinder {
 public:
  PeopleFinder(const PopulationLexicon& lexicon, const ClassTable& classes);

  // In the order of the text, without overlap.
  std::vector<People> Find(const Scene& scene) const;

 private:
  friend class PeopleScan;

  // The states that the classes of a word give.
  ClassSet StatesOf(const ClassSet& classes) const;

  const PopulationLexicon& lexicon_;
  ClassSet stop_;  // classes that end a noun phrase
  ClassSet participle_;
  ClassSet act_;
  ClassSet verb_;                  // verbs that people may be the object of, and some of saying
  ClassSet noun_;                  // classes of participles that may stand before a noun
  ClassSet count_;                 // classes of nouns that count what became of people: "deaths"
  std::vector<ClassId> state_of_;  // by class: "$killed.state" for "$killed.pp" and "$killed.count"
  ClassId and_;
  ClassId including_;
  ClassId adverb_;
  ClassId determiner_;
  ClassId be_;
  ClassId say_;
  ClassId school_;
  ClassId university_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_POPULATION_PEOPLE_FINDER_H_
