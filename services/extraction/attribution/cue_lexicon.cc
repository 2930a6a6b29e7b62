#include "services/extraction/attribution/cue_lexicon.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "fmt/format.h"
#include "services/extraction/lexicon/table.h"

namespace consilience::extraction {
namespace {

uint32_t FlagFromName(std::string_view name) {
  if (name == "hearer") return kHearer;
  if (name == "denies") return kDenies;
  if (name == "hedges") return kHedges;
  if (name == "document") return kDocument;
  if (name == "reports") return kReports;
  if (name == "owns") return kOwns;
  if (name == "cites") return kCites;
  if (name == "body") return kBody;
  if (name == "acts") return kActs;
  if (name == "finds") return kFinds;
  if (name == "outlet") return kOutlet;
  if (name == "definite") return kDefinite;
  if (name == "demonstrative") return kDemonstrative;
  if (name == "lets") return kLets;
  if (name == "calls") return kCalls;
  if (name == "revises") return kRevises;
  if (name == "falsity") return kFalsity;
  if (name == "truth") return kTruth;
  if (name == "account") return kAccount;
  if (name == "counts") return kCounts;
  return 0;
}

}  // namespace

absl::StatusOr<CueLexicon> CueLexicon::Load(const std::filesystem::path& folder,
                                            Vocabulary& vocabulary) {
  CueLexicon lexicon;
  const absl::StatusOr<Table> cues =
      Table::Load(folder / "cues.tsv", {.name = "attribution.cues", .columns = {"flag", "lemmas"}});
  if (!cues.ok()) return cues.status();
  for (const Table::Row& row : cues->rows()) {
    const uint32_t flag = FlagFromName(row[0]);
    if (flag == 0) return cues->Error(row, fmt::format("flag \"{}\" is not known", row[0]));
    std::string_view rest = row[1];
    while (!rest.empty()) {
      const size_t space = std::min(rest.find(' '), rest.size());
      const WordId word = vocabulary.Intern(rest.substr(0, space));
      if (word >= lexicon.flags_.size()) lexicon.flags_.resize(word + 1);
      lexicon.flags_[word] |= flag;
      rest.remove_prefix(std::min(space + 1, rest.size()));
    }
  }
  const absl::StatusOr<Table> phrases =
      Table::Load(folder / "cue_phrases.tsv",
                  {.name = "attribution.cue_phrases", .columns = {"phrase", "kind"}});
  if (!phrases.ok()) return phrases.status();
  for (const Table::Row& row : phrases->rows()) {
    Lexicon* const target = row[1] == "source"   ? &lexicon.phrases_
                            : row[1] == "adverb" ? &lexicon.adverbs_
                            : row[1] == "manner" ? &lexicon.manners_
                                                 : nullptr;
    if (target == nullptr) {
      return phrases->Error(row,
                            fmt::format("kind \"{}\" is not source, adverb or manner", row[1]));
    }
    if (absl::Status status = target->Add(vocabulary, row[0], 0); !status.ok()) {
      return phrases->Error(row, std::string(status.message()));
    }
  }
  return lexicon;
}

}  // namespace consilience::extraction
