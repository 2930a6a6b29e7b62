// A scorecard decides whether a verb or noun is a reporting cue where it stands.
//
// Each fact about a candidate that the card knows ("the verb is claim and a that-clause follows")
// adds its weight of evidence; the sum is the log-odds of a cue. Weights are data
// (cue_weights.tsv), so every decision can be added up by hand.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_SCORECARD_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_SCORECARD_H_

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/extraction/lexicon/vocabulary.h"

namespace consilience::extraction {

// One fact about a candidate: a template with up to one word and one small number.
enum class FactKind : uint8_t {
  kBias,            // type of the cue
  kLemma,           // word; type
  kLemmaContent,    // word; type, kind of content
  kLemmaNext,       // word and, as the value, the word after the cue
  kLemmaForm,       // word; form
  kLemmaSubject,    // word; class of the subject
  kContent,         // type, kind of content
  kSense,           // type, classes of meaning
  kSenseContent,    // kind of content, classes of meaning
  kForm,            // type, form
  kFormContent,     // form, kind of content
  kSubject,         // type, class of the subject
  kSubjectContent,  // class of the subject, kind of content
  kPlace,           // where it stands: in a quote, in a headline
  kNext,            // word: the one after the cue
  kSenseSubject,    // class of the subject, classes of meaning
  kCount,
};

struct CueFact {
  FactKind kind = FactKind::kBias;
  WordId word = kNoWord;
  uint32_t value = 0;

  uint64_t key() const {
    return (static_cast<uint64_t>(kind) << 56) ^ (static_cast<uint64_t>(word) << 24) ^ value;
  }
  friend bool operator==(const CueFact&, const CueFact&) = default;
};

// What is known of a candidate before its subject and its content are looked for.
struct CueWord {
  uint32_t type = 0;
  WordId lemma = kNoWord;
  uint32_t senses = 0;
  uint32_t form = 0;
  uint32_t place = 0;
  WordId next = kNoWord;  // the word after it, if that is a function word
};

// Thread-safe once loaded.
class Scorecard {
 public:
  // Reads a table of fact, word, value, weight. The value is a number, of lemma-next a word.
  static absl::StatusOr<Scorecard> Load(const std::filesystem::path& file, Vocabulary& vocabulary);

  // Log-odds above which a candidate is taken for a cue.
  static constexpr double kThreshold = 0.0;

  // Log-odds.
  double Score(std::span<const CueFact> facts) const;

  // Whether the score could be above the threshold whatever the subject and the content. Of about
  // every second candidate it could not, which need not be found then.
  bool MayBeCue(const CueWord& cue) const;

 private:
  // What candidates may be that MayBeCue is asked for.
  static constexpr uint32_t kTypes = 3;
  static constexpr uint32_t kForms = 9;
  // Facts without a word have values below this.
  static constexpr uint32_t kDense = 1024;
  // Facts of a set of senses have a type, a content or a subject below this beside it.
  static constexpr uint32_t kBesideSenses = 16;

  // Of one word, in ascending order of (kind, value).
  struct Weight {
    uint32_t key = 0;
    float weight = 0.0F;
  };
  // Of one word, in one cache line: what MayBeCue asks of each lemma, and where its weights are.
  struct alignas(64) WordRow {
    uint32_t begin = 0;  // into weights_
    uint32_t end = 0;
    std::array<float, kTypes> most{};  // that it, its subject and its content add as a lemma
    std::array<float, kForms> forms{};
    float next_least = 0.0F;  // that the word after it takes or adds, with it as a lemma
    float next_most = 0.0F;
  };
  // Of one set of senses: by the type, the content and the subject beside it.
  using SenseWeights = std::array<std::array<float, kBesideSenses>, 3>;

  // Values are less than 2^24: classes, senses with a class, or the number of a word.
  static constexpr uint32_t kMaxValue = (1U << 24) - 1;
  static uint32_t KeyOf(FactKind kind, uint32_t value) {
    return static_cast<uint32_t>(kind) << 24 | value;
  }

  // A fact of a set of senses, taken apart.
  struct SenseFact {
    uint32_t senses = 0;
    size_t table = 0;  // of SenseWeights
    uint32_t beside = 0;
  };
  static std::optional<SenseFact> SenseFactOf(FactKind kind, uint32_t value);

  void EndRow(WordId word);
  static float MostOfLemma(std::span<const Weight> weights, uint32_t type);
  void SetOtherBounds();
  float MostWithContent(const SenseWeights& senses, uint32_t type, uint32_t content) const;
  float DenseWeight(FactKind kind, uint32_t value) const {
    return dense_[static_cast<size_t>(kind) * kDense + value];
  }
  bool AddWordless(FactKind kind, uint32_t value, float weight);
  const WordRow& RowOf(WordId word) const {
    return rows_[word < row_of_.size() ? row_of_[word] : 0];
  }
  std::span<const Weight> WeightsOf(const WordRow& row) const {
    return std::span(weights_).subspan(row.begin, row.end - row.begin);
  }
  static float WeightAmong(std::span<const Weight> weights, uint32_t key);
  float WordlessWeight(const CueFact& fact) const;

  std::vector<uint16_t> row_of_;                         // by word: its place in rows_
  std::vector<WordRow> rows_ = std::vector<WordRow>(1);  // the first is for words without weights
  std::vector<Weight> weights_;
  std::vector<float> dense_ =
      std::vector<float>(static_cast<size_t>(FactKind::kCount) * kDense);  // by kind and value
  // By set of senses: its place in sense_weights_, whose first is for all that have none.
  std::vector<uint16_t> sense_rows_ = std::vector<uint16_t>(1U << 16);
  std::vector<SenseWeights> sense_weights_ = std::vector<SenseWeights>(1);

  // By place in sense_weights_, type and form: the most that those three, a subject and a content
  // add whatever the lemma.
  std::vector<std::array<std::array<float, kForms>, kTypes>> other_bounds_;
};

std::string_view FactKindName(FactKind kind);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_SCORECARD_H_
