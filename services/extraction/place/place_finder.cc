#include "services/extraction/place/place_finder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/container/inlined_vector.h"
#include "services/extraction/place/place_cues.h"
#include "services/extraction/place/place_key.h"

namespace consilience::extraction {
namespace {

// Tokens of the longest name of a place that is not listed.
constexpr size_t kLongestName = 5;

}  // namespace

// One pass over one text.
class PlaceScan {
 public:
  PlaceScan(const PlaceFinder& finder, const Text& text)
      : gazetteer_(*finder.gazetteer_),
        unlisted_(finder.unlisted_),
        cues_(finder.cues_),
        text_(text),
        starts_(text.size()),
        ends_(text.size()) {
    for (const LexiconMatch& match : finder.cues_.All(text.tokens())) {
      const CueAt cue{static_cast<Cue>(match.payload), match.begin, match.end};
      starts_[match.begin] = cue;
      ends_[match.end - 1] = cue;
    }
  }

  std::vector<FoundPlace> Run() {
    Collect();
    home_ = gazetteer_.CountryOfMost(seen_.empty() ? desks_ : seen_);
    std::vector<FoundPlace> found;
    found.reserve(raw_.size());
    size_t next = 0;
    for (size_t i = 0; i < text_.size();) {
      if (next < raw_.size() && raw_[next].begin == i) {
        const size_t end = raw_[next].match.end;
        if (auto place = Resolve(raw_[next++])) {
          i = std::max<size_t>(end, place->end);
          while (next < raw_.size() && raw_[next].begin < i) ++next;
          Push(found, *std::move(place));
          continue;
        }
      }
      if (IsPlain(i)) {
        ++i;
        continue;
      }
      auto place = starts_[i].cue != Cue::kNone ? PartOfCity(i) : Unlisted(i);
      if (!place) {
        ++i;
        continue;
      }
      i = place->end;
      while (next < raw_.size() && raw_[next].begin < i) ++next;
      Push(found, *std::move(place));
    }
    return found;
  }

 private:
  struct CueAt {
    Cue cue = Cue::kNone;
    uint32_t begin = 0;
    uint32_t end = 0;
  };

  struct RawMatch {
    uint32_t begin = 0;
    Gazetteer::Match match;
    Cue before = Cue::kNone;  // "in", "near", a direction or "held" right before the name
    Cue kind = Cue::kNone;    // "district", "province" … around it
    uint32_t kind_end = 0;    // token after a kind that follows the name
    bool of_city = false;     // "the city's … district"
  };

  bool LooksLikeName(size_t at) const {
    if (!text_[at].is_word()) return false;
    if (text_[at].is(kCapitalised) || text_.all_caps()) return true;
    return at + 2 < text_.size() && text_.IsHyphen(at + 1) && text_[at + 2].is(kCapitalised) &&
           IsArabicArticle(text_.Lower(at));  // "al-Bab"
  }

  // No cue and no capital, as most words: neither part of a city nor a place of an unlisted name.
  bool IsPlain(size_t at) const { return starts_[at].cue == Cue::kNone && !LooksLikeName(at); }

  // "in al-Waer", "in the Waer district": articles belong to the name.
  CueAt Before(size_t at) const {
    size_t i = at;
    while (i > 0 &&
           (text_.IsHyphen(i - 1) || text_.Lower(i - 1) == "the" ||
            (i < text_.size() && text_.IsHyphen(i) && IsArabicArticle(text_.Lower(i - 1))))) {
      --i;
    }
    return i > 0 ? ends_[i - 1] : CueAt{};
  }
  CueAt After(size_t at) const { return at < text_.size() ? starts_[at] : CueAt{}; }

  bool InDateline(size_t at) const {
    return text_.segments()[text_.SegmentOf(at)].kind == SegmentKind::kDateline;
  }

