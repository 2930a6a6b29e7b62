#include "services/extraction/population/population_lexicon.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "absl/strings/numbers.h"
#include "services/extraction/lexicon/table.h"
#include "services/extraction/model/names.h"

namespace consilience::extraction {
namespace {

std::vector<std::string> Split(std::string_view list, char separator) {
  std::vector<std::string> parts;
  for (size_t begin = 0; begin < list.size();) {
    const size_t end = std::min(list.find(separator, begin), list.size());
    if (end > begin) parts.emplace_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

absl::StatusOr<PopulationTerm> ReadTerm(const Table& table, const Table::Row& row) {
  PopulationTerm term;
  for (const std::string& name : Split(row[2], '|')) {
    const auto group = PopulationGroupNamed(name);
    if (!group) return table.Error(row, fmt::format("no group \"{}\"", name));
    term.groups.push_back(*group);
  }
  if (term.groups.empty()) return table.Error(row, "a group is needed");
  for (const std::string& flag : Split(row[3], ' ')) {
    if (flag == "loaded") {
      term.loaded = true;
    } else if (flag == "toll") {
      term.toll = true;
    } else if (flag == "pupil") {
      term.pupil = true;
    } else if (flag == "people") {
      term.label = kPeopleLabel;
    } else if (flag == "collective") {
      term.collective = true;
    } else {
      return table.Error(
          row, fmt::format("no flag \"{}\"; known are loaded, toll, pupil, people and collective",
                           flag));
    }
  }
  if (term.toll) term.label = kPeopleLabel;
  if (term.label.empty()) term.label = row[1].empty() ? row[0] : row[1];
  term.generic = term.groups[0] == PopulationGroup::kPerson;
  return term;
}

absl::Status LoadTerms(const std::filesystem::path& file, Vocabulary& vocabulary,
                       PopulationLexicon& lexicon) {
  auto table = Table::Load(file, {"population", 1, {"singular", "plural", "groups", "flags"}});
  if (!table.ok()) return table.status();
  for (const Table::Row& row : table->rows()) {
    auto term = ReadTerm(*table, row);
    if (!term.ok()) return term.status();
    for (const bool plural : {false, true}) {
      const std::string& phrase = row[plural ? 1 : 0];
      if (phrase.empty() || (plural && row[0] == row[1])) continue;
      PopulationTerm form = *term;
      form.singular = !plural || row[0] == row[1];
      form.plural = plural || row[0] == row[1];
      const auto payload = static_cast<int32_t>(lexicon.term.size());
      if (absl::Status s = lexicon.terms.Add(vocabulary, phrase, payload); !s.ok()) {
        return table->Error(row, std::string(s.message()));
      }
      lexicon.term.push_back(std::move(form));
    }
  }
  return absl::OkStatus();
}

absl::Status LoadSuffixes(const std::filesystem::path& file, PopulationLexicon& lexicon) {
  auto table = Table::Load(file, {"population-suffixes", 1, {"suffix", "groups"}});
  if (!table.ok()) return table.status();
  for (const Table::Row& row : table->rows()) {
    const auto group = PopulationGroupNamed(row[1]);
    if (!group) return table->Error(row, fmt::format("no group \"{}\"", row[1]));
    PopulationTerm term;
    term.groups = {*group};
    term.label = *group == PopulationGroup::kWoman ? "women" : kPeopleLabel;
    term.plural = true;
    term.generic = *group == PopulationGroup::kPerson;
    lexicon.suffixes.emplace_back(row[0], std::move(term));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<double>> ReadBound(const Table& table, const Table::Row& row,
                                                const std::string& bound) {
  if (bound.empty()) return std::optional<double>();
  double value = 0;
  if (!absl::SimpleAtod(bound, &value) || value < 0) {
    return table.Error(row, fmt::format("\"{}\" is no bound; write a number or nothing", bound));
  }
  return std::optional(value);
}

absl::StatusOr<PartWord> ReadPart(const Table& table, const Table::Row& row) {
  PartWord part;
  auto least = ReadBound(table, row, row[1]);
  if (!least.ok()) return least.status();
  auto most = ReadBound(table, row, row[2]);
  if (!most.ok()) return most.status();
  part.least = *least;
  part.most = *most;
  for (const std::string& flag : Split(row[3], ' ')) {
    bool PartWord::*use = flag == "share"    ? &PartWord::share
                          : flag == "of"     ? &PartWord::of
                          : flag == "noun"   ? &PartWord::noun
                          : flag == "counts" ? &PartWord::counts
                          : flag == "alone"  ? &PartWord::alone
                          : flag == "except" ? &PartWord::except
                                             : nullptr;
    if (use == nullptr) {
      return table.Error(
          row,
          fmt::format("no use \"{}\"; known are share, of, noun, counts, alone and except", flag));
    }
    part.*use = true;
  }
  return part;
}

absl::Status LoadPartWords(const std::filesystem::path& file, Vocabulary& vocabulary,
                           PopulationLexicon& lexicon) {
  auto table = Table::Load(file, {"people-parts", 1, {"phrase", "least", "most", "use"}});
  if (!table.ok()) return table.status();
  for (const Table::Row& row : table->rows()) {
    auto part = ReadPart(*table, row);
    if (!part.ok()) return part.status();
    const auto payload = static_cast<int32_t>(lexicon.part.size());
    if (absl::Status s = lexicon.parts.Add(vocabulary, row[0], payload); !s.ok()) {
      return table->Error(row, std::string(s.message()));
    }
    lexicon.part.push_back(*std::move(part));
  }
  return absl::OkStatus();
}

absl::Status LoadDeterminers(const std::filesystem::path& file, Vocabulary& vocabulary,
                             PopulationLexicon& lexicon) {
  auto table = Table::Load(file, {"people-determiners", 1, {"word", "kind"}});
  if (!table.ok()) return table.status();
  for (const Table::Row& row : table->rows()) {
    if (row[1] != "article" && row[1] != "possessive") {
      return table->Error(row, fmt::format("no kind \"{}\": article or possessive", row[1]));
    }
    const auto kind =
        row[1] == "article" ? PeopleDeterminer::kArticle : PeopleDeterminer::kPossessive;
    absl::Status added = lexicon.determiners.Add(vocabulary, row[0], static_cast<int32_t>(kind));
    if (!added.ok()) return table->Error(row, std::string(added.message()));
  }
  return absl::OkStatus();
}

absl::Status LoadParties(const std::filesystem::path& file, Vocabulary& vocabulary,
                         PopulationLexicon& lexicon) {
  auto table = Table::Load(file, {"parties", 2, {"id", "name", "armed", "state", "aliases"}});
  if (!table.ok()) return table.status();
  for (const Table::Row& row : table->rows()) {
    if (row[2] != "yes" && row[2] != "no") return table->Error(row, "armed is yes or no");
    const auto payload = static_cast<int32_t>(lexicon.party.size());
    const bool any_state = row[3] == "*";
    lexicon.party.push_back(
        {row[0], row[1], row[2] == "yes", any_state ? std::string() : row[3], any_state});
    for (const std::string& alias : Split(row[4], '|')) {
      if (absl::Status s = lexicon.parties.Add(vocabulary, alias, payload); !s.ok()) {
        return table->Error(row, std::string(s.message()));
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<PopulationLexicon> PopulationLexicon::Load(const std::filesystem::path& rules,
                                                          Vocabulary& vocabulary) {
  PopulationLexicon lexicon;
  if (absl::Status s = LoadTerms(rules / "population" / "terms.tsv", vocabulary, lexicon);
      !s.ok()) {
    return s;
  }
  if (absl::Status s = LoadSuffixes(rules / "population" / "suffixes.tsv", lexicon); !s.ok()) {
    return s;
  }
  if (absl::Status s = LoadPartWords(rules / "population" / "parts.tsv", vocabulary, lexicon);
      !s.ok()) {
    return s;
  }
  if (absl::Status s =
          LoadDeterminers(rules / "population" / "determiners.tsv", vocabulary, lexicon);
      !s.ok()) {
    return s;
  }
  if (absl::Status s = LoadParties(rules / "party" / "parties.tsv", vocabulary, lexicon); !s.ok()) {
    return s;
  }
  return lexicon;
}

}  // namespace consilience::extraction
