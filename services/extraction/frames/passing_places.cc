// Places that are named for what they are to people, and not for what happened there: where they
// come from, where they are brought to, where the press is told.
#include <string_view>

#include "services/extraction/frames/scene_places.h"

namespace consilience::extraction {
namespace {

// Tokens from "taken" to the name of where to.
constexpr size_t kTakenReach = 8;
// Tokens from "told reporters" to the name of where.
constexpr size_t kAudienceWords = 4;

}  // namespace

// "the Britain-based Observatory", "the Damascus-born writer": whose home it is.
bool ScenePlaces::IsHome(const FoundPlace& place) const {
  const Text& text = scene_.text();
  if (place.end + 1 >= text.size() || !text.IsHyphen(place.end)) return false;
  const std::string_view word = text.Lower(place.end + 1);
  return word == "based" || word == "born" || word == "backed" || word == "led" ||
         word == "funded" || word == "flagged" || word == "registered";
}

// "taken to hospital in | Thessaloniki", "teams from | Egypt, Tunisia and | Turkey".
bool ScenePlaces::IsPassing(const FoundPlace& place) const {
  const Text& text = scene_.text();
  size_t at = place.begin;
  if (at > 0 && text.Lower(at - 1) == "the") --at;
  if (at < 2) return false;
  if (text.Lower(at - 1) == "and" || text[at - 1].mark == ',') {
    const size_t next = FirstFrom(at - 1);
    return next > 0 && scene_.places()[next - 1].end == at - 1 && next - 1 < is_passing_.size() &&
           is_passing_[next - 1];
  }
  if (text.Lower(at - 1) == "from") {
    return ArePeople(at - 2) || scene_.classes(at - 2)[sources_.sender];
  }
  return IsCarriedTo(place);
}

// "migrants | from", "migrants, | mostly | from": people end at the token, or before the comma that
// such a word follows.
bool ScenePlaces::ArePeople(size_t token) const {
  const Text& text = scene_.text();
  if (token >= 2 && text[token - 1].mark == ',' && scene_.classes(token)[sources_.including]) {
    token -= 2;
  }
  return sources_.lexicon->terms.Longest(text.tokens(), token, token + 1).has_value();
}

// "taken to | Thessaloniki", "admitted to hospitals in | Larissa".
bool ScenePlaces::IsCarriedTo(const FoundPlace& place) const {
  const Text& text = scene_.text();
  size_t at = place.begin;
  if (at > 0 && text.Lower(at - 1) == "the") --at;
  const Sentence& sentence = text.sentences()[text[place.begin].sentence];
  if (at < sentence.begin + 2) return false;
  const bool hospital = text.Lower(at - 1) == "in" && scene_.classes(at - 2)[sources_.facility];
  if (!hospital && text.Lower(at - 1) != "to") return false;
  bool to = !hospital;
  for (size_t back = 2; back <= kTakenReach && at >= sentence.begin + back; ++back) {
    if (text[at - back].mark == ',') return false;
    to = to || text.Lower(at - back) == "to";
    if (to && scene_.classes(at - back)[sources_.taken]) return true;
  }
  return false;
}

// "brought to hospitals in | Larissa"
bool ScenePlaces::IsInHospital(const FoundPlace& place) const {
  return place.begin > 0 && scene_.text().Lower(place.begin - 1) == "in" && IsCarriedTo(place);
}

// "Larissa and | Volos": nothing but a comma or "and" stands between the place before and this one.
bool ScenePlaces::IsListed(size_t place) const {
  if (place == 0) return false;
  const size_t joint = scene_.places()[place - 1].end;
  return joint + 1 == scene_.places()[place].begin &&
         (scene_.text().Lower(joint) == "and" || scene_.text()[joint].mark == ',');
}

// "a doctor from | Saudi Arabia": who comes from a country is not in it.
bool ScenePlaces::IsOrigin(const FoundPlace& place) const {
  const Text& text = scene_.text();
  if (place.place < 0 || place.begin < 2 || text.Lower(place.begin - 1) != "from") return false;
  if (sources_.gazetteer->at(place.place).level != PlaceLevel::kCountry) return false;
  return ArePeople(place.begin - 2);
}

// "he told reporters in | Geneva": where the press is told of it.
bool ScenePlaces::IsSpokenIn(const FoundPlace& place) const {
  const Text& text = scene_.text();
  if (place.begin < 2 || text.Lower(place.begin - 1) != "in") return false;
  const Sentence& sentence = text.sentences()[text[place.begin].sentence];
  for (size_t back = 2; back <= kAudienceWords && place.begin >= sentence.begin + back; ++back) {
    const size_t at = place.begin - back;
    if (!scene_.classes(at)[sources_.audience]) continue;
    return scene_.note(at).words_end == place.begin - 1;
  }
  return false;
}

}  // namespace consilience::extraction
