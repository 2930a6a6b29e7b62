#include "services/extraction/frames/scene.h"

#include <algorithm>

namespace consilience::extraction {
namespace {

const ClassSet kNoClasses;

// Calls note(index, first token, token after the last) for every mention; mentions are in the order
// of the text.
template <typename Mention, typename Note>
void ForTokens(const Text& text, std::span<const Mention> mentions, const Note& note) {
  size_t token = 0;
  for (size_t i = 0; i < mentions.size(); ++i) {
    const Span span = mentions[i].span;
    while (token < text.size() && text[token].span.end <= span.begin) ++token;
    size_t end = token;
    while (end < text.size() && text[end].span.begin < span.end) ++end;
    if (end > token) note(static_cast<int32_t>(i), token, end);
  }
}

}  // namespace

Scene::Scene(const Text& text, const PackWords& pack_words, std::span<const Quantity> quantities,
             std::span<const TimeMention> times, std::span<const FoundPlace> places)
    : text_(text),
      pack_words_(pack_words),
      quantities_(quantities),
      times_(times),
      places_(places),
      notes_(text.size()) {
  ForTokens(text, quantities, [this](int32_t i, size_t begin, size_t end) {
    notes_[begin].quantity = i;
    notes_[begin].quantity_end = static_cast<uint32_t>(end);
  });
  ForTokens(text, times, [this](int32_t i, size_t begin, size_t end) {
    notes_[begin].time = i;
    notes_[begin].time_end = static_cast<uint32_t>(end);
  });
  for (size_t i = 0; i < places.size(); ++i) {
    notes_[places[i].begin].place = static_cast<int32_t>(i);
  }
  for (const Sentence& sentence : text.sentences()) NoteWords(sentence);
}

void Scene::NoteWords(const Sentence& sentence) {
  constexpr size_t kAhead = 8;  // tokens whose phrases are fetched from memory
  const Lexicon& lexicon = pack_words_.lexicon();
  for (size_t i = sentence.begin; i < sentence.end; ++i) {
    if (i + kAhead < text_.size()) lexicon.Prefetch(text_[i + kAhead]);
    if (const auto match = lexicon.Longest(text_.tokens(), i, sentence.end)) {
      notes_[i].words = match->payload;
      notes_[i].words_end = match->end;
    }
  }
}

const ClassSet& Scene::classes(size_t token) const {
  const int32_t words = notes_[token].words;
  return words < 0 ? kNoClasses : pack_words_.classes(words);
}

ClassSet Scene::PossibleClasses(const TokenRange& range) const {
  ClassSet all;
  for (const ClassId id : {kTime, kParty, kName, kComma, kStrong, kQuote, kWord, kFiller, kSkip}) {
    all.set(id);
  }
  for (size_t i = range.begin; i < range.end; ++i) {
    const TokenNote& note = notes_[i];
    if (note.words >= 0) all |= pack_words_.classes(note.words);
    if (note.place >= 0) all.set(kPlace);
    if (note.quantity >= 0) {
      all.set(kNumber);
      all.set(kFraction);
    }
  }
  return all;
}

}  // namespace consilience::extraction
