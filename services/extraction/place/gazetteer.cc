#include "services/extraction/place/gazetteer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "services/extraction/lexicon/table.h"
#include "services/extraction/place/place_key.h"

namespace consilience::extraction {
namespace {

// Words that may stand in one name that is found by its spelling key.
constexpr size_t kMaxNameWords = 5;
// Inhabitants of what is a city and no town.
constexpr uint32_t kCity = 50'000;

constexpr std::pair<std::string_view, PlaceLevel> kLevels[] = {
    {"country", PlaceLevel::kCountry},
    {"province", PlaceLevel::kProvince},
    {"subprovince", PlaceLevel::kSubprovince},
    {"region", PlaceLevel::kRegion},
    {"city", PlaceLevel::kCity},
    {"town", PlaceLevel::kTown},
    {"neighbourhood", PlaceLevel::kNeighbourhood}};

std::optional<PlaceLevel> LevelOf(std::string_view name) {
  for (const auto& [text, level] : kLevels) {
    if (text == name) return level;
  }
  return std::nullopt;
}

// Syria's places ("SY02", "N0129", "C1007"). Spellings vary where names are transliterated;
// elsewhere a loose key would take "Parish" for "Paris".
bool IsTransliterated(std::string_view id) {
  if (id.starts_with("SY")) return true;
  return id.size() > 1 && (id[0] == 'N' || id[0] == 'C') && id[1] >= '0' && id[1] <= '9';
}

std::string Lower(std::string_view name) {
  std::string lower(FoldedText(name).text());
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    if (c == '-') return ' ';  // lexicons pass over hyphens
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

// Keys of the words of a name, articles left out.
std::vector<std::string> WordKeys(const std::string& name) {
  std::vector<std::string> keys;
  for (size_t begin = 0; begin < name.size();) {
    const size_t end = std::min(name.find_first_of(" -/", begin), name.size());
    const std::string word = name.substr(begin, end - begin);
    begin = end + 1;
    if (word.empty() || (IsArabicArticle(word) && begin < name.size())) continue;
    std::string key;
    AppendPlaceKey(word, key);
    if (!key.empty()) keys.push_back(std::move(key));
  }
  return keys;
}

void AddOnce(std::vector<int>& places, int place) {
  if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
}

}  // namespace

absl::StatusOr<Gazetteer> Gazetteer::Load(const std::filesystem::path& rules,
                                          Vocabulary& vocabulary) {
  Gazetteer gazetteer;
  const std::filesystem::path folder = rules / "places";
  if (absl::Status s = gazetteer.LoadPlaces(folder / "places.tsv"); !s.ok()) return s;
  if (absl::Status s = gazetteer.LoadAliases(folder / "aliases.tsv"); !s.ok()) return s;
  gazetteer.RestrictTowns();
  if (absl::Status s = gazetteer.LoadStopwords(folder / "stopwords.tsv"); !s.ok()) return s;
  if (absl::Status s = gazetteer.Index(vocabulary); !s.ok()) return s;
  return gazetteer;
}

absl::Status Gazetteer::LoadPlaces(const std::filesystem::path& file) {
  auto table = Table::Load(
      file, {"places",
             1,
             {"id", "level", "parent", "name", "aliases", "latitude", "longitude", "population"}});
  if (!table.ok()) return table.status();
  places_.reserve(table->rows().size());
  for (const Table::Row& row : table->rows()) {
    const std::optional<PlaceLevel> level = LevelOf(row[1]);
    if (!level) return table->Error(row, fmt::format("no place level \"{}\"", row[1]));
    const int index = static_cast<int>(places_.size());
    if (!by_id_.emplace(row[0], index).second) {
      return table->Error(row, fmt::format("place \"{}\" is there twice", row[0]));
    }
    places_.push_back({row[0], row[3], *level, -1, std::strtod(row[5].c_str(), nullptr),
                       std::strtod(row[6].c_str(), nullptr),
                       static_cast<uint32_t>(std::strtoul(row[7].c_str(), nullptr, 10))});
  }
  for (size_t i = 0; i < table->rows().size(); ++i) {
    const Table::Row& row = table->rows()[i];
    if (!row[2].empty()) {
      places_[i].parent = Find(row[2]);
      if (places_[i].parent < 0) {
        return table->Error(row,
                            fmt::format("parent \"{}\" of \"{}\" is not there", row[2], row[0]));
      }
    }
    AddName(row[3], static_cast<int>(i));
    for (size_t begin = 0; begin < row[4].size();) {
      const size_t end = std::min(row[4].find('|', begin), row[4].size());
      AddName(row[4].substr(begin, end - begin), static_cast<int>(i));
      begin = end + 1;
    }
  }
  return absl::OkStatus();
}

absl::Status Gazetteer::LoadAliases(const std::filesystem::path& file) {
  auto table = Table::Load(file, {"aliases", 1, {"name", "id", "level", "parent"}});
  if (!table.ok()) return table.status();
  for (const Table::Row& row : table->rows()) {
    int place = Find(row[1]);
    if (place < 0 && row[2].empty()) {
      return table->Error(row,
                          fmt::format("alias \"{}\" of an unknown place \"{}\"", row[0], row[1]));
    }
    if (place < 0) {
      const std::optional<PlaceLevel> level = LevelOf(row[2]);
      const int parent = Find(row[3]);
      if (!level || parent < 0) {
        return table->Error(row, fmt::format("\"{}\" needs a level and a known parent", row[0]));
      }
      place = static_cast<int>(places_.size());
      by_id_.emplace(row[1], place);
      places_.push_back({row[1], row[0], *level, parent});
    }
    AddName(row[0], place);
  }
  return absl::OkStatus();
}

// Many a small town is called what people are called, too.
void Gazetteer::RestrictTowns() {
  for (Name& name : names_) {
    const bool towns = std::all_of(name.places.begin(), name.places.end(), [&](int place) {
      return at(place).population > 0 && at(place).population < kCity;
    });
    if (towns) name.use = NameUse::kAfterPreposition;
  }
}

absl::Status Gazetteer::LoadStopwords(const std::filesystem::path& file) {
  auto table = Table::Load(file, {"place-stopwords", 1, {"name", "needs"}});
  if (!table.ok()) return table.status();
  for (const Table::Row& row : table->rows()) {
    const auto found = by_name_.find(Lower(row[0]));
    if (found == by_name_.end()) continue;  // the name is not in the gazetteer as built
    Name& name = names_[static_cast<size_t>(found->second)];
    if (row[1] == "preposition") {
      name.use = NameUse::kAfterPreposition;
    } else if (row[1] == "never") {
      name.use = NameUse::kWithCue;
    } else if (row[1] == "ok") {
      name.use = NameUse::kFree;
    } else {
      return table->Error(row, fmt::format("needs \"{}\": preposition, never or ok", row[1]));
    }
  }
  return absl::OkStatus();
}

void Gazetteer::AddName(const std::string& name, int place) {
  const std::string lower = Lower(name);
  if (lower.size() < 2) return;
  auto [found, fresh] = by_name_.emplace(lower, static_cast<int>(names_.size()));
  if (fresh) names_.push_back({lower, {}, NameUse::kFree});
  AddOnce(names_[static_cast<size_t>(found->second)].places, place);
  if (IsTransliterated(places_[static_cast<size_t>(place)].id)) AddSpelling(lower, place);
}

void Gazetteer::AddSpelling(const std::string& name, int place) {
  const std::vector<std::string> keys = WordKeys(name);
  if (keys.empty() || keys.size() > kMaxNameWords) return;
  std::string joined;
  for (const std::string& key : keys) joined += joined.empty() ? key : " " + key;
  if (joined.size() < 4) return;  // "Sur", "Oj": the exact name has to do
  auto [found, fresh] = by_spelling_.emplace(joined, static_cast<int>(names_.size()));
  if (fresh) names_.push_back({});
  AddOnce(names_[static_cast<size_t>(found->second)].places, place);
  first_keys_.emplace(keys.front(), true);
}

absl::Status Gazetteer::Index(Vocabulary& vocabulary) {
  for (size_t i = 0; i < names_.size(); ++i) {
    if (names_[i].text.empty()) continue;
    const absl::Status added = exact_.Add(vocabulary, names_[i].text, static_cast<int>(i));
    // Two names that differ in marks alone tokenise alike: the first in the files keeps the phrase.
    if (!added.ok() && !absl::IsAlreadyExists(added)) return added;
  }
  may_start_spelling_.resize(vocabulary.size());
  std::string key;
  for (WordId id = 1; id < vocabulary.size(); ++id) {
    key.clear();
    AppendPlaceKey(vocabulary.Word(id), key);
    may_start_spelling_[id] = first_keys_.contains(key);
  }
  return absl::OkStatus();
}

int Gazetteer::Find(std::string_view id) const {
  const auto found = by_id_.find(std::string(id));
  return found == by_id_.end() ? -1 : found->second;
}

bool Gazetteer::Contains(int outer, int inner) const {
  for (; inner >= 0; inner = at(inner).parent) {
    if (inner == outer) return true;
  }
  return false;
}

bool Gazetteer::Contains(std::string_view outer, std::string_view inner) const {
  if (outer == inner) return true;
  if (inner.starts_with(outer) && inner[outer.size()] == '/') return true;
  if (outer.find('/') != std::string_view::npos) return false;
  const int inner_place = Find(inner.substr(0, inner.find('/')));
  const int outer_place = Find(outer);
  return inner_place >= 0 && outer_place >= 0 && Contains(outer_place, inner_place);
}

int Gazetteer::CountryOf(int place) const {
  while (at(place).parent >= 0) place = at(place).parent;
  return place;
}

bool Gazetteer::AreApart(std::string_view a, std::string_view b) const {
  int one = Find(a);
  int other = Find(b);
  if (one < 0 || other < 0 || Contains(one, other) || Contains(other, one)) return false;
  while (at(one).level > PlaceLevel::kProvince && at(one).parent >= 0) one = at(one).parent;
  while (at(other).level > PlaceLevel::kProvince && at(other).parent >= 0) other = at(other).parent;
  return one != other;
}

int Gazetteer::CountryOfMost(std::span<const int> places) const {
  std::vector<std::pair<int, int>> votes;  // country, places
  for (const int place : places) {
    const int country = CountryOf(place);
    const auto found = std::find_if(votes.begin(), votes.end(),
                                    [&](const auto& vote) { return vote.first == country; });
    if (found == votes.end()) {
      votes.emplace_back(country, 1);
    } else {
      ++found->second;
    }
  }
  const auto most = std::max_element(
      votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == votes.end() ? -1 : most->first;
}

std::optional<Gazetteer::Match> Gazetteer::Longest(const Text& text, size_t at,
                                                   size_t limit) const {
  std::optional<Match> best;
  if (const auto match = exact_.Longest(text.tokens(), at, limit)) {
    const Name& name = names_[static_cast<size_t>(match->payload)];
    best = Match{match->end, name.places, name.use};
  }
  std::string key;
  size_t words = 0;
  for (size_t i = at; i < limit && words < kMaxNameWords; ++i) {
    if (text.IsHyphen(i)) continue;
    if (!text[i].is_word()) break;
    const std::string_view word = text.Lower(i);
    if (IsArabicArticle(word) && (i > at ? true : i + 1 < limit && text.IsHyphen(i + 1))) continue;
    const WordId id = text[i].word;
    if (words == 0 && !text[i].is(kCapitalised)) break;  // "US-made": no article and no name
    const bool known = id != kNoWord && id < may_start_spelling_.size();
    if (words == 0 && known && !may_start_spelling_[id]) break;
    if (!key.empty()) key.push_back(' ');
    AppendPlaceKey(word, key);
    if (++words == 1 && !first_keys_.contains(key)) break;
    const auto found = by_spelling_.find(key);
    if (found == by_spelling_.end()) continue;
    if (best && best->end >= i + 1) continue;
    best = Match{static_cast<uint32_t>(i + 1), names_[static_cast<size_t>(found->second)].places,
                 NameUse::kFree};
  }
  return best;
}

}  // namespace consilience::extraction