  void Collect();
  void ReadContext(RawMatch& raw) const;
  bool Acceptable(const RawMatch& raw) const;
  int Score(const RawMatch& raw, int place) const;
  bool IsNeighbourhood(const RawMatch& raw, int place) const;
  std::optional<FoundPlace> Resolve(const RawMatch& raw);
  static void NameOutside(FoundPlace& found, std::string words);
  Cue PartNamed(const CueAt& near) const;
  void Narrow(FoundPlace& found, const RawMatch& raw) const;
  std::optional<FoundPlace> PartOfCity(size_t at) const;  // at a cue
  // A name that the gazetteer knows starts here.
  bool IsListed(size_t at) const {
    const auto from = std::lower_bound(raw_.begin(), raw_.end(), at,
                                       [](const RawMatch& raw, size_t i) { return raw.begin < i; });
    return from != raw_.end() && from->begin == at;
  }
  // "a Zorbian town", "the Zorbian capital", "the Zorbian city of Veld": the word before the kind
  // is no name of a place.
  bool IsAdjective(size_t at, size_t kind_end) const {
    if (at > 0 && (text_.Lower(at - 1) == "a" || text_.Lower(at - 1) == "an")) return true;
    const std::string_view word = text_.Lower(at);
    const bool people = word.ends_with("ian") || word.ends_with("ean") || word.ends_with("ese");
    if (people && at > 0 && text_.Lower(at - 1) == "the") return true;
    return kind_end + 1 < text_.size() && text_.Lower(kind_end) == "of" &&
           LooksLikeName(kind_end + 1);
  }
  bool NameGoesOn(size_t at, size_t i) const;
  std::optional<FoundPlace> Unlisted(size_t at) const;  // elsewhere
  void Push(std::vector<FoundPlace>& found, FoundPlace place);

