// The places of a document as assertions inherit them: which mentions can be where something
// happens, and the one that the text is mostly about.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_FRAMES_SCENE_PLACES_H_
#define CONSILIENCE_SERVICES_EXTRACTION_FRAMES_SCENE_PLACES_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "services/extraction/frames/scene.h"
#include "services/extraction/pack/class_set.h"
#include "services/extraction/place/gazetteer.h"
#include "services/extraction/place/place_finder.h"
#include "services/extraction/population/population_lexicon.h"

namespace consilience::extraction {

// What places are read by; must outlive what reads them.
struct PlaceSources {
  const Gazetteer* gazetteer = nullptr;
  const PlaceFinder* finder = nullptr;
  const PopulationLexicon* lexicon = nullptr;
  ClassId in = 0;          // prepositions that a place follows
  ClassId who = 0;         // "who", "which", "that"
  ClassId have = 0;        // "has", "had"
  ClassId war = 0;         // "war", "uprising"
  ClassId area = 0;        // "camp", "neighbourhood"
  ClassId captured = 0;    // "captured", "seized"
  ClassId taken = 0;       // "taken", "flown"
  ClassId sent = 0;        // "sent", "taken in"
  ClassId with_parts = 0;  // "including", "with"
  ClassId sender = 0;      // "team", "crew": from where it comes is not where it is
  ClassId audience = 0;    // "told reporters", "a news conference"
  ClassId facility = 0;    // "hospital"
  ClassId including = 0;   // "including", "mostly"
};

// Indices of places are those of Scene::places. `titled`: places in the gazetteer that a headline
// names which is no part of the text.
class ScenePlaces {
 public:
  ScenePlaces(const Scene& scene, const PlaceSources& sources,
              const std::vector<AttributionMention>& attributions, std::span<const int> titled);

  const FoundPlace& At(int place) const { return scene_.places()[static_cast<size_t>(place)]; }

  // The first place that starts at or after a token.
  size_t FirstFrom(size_t token) const;

  // The place of places[first, last) whose tokens are nearest to `token`, or -1; of those after it
  // sooner, since English says where after it says what. `of_event`: only where something can
  // happen; else any but those in a speaker's name.
  int Nearest(size_t first, size_t last, size_t token, bool of_event) const;

  // The place itself, or the one in it that it only leads to: "Turkey's | Van province".
  int Innermost(int place) const;

  // The last place of places[first, last) where something can happen, or -1.
  int LastScene(size_t first, size_t last) const;
  // The first such place.
  int NextScene(size_t first, size_t last) const;

  // The first place of the text that is not part of a speaker's name, or -1.
  int First() const;

  // The place in the gazetteer that the text is mostly about, or -1.
  int main() const { return main_; }
  // The id of the country of the main place, or "".
  std::string Country() const;

  // The first mention of the place without an entry in the gazetteer that the text is about, or -1
  // where it is about one that has.
  int main_unlisted() const { return main_unlisted_; }

  // The last mention of the main place or of a side of it among places[0, last), or -1.
  int LastMain(size_t last) const { return last == 0 ? -1 : last_main_[last - 1]; }

  // A place of the gazetteer as a mention of its own.
  PlaceMention Whole(int place) const;

 private:
  bool OpensAgents(const FoundPlace& place) const;
  bool IsAgent(const FoundPlace& place) const;
  bool IsAddress(const FoundPlace& place) const;
  bool EndsName(const FoundPlace& place) const;
  bool Acts(const FoundPlace& place) const;
  bool NamesABody(const FoundPlace& place) const;
  bool IsScene(const FoundPlace& place) const;
  // By their places in the gazetteer.
  bool MayContain(const FoundPlace& outer, const FoundPlace& inner) const;
  bool LeadsOut(size_t begin, size_t end) const;
  bool Qualifies(size_t place) const;
  bool IsPassing(const FoundPlace& place) const;
  bool IsCarriedTo(const FoundPlace& place) const;
  bool IsInHospital(const FoundPlace& place) const;
  bool IsListed(size_t place) const;
  bool ArePeople(size_t token) const;
  bool IsOrigin(const FoundPlace& place) const;
  bool IsSpokenIn(const FoundPlace& place) const;
  bool IsWider(size_t place) const;
  bool IsInAside(const FoundPlace& place, const Span& source) const;
  void ReadSpeakers(const std::vector<AttributionMention>& attributions);
  bool Owns(const FoundPlace& place, size_t limit) const;
  bool IsAdjective(const FoundPlace& place) const;
  bool IsSecondDesk(const FoundPlace& place) const;
  bool IsHome(const FoundPlace& place) const;
  bool IsLocated(const FoundPlace& place) const;
  int AnchorOf(int place) const;
  double VoteOf(size_t place, int64_t& lead) const;
  void ChooseMain(std::span<const int> titled);

  const Scene& scene_;
  const PlaceSources& sources_;
  int main_ = -1;
  int main_unlisted_ = -1;
  std::vector<bool> is_scene_;  // by place: something can happen there
  std::vector<bool> is_wider_;  // by place: says where the next one is
  // By place: where somebody goes or comes from, or the seat of who says it, which other sentences
  // do not inherit.
  std::vector<bool> is_passing_;
  // By place: part of a speaker's name, or a home: "The New York Times said".
  std::vector<bool> is_name_;
  std::vector<int> last_scene_;  // by place: the last one up to there where something can happen
  std::vector<int> last_main_;   // by place: the last mention of the main place up to there
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_FRAMES_SCENE_PLACES_H_
