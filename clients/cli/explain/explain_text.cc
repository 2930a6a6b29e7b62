#include "clients/cli/explain/explain_text.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "clients/cli/explain/arithmetic_text.h"
#include "clients/cli/explain/recompute.h"
#include "clients/cli/output/text_width.h"
#include "clients/cli/render/detail.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/phrase.h"
#include "clients/cli/render/words.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

constexpr int kBarCells = 20;

std::string Bar(double share) {
  const int full = static_cast<int>(std::lround(std::min(std::max(share, 0.0), 1.0) * kBarCells));
  std::string bar;
  for (int i = 0; i < kBarCells; ++i) bar += i < full ? "█" : "░";
  return bar;
}

// Writes behind the lines of a tree. `first` stands before the first line, `rest` before the
// others.
class Branch {
 public:
  Branch(DetailWriter& detail, std::string rest) : detail_(detail), rest_(std::move(rest)) {}

  void Line(std::string_view first, std::string_view text, Style style = Style::kPlain) {
    const int room = std::max(detail_.width() - DisplayWidth(first), 24);
    std::string begin(first);
    for (const std::string& line : Wrapped(OneLine(text), room)) {
      detail_.Raw(detail_.palette().Paint(Style::kFaint, begin) +
                  detail_.palette().Paint(style, line) + "\n");
      begin =
          rest_ + std::string(static_cast<size_t>(DisplayWidth(first) - DisplayWidth(rest_)), ' ');
    }
  }
  const std::string& rest() const { return rest_; }

 private:
  DetailWriter& detail_;
  const std::string rest_;
};

std::string Factors(const api::OriginExplanation& origin) {
  std::string text = fmt::format("accuracy {} · independence {}", Score(origin.accuracy()),
                                 Score(origin.independence()));
  if (origin.dependence_factor() < 1 || origin.relay_factor() < 1) {
    text += fmt::format(" ({} for copying × {} for its relay)", Score(origin.dependence_factor()),
                        Score(origin.relay_factor()));
  }
  text += fmt::format(" · extraction {}", Score(origin.extraction_confidence()));
  if (origin.agreement() < 1) text += fmt::format(" · agreement {}", Score(origin.agreement()));
  if (origin.interest_factor() != 0 && origin.interest_factor() != 1) {
    text += fmt::format(" · interest {}", Score(origin.interest_factor()));
  }
  return text;
}

std::string Said(const api::ClaimAssertion& assertion) {
  std::string text = fmt::format("“{}”", assertion.quote());
  if (assertion.set_aside()) text += " [set aside by a reviewer]";
  return text;
}

// Whether the name of an origin tells of this chain already: "an official (to Reuters)" of
// "an official → Reuters".
bool TellsChain(const std::string& origin, const common::v1::Attribution& attribution) {
  common::v1::Attribution deepest;
  *deepest.add_chain() = attribution.chain(0);
  const std::string speaker = ChainOf(deepest);
  return origin == ChainOf(attribution) || origin == speaker ||
         origin.starts_with(speaker + " (to ");
}

// Where an assertion stands; on whose word, where that is another name than the origin's, or that
// nobody is named: then the words are the document's own, not the origin's.
std::string Where(const api::ClaimAssertion& assertion, const std::string& origin,
                  DocumentNotes& notes) {
  std::string text = fmt::format("{} bytes {}–{}", notes.Mark(assertion.document()),
                                 assertion.span().start(), assertion.span().end());
  if (assertion.attribution().chain().empty()) return text + " · its own words, nobody is named";
  if (TellsChain(origin, assertion.attribution())) return text;
  return text + " · on the word of " + ChainOf(assertion.attribution());
}

// The document of "documents/x/assertions/y".
std::string DocumentOf(const std::string& assertion) {
  return assertion.substr(0, assertion.find("/assertions/"));
}

