#include "services/extraction/evaluate/passages.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "services/ingest/passages/memory_index.h"
#include "services/ingest/passages/passages.h"
#include "services/ingest/passages/words.h"

namespace consilience::extraction {
namespace {

using ingest::DocumentNumber;
using ingest::IndexedDocument;
using ingest::Passage;
using ingest::Word;

struct Collection {
  std::vector<IndexedDocument> documents;  // the number of each is its place
  std::vector<std::string> ids;
  std::vector<std::vector<Word>> words;
  ingest::MemoryPassageIndex index;
};

// Which words of one document stand in another.
using Covered = std::vector<bool>;

// The words of `here` in runs of at least `min` words that stand in `there`: the length of the
// common run that ends at every pair of words, row by row.
Covered BruteForce(const std::vector<Word>& here, const std::vector<Word>& there, size_t min) {
  Covered covered(here.size());
  std::vector<uint32_t> row(there.size() + 1);
  for (size_t i = 0; i < here.size(); ++i) {
    uint32_t diagonal = 0;
    for (size_t j = 0; j < there.size(); ++j) {
      const uint32_t above = row[j + 1];
      row[j + 1] = here[i].folded == there[j].folded ? diagonal + 1 : 0;
      diagonal = above;
      if (row[j + 1] >= min) {
        std::fill_n(covered.begin() + static_cast<ptrdiff_t>(i + 1 - row[j + 1]), row[j + 1], true);
      }
    }
  }
  return covered;
}

Covered ByPassages(const std::vector<Word>& words, const std::vector<Passage>& passages,
                   DocumentNumber other, bool exact_only) {
  Covered covered(words.size());
  for (const Passage& passage : passages) {
    if (passage.other != other || (exact_only && passage.similarity < 1)) continue;
    for (size_t i = 0; i < words.size(); ++i) {
      if (passage.span.begin <= words[i].begin && words[i].end <= passage.span.end) {
        covered[i] = true;
      }
    }
  }
  return covered;
}

size_t Count(const Covered& covered) {
  return static_cast<size_t>(std::count(covered.begin(), covered.end(), true));
}

void AddTo(Score& score, const Covered& found, const Covered& wanted) {
  score.found += Count(found);
  score.wanted += Count(wanted);
  for (size_t i = 0; i < found.size(); ++i) score.right += found[i] && wanted[i] ? 1 : 0;
}

absl::StatusOr<Collection> Load(const std::filesystem::path& gold) {
  const auto lines = ReadJsonLines(gold);
  if (!lines.ok()) return lines.status();
  Collection all;
  for (const nlohmann::json& line : *lines) {
    IndexedDocument document;
    document.number = static_cast<DocumentNumber>(all.documents.size());
    document.text = line.value("text", "");
    document.outlet = line.value("source", "");
    document.date = line.value("date", "");
    all.ids.push_back(line.value("id", ""));
    all.words.push_back(ingest::FindWords(document.text));
    const absl::Status added = all.index.Add(document.number, ingest::Winnow(all.words.back()));
    if (!added.ok()) return added;
    all.documents.push_back(std::move(document));
  }
  return all;
}

struct Scores {
  Score pairs, words, exact;
  size_t near_copies = 0;  // passages with edits
  size_t boilerplate = 0;
  size_t passages = 0;
};

void Compare(const Collection& all, size_t a, size_t b, const std::vector<Passage>& passages,
             bool list, Scores& scores, std::vector<std::string>& errors) {
  const Covered wanted = BruteForce(all.words[a], all.words[b], ingest::kGuaranteedWords);
  const auto other = static_cast<DocumentNumber>(b);
  const Covered found = ByPassages(all.words[a], passages, other, false);
  AddTo(scores.words, found, wanted);
  AddTo(scores.exact, ByPassages(all.words[a], passages, other, true), wanted);
  const bool is_wanted = Count(wanted) > 0;
  const bool is_found = Count(found) > 0;
  scores.pairs.wanted += is_wanted ? 1 : 0;
  scores.pairs.found += is_found ? 1 : 0;
  scores.pairs.right += is_wanted && is_found ? 1 : 0;
  if (!list || is_wanted == is_found) return;
  errors.push_back((is_wanted ? "missed: " : "edited: ") + all.ids[a] + " " + all.ids[b]);
  for (const Passage& passage : passages) {
    if (passage.other != other) continue;
    errors.push_back("  " + std::string(passage.span.In(all.documents[a].text)));
    errors.push_back("  " + std::string(passage.other_span.In(all.documents[b].text)));
  }
}

absl::StatusOr<Report> Run(const MeasureOptions& options) {
  const absl::StatusOr<Collection> all = Load(options.gold);
  if (!all.ok()) return all.status();
  Scores scores;
  Report report;
  for (size_t a = 0; a < all->documents.size(); ++a) {
    const auto passages =
        ingest::FindPassages(all->documents[a], all->index,
                             [&](DocumentNumber number) -> absl::StatusOr<IndexedDocument> {
                               return all->documents[number];
                             });
    if (!passages.ok()) return passages.status();
    for (const Passage& passage : *passages) {
      if (all->documents[passage.other].outlet == all->documents[a].outlet) continue;
      ++scores.passages;
      if (passage.similarity < 1) ++scores.near_copies;
      if (passage.boilerplate) ++scores.boilerplate;
    }
    for (size_t b = 0; b < all->documents.size(); ++b) {
      if (all->documents[a].outlet == all->documents[b].outlet) continue;
      Compare(*all, a, b, *passages, options.errors, scores, report.errors);
    }
  }
  report.columns = kScoreColumns;
  report.rows = {ScoreRow("pairs of documents", scores.pairs),
                 ScoreRow("words, all passages", scores.words),
                 ScoreRow("words, exact passages", scores.exact),
                 {"passages", "", "", "", "", scores.passages, ""},
                 {"passages with edits", "", "", "", "", scores.near_copies, ""},
                 {"passages taken for house copy", "", "", "", "", scores.boilerplate, ""}};
  return report;
}

}  // namespace

Measure PassagesMeasure() {
  return {"passages",
          "Text reuse between documents {id, text, source, date} of different sources, against "
          "brute force",
          Run};
}

}  // namespace consilience::extraction
