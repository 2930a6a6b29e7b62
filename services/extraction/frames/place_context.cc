#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/extraction/frames/context.h"
#include "services/extraction/place/place_cues.h"

namespace consilience::extraction {
namespace {

// Tokens between a war and the verb that says what it did: "the war, which began in 2011, killed".
constexpr size_t kWarReach = 28;
// Tokens between "a" and the noun of "a key opposition-held neighbourhood".
constexpr size_t kNounReach = 6;
// Tokens between "to" and the place of "to other areas inside eastern Aleppo".
constexpr size_t kHeadReach = 4;
// Tokens after an assertion's own words in which its object may stand: "flee the neighbourhood".
constexpr size_t kObjectReach = 4;
// Tokens around a verb in which its subject and its adjuncts are looked for.
constexpr size_t kClauseReach = 40;
// Tokens from "where" to the words of the assertion, and back to the name: "Homs, in the west,
// where at least 12 people died".
constexpr size_t kWhereReach = 4;
constexpr size_t kAsideReach = 12;
// Attributions and places that are looked at before giving up.
constexpr size_t kSpeakersBack = 16;
constexpr size_t kPlacesBack = 64;

struct Inherited {
  PlaceMention place;
  std::string from;
  bool near = false;  // from the sentence of the draft
};

// The first token within kClauseReach before a verb.
size_t Before(size_t verb) { return verb > kClauseReach ? verb - kClauseReach : 0; }

// A sentence that begins with such a word is about what the one before told.
bool GoesOn(const Text& text, size_t token) {
  const std::string_view word = text.Lower(token);
  return word == "the" || word == "this" || word == "that" || word == "it";
}

bool IsPronoun(std::string_view word) {
  return word == "he" || word == "she" || word == "they" || word == "it";
}

class PlaceContext {
 public:
  PlaceContext(const Scene& scene, const ScenePlaces& places, const PlaceSources& sources,
               const std::vector<AttributionMention>& attributions)
      : scene_(scene), sources_(sources), attributions_(attributions), places_(places) {
    for (const Segment& segment : scene.text().segments()) {
      if (segment.kind == SegmentKind::kDateline) datelines_.push_back(segment);
    }
  }

  // `taken` is the last assertion before that somebody took a place, or null.
  void Resolve(Draft& draft, const Draft* taken) const {
    PlaceMention& place = draft.assertion.place;
    if (place.name.empty()) {
      if (const int own = Own(draft); own >= 0) place = MentionAt(own);
    } else {
      Narrow(draft);
    }
    if (const int named = NamedNext(draft); named >= 0) {
      Inherit(draft, {MentionAt(named), "the sentence after, which names it"});
      return;
    }
    if (!place.name.empty()) return;
    if (taken != nullptr && draft.assertion.kind == Kind::kControl && SpeaksOfTaken(draft)) {
      Inherit(draft, {taken->assertion.place, "the capture that it speaks of"});
      return;
    }
    if (auto inherited = FromContext(draft)) Inherit(draft, *std::move(inherited));
  }

 private:
  const PlaceMention& MentionAt(int place) const { return places_.At(place).mention; }

  // "an attack in Nigeria | 's Borno state": the rule's words end with the wider place.
  void Narrow(Draft& draft) const {
    const int last = static_cast<int>(places_.FirstFrom(draft.end)) - 1;
    if (last < 0 || MentionAt(last).id != draft.assertion.place.id) return;
    if (const int inner = places_.Innermost(last); inner != last) {
      draft.assertion.place = MentionAt(inner);
    }
  }

  static void Inherit(Draft& draft, Inherited inherited) {
    PlaceMention& place = draft.assertion.place;
    place = std::move(inherited.place);
    place.span = {};
    place.inherited = true;
    place.reason = "inherited from " + inherited.from;
    draft.placed = inherited.near;
  }