// Merges of one kind and evidence are told once, with the documents that they tie together.
std::vector<std::string> ToldMerges(const api::OriginExplanation& origin, DocumentNotes& notes) {
  std::vector<std::pair<std::string, std::vector<std::string>>> told;
  for (const api::Merge& merge : origin.merges()) {
    std::string text = WordFor(merge.basis());
    if (merge.confidence() > 0 && merge.confidence() < 1) {
      text += fmt::format(" (sure to {})", Score(merge.confidence()));
    }
    if (!merge.evidence().empty()) text += ": " + merge.evidence();
    auto at = std::find_if(told.begin(), told.end(),
                           [&](const auto& other) { return other.first == text; });
    if (at == told.end()) at = told.insert(told.end(), {text, {}});
    for (const std::string& end : {merge.assertion(), merge.other_assertion()}) {
      if (end.empty()) continue;
      const std::string mark = notes.Mark(DocumentOf(end));
      if (std::find(at->second.begin(), at->second.end(), mark) == at->second.end()) {
        at->second.push_back(mark);
      }
    }
  }
  std::vector<std::string> lines;
  for (auto& [text, marks] : told) {
    std::sort(marks.begin(), marks.end());
    lines.push_back(fmt::format("{} {}", text, fmt::join(marks, "")));
  }
  return lines;
}

void WriteMerges(Branch& branch, const api::OriginExplanation& origin, DocumentNotes& notes) {
  if (origin.merges_size() == 0) return;
  branch.Line(branch.rest() + "counted as one because", "");
  for (const std::string& line : ToldMerges(origin, notes)) {
    branch.Line(branch.rest() + "  ⇒ ", line);
  }
}

// What the reader has to know of a claim while its quotes are listed.
struct Told {
  const api::Claim& claim;
  bool wide = false;
};

void WriteAssertions(Branch& branch, const api::OriginExplanation& origin, const Told& told,
                     DocumentNotes& notes) {
  for (const auto& assertion : origin.assertions()) {
    branch.Line(branch.rest() + "• ", Said(assertion));
    branch.Line(branch.rest() + "    ", Where(assertion, origin.display_name(), notes),
                Style::kFaint);
    const std::string fit = FitOf(assertion, told.claim);
    if (!fit.empty()) branch.Line(branch.rest() + "    ", fit, Style::kDoubtful);
    if (told.wide) branch.Line(branch.rest() + "    ", assertion.name(), Style::kFaint);
  }
}

void WriteOrigin(DetailWriter& detail, const api::OriginExplanation& origin, bool last,
                 const Told& told, DocumentNotes& notes) {
  Branch branch(detail, last ? "   " : "│  ");
  branch.Line(last ? "└─ " : "├─ ", origin.display_name(), Style::kStrong);
  branch.Line(branch.rest(), fmt::format("weight {:+.2f} · without it the score would be {}",
                                         origin.weight(), Score(origin.score_without())));
  branch.Line(branch.rest(), Factors(origin), Style::kFaint);
  const bool told_relay = origin.relay().empty() || origin.relay() == origin.display_name() ||
                          origin.display_name().ends_with(fmt::format("(to {})", origin.relay()));
  if (!told_relay) {
    branch.Line(branch.rest(), "known only through " + origin.relay(), Style::kFaint);
  }
  if (origin.inferred_confidence() > 0) {
    branch.Line(branch.rest(),
                fmt::format("probably the word of another witness, who is not named for it (sure "
                            "to {}); why, stands below",
                            Score(origin.inferred_confidence())),
                Style::kDoubtful);
  }
  WriteAssertions(branch, origin, told, notes);
  WriteMerges(branch, origin, notes);
}

template <class Origins>
void WriteOrigins(DetailWriter& detail, const std::string& heading, const Origins& origins,
                  const Told& told, DocumentNotes& notes) {
  if (origins.empty()) return;
  detail.Section(heading);
  for (int i = 0; i < origins.size(); ++i) {
    if (i > 0) detail.Raw(detail.palette().Paint(Style::kFaint, "│") + "\n");
    WriteOrigin(detail, origins.Get(i), i + 1 == origins.size(), told, notes);
  }
}

