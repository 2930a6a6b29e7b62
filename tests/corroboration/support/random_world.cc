#include "tests/corroboration/support/random_world.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace consilience::corroboration::testing {
namespace {

constexpr std::array<const char*, 6> kSources = {"Syrian Observatory for Human Rights",
                                                 "United Nations",
                                                 "Ammar Al-Selmo",
                                                 "Syrian army",
                                                 "Walid Muallem",
                                                 "Walid Al-Moallem"};
constexpr std::array<const char*, 4> kOutlets = {"", "The Daily Planet", "Evening Post",
                                                 "Morning Star"};
constexpr std::array<const char*, 3> kPlaces = {"C1007", "N0129", "C2987"};

extraction::Speaker SpeakerNamed(const std::string& name) {
  extraction::Speaker speaker;
  speaker.name = name;
  const bool person = name.starts_with("Ammar") || name.starts_with("Walid");
  speaker.type = person ? extraction::SpeakerType::kPerson : extraction::SpeakerType::kOrganisation;
  return speaker;
}

extraction::Speaker Unnamed(const std::string& description) {
  extraction::Speaker speaker;
  speaker.description = description;
  speaker.type = extraction::SpeakerType::kUnnamed;
  return speaker;
}

}  // namespace

std::vector<DocumentRecord> RandomDocuments::Take(int count) {
  std::vector<DocumentRecord> records;
  for (int i = 0; i < count; ++i) records.push_back(Next());
  return records;
}

DocumentRecord RandomDocuments::Next() {
  DocumentRecord record;
  record.document.id = fmt::format("d{:03}", documents_++);
  record.document.outlet = kOutlets[static_cast<size_t>(Below(4))];
  record.document.publication_date = fmt::format("2016-11-{:02}", 20 + Below(4));
  constexpr std::array<const char*, 4> kTitles = {"", "Talks go on", "Bridge collapses",
                                                  "Bus crash"};
  record.document.title = kTitles[static_cast<size_t>(Below(4))];
  record.extractor = "random";
  const int count = 1 + Below(4);
  for (int i = 0; i < count; ++i) {
    extraction::Assertion said = Below(3) == 0 ? Control() : Toll();
    const std::string quote =
        fmt::format("words {} of a sentence that says number {} and no more than that{}", Below(40),
                    i, Below(2) == 0 ? "" : " today");
    Add(std::move(said), quote, record);
  }
  return record;
}

extraction::Assertion RandomDocuments::Toll() {
  extraction::Assertion said;
  said.kind = extraction::Kind::kCasualty;
  said.measure = "KILLED";
  extraction::Quantity quantity;
  quantity.lower = 10.0 * (1 + Below(4)) + Below(2);
  if (Below(3) != 0) quantity.upper = quantity.lower;
  quantity.approximate = quantity.upper.has_value() && Below(5) == 0;
  said.quantity = quantity;
  said.population.groups = {Below(2) == 0 ? extraction::PopulationGroup::kPerson
                                          : extraction::PopulationGroup::kCivilian};
  if (Below(5) == 0) {
    said.subgroups.push_back({quantity, {}});
    said.subgroups.back().population.groups = {extraction::PopulationGroup::kChild};
  }
  if (Below(4) != 0) {
    const int from = 15 + Below(5);
    said.cumulative = Below(3) == 0;
    said.time = {fmt::format("2016-11-{:02}", from), fmt::format("2016-11-{:02}", from + Below(5))};
  }
  return said;
}

extraction::Assertion RandomDocuments::Control() {
  extraction::Assertion said;
  said.kind = extraction::Kind::kControl;
  constexpr std::array<const char*, 4> kMeasures = {"CAPTURED", "ADVANCE", "LOST", "CONTESTED"};
  said.measure = kMeasures[static_cast<size_t>(Below(4))];
  said.actor = Below(2) == 0 ? "syrian-government" : "rebels";
  if (Below(4) == 0) said.polarity = extraction::Polarity::kDenied;
  const std::string day = fmt::format("2016-11-{:02}", 20 + Below(3));
  said.time = {day, day};
  return said;
}

void RandomDocuments::Add(extraction::Assertion said, std::string quote, DocumentRecord& record) {
  if (Below(6) != 0) {
    said.place.id = kPlaces[static_cast<size_t>(Below(3))];
    said.place.name = said.place.id;
    said.place.inherited = Below(3) == 0;
  }
  switch (Below(4)) {
    case 0:
      break;
    case 1:
      said.chain = {Unnamed(Below(2) == 0 ? "an official" : "a resident of the city")};
      if (Below(2) == 0) said.chain.push_back(SpeakerNamed("Reuters"));
      break;
    default:
      said.chain = {SpeakerNamed(kSources[static_cast<size_t>(Below(6))])};
  }
  said.confidence = 0.5 + 0.1 * Below(6);
  const size_t begin = record.quotes.empty() ? 0 : record.assertions.back().span.end + 1;
  said.span = {begin, begin + quote.size()};
  record.code_points.push_back(said.span);
  record.quotes.push_back(std::move(quote));
  record.assertions.push_back(std::move(said));
}

DocumentRecord OneToll(const std::string& document, const std::string& outlet,
                       const std::string& source, double killed, const std::string& words) {
  extraction::Assertion said;
  said.kind = extraction::Kind::kCasualty;
  said.measure = "KILLED";
  extraction::Quantity quantity;
  quantity.lower = quantity.upper = killed;
  said.quantity = quantity;
  said.population.groups = {extraction::PopulationGroup::kPerson};
  said.time = {"2016-11-20", "2016-11-20"};
  said.place.id = "C1007";
  said.place.name = "Aleppo";
  if (!source.empty()) said.chain = {SpeakerNamed(source)};
  said.confidence = 0.9;
  said.span = {0, words.size()};
  DocumentRecord record;
  record.document.id = document;
  record.document.outlet = outlet;
  record.document.publication_date = "2016-11-21";
  record.extractor = "hand";
  record.assertions = {said};
  record.quotes = {words};
  record.code_points = {said.span};
  return record;
}

}  // namespace consilience::corroboration::testing
