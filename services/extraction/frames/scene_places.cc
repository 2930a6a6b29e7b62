#include "services/extraction/frames/scene_places.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "services/extraction/place/place_cues.h"
#include "services/extraction/place/place_key.h"

namespace consilience::extraction {
namespace {

// What a mention says for the place that a text is about: a headline and a first paragraph more
// than the rest, a country, which is often only an adjective's noun, less.
constexpr double kHeadlineVote = 3;
constexpr double kLeadVote = 2;
constexpr double kCountryFactor = 0.5;
// Places that are looked at before giving up.
constexpr size_t kPlacesAhead = 64;
// Letters and stops of "U.S.".
constexpr size_t kShortForm = 4;
// Tokens between a place and the one that it lies in, and how many places may stand between them.
constexpr size_t kWiderWords = 5;
constexpr size_t kWiderPlaces = 3;
// Tokens from "'s" to the party that is owned.
constexpr size_t kOwnedWords = 3;
// Tokens from a comma to the name in ", north of Damascus".
constexpr size_t kNearWords = 4;

}  // namespace

ScenePlaces::ScenePlaces(const Scene& scene, const PlaceSources& sources,
                         const std::vector<AttributionMention>& attributions,
                         std::span<const int> titled)
    : scene_(scene), sources_(sources), is_name_(scene.places().size()) {
  const size_t count = scene.places().size();
  for (std::vector<bool>* by_place : {&is_wider_, &is_scene_, &is_passing_}) {
    by_place->reserve(count);
  }
  for (std::vector<int>* by_place : {&last_main_, &last_scene_}) by_place->reserve(count);
  // "Brought to hospitals in | Larissa and | Volos" says less of where they were hurt than any
  // other place.
  bool hospital = false;
  for (size_t i = 0; i < scene.places().size(); ++i) {
    is_wider_.push_back(IsWider(i));
    const FoundPlace& place = scene.places()[i];
    hospital = IsInHospital(place) || (hospital && IsListed(i));
    is_scene_.push_back(IsScene(place) && !Qualifies(i) && !is_wider_[i] && !IsOrigin(place) &&
                        !IsSpokenIn(place) && !hospital);
    is_name_[i] = IsHome(place);
    is_passing_.push_back(IsPassing(place));
  }
  ReadSpeakers(attributions);
  ChooseMain(titled);
  int main = -1;
  int last = -1;
  for (size_t i = 0; i < scene.places().size(); ++i) {
    const FoundPlace& place = scene.places()[i];
    const bool is_main = main_unlisted_ >= 0 ? place.mention.name == At(main_unlisted_).mention.name
                                             : main_ >= 0 && place.place == main_;
    if (is_main) main = static_cast<int>(i);
    if (is_scene_[i] && !is_passing_[i]) last = static_cast<int>(i);
    last_main_.push_back(main);
    last_scene_.push_back(last);
  }
}

size_t ScenePlaces::FirstFrom(size_t token) const {
  const auto it =
      std::lower_bound(scene_.places().begin(), scene_.places().end(), token,
                       [](const FoundPlace& place, size_t at) { return place.begin < at; });
  return static_cast<size_t>(it - scene_.places().begin());
}

bool ScenePlaces::MayContain(const FoundPlace& outer, const FoundPlace& inner) const {
  if (outer.place < 0 || inner.place < 0 || inner.place == outer.place) return false;
  return sources_.gazetteer->at(outer.place).level < sources_.gazetteer->at(inner.place).level &&
         sources_.gazetteer->CountryOf(inner.place) == sources_.gazetteer->CountryOf(outer.place);
}

// Nothing but words that lead from a place to a wider one stands in [begin, end).
bool ScenePlaces::LeadsOut(size_t begin, size_t end) const {
  const Text& text = scene_.text();
  if (begin >= end || end - begin > kWiderWords) return false;
  for (size_t i = begin; i < end; ++i) {
    const std::string_view word = text.Lower(i);
    const bool leads = text[i].mark == ',' || word == "in" || word == "of" || word == "the" ||
                       word == "'s" || text[i].is(kCapitalised) ||
                       IsKind(sources_.finder->KindAt(text, i, end));
    if (!leads) return false;
  }
  return true;
}

// "Homs, | Syria", "Orlando, | Florida", "Amasra in Turkey's province of | Bartin": tells where the
// place before is.
bool ScenePlaces::Qualifies(size_t place) const {
  const FoundPlace& outer = scene_.places()[place];
  if (outer.place < 0) return false;
  const bool wide = sources_.gazetteer->at(outer.place).level <= PlaceLevel::kProvince;
  for (size_t at = place; at-- > 0 && place - at <= kWiderPlaces;) {
    const FoundPlace& inner = scene_.places()[at];
    if (!LeadsOut(inner.end, scene_.places()[at + 1].begin)) return false;
    if (inner.place < 0 ? wide : MayContain(outer, inner)) return true;
  }
  return false;
}

// "eastern Turkey's | Van province", "the Homs district of | al-Waer": tells where the next is.
bool ScenePlaces::IsWider(size_t place) const {
  if (place + 1 >= scene_.places().size()) return false;
  const Text& text = scene_.text();
  const FoundPlace& outer = scene_.places()[place];
  const FoundPlace& inner = scene_.places()[place + 1];
  size_t at = outer.end;
  if (at >= inner.begin) return false;
  if (text.Lower(at) == "'s") {
    ++at;
    // "Afghanistan's eastern | Kunar province"
    while (at < inner.begin &&
           (text.IsHyphen(at) || IsDirection(sources_.finder->CueAt(text, at, at + 1)))) {
      ++at;
    }
    // "Ecuador's port city of | Guayaquil"
    size_t of = at;
    while (of < inner.begin && of < at + kWiderWords && text[of].is_word() &&
           text.Lower(of) != "of") {
      ++of;
    }
    if (of > at && of + 1 == inner.begin && text.Lower(of) == "of" &&
        IsKind(sources_.finder->KindAt(text, of - 1, of))) {
      at = of + 1;
    }
  } else {
    const size_t kind = text.Lower(at) == "of" ? at - 1 : at;
    const bool leads = IsKind(sources_.finder->KindAt(text, kind, inner.begin));
    if (!leads || text.Lower(kind + 1) != "of") return false;
    at = kind + 2;
  }
  while (at < inner.begin && (text.IsHyphen(at) || IsArabicArticle(text.Lower(at)))) ++at;
  return at == inner.begin && (inner.place < 0 || MayContain(outer, inner));
}

int ScenePlaces::Innermost(int place) const {
  while (place >= 0 && is_wider_[static_cast<size_t>(place)]) ++place;
  return place;
}

bool ScenePlaces::IsLocated(const FoundPlace& place) const {
  return place.begin > 0 && scene_.classes(place.begin - 1)[sources_.in];
}

// "the committee, one of hundreds across | Syria,": what a speaker is among, somewhere in a
// country.
bool ScenePlaces::IsInAside(const FoundPlace& place, const Span& source) const {
  const Text& text = scene_.text();
  if (place.place < 0 || sources_.gazetteer->at(place.place).level != PlaceLevel::kCountry) {
    return false;
  }
  for (size_t i = place.begin; i-- > 0 && text[i].span.begin >= source.begin;) {
    if (text[i].mark == ',') return true;
  }
  return false;
}

// Who says it tells where they are ("London police") or what they are called ("The New York
// Times") and not where it happened; "a doctor in Homs" does.
void ScenePlaces::ReadSpeakers(const std::vector<AttributionMention>& attributions) {
  const Text& text = scene_.text();
  const auto starts_before = [&](const FoundPlace& place, size_t offset) {
    return text[place.begin].span.begin < offset;
  };
  for (const AttributionMention& attribution : attributions) {
    for (const Span& source : attribution.source) {
      auto it = std::lower_bound(scene_.places().begin(), scene_.places().end(), source.begin,
                                 starts_before);
      for (; it != scene_.places().end() && text[it->end - 1].span.end <= source.end; ++it) {
        const auto at = static_cast<size_t>(it - scene_.places().begin());
        const bool of = it->begin > 1 && text.Lower(it->begin - 1) == "of" &&
                        text[it->begin - 2].is(kCapitalised) &&
                        text[it->begin - 2].span.begin >= source.begin;
        if (IsLocated(*it) && !of && !IsInAside(*it, source)) continue;
        is_scene_[at] = false;
        is_name_[at] = is_name_[at] || of ||
                       (it->end < text.size() && text[it->end].is(kCapitalised) &&
                        text[it->end].span.end <= source.end);
      }
    }
  }
}

int ScenePlaces::First() const {
  for (size_t i = 0; i < is_name_.size(); ++i) {
    if (!is_name_[i]) return static_cast<int>(i);
  }
  return -1;
}

int ScenePlaces::Nearest(size_t first, size_t last, size_t token, bool of_event) const {
  int best = -1;
  size_t best_distance = 0;
  for (size_t i = first; i < last; ++i) {
    const FoundPlace& place = scene_.places()[i];
    if (of_event ? !is_scene_[i] : is_name_[i]) continue;
    const size_t distance = place.begin >= token ? place.begin - token : 2 * (token - place.begin);
    if (best < 0 || distance < best_distance) {
      best = static_cast<int>(i);
      best_distance = distance;
    }
  }
  return Innermost(best);
}

// "made by | Turkey", "between the | United States"; a road runs between cities.
bool ScenePlaces::OpensAgents(const FoundPlace& place) const {
  const Text& text = scene_.text();
  size_t at = place.begin;
  if (at > 0 && text.Lower(at - 1) == "the") --at;
  if (at == 0) return false;
  if (text.Lower(at - 1) == "by") return true;
  return text.Lower(at - 1) == "between" && place.place >= 0 &&
         sources_.gazetteer->at(place.place).level == PlaceLevel::kCountry;
}

// "made by Turkey", "brokered by the United States and | Russia".
bool ScenePlaces::IsAgent(const FoundPlace& place) const {
  const Text& text = scene_.text();
  if (OpensAgents(place)) return true;
  size_t at = place.begin;
  if (at > 0 && text.Lower(at - 1) == "the") --at;
  if (at < 2 || text.Lower(at - 1) != "and") return false;
  const size_t next = FirstFrom(at - 1);
  return next > 0 && scene_.places()[next - 1].end == at - 1 &&
         OpensAgents(scene_.places()[next - 1]);
}

// "Homs, Syria", "Homs, north of Damascus": what comes behind the comma says which Homs is meant.
bool ScenePlaces::IsAddress(const FoundPlace& place) const {
  const Text& text = scene_.text();
  const size_t next = FirstFrom(place.begin);
  if (next == 0 || place.place < 0) return false;
  const FoundPlace& before = scene_.places()[next - 1];
  const size_t comma = before.end;
  if (comma >= place.begin || text[comma].mark != ',') return false;
  const bool outside = place.mention.id.find('~') != std::string::npos;
  if (outside) return place.begin - comma <= kNearWords;
  if (place.begin != comma + 1) return false;
  const Gazetteer& gazetteer = *sources_.gazetteer;
  if (before.place < 0) return gazetteer.at(place.place).level <= PlaceLevel::kProvince;
  return gazetteer.Contains(place.place, before.place);
}

// "Press Trust of | India", "University of | Aleppo": the end of a name, and not of "City of
// Aleppo".
bool ScenePlaces::EndsName(const FoundPlace& place) const {
  const Text& text = scene_.text();
  if (place.begin < 2 || text.Lower(place.begin - 1) != "of" || text.all_caps()) return false;
  const Token& before = text[place.begin - 2];
  return before.is(kCapitalised) && !before.is(kSentenceInitial) &&
         !IsKind(sources_.finder->KindAt(text, place.begin - 2, place.begin)) &&
         text.segments()[text.SegmentOf(place.begin)].kind == SegmentKind::kBody;
}

// "New Zealand | has sent 30 nurses": a country that does something; "Syria has seen" is where.
bool ScenePlaces::Acts(const FoundPlace& place) const {
  const Text& text = scene_.text();
  if (place.place < 0 || place.end + 1 >= text.size()) return false;
  if (sources_.gazetteer->at(place.place).level != PlaceLevel::kCountry) return false;
  if (!scene_.classes(place.end)[sources_.have] || IsLocated(place)) return false;
  return scene_.classes(place.end + 1)[sources_.sent];
}

// "the U.S. Geological Survey", "the Nepal Police": a country's, and not in it.
bool ScenePlaces::NamesABody(const FoundPlace& place) const {
  const Text& text = scene_.text();
  if (place.place < 0 || place.end + 1 >= text.size() || text.all_caps()) return false;
  if (sources_.gazetteer->at(place.place).level != PlaceLevel::kCountry) return false;
  const Token& next = text[place.end];
  if (!next.is_word() || !next.is(kCapitalised) || next.sentence != text[place.begin].sentence) {
    return false;
  }
  const size_t after = FirstFrom(place.end);
  return after >= scene_.places().size() || scene_.places()[after].begin != place.end;
}

// "JERUSALEM/ | CAIRO (Reuters) -": the first desk is the one nearest to what happened.
bool ScenePlaces::IsSecondDesk(const FoundPlace& place) const {
  const Text& text = scene_.text();
  return place.begin > 0 && text[place.begin - 1].mark == '/' &&
         text.segments()[text.SegmentOf(place.begin)].kind == SegmentKind::kDateline;
}

// "U.S. strikes", "UK aid": the short forms of a country stand for its adjective before a noun.
bool ScenePlaces::IsAdjective(const FoundPlace& place) const {
  const Text& text = scene_.text();
  if (text.all_caps() || place.end != place.begin + 1 || place.end >= text.size()) return false;
  const Token& name = text[place.begin];
  const Token& next = text[place.end];
  return (name.is(kAllCaps) || name.is(kDotted)) && name.end - name.begin <= kShortForm &&
         next.is_word() && !next.is(kCapitalised) && next.sentence == name.sentence &&
         !scene_.classes(place.end)[sources_.in];
}

// "Lebanon's | Shia Hezbollah group", "Sudan's | paramilitary Rapid Support Forces": whose it is.
bool ScenePlaces::Owns(const FoundPlace& place, size_t limit) const {
  const Text& text = scene_.text();
  if (place.end >= limit || text.Lower(place.end) != "'s") return false;
  bool small = false;
  for (size_t i = place.end + 1; i < limit && i <= place.end + kOwnedWords; ++i) {
    const bool capital = text[i].is(kCapitalised);
    // "Aleppo's besieged | rebel districts" are no party's name.
    if ((capital || !small) && sources_.lexicon->parties.Longest(text.tokens(), i, limit)) {
      return true;
    }
    if (!text[i].is_word()) return false;
    small = small || !capital;
  }
  return false;
}

// A name can be where something happens unless it stands for a government ("Damascus rejects") or
// tells whose people are meant ("Aleppo rebel groups", "the Britain-based Observatory").
bool ScenePlaces::IsScene(const FoundPlace& place) const {
  const Text& text = scene_.text();
  if (EndsName(place) || Acts(place)) return false;
  const size_t limit = text.sentences()[text[place.begin].sentence].end;
  if (place.end < limit && text.IsHyphen(place.end)) return false;
  if (IsAgent(place) || IsAddress(place) || NamesABody(place) || IsSecondDesk(place)) return false;
  if (IsLocated(place)) return true;
  if (IsAdjective(place) || Owns(place, limit)) return false;
  const auto acts = sources_.lexicon->parties.Longest(text.tokens(), place.begin, limit);
  if (acts && acts->end >= place.end) return false;
  // "U.S. service members"
  const bool modifies = place.end + 1 < limit && text[place.end].is_word() &&
                        !text[place.end].is(kCapitalised) && scene_.note(place.end).words < 0 &&
                        sources_.lexicon->terms.Longest(text.tokens(), place.end + 1, limit);
  return !modifies && !sources_.lexicon->parties.Longest(text.tokens(), place.end, limit) &&
         !sources_.lexicon->terms.Longest(text.tokens(), place.end, limit);
}

int ScenePlaces::LastScene(size_t first, size_t last) const {
  const int found = last == 0 ? -1 : last_scene_[last - 1];
  return found >= static_cast<int>(first) ? found : -1;
}

int ScenePlaces::NextScene(size_t first, size_t last) const {
  for (size_t i = first; i < std::min(last, first + kPlacesAhead); ++i) {
    if (is_scene_[i] && !is_passing_[i]) return static_cast<int>(i);
  }
  return -1;
}

// The settlement that a district lies in, else the place itself.
int ScenePlaces::AnchorOf(int place) const {
  const Place& at = sources_.gazetteer->at(place);
  return at.level == PlaceLevel::kNeighbourhood && at.parent >= 0 ? at.parent : place;
}

PlaceMention ScenePlaces::Whole(int place) const {
  const Place& at = sources_.gazetteer->at(place);
  PlaceMention mention;
  mention.id = at.id;
  mention.name = at.name;
  mention.precision = PrecisionOf(at.level);
  return mention;
}

std::string ScenePlaces::Country() const {
  if (main_ < 0) return "";
  return sources_.gazetteer->at(sources_.gazetteer->CountryOf(main_)).id;
}

// What a mention says for the place that the text is about; 0 for one that says nothing.
double ScenePlaces::VoteOf(size_t place, int64_t& lead) const {
  const Text& text = scene_.text();
  if (!is_scene_[place] || is_passing_[place]) return 0;
  const size_t begin = scene_.places()[place].begin;
  const SegmentKind kind = text.segments()[text.SegmentOf(begin)].kind;
  if (kind == SegmentKind::kRepeatedHeadline) return 0;
  const auto paragraph = text.sentences()[text[begin].sentence].paragraph;
  if (kind == SegmentKind::kBody && lead < 0) lead = paragraph;
  return kind == SegmentKind::kHeadline ? kHeadlineVote : paragraph == lead ? kLeadVote : 1;
}

void ScenePlaces::ChooseMain(std::span<const int> titled) {
  absl::flat_hash_map<int, double> votes;
  std::map<std::string_view, std::pair<double, int>> unlisted;  // votes, first mention
  double best = 0;
  double best_unlisted = 0;
  int named = -1;
  int64_t lead = -1;  // the first paragraph of the body that names a place
  const auto count = [&](int place, double vote) {
    const int anchor = AnchorOf(place);
    if (sources_.gazetteer->at(anchor).level == PlaceLevel::kCountry) vote *= kCountryFactor;
    const double sum = votes[anchor] += vote;
    if (sum > best) {
      best = sum;
      main_ = anchor;
    }
  };
  for (const int place : titled) count(place, kHeadlineVote);
  for (size_t i = 0; i < scene_.places().size(); ++i) {
    const FoundPlace& place = scene_.places()[i];
    const double vote = VoteOf(i, lead);
    if (vote == 0) continue;
    if (place.place < 0) {
      auto& [sum, first] =
          unlisted.try_emplace(place.mention.name, 0, static_cast<int>(i)).first->second;
      sum += vote;
      // A name that nobody knows has to stand in the lead or to be told of again.
      if (sum >= kLeadVote && sum > best_unlisted) {
        best_unlisted = sum;
        named = first;
      }
      continue;
    }
    count(place.place, vote);
  }
  if (best_unlisted > best) main_unlisted_ = named;
}

}  // namespace consilience::extraction