std::string Worth(double effective) {
  const std::string count = Effective(effective);
  return fmt::format("{} independent {}", count, count == "1" ? "one" : "ones");
}

// " by “275,000”": what keeps a claim from being settled, however high its score.
std::string DisputedBy(const api::Explanation& explanation) {
  if (explanation.corroboration().state() != api::Corroboration::STATE_DISPUTED) return "";
  if (explanation.competing_size() > 0) {
    return fmt::format(" by “{}”", explanation.competing(0).display_name());
  }
  if (explanation.denials_size() > 0) return " by " + explanation.denials(0).display_name();
  return "";
}

void WriteHead(DetailWriter& detail, const api::Claim& claim, const api::Explanation& explanation) {
  const api::Corroboration& result = explanation.corroboration();
  detail.Title(SentenceOf(claim));
  detail.Field("Claim", claim.name());
  detail.Field("Question", claim.question());
  detail.Field("Where, when",
               claim.place().name() +
                   (claim.place().name().empty() || Window(claim.time()).empty() ? "" : ", ") +
                   Window(claim.time()));
  Cell state = StateOf(result.state());
  state.text += DisputedBy(explanation);
  detail.Field("State", state);
  detail.Field("Score", Cell{fmt::format("{}  {}", Score(result.score()), Bar(result.score())),
                             ScoreStyle(result.score())});
  detail.Field(
      "Witnesses",
      fmt::format("{} in {}; worth {}",
                  Counted(static_cast<size_t>(result.origin_count()), "origin", "origins"),
                  Counted(static_cast<size_t>(result.document_count()), "document", "documents"),
                  Worth(result.effective_origins())));
  if (result.origin_count_against() > 0) {
    detail.Field(
        "Against",
        fmt::format(
            "{} in {}; worth {}",
            Counted(static_cast<size_t>(result.origin_count_against()), "origin", "origins"),
            Counted(static_cast<size_t>(result.document_count_against()), "document", "documents"),
            Worth(result.effective_origins_against())));
  }
  detail.Field("Also as", fmt::format("Admiralty credibility {}, STIX confidence {}",
                                      result.admiralty_credibility(), result.stix_confidence()));
}

void WriteCompeting(DetailWriter& detail, const api::Explanation& explanation) {
  if (explanation.competing_size() == 0) return;
  detail.Section("Other answers to the same question");
  TableWriter table({{.header = "  CLAIM"},
                     {.header = "ANSWER", .min_width = 16},
                     {.header = "SCORE", .right_aligned = true},
                     {.header = "ORIGINS", .right_aligned = true, .leaves = 2},
                     {.header = "OVERLAP", .right_aligned = true, .leaves = 3},
                     {.header = "", .leaves = 4}},
                    detail.width(), detail.palette(),
                    [&](std::string_view text) { detail.Raw(text); });
  for (const auto& other : explanation.competing()) {
    table.Add({{"  " + IdOf(other.claim()), Style::kName},
               {other.display_name()},
               {Score(other.score()), ScoreStyle(other.score())},
               {Effective(other.effective_origins())},
               {Score(other.overlap())},
               {other.compatible_as_bounds() ? "both can hold" : ""}});
  }
  table.Finish();
}

}  // namespace

std::string ExplainText(const api::Claim& claim, const api::Explanation& explanation,
                        DocumentNotes notes, Palette palette, int width, bool wide) {
  DetailWriter detail(palette, width);
  WriteHead(detail, claim, explanation);
  if (explanation.summary_size() > 0) detail.Section("In short");
  for (const std::string& sentence : explanation.summary()) detail.Line(sentence, 2, "• ");
  const Told told{claim, wide};
  WriteOrigins(detail, "Who says so", explanation.origins(), told, notes);
  WriteOrigins(detail, "Who denies it", explanation.denials(), told, notes);
  WriteCompeting(detail, explanation);
  notes.Write(detail);
  WriteArithmetic(detail, explanation, Recompute(explanation));
  return detail.text();
}

}  // namespace consilience::cli