  std::optional<Inherited> FromContext(const Draft& draft) const;
  std::optional<Inherited> FromParagraph(const Draft& draft) const;
  std::optional<Inherited> FromDocument(const Draft& draft) const;
  int LeadElsewhere(const Segment& dateline, int place) const;
  int WhereOf(const Draft& draft) const;
  size_t EndOfWhole(const Draft& draft) const;
  bool SpeakerGoesOn(const Draft& draft) const;
  int Own(const Draft& draft) const;
  bool IsDestination(const FoundPlace& place) const;
  enum class War { kNone, kSpan, kActs };  // not spoken of; the count is over it; it does it
  War WarOf(const Draft& draft) const;
  bool Acts(size_t war, size_t verb) const;
  bool Reported(const Draft& draft, size_t token) const;
  Inherited Country() const;
  int Definite(const Draft& draft) const;
  bool SpeaksOfTaken(const Draft& draft) const;
  int NamedNext(const Draft& draft) const;
  std::optional<std::string_view> UnnamedArea(const Draft& draft) const;
  bool NamesTheArea(const FoundPlace& place, std::string_view noun, size_t limit) const;
  bool IsDefinite(size_t token) const;

  const Scene& scene_;
  const PlaceSources& sources_;
  const std::vector<AttributionMention>& attributions_;
  const ScenePlaces& places_;
  std::vector<Segment> datelines_;
};

// "to safer parts of the city", "inside the east".
bool PlaceContext::IsDestination(const FoundPlace& place) const {
  for (size_t back = 1; back <= kHeadReach && back <= place.begin; ++back) {
    const std::string_view word = scene_.text().Lower(place.begin - back);
    if (word == "to" || word == "into" || word == "towards" || word == "toward") return true;
    if (word == "from" || word == "of") return false;
  }
  return false;
}

// The place among an assertion's own words, or -1. People flee from where they are and not from
// where they go; who brokers a truce is not where it holds.
int PlaceContext::Own(const Draft& draft) const {
  const size_t first = places_.FirstFrom(draft.begin);
  const size_t last = places_.FirstFrom(draft.end);
  if (draft.assertion.kind != Kind::kDisplacement) {
    const Kind kind = draft.assertion.kind;
    const bool of_event =
        kind == Kind::kAgreement || kind == Kind::kCasualty || kind == Kind::kNumericFact;
    return places_.Nearest(first, last, draft.trigger, of_event);
  }
  const size_t verb = places_.FirstFrom(draft.trigger);
  if (const int home = places_.LastScene(first, verb); home >= 0) return home;
  for (size_t i = verb; i < last; ++i) {
    if (!IsDestination(scene_.places()[i])) return static_cast<int>(i);
  }
  return -1;
}

// "… a doctor said in Homs. [new paragraph] He said …": the scene goes on with its speaker, who is
// a pronoun and the first to speak in the paragraph.
bool PlaceContext::SpeakerGoesOn(const Draft& draft) const {
  if (draft.assertion.attribution < 0) return false;
  const auto& source = attributions_[static_cast<size_t>(draft.assertion.attribution)].source;
  const Text& text = scene_.text();
  if (source.empty() || !IsPronoun(text.Lower(text.TokenAtStored(source.front().begin)))) {
    return false;
  }
  const size_t begin = text.paragraphs()[text.sentences()[draft.sentence].paragraph].span.begin;
  // In the order of their cues.
  const auto last = static_cast<size_t>(draft.assertion.attribution);
  for (size_t i = last; i-- > 0 && last - i <= kSpeakersBack;) {
    const AttributionMention& other = attributions_[i];
    if (other.cue.empty() || other.cue.front().begin < begin) return true;
    if (!other.source.empty() && other.source.front().begin < source.front().begin) return false;
  }
  return true;
}

// "the war that has killed", "the conflict, which began in 2011, has killed", "the uprising has
// left": the war is who does it.
bool PlaceContext::Acts(size_t war, size_t verb) const {
  const auto is = [&](size_t at, ClassId id) { return at < verb && scene_.classes(at)[id]; };
  size_t next = war + 1;
  if (next < verb && scene_.text()[next].mark == ',') ++next;
  if (is(next, sources_.who)) return true;
  while (is(next, sources_.have)) ++next;
  return next == verb;
}

// What a whole war did, it did in the whole country: "the war that has killed 300,000 people",
// "450 reporters have died since the conflict began".
PlaceContext::War PlaceContext::WarOf(const Draft& draft) const {
  if (draft.assertion.kind != Kind::kCasualty && draft.assertion.kind != Kind::kDisplacement) {
    return War::kNone;
  }
  const Text& text = scene_.text();
  const Sentence& sentence = text.sentences()[draft.sentence];
  War found = War::kNone;
  const size_t first = std::max<size_t>(sentence.begin, Before(draft.trigger));
  const size_t last = std::min<size_t>(sentence.end, draft.trigger + kClauseReach);
  for (size_t i = first; i < last; ++i) {
    if (!scene_.classes(i)[sources_.war] || !Reported(draft, i)) continue;
    const bool near = i < draft.trigger && draft.trigger - i <= kWarReach;
    if (near && places_.FirstFrom(i) == places_.FirstFrom(draft.trigger) &&
        Acts(i, draft.trigger)) {
      return War::kActs;
    }
    for (size_t back = 1; back <= kNounReach && i >= sentence.begin + back; ++back) {
      if (text.Lower(i - back) == "since") found = War::kSpan;
    }
  }
  return found;
}

// A token is among the words that the draft's speaker says, where it has one.
bool PlaceContext::Reported(const Draft& draft, size_t token) const {
  if (draft.assertion.attribution < 0) return true;
  const auto& content = attributions_[static_cast<size_t>(draft.assertion.attribution)].content;
  const Span span = scene_.text()[token].span;
  return std::any_of(content.begin(), content.end(), [&](const Span& part) {
    return part.begin <= span.begin && span.end <= part.end;
  });
}

Inherited PlaceContext::Country() const {
  return {places_.Whole(sources_.gazetteer->CountryOf(places_.main())),
          "the war that is spoken of, which is the country's"};
}

// "flee the neighbourhood", "control of the town": the last place of that kind.
int PlaceContext::Definite(const Draft& draft) const {
  const Text& text = scene_.text();
  const Sentence& sentence = text.sentences()[draft.sentence];
  const size_t limit = std::min<size_t>(sentence.end, draft.end + kObjectReach);
  for (size_t i = draft.begin; i + 1 < limit; ++i) {
    if (text.Lower(i) != "the" && text.Lower(i) != "this") continue;
    const Cue kind = sources_.finder->KindAt(text, i + 1, limit);
    if (kind != Cue::kNeighbourhood && kind != Cue::kTown && kind != Cue::kCity) continue;
    const uint32_t oldest = sentence.paragraph > 0 ? sentence.paragraph - 1 : 0;
    const size_t after = places_.FirstFrom(i);
    for (size_t at = after; at-- > 0 && after - at <= kPlacesBack;) {
      const FoundPlace& place = scene_.places()[at];
      if (text.sentences()[text[place.begin].sentence].paragraph < oldest) break;
      if (place.place >= 0 && Fits(sources_.gazetteer->at(place.place).level, kind)) {
        return static_cast<int>(at);
      }
    }
  }
  return -1;
}

// "The captured area had been in rebel hands": what the assertion of control before was about.
bool PlaceContext::SpeaksOfTaken(const Draft& draft) const {
  const Sentence& sentence = scene_.text().sentences()[draft.sentence];
  for (size_t i = std::max<size_t>(sentence.begin, Before(draft.trigger)) + 1;
       i + 1 < draft.trigger; ++i) {
    const ClassSet& classes = scene_.classes(i);
    if (scene_.text().Lower(i - 1) == "the" && (classes[sources_.captured]) &&
        scene_.classes(i + 1)[sources_.area]) {
      return true;
    }
  }
  return false;
}

std::optional<Inherited> PlaceContext::FromContext(const Draft& draft) const {
  const Text& text = scene_.text();
  const Sentence& sentence = text.sentences()[draft.sentence];
  const War war = places_.main() >= 0 ? WarOf(draft) : War::kNone;
  if (war == War::kActs) return Country();
  if (const int area = Definite(draft); area >= 0) {
    return Inherited{MentionAt(area), "the last place of its kind"};
  }
  if (const int where = WhereOf(draft); where >= 0) {
    return Inherited{MentionAt(where), "the clause", true};
  }
  const size_t first = places_.FirstFrom(sentence.begin);
  const size_t last = places_.FirstFrom(EndOfWhole(draft));
  int place = places_.Nearest(first, last, draft.trigger, true);
  if (place >= 0) return Inherited{MentionAt(place), "the sentence", true};
  if (war == War::kSpan) return Country();
  if (auto inherited = FromParagraph(draft)) return inherited;
  for (const Segment& segment : datelines_) {
    // The first, for the country comes behind: "HOMS, Syria".
    place = places_.NextScene(places_.FirstFrom(segment.begin), places_.FirstFrom(segment.end));
    if (place < 0) continue;
    const int lead = LeadElsewhere(segment, place);
    if (lead >= 0) return Inherited{MentionAt(lead), "the lead, which is not about the dateline"};
    return Inherited{MentionAt(place), "the dateline"};
  }
  if (auto inherited = FromDocument(draft)) return inherited;
  place = places_.Nearest(first, last, draft.trigger, false);
  if (place >= 0) return Inherited{MentionAt(place), "the sentence", true};
  return std::nullopt;
}

// "Zorbville, a mountainous district, where | 209 people died": the place that the clause is about,
// or -1.
int PlaceContext::WhereOf(const Draft& draft) const {
  const Text& text = scene_.text();
  const Sentence& sentence = text.sentences()[draft.sentence];
  for (size_t back = 0; back <= kWhereReach && draft.begin >= sentence.begin + back + 2; ++back) {
    const size_t at = draft.begin - back;
    if (back > 0 && text[at].mark == ',') return -1;
    if (text.Lower(at) != "where") continue;
    const size_t after = places_.FirstFrom(at);
    if (after > 0 && scene_.places()[after - 1].end + 1 == at) return static_cast<int>(after) - 1;
    const size_t first = places_.FirstFrom(
        at > sentence.begin + kAsideReach ? at - kAsideReach : static_cast<size_t>(sentence.begin));
    return places_.LastScene(first, after);
  }
  return -1;
}

// "1.12 million marched, including 80,000 in Paris": where a part was counted is not where the
// whole was. The token from which the sentence of the draft speaks of parts of it, else its end.
size_t PlaceContext::EndOfWhole(const Draft& draft) const {
  const Text& text = scene_.text();
  const Sentence& sentence = text.sentences()[draft.sentence];
  for (size_t i = draft.end; i + 2 < sentence.end; ++i) {
    if (text[i].mark != ',' || !scene_.classes(i + 1)[sources_.with_parts]) continue;
    if (scene_.note(i + 2).quantity >= 0) return i;
  }
  return sentence.end;
}

// News of a province or another country is written in the capital: "MANILA (AFP) - A ferry sank in
// the southern Philippines". The place of the first sentence, unless the dateline's lies in it; -1.
int PlaceContext::LeadElsewhere(const Segment& dateline, int place) const {
  const Text& text = scene_.text();
  if (dateline.end >= text.size()) return -1;
  const Sentence& lead = text.sentences()[text[dateline.end].sentence];
  const int found = places_.NextScene(places_.FirstFrom(dateline.end), places_.FirstFrom(lead.end));
  if (found < 0) return -1;
  const FoundPlace& at = places_.At(found);
  const FoundPlace& desk = places_.At(place);
  if (at.place < 0) return found == places_.main_unlisted() ? found : -1;
  const bool part = at.mention.id.find('/') != std::string::npos;
  if (desk.place < 0 || at.place == desk.place) return -1;
  return !part && sources_.gazetteer->Contains(at.place, desk.place) ? -1 : found;
}

std::optional<Inherited> PlaceContext::FromParagraph(const Draft& draft) const {
  const Text& text = scene_.text();
  const Sentence& sentence = text.sentences()[draft.sentence];
  const Paragraph& paragraph = text.paragraphs()[sentence.paragraph];
  const size_t first = places_.FirstFrom(paragraph.begin);
  int place = places_.LastScene(first, places_.FirstFrom(sentence.begin));
  if (place >= 0) return Inherited{MentionAt(place), "the paragraph"};
  if (sentence.paragraph > 0 && SpeakerGoesOn(draft)) {
    const Paragraph& before = text.paragraphs()[sentence.paragraph - 1];
    place = places_.LastScene(places_.FirstFrom(before.begin), first);
    if (place >= 0) return Inherited{MentionAt(place), "the paragraph before, of the same speaker"};
  }
  // What comes later tells where this was if it goes on with it ("The attack took place in …"), or
  // if the text has told of no place yet.
  if (sentence.end >= paragraph.end) return std::nullopt;
  const bool goes_on = GoesOn(text, sentence.end);
  if (!goes_on && places_.LastScene(0, first) >= 0) return std::nullopt;
  const size_t limit =
      goes_on ? text.sentences()[draft.sentence + 1].end : static_cast<size_t>(paragraph.end);
  place = places_.NextScene(places_.FirstFrom(sentence.end), places_.FirstFrom(limit));
  if (place >= 0) return Inherited{MentionAt(place), "the paragraph"};
  return std::nullopt;
}

// A new paragraph goes back to what the text is about: its main place, or the side of it that the
// text last spoke of.
std::optional<Inherited> PlaceContext::FromDocument(const Draft& draft) const {
  const int unlisted = places_.main_unlisted();
  if (places_.main() < 0 && unlisted < 0) {
    const int first = places_.First();
    if (first < 0) return std::nullopt;
    return Inherited{MentionAt(first), "the first place of the text"};
  }
  // Whose forces move is said of the whole place rather than of the side that was spoken of last.
  const bool whole = draft.assertion.kind == Kind::kControl;
  if (const int last = whole ? -1 : places_.LastMain(places_.FirstFrom(draft.begin)); last >= 0) {
    return Inherited{MentionAt(last), "the place that the text is about"};
  }
  if (unlisted >= 0) return Inherited{MentionAt(unlisted), "the place that the text is about"};
  return Inherited{places_.Whole(places_.main()), "the place that the text is about"};
}

// The noun of "a key opposition-held neighbourhood", where an assertion is about such a one.
std::optional<std::string_view> PlaceContext::UnnamedArea(const Draft& draft) const {
  const Text& text = scene_.text();
  for (size_t i = draft.trigger + 1; i < draft.end; ++i) {
    if (text.Lower(i) != "a" && text.Lower(i) != "an") continue;
    for (size_t at = i + 1; at < draft.end && at <= i + kNounReach; ++at) {
      if (scene_.note(at).place >= 0) break;
      if (scene_.classes(at)[sources_.area]) return text.Lower(at);
    }
  }
  return std::nullopt;
}

bool PlaceContext::IsDefinite(size_t token) const {
  for (size_t back = 1; back <= 2 && back <= token; ++back) {
    if (scene_.text().Lower(token - back) == "the") return true;
  }
  return false;
}

// "Handarat, as the camp is known", "the Bustan al-Basha quarter".
bool PlaceContext::NamesTheArea(const FoundPlace& place, std::string_view noun,
                                size_t limit) const {
  if (scene_.classes(place.end - 1)[sources_.area] && IsDefinite(place.begin)) return true;
  for (size_t at = place.end; at < std::min(limit, place.end + kNounReach); ++at) {
    if (scene_.text().Lower(at) == noun && IsDefinite(at)) return true;
  }
  return false;
}

// "They captured a camp. Handarat, as the camp is known, …": the sentence after names the place of
// this one; the index of its mention, or -1.
int PlaceContext::NamedNext(const Draft& draft) const {
  const auto sentences = scene_.text().sentences();
  if (draft.assertion.kind != Kind::kControl || draft.sentence + 1 >= sentences.size()) return -1;
  const int own = sources_.gazetteer->Find(draft.assertion.place.id);
  if (own >= 0 && sources_.gazetteer->at(own).level == PlaceLevel::kNeighbourhood) return -1;
  const auto noun = UnnamedArea(draft);
  if (!noun) return -1;
  const Sentence& next = sentences[draft.sentence + 1];
  const size_t first = places_.FirstFrom(next.begin);
  if (first >= scene_.places().size() || scene_.places()[first].begin >= next.end) return -1;
  const FoundPlace& place = scene_.places()[first];
  return NamesTheArea(place, *noun, next.end) ? static_cast<int>(first) : -1;
}

}  // namespace

void ResolvePlaces(const Scene& scene, const ScenePlaces& places, const PlaceSources& sources,
                   const std::vector<AttributionMention>& attributions,
                   std::vector<Draft>& drafts) {
  if (drafts.empty()) return;
  const PlaceContext context(scene, places, sources, attributions);
  const Draft* taken = nullptr;
  for (Draft& draft : drafts) {
    context.Resolve(draft, taken);
    const std::string& measure = draft.assertion.measure;
    if (measure == "CAPTURED" || measure == "RECAPTURED") taken = &draft;
  }
}

}  // namespace consilience::extraction
