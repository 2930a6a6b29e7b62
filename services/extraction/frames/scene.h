// One document while its assertions are being found: the text and what the stages before made of
// it, by token.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_FRAMES_SCENE_H_
#define CONSILIENCE_SERVICES_EXTRACTION_FRAMES_SCENE_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "services/extraction/model/mention.h"
#include "services/extraction/pack/pack_words.h"
#include "services/extraction/place/place_finder.h"
#include "services/extraction/text/text.h"

namespace consilience::extraction {

// What starts at one token. -1 where nothing does.
struct TokenNote {
  int32_t quantity = -1;  // index into Scene::quantities
  int32_t time = -1;      // index into Scene::times
  int32_t place = -1;     // index into Scene::places
  int32_t words = -1;     // payload of PackWords
  uint32_t quantity_end = 0;
  uint32_t time_end = 0;
  uint32_t words_end = 0;
};

// Views of results that must outlive the scene.
class Scene {
 public:
  Scene(const Text& text, const PackWords& pack_words, std::span<const Quantity> quantities,
        std::span<const TimeMention> times, std::span<const FoundPlace> places);

  const Text& text() const { return text_; }
  std::span<const Quantity> quantities() const { return quantities_; }
  std::span<const TimeMention> times() const { return times_; }
  std::span<const FoundPlace> places() const { return places_; }
  const TokenNote& note(size_t token) const { return notes_[token]; }

  // Classes of the longest phrase that starts at `token`; none when no lexicon has it.
  const ClassSet& classes(size_t token) const;
  // The classes that units of a range may have, people left out.
  ClassSet PossibleClasses(const TokenRange& range) const;

 private:
  void NoteWords(const Sentence& sentence);

  const Text& text_;
  const PackWords& pack_words_;
  std::span<const Quantity> quantities_;
  std::span<const TimeMention> times_;
  std::span<const FoundPlace> places_;
  std::vector<TokenNote> notes_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_FRAMES_SCENE_H_
