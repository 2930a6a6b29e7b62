#include "services/corroboration/independence/domestic.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>

#include "services/corroboration/matching/words.h"

namespace consilience::corroboration {
namespace {

// An office, and the country that the words name.
struct Office {
  std::string name;
  std::string country;
};

// "Hungarian police" → {"police", "Hungary"}, and "police (Eswatini)".
std::optional<Office> OfficeOf(const std::string& name, const Configuration& config) {
  if (name.ends_with(')')) {
    const size_t open = name.rfind(" (");
    if (open == std::string::npos) return std::nullopt;
    const std::string office = FoldedName(name.substr(0, open));
    if (!config.domestic_sources.contains(office)) return std::nullopt;
    return Office{office, name.substr(open + 2, name.size() - open - 3)};
  }
  const std::string folded = FoldedName(name);
  for (size_t space = folded.find(' '); space != std::string::npos;
       space = folded.find(' ', space + 1)) {
    const auto found = config.country_words.find(folded.substr(0, space));
    const std::string rest = folded.substr(space + 1);
    if (found != config.country_words.end() && config.domestic_sources.contains(rest)) {
      return Office{rest, found->second};
    }
  }
  return std::nullopt;
}

const Source* Known(const std::string& name, const SourceDirectory& directory) {
  return directory.Find(directory.Resolve(name, /*person=*/false));
}

std::string Capitalised(std::string words) {
  bool starts = true;
  for (char& c : words) {
    if (starts) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    starts = c == ' ';
  }
  return words;
}

// "Hungarian police"; "police (Eswatini)" where no word for the country is known.
std::string NameIn(const std::string& country, const std::string& office,
                   const Configuration& config) {
  for (const auto& [word, named] : config.country_words) {
    if (named == country) return fmt::format("{} {}", Capitalised(word), office);
  }
  return fmt::format("{} ({})", office, country);
}

// "Police" and "the police" → "police", and "Red Crescent" as it is.
std::string WithinASentence(std::string name) {
  if (name.starts_with("the ") || name.starts_with("The ")) name.erase(0, 4);
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (std::count_if(name.begin(), name.end(), capital) == 1 && capital(name.front())) {
    name.front() = static_cast<char>(name.front() - 'A' + 'a');
  }
  return name;
}

void AddCountry(const Configuration& config, const std::string& country, std::string& name) {
  if (config.domestic_sources.contains(FoldedName(name))) {
    name = NameIn(country, WithinASentence(name), config);
  }
}

}  // namespace

std::string CountryReportedOn(const std::vector<extraction::Assertion>& assertions,
                              const PlaceHierarchy& places) {
  std::map<std::string, int> said_of;
  for (const extraction::Assertion& said : assertions) {
    if (said.place.id.empty()) continue;
    if (const std::string country = places.CountryName(said.place.id); !country.empty()) {
      ++said_of[country];
    }
  }
  std::string most;
  int times = 0;
  for (const auto& [country, count] : said_of) {
    if (count <= times) continue;
    most = country;
    times = count;
  }
  return most;
}

void NameTheirCountry(const Configuration& config, const PlaceHierarchy& places,
                      const std::string& reported_on, extraction::Assertion& said) {
  const bool placed = !said.place.id.empty() || !said.place.name.empty();
  const std::string country = placed ? places.CountryName(said.place.id) : reported_on;
  if (country.empty()) return;
  for (extraction::Speaker& speaker : said.chain) {
    if (speaker.type != extraction::SpeakerType::kPerson) AddCountry(config, country, speaker.name);
    AddCountry(config, country, speaker.organisation);
  }
}

std::string NameOfOffice(const std::string& name, const Configuration& config,
                         const SourceDirectory& directory) {
  const std::optional<Office> office = OfficeOf(name, config);
  if (!office || Known(name, directory) != nullptr) return name;
  for (const auto& [word, country] : config.country_words) {
    if (country != office->country) continue;
    const std::string spelling = fmt::format("{} {}", word, office->name);
    if (Known(spelling, directory) != nullptr) return spelling;
  }
  if (Known(office->name, directory) != nullptr) return office->name;
  // Of the spellings that differ only in the word for the country, one.
  const std::string first = NameIn(office->country, office->name, config);
  return FoldedName(first) == FoldedName(name) ? name : first;
}

}  // namespace consilience::corroboration