  const Gazetteer& gazetteer_;
  const UnlistedPlaces& unlisted_;
  const Lexicon& cues_;
  const Text& text_;
  std::vector<CueAt> starts_;  // by token
  std::vector<CueAt> ends_;    // by last token
  std::vector<RawMatch> raw_;
  std::vector<int> seen_;            // places with one meaning only
  std::vector<int> desks_;           // such in datelines: where reporters sit
  absl::flat_hash_set<int> cities_;  // cities that the text may name
  int home_ = -1;                    // the country that the text is mostly about
  int city_ = -1;                    // the last city named
};

void PlaceScan::Collect() {
  raw_.reserve(text_.sentences().size());  // about one in each
  seen_.reserve(text_.sentences().size());
  for (const Sentence& sentence : text_.sentences()) {
    for (size_t i = sentence.begin; i < sentence.end;) {
      std::optional<Gazetteer::Match> match;
      if (LooksLikeName(i)) match = gazetteer_.Longest(text_, i, sentence.end);
      if (!match) {
        ++i;
        continue;
      }
      RawMatch raw{static_cast<uint32_t>(i), *match};
      ReadContext(raw);
      if (Acceptable(raw)) {
        raw_.push_back(raw);
        if (match->places.size() == 1) {
          (InDateline(i) ? desks_ : seen_).push_back(match->places[0]);
        }
        for (const int place : match->places) {
          if (gazetteer_.at(place).level == PlaceLevel::kCity) cities_.insert(place);
        }
        i = match->end;
      } else {
        ++i;
      }
    }
  }
}

void PlaceScan::ReadContext(RawMatch& raw) const {
  const CueAt before = Before(raw.begin);
  raw.before = before.cue;
  const CueAt after = After(raw.match.end);
  // "Texas Department of Public Safety" is no department called Texas.
  const bool body = after.end > 0 && after.end + 1 < text_.size() && !text_.all_caps() &&
                    text_[after.begin].is(kCapitalised) && text_.Lower(after.end) == "of" &&
                    text_[after.end + 1].is(kCapitalised);
  if (IsKind(after.cue) && !body) {
    raw.kind = after.cue;
    raw.kind_end = after.end;
    raw.of_city = raw.begin >= 2 && text_.Lower(raw.begin - 1) == "'s" &&
                  text_.Lower(raw.begin - 2) == "city";
  } else if (raw.begin >= 2 && text_.Lower(raw.begin - 1) == "of" &&
             IsKind(ends_[raw.begin - 2].cue)) {
    raw.kind = ends_[raw.begin - 2].cue;
    raw.before = Cue::kIn;
  } else if (IsKind(before.cue)) {
    raw.kind = before.cue;
  }
}

bool PlaceScan::Acceptable(const RawMatch& raw) const {
  const Place& first = gazetteer_.at(raw.match.places[0]);
  if (IsOfAnother(raw.before) || unlisted_.IsPartOfName(text_, raw.begin, raw.match.end)) {
    return false;
  }
  const bool cued = raw.before != Cue::kNone;
  const bool with_kind = raw.kind != Cue::kNone;
  if (raw.begin >= 2 && text_.IsHyphen(raw.begin - 1) &&
      (text_.Lower(raw.begin - 2) == "pro" || text_.Lower(raw.begin - 2) == "anti")) {
    return false;  // "a pro-Damascus militia" is a side, not a place
  }
  if (raw.match.use == NameUse::kWithCue) return with_kind && raw.match.end - raw.begin > 1;
  if (first.level == PlaceLevel::kCountry) return true;
  if (raw.match.use == NameUse::kAfterPreposition || text_.all_caps()) return cued || with_kind;
  if (cued || with_kind) return true;
  // Between other capitalised words a name is more often part of a person's or an organisation's.
  const auto capitalised = [&](size_t at) {
    return at < text_.size() && text_[at].is_word() && text_[at].is(kCapitalised) &&
           starts_[at].cue == Cue::kNone && ends_[at].cue == Cue::kNone;
  };
  const bool joined_before =
      raw.begin > 0 && !text_[raw.begin - 1].is(kSentenceInitial) && capitalised(raw.begin - 1);
  const bool one_word = raw.match.end == raw.begin + 1;
  return !(one_word && (joined_before || capitalised(raw.match.end)));
}

int PlaceScan::Score(const RawMatch& raw, int place) const {
  const Place& candidate = gazetteer_.at(place);
  int score = LevelPrior(candidate.level);
  if (raw.kind != Cue::kNone && Fits(candidate.level, raw.kind)) score += 100;
  if (home_ >= 0 && gazetteer_.CountryOf(place) == home_) score += 15;
  if (city_ >= 0 && gazetteer_.Contains(city_, place)) score += 6;
  if (candidate.population > 0) score += static_cast<int>(2 * std::log10(candidate.population));
  return score;
}

std::optional<FoundPlace> PlaceScan::Resolve(const RawMatch& raw) {
  absl::InlinedVector<std::pair<int, int>, 4> ranked;  // score, place
  for (const int place : raw.match.places) ranked.emplace_back(Score(raw, place), place);
  if (ranked.size() > 1) {
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
  }
  const Place& best = gazetteer_.at(ranked[0].second);
  if (best.level == PlaceLevel::kNeighbourhood && !IsNeighbourhood(raw, ranked[0].second)) {
    return std::nullopt;
  }
  FoundPlace found{{}, raw.begin, raw.match.end, ranked[0].second};
  found.mention.name = best.name;
  found.mention.id = best.id;
  found.mention.precision = PrecisionOf(best.level);
  for (size_t i = 1; i < ranked.size(); ++i) {
    found.mention.candidates.push_back(gazetteer_.at(ranked[i].second).id);
  }
  if (ranked.size() > 1) found.mention.reason = "the likeliest of several places of this name";
  if (raw.of_city && raw.kind == Cue::kNeighbourhood && !Fits(best.level, raw.kind)) {
    found.mention.candidates.insert(found.mention.candidates.begin(), best.id);
    found.mention.id.clear();
    found.place = -1;
    found.mention.reason = "a district of the city, which is not the place of this name";
  }
  Narrow(found, raw);
  return found;
}

// The name of a neighbourhood alone says little outside its own country; it needs a cue, or its
// city in the text. Where no city is named at all, a name that only one place has is enough:
// "Handarat was captured".
bool PlaceScan::IsNeighbourhood(const RawMatch& raw, int place) const {
  if (home_ >= 0 && home_ != gazetteer_.CountryOf(place)) return false;
  if (cities_.empty() && raw.match.places.size() == 1) return true;
  if (raw.before != Cue::kNone || raw.kind != Cue::kNone) return true;
  const int city = gazetteer_.at(place).parent;
  return cities_.contains(city);
}

// What lies north of a city is another place than the city.
void PlaceScan::NameOutside(FoundPlace& found, std::string words) {
  found.mention.name = fmt::format("{} {}", words, found.mention.name);
  if (!found.mention.id.empty()) {
    std::replace(words.begin(), words.end(), ' ', '-');
    found.mention.id += "~" + words;
  }
  found.mention.precision = std::max(found.mention.precision, PlacePrecision::kNear);
}

// "in the south of | Rhodes" is in it; "south of Rhodes" is not.
Cue PlaceScan::PartNamed(const CueAt& near) const {
  if (near.cue != Cue::kNear || near.end != near.begin + 2 || near.begin == 0) return Cue::kNone;
  if (text_.Lower(near.begin - 1) != "the") return Cue::kNone;
  const auto word = cues_.Longest(text_.tokens(), near.begin, near.begin + 1);
  const Cue direction = word ? static_cast<Cue>(word->payload) : Cue::kNone;
  return IsDirection(direction) ? direction : Cue::kNone;
}

// Takes the words around the name into the mention: "rebel-held eastern Aleppo", "north of Aleppo",
// "the Sakhour district".
void PlaceScan::Narrow(FoundPlace& found, const RawMatch& raw) const {
  const CueAt near = Before(found.begin);
  CueAt before = ends_[found.begin > 0 ? found.begin - 1 : 0];
  if (found.begin == 0) before = {};
  std::string direction;
  std::string held;
  while (IsDirection(before.cue) || before.cue == Cue::kHeld) {
    if (IsDirection(before.cue)) {
      direction = NameOf(before.cue);
    } else {
      held = text_.Lower(before.begin, before.end);
    }
    found.begin = before.begin;
    before = before.begin > 0 ? ends_[before.begin - 1] : CueAt{};
  }
  if (raw.kind_end > found.end) found.end = raw.kind_end;
  if (!direction.empty()) {
    found.mention.name = fmt::format("{} {}", direction, found.mention.name);
    if (!found.mention.id.empty()) found.mention.id += "/" + direction;
    found.mention.precision = std::max(found.mention.precision, PlacePrecision::kNear);
  } else if (!held.empty()) {
    found.mention.name = fmt::format("{} {}", held, found.mention.name);
    found.mention.precision = std::max(found.mention.precision, PlacePrecision::kNear);
  } else if (const Cue part = PartNamed(near); part != Cue::kNone) {
    direction = NameOf(part);
    found.mention.name = fmt::format("{} {}", direction, found.mention.name);
    if (!found.mention.id.empty()) found.mention.id += "/" + direction;
    found.mention.precision = std::max(found.mention.precision, PlacePrecision::kNear);
  } else if (near.cue == Cue::kNear) {
    NameOutside(found, std::string(text_.Lower(near.begin, near.end)));
  }
}

// "the rebel-held east", "eastern districts", "the eastern part of the city": a part of the city
// that the text last spoke of.
std::optional<FoundPlace> PlaceScan::PartOfCity(size_t at) const {
  if (city_ < 0) return std::nullopt;
  bool held = false;
  Cue direction = Cue::kNone;
  CueAt cue = starts_[at];
  size_t end = at;
  if (cue.cue == Cue::kHeld) {
    held = true;
    end = cue.end;
    cue = After(end);
  }
  if (IsDirection(cue.cue) && cue.cue != Cue::kCentral) {
    direction = cue.cue;
    end = cue.end;
    cue = After(end);
  }
  const bool part = cue.cue == Cue::kPart || cue.cue == Cue::kNeighbourhood;
  if (part) end = cue.end;
  if (direction == Cue::kNone ? true : !(held || part)) return std::nullopt;
  // "eastern districts of Damascus" names its own whole.
  if (end + 1 < text_.size() && text_.Lower(end) == "of" && LooksLikeName(end + 1) &&
      text_[end + 1].is(kCapitalised)) {
    return std::nullopt;
  }
  if (LooksLikeName(end < text_.size() ? end : at) && end < text_.size() && !text_.all_caps()) {
    return std::nullopt;
  }
  const Place& city = gazetteer_.at(city_);
  FoundPlace found{{}, static_cast<uint32_t>(at), static_cast<uint32_t>(end), city_};
  found.mention.name = fmt::format("{} {}", NameOf(direction), city.name);
  found.mention.id = fmt::format("{}/{}", city.id, NameOf(direction));
  found.mention.precision = PlacePrecision::kNear;
  found.mention.reason = "a part of the city named before";
  return found;
}

// The name that begins at `at` goes on with token `i`: "Rukum West".
bool PlaceScan::NameGoesOn(size_t at, size_t i) const {
  if (i >= text_.size() || text_[i].sentence != text_[at].sentence || IsListed(i)) return false;
  if (text_.IsHyphen(i)) return true;
  return LooksLikeName(i) && (starts_[i].cue == Cue::kNone || IsDirection(starts_[i].cue));
}

// "the village of Duwayleh", "Jisreen town", "killed in Duwayleh on Friday": a place by its cue or
// by how it stands, though the gazetteer does not know it.
std::optional<FoundPlace> PlaceScan::Unlisted(size_t at) const {
  if (!LooksLikeName(at) || text_.all_caps()) return std::nullopt;
  if (at > 0 && LooksLikeName(at - 1) && !text_[at - 1].is(kSentenceInitial)) return std::nullopt;
  const bool body = at >= 3 && text_[at - 2].is(kCapitalised) && text_[at - 3].is(kCapitalised);
  const bool before = at >= 2 && text_.Lower(at - 1) == "of" && IsKind(ends_[at - 2].cue) && !body;
  const bool unheard = text_[at].word == kNoWord;  // "Coastal province" opens with a common word
  if (!before && text_[at].is(kSentenceInitial) && !text_[at].is(kAllCaps) && !unheard) {
    return std::nullopt;
  }
  size_t end = at;
  while (end < at + kLongestName && (end == at || NameGoesOn(at, end))) ++end;
  if (text_.IsHyphen(end - 1) || unlisted_.IsNever(text_, at, end)) return std::nullopt;
  const CueAt after = After(end);
  // "The Gulf region" may be half of a continent; "in the Aude region" is where it happened.
  const bool kind = after.cue == Cue::kRegion ? unlisted_.IsLedTo(text_, at) : IsKind(after.cue);
  const bool opens = text_[at].is(kSentenceInitial) && !unheard;
  const bool with_kind = kind && !opens && !IsAdjective(at, after.end);
  const bool dateline =
      end + 1 < text_.size() && IsListed(end + 1) && UnlistedPlaces::OpensDateline(text_, at, end);
  const bool desk = UnlistedPlaces::IsDateline(text_, at, end);
  if (!before && !with_kind && !dateline && !desk && !unlisted_.StandsAsPlace(text_, at, end)) {
    return std::nullopt;
  }
  FoundPlace found{{}, static_cast<uint32_t>(at), static_cast<uint32_t>(end), -1};
  found.mention.name = text_.Folded(at, end);
  if (dateline || desk) found.mention.name = UnlistedPlaces::WithoutCapitals(found.mention.name);
  found.mention.precision = PlacePrecision::kExact;
  found.mention.reason = "the name is not in the gazetteer";
  if (!before && with_kind) found.end = after.end;
  if (const CueAt near = Before(at); near.cue == Cue::kNear) {
    NameOutside(found, std::string(text_.Lower(near.begin, near.end)));
  }
  return found;
}

void PlaceScan::Push(std::vector<FoundPlace>& found, FoundPlace place) {
  place.mention.span = text_.SpanOf(place.begin, place.end);
  if (place.place >= 0) {
    const PlaceLevel level = gazetteer_.at(place.place).level;
    if (level == PlaceLevel::kCity || level == PlaceLevel::kTown) city_ = place.place;
  }
  found.push_back(std::move(place));
}

std::vector<FoundPlace> PlaceFinder::Find(const Text& text) const {
  return PlaceScan(*this, text).Run();
}

}  // namespace consilience::extraction
