#include "services/extraction/attribution/scorecard.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <optional>
#include <tuple>

#include "fmt/format.h"
#include "services/extraction/lexicon/table.h"

namespace consilience::extraction {
namespace {

// A bound is added up in another order than a score.
constexpr double kRounding = 1e-3;
// Values of facts that hold two numbers are the first times this plus the second.
constexpr uint32_t kRadix = 32;

constexpr std::array<std::string_view, static_cast<size_t>(FactKind::kCount)> kNames = {
    "bias",          "lemma",   "lemma-content",   "lemma-next",    "lemma-form",
    "lemma-subject", "content", "sense",           "sense-content", "form",
    "form-content",  "subject", "subject-content", "place",         "next",
    "sense-subject",
};

std::optional<FactKind> KindFromName(std::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<FactKind>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view FactKindName(FactKind kind) { return kNames[static_cast<size_t>(kind)]; }

absl::StatusOr<Scorecard> Scorecard::Load(const std::filesystem::path& file,
                                          Vocabulary& vocabulary) {
  const absl::StatusOr<Table> table = Table::Load(
      file, {.name = "attribution.cue_weights", .columns = {"fact", "word", "value", "weight"}});
  if (!table.ok()) return table.status();
  struct Entry {
    WordId word;
    Weight weight;
    const Table::Row* row;
  };
  std::vector<Entry> entries;
  Scorecard card;
  for (const Table::Row& row : table->rows()) {
    const std::optional<FactKind> kind = KindFromName(row[0]);
    if (!kind.has_value()) {
      return table->Error(row, fmt::format("fact \"{}\" is not known", row[0]));
    }
    char* end = nullptr;
    const auto weight = static_cast<float>(std::strtod(row[3].c_str(), &end));
    if (row[3].empty() || *end != '\0') {
      return table->Error(row, fmt::format("weight \"{}\" is not a number", row[3]));
    }
    uint32_t value = 0;
    if (*kind == FactKind::kLemmaNext) {
      value = vocabulary.Intern(row[2]);
    } else {
      value = static_cast<uint32_t>(std::strtoul(row[2].c_str(), &end, 10));
      if (*end != '\0' || value > kMaxValue) {
        return table->Error(row,
                            fmt::format("value \"{}\" is not a whole number below 2^24", row[2]));
      }
    }
    const WordId word = row[1].empty() ? kNoWord : vocabulary.Intern(row[1]);
    entries.push_back({word, {KeyOf(*kind, value), weight}, &row});
    if (word == kNoWord && !card.AddWordless(*kind, value, weight)) {
      return table->Error(
          row, fmt::format("value \"{}\" of a fact without a word is too great", row[2]));
    }
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.word, a.weight.key) < std::tie(b.word, b.weight.key);
  });
  for (size_t i = 0; i < entries.size(); ++i) {
    const Entry& entry = entries[i];
    if (i > 0 && entry.word == entries[i - 1].word &&
        entry.weight.key == entries[i - 1].weight.key) {
      return table->Error(*entry.row, "the fact has a weight already");
    }
    if (entry.word == kNoWord) continue;  // AddWordless has it
    if (card.rows_.size() > std::numeric_limits<uint16_t>::max()) {
      return table->Error(*entry.row, "there are too many words");
    }
    card.weights_.push_back(entry.weight);
    if (i + 1 == entries.size() || entries[i + 1].word != entry.word) card.EndRow(entry.word);
  }
  card.SetOtherBounds();
  return card;
}

// The weights since the row before are those of `word`, which comes after the words of all rows.
void Scorecard::EndRow(WordId word) {
  WordRow row;
  row.begin = rows_.back().end;
  row.end = static_cast<uint32_t>(weights_.size());
  const std::span<const Weight> weights = WeightsOf(row);
  for (uint32_t type = 0; type < kTypes; ++type) row.most[type] = MostOfLemma(weights, type);
  for (uint32_t form = 0; form < kForms; ++form) {
    row.forms[form] = WeightAmong(weights, KeyOf(FactKind::kLemmaForm, form));
  }
  for (const auto& [key, weight] : weights) {
    if (static_cast<FactKind>(key >> 24) != FactKind::kLemmaNext) continue;
    row.next_least = std::min(row.next_least, weight);
    row.next_most = std::max(row.next_most, weight);
  }
  row_of_.resize(word + size_t{1});
  row_of_[word] = static_cast<uint16_t>(rows_.size());
  rows_.push_back(row);
}

float Scorecard::MostOfLemma(std::span<const Weight> weights, uint32_t type) {
  float lemma = 0.0F;
  float content = 0.0F;  // most contents and subjects have no weight with the word
  float subject = 0.0F;
  for (const auto& [key, weight] : weights) {
    const auto kind = static_cast<FactKind>(key >> 24);
    const uint32_t value = key & kMaxValue;
    if (kind == FactKind::kLemma && value == type) lemma = weight;
    if (kind == FactKind::kLemmaSubject) subject = std::max(subject, weight);
    if (kind == FactKind::kLemmaContent && value / kRadix == type) {
      content = std::max(content, weight);
    }
  }
  return lemma + content + subject;
}

// The most that a content of this kind and any subject with it add, without lemma and form.
float Scorecard::MostWithContent(const SenseWeights& senses, uint32_t type,
                                 uint32_t content) const {
  float most = std::numeric_limits<float>::lowest();
  for (uint32_t subject = 0; subject < kBesideSenses; ++subject) {
    most = std::max(most, DenseWeight(FactKind::kSubject, type * kRadix + subject) +
                              DenseWeight(FactKind::kSubjectContent, subject * kRadix + content) +
                              senses[2][subject]);
  }
  return most + DenseWeight(FactKind::kContent, type * kRadix + content) + senses[1][content];
}

void Scorecard::SetOtherBounds() {
  other_bounds_.resize(sense_weights_.size());
  for (size_t row = 0; row < other_bounds_.size(); ++row) {
    const SenseWeights& senses = sense_weights_[row];
    for (uint32_t type = 0; type < kTypes; ++type) {
      std::array<float, kForms> most;
      most.fill(std::numeric_limits<float>::lowest());
      for (uint32_t content = 0; content < kBesideSenses; ++content) {
        const float with_content = MostWithContent(senses, type, content);
        for (uint32_t form = 0; form < kForms; ++form) {
          const float both = DenseWeight(FactKind::kFormContent, form * kRadix + content);
          most[form] = std::max(most[form], with_content + both);
        }
      }
      for (uint32_t form = 0; form < kForms; ++form) {
        other_bounds_[row][type][form] = most[form] + DenseWeight(FactKind::kBias, type) +
                                         DenseWeight(FactKind::kForm, type * kRadix + form) +
                                         senses[0][type];
      }
    }
  }
}

bool Scorecard::MayBeCue(const CueWord& cue) const {
  double most = static_cast<double>(other_bounds_[sense_rows_[cue.senses]][cue.type][cue.form] +
                                    DenseWeight(FactKind::kPlace, cue.type * kRadix + cue.place));
  const WordRow& lemma = RowOf(cue.lemma);
  most += static_cast<double>(lemma.most[cue.type] + lemma.forms[cue.form]);
  most += kRounding;
  if (cue.next == kNoWord) return most > kThreshold;
  const auto next = WeightsOf(RowOf(cue.next));
  most += static_cast<double>(WeightAmong(next, KeyOf(FactKind::kNext, cue.type)));
  // Mostly what the two words weigh together decides nothing, and need not be looked for.
  if (most + static_cast<double>(lemma.next_least) > kThreshold) return true;
  if (most + static_cast<double>(lemma.next_most) <= kThreshold) return false;
  most += static_cast<double>(WeightAmong(WeightsOf(lemma), KeyOf(FactKind::kLemmaNext, cue.next)));
  return most > kThreshold;
}

std::optional<Scorecard::SenseFact> Scorecard::SenseFactOf(FactKind kind, uint32_t value) {
  switch (kind) {
    case FactKind::kSense:
      return SenseFact{value & 0xFFFF, 0, value >> 20};
    case FactKind::kSenseContent:
      return SenseFact{value & 0xFFFF, 1, value >> 16};
    case FactKind::kSenseSubject:
      return SenseFact{value & 0xFFFF, 2, value >> 16};
    default:
      return std::nullopt;
  }
}

// False if there is no room for the value.
bool Scorecard::AddWordless(FactKind kind, uint32_t value, float weight) {
  const std::optional<SenseFact> sense = SenseFactOf(kind, value);
  if (!sense.has_value()) {
    if (value >= kDense) return false;
    dense_[static_cast<size_t>(kind) * kDense + value] = weight;
    return true;
  }
  if (sense->beside >= kBesideSenses) return false;
  uint16_t& row = sense_rows_[sense->senses];
  if (row == 0) {
    row = static_cast<uint16_t>(sense_weights_.size());
    sense_weights_.emplace_back();
  }
  sense_weights_[row][sense->table][sense->beside] = weight;
  return true;
}

float Scorecard::WeightAmong(std::span<const Weight> weights, uint32_t key) {
  if (weights.empty()) return 0.0F;
  const Weight* first = weights.data();
  // A binary search without a branch on what it compares, which no processor could foresee.
  for (size_t count = weights.size(); count > 1;) {
    const size_t half = count / 2;
    first += first[half].key <= key ? half : 0;
    count -= half;
  }
  return first->key == key ? first->weight : 0.0F;
}

float Scorecard::WordlessWeight(const CueFact& fact) const {
  if (const auto sense = SenseFactOf(fact.kind, fact.value); sense.has_value()) {
    return sense_weights_[sense_rows_[sense->senses]][sense->table][sense->beside];
  }
  // Greater is only the number of the word after a cue whose own lemma is not known.
  return fact.value < kDense ? dense_[static_cast<size_t>(fact.kind) * kDense + fact.value] : 0.0F;
}

double Scorecard::Score(std::span<const CueFact> facts) const {
  double score = 0.0;
  // Most facts with a word have that of the one before: the lemma of the cue.
  WordId word = kNoWord;
  std::span<const Weight> weights;
  for (const CueFact& fact : facts) {
    if (fact.word == kNoWord) {
      score += static_cast<double>(WordlessWeight(fact));
      continue;
    }
    if (fact.word != word) {
      word = fact.word;
      weights = WeightsOf(RowOf(word));
    }
    score += static_cast<double>(WeightAmong(weights, KeyOf(fact.kind, fact.value)));
  }
  return score;
}

}  // namespace consilience::extraction
