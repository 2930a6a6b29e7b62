#include "services/extraction/evaluate/timex.h"

#include <fmt/format.h>

#include <memory>

#include "services/extraction/quantity/number_reader.h"
#include "services/extraction/text/text.h"
#include "services/extraction/time/time_tagger.h"

namespace consilience::extraction {
namespace {

constexpr const char* kTypes[] = {"DATE", "TIME", "DURATION", "SET"};

struct Stages {
  Vocabulary vocabulary;
  std::optional<TextAnalyser> text;
  std::optional<NumberReader> numbers;
  std::optional<TimeTagger> times;

  absl::Status Load(const std::filesystem::path& rules) {
    auto analyser = TextAnalyser::Load(rules, vocabulary);
    if (!analyser.ok()) return analyser.status();
    auto reader = NumberReader::Load(rules, vocabulary);
    if (!reader.ok()) return reader.status();
    auto tagger = TimeTagger::Load(rules, vocabulary);
    if (!tagger.ok()) return tagger.status();
    text.emplace(*std::move(analyser));
    numbers.emplace(*std::move(reader));
    times.emplace(*std::move(tagger));
    return absl::OkStatus();
  }

  std::vector<TimeMention> Run(const std::string& stored, const std::string& date) const {
    const Text analysed = text->Analyse(stored);
    return times->Tag(analysed, numbers->Read(analysed), date);
  }
};

struct Wanted {
  Span span;
  std::string type;
  std::string value;
};

// Byte offsets of all code points of a text, and its size.
std::vector<size_t> CodePointOffsets(std::string_view text) {
  std::vector<size_t> offsets;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) offsets.push_back(i);
  }
  offsets.push_back(text.size());
  return offsets;
}

std::vector<Wanted> ReadWanted(const nlohmann::json& gold, std::string_view text) {
  const std::vector<size_t> offsets = CodePointOffsets(text);
  std::vector<Wanted> wanted;
  for (const auto& timex : gold) {
    wanted.push_back({{offsets.at(timex["start"]), offsets.at(timex["end"])},
                      timex["type"].get<std::string>(),
                      timex["value"].get<std::string>()});
  }
  return wanted;
}

bool SameWindow(const TimeMention& found, const std::string& value) {
  const size_t slash = value.find('/');
  if (slash == std::string::npos) return false;
  return found.days.from.starts_with(value.substr(0, slash)) &&
         found.days.to.starts_with(value.substr(slash + 1));
}

struct Scores {
  Score strict;
  Score relaxed;
  Score value;
  Score window;
  Score type;
};

class Scorer {
 public:
  explicit Scorer(bool errors) : errors_(errors) {}

  void AddDocument(std::string_view text, const std::vector<Wanted>& wanted,
                   const std::vector<TimeMention>& found) {
    std::vector<bool> used(found.size(), false);
    for (Score* score :
         {&scores_.strict, &scores_.relaxed, &scores_.value, &scores_.window, &scores_.type}) {
      score->found += found.size();
      score->wanted += wanted.size();
    }
    for (const Wanted& want : wanted) {
      const int match = Match(want, found, used);
      if (match < 0) {
        Note("missed", text, want.span, fmt::format("{} {}", want.type, want.value));
      } else {
        used[static_cast<size_t>(match)] = true;
        Compare(text, want, found[static_cast<size_t>(match)]);
      }
    }
    for (size_t i = 0; i < found.size(); ++i) {
      if (!used[i]) {
        Note("spurious", text, found[i].span,
             fmt::format("{} {}", kTypes[static_cast<int>(found[i].type)], found[i].value));
      }
    }
  }

  Report Finish() {
    Report report;
    report.columns = kScoreColumns;
    report.rows = {ScoreRow("strict", scores_.strict), ScoreRow("relaxed", scores_.relaxed),
                   ScoreRow("value", scores_.value), ScoreRow("window", scores_.window),
                   ScoreRow("type", scores_.type)};
    report.errors = std::move(notes_);
    return report;
  }

 private:
  // The free mention with the same span, else the first free one that overlaps.
  static int Match(const Wanted& want, const std::vector<TimeMention>& found,
                   const std::vector<bool>& used) {
    int overlapping = -1;
    for (size_t i = 0; i < found.size(); ++i) {
      if (used[i] || !found[i].span.Overlaps(want.span)) continue;
      if (found[i].span == want.span) return static_cast<int>(i);
      if (overlapping < 0) overlapping = static_cast<int>(i);
    }
    return overlapping;
  }

  void Compare(std::string_view text, const Wanted& want, const TimeMention& found) {
    ++scores_.relaxed.right;
    const char* const type = kTypes[static_cast<int>(found.type)];
    if (found.span == want.span) {
      ++scores_.strict.right;
    } else {
      Note("span", text, want.span, fmt::format("found \"{}\"", found.span.In(text)));
    }
    if (type == want.type) ++scores_.type.right;
    const bool value = found.value == want.value;
    if (value) ++scores_.value.right;
    if (value || SameWindow(found, want.value)) ++scores_.window.right;
    if (!value) {
      Note("value", text, want.span,
           fmt::format("wanted {} {}, found {} {} ({})", want.type, want.value, type, found.value,
                       found.rule));
    }
  }

  void Note(const char* what, std::string_view text, Span span, const std::string& detail) {
    if (!errors_) return;
    notes_.push_back(
        fmt::format("{}: {}: {}", what, InContext(text, span.begin, span.end), detail));
  }

  bool errors_;
  Scores scores_;
  std::vector<std::string> notes_;
};

absl::StatusOr<Report> Run(const MeasureOptions& options) {
  const auto documents = ReadJsonLines(options.gold);
  if (!documents.ok()) return documents.status();
  const auto stages = std::make_unique<Stages>();
  if (absl::Status s = stages->Load(options.rules); !s.ok()) return s;
  Scorer scorer(options.errors);
  for (const auto& document : *documents) {
    const auto stored = document["text"].get<std::string>();
    const std::string date = document["date"].is_string() ? document["date"] : "";
    scorer.AddDocument(stored, ReadWanted(document["gold"]["timex"], stored),
                       stages->Run(stored, date));
  }
  return scorer.Finish();
}

}  // namespace

Measure TimexMeasure() { return {"timex", "Time expressions, as TempEval-3 scored them", Run}; }

}  // namespace consilience::extraction
