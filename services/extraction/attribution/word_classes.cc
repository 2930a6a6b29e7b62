#include "services/extraction/attribution/word_classes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "services/extraction/attribution/inflection.h"

namespace consilience::extraction {
namespace {

std::vector<std::string_view> SplitList(std::string_view list) {
  std::vector<std::string_view> parts;
  while (!list.empty()) {
    const size_t comma = std::min(list.find(','), list.size());
    parts.push_back(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return parts;
}

constexpr std::array<std::pair<std::string_view, Sense>, 16> kSenses = {{
    {"act", kActSense},
    {"change", kChangeSense},
    {"cognition", kCognitionSense},
    {"communication", kCommunicationSense},
    {"creation", kCreationSense},
    {"emotion", kEmotionSense},
    {"feeling", kEmotionSense},
    {"group", kGroupSense},
    {"location", kLocationSense},
    {"motion", kMotionSense},
    {"other", kOtherSense},
    {"perception", kPerceptionSense},
    {"person", kPersonSense},
    {"possession", kPossessionSense},
    {"social", kSocialSense},
    {"stative", kStativeSense},
}};

uint16_t SenseFromName(std::string_view name) {
  if (name == "time") return kTimeSense;
  for (const auto& [known, sense] : kSenses) {
    if (known == name) return sense;
  }
  return 0;
}

unsigned CountOf(const Table::Row& row) {
  unsigned count = 0;
  std::from_chars(row[2].data(), row[2].data() + row[2].size(), count);
  return count;
}

std::vector<const Table::Row*> CommonestFirst(const std::vector<Table::Row>& rows) {
  std::vector<std::pair<unsigned, const Table::Row*>> counted;
  counted.reserve(rows.size());
  for (const Table::Row& row : rows) counted.emplace_back(CountOf(row), &row);
  std::stable_sort(counted.begin(), counted.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<const Table::Row*> sorted;
  sorted.reserve(rows.size());
  for (const auto& [count, row] : counted) sorted.push_back(row);
  return sorted;
}

// Of two irregular forms the participle is the one in -n ("spoken"), else the one with "u"
// ("begun").
bool IsIrregularParticiple(std::string_view form) {
  return form.ends_with('n') || form.ends_with("ne") || form.find('u') != std::string_view::npos;
}

}  // namespace

struct WordClasses::Entry {
  std::string_view lemma;
  uint16_t count = 0;
  uint16_t senses = 0;
  uint16_t main_sense = 0;
  std::vector<std::string_view> forms;
};

absl::StatusOr<WordClasses> WordClasses::Load(const std::filesystem::path& folder,
                                              Vocabulary& vocabulary) {
  WordClasses words;
  const absl::StatusOr<Table> content = Table::Load(
      folder / "words.tsv",
      {.name = "attribution.words", .columns = {"lemma", "pos", "count", "classes", "forms"}});
  if (!content.ok()) return content.status();
  const absl::StatusOr<Table> function =
      Table::Load(folder / "function_words.tsv",
                  {.name = "attribution.function_words", .columns = {"word", "tags"}});
  if (!function.ok()) return function.status();
  // What is common gets the first numbers, so that the tables by number are read mostly at their
  // beginnings, which stay in the processor's caches.
  for (const Table::Row& row : function->rows()) vocabulary.Intern(row[0]);
  for (const Table::Row* row : CommonestFirst(content->rows())) {
    if (absl::Status status = words.AddRow(*content, *row, vocabulary); !status.ok()) return status;
  }
  for (const Table::Row& row : function->rows()) {
    absl::Status status = words.AddFunctionWord(*function, row, vocabulary);
    if (!status.ok()) return status;
  }
  return words;
}

WordClass& WordClasses::At(std::string_view form, Vocabulary& vocabulary) {
  const WordId id = vocabulary.Intern(form);
  if (id >= classes_.size()) classes_.resize(std::max<size_t>(id + 1, vocabulary.size()));
  return classes_[id];
}

absl::Status WordClasses::AddRow(const Table& table, const Table::Row& row,
                                 Vocabulary& vocabulary) {
  Entry entry;
  entry.lemma = row[0];
  unsigned count = 0;
  const auto [end, error] = std::from_chars(row[2].data(), row[2].data() + row[2].size(), count);
  if (error != std::errc() || end != row[2].data() + row[2].size()) {
    return table.Error(row, fmt::format("count \"{}\" is not a number", row[2]));
  }
  entry.count = static_cast<uint16_t>(std::min(count, 65535U));
  for (std::string_view name : SplitList(row[3])) {
    const uint16_t sense = SenseFromName(name);
    if (sense == 0) return table.Error(row, fmt::format("class \"{}\" is not known", name));
    if (entry.main_sense == 0) entry.main_sense = sense;
    entry.senses |= sense;
  }
  entry.forms = SplitList(row[4]);
  if (row[1] == "v") {
    AddVerb(entry, vocabulary);
  } else if (row[1] == "n") {
    AddNoun(entry, vocabulary);
  } else if (row[1] == "a") {
    WordClass& word = At(entry.lemma, vocabulary);
    word.tags |= Bit(Tag::kAdjective);
    word.as_adjective = std::max(word.as_adjective, entry.count);
  } else if (row[1] == "r") {
    WordClass& word = At(entry.lemma, vocabulary);
    word.tags |= Bit(Tag::kAdverb);
    word.as_adverb = std::max(word.as_adverb, entry.count);
  } else {
    return table.Error(row, fmt::format("part of speech \"{}\" is none of v, n, a, r", row[1]));
  }
  return absl::OkStatus();
}

WordClass& WordClasses::AddVerbForm(std::string_view form, TagSet tags, WordId lemma,
                                    const Entry& entry, Vocabulary& vocabulary) {
  WordClass& word = At(form, vocabulary);
  // A form of two verbs ("found", "saw") belongs to the commoner.
  if (word.verb == kNoWord || entry.count > word.as_verb) {
    word.verb = lemma;
    word.as_verb = entry.count;
    word.verb_senses = entry.senses;
    word.main_verb = static_cast<uint8_t>(std::bit_width(entry.main_sense));
  }
  word.tags |= tags;
  return word;
}

void WordClasses::AddVerb(const Entry& entry, Vocabulary& vocabulary) {
  const WordId lemma = vocabulary.Intern(entry.lemma);
  AddVerbForm(entry.lemma, Bit(Tag::kBase), lemma, entry, vocabulary);
  AddVerbForm(WithS(entry.lemma), Bit(Tag::kPresent), lemma, entry, vocabulary);
  bool gerund = false;
  std::vector<std::string_view> past;
  for (std::string_view form : entry.forms) {
    if (form.ends_with("ing")) {
      AddVerbForm(form, Bit(Tag::kGerund), lemma, entry, vocabulary);
      gerund = true;
    } else {
      past.push_back(form);
    }
  }
  if (!gerund) AddVerbForm(WithIng(entry.lemma), Bit(Tag::kGerund), lemma, entry, vocabulary);
  const TagSet both = Bits(Tag::kPast, Tag::kParticiple);
  if (past.empty()) AddVerbForm(WithEd(entry.lemma), both, lemma, entry, vocabulary);
  for (std::string_view form : past) {
    TagSet tags = both;
    if (past.size() > 1) tags = Bit(IsIrregularParticiple(form) ? Tag::kParticiple : Tag::kPast);
    AddVerbForm(form, tags, lemma, entry, vocabulary);
  }
}

void WordClasses::AddNoun(const Entry& entry, Vocabulary& vocabulary) {
  const WordId lemma = vocabulary.Intern(entry.lemma);
  const auto add = [&](std::string_view form, Tag tag) {
    WordClass& word = At(form, vocabulary);
    word.tags |= Bit(tag);
    if (word.noun == kNoWord || entry.count > word.as_noun) {
      word.noun = lemma;
      word.as_noun = entry.count;
      word.noun_senses = entry.senses;
    }
  };
  add(entry.lemma, Tag::kNoun);
  if (entry.forms.empty()) add(WithS(entry.lemma), Tag::kPlural);
  for (std::string_view form : entry.forms) add(form, Tag::kPlural);
}

absl::Status WordClasses::AddFunctionWord(const Table& table, const Table::Row& row,
                                          Vocabulary& vocabulary) {
  WordClass& word = At(row[0], vocabulary);
  word.tags = 0;
  for (std::string_view name : SplitList(row[1])) {
    const std::optional<Tag> tag = TagFromName(name);
    if (!tag.has_value()) return table.Error(row, fmt::format("tag \"{}\" is not known", name));
    if (word.tags == 0) word.function = *tag;
    word.tags |= Bit(*tag);
  }
  return absl::OkStatus();
}

}  // namespace consilience::extraction
