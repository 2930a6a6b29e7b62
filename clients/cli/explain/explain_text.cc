#include "clients/cli/explain/explain_text.h"

#include <cmath>

#include "clients/cli/explain/arithmetic_text.h"
#include "clients/cli/explain/recompute.h"
#include "clients/cli/output/text_width.h"
#include "clients/cli/render/detail.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/phrase.h"
#include "clients/cli/render/words.h"
#include "fmt/format.h"

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

// Where an assertion stands; on whose word, where that is another name than the origin's, or that
// nobody is named: then the words are the document's own, not the origin's.
std::string Where(const api::ClaimAssertion& assertion, const std::string& origin,
                  DocumentNotes& notes) {
  std::string text = fmt::format("{} bytes {}–{}", notes.Mark(assertion.document()),
                                 assertion.span().start(), assertion.span().end());
  if (assertion.attribution().chain().empty()) return text + " · its own words, nobody is named";
  const std::string chain = ChainOf(assertion.attribution());
  return chain == origin ? text : text + " · on the word of " + chain;
}

// The document of "documents/x/assertions/y".
std::string DocumentOf(const std::string& assertion) {
  return assertion.substr(0, assertion.find("/assertions/"));
}

void WriteMerges(Branch& branch, const api::OriginExplanation& origin, DocumentNotes& notes) {
  if (origin.merges_size() == 0) return;
  branch.Line(branch.rest() + "counted as one because", "");
  for (const api::Merge& merge : origin.merges()) {
    std::string text = WordFor(merge.basis());
    if (merge.confidence() > 0 && merge.confidence() < 1) {
      text += fmt::format(" (sure to {})", Score(merge.confidence()));
    }
    if (!merge.evidence().empty()) text += ": " + merge.evidence();
    const std::string one = DocumentOf(merge.assertion());
    const std::string other = DocumentOf(merge.other_assertion());
    if (!other.empty() && one != other) {
      text += fmt::format(" {}{}", notes.Mark(one), notes.Mark(other));
    }
    branch.Line(branch.rest() + "  ⇒ ", text);
  }
}

void WriteOrigin(DetailWriter& detail, const api::OriginExplanation& origin, bool last,
                 DocumentNotes& notes) {
  Branch branch(detail, last ? "   " : "│  ");
  branch.Line(last ? "└─ " : "├─ ", origin.display_name(), Style::kStrong);
  branch.Line(branch.rest(), fmt::format("weight {:+.2f} · without it the score would be {}",
                                         origin.weight(), Score(origin.score_without())));
  branch.Line(branch.rest(), Factors(origin), Style::kFaint);
  if (!origin.relay().empty() && origin.relay() != origin.display_name()) {
    branch.Line(branch.rest(), "reaches us only through " + origin.relay(), Style::kFaint);
  }
  if (origin.inferred_confidence() > 0) {
    branch.Line(branch.rest(),
                fmt::format("partly inferred: nobody is named, but this source stands behind the "
                            "document's other figures (sure to {})",
                            Score(origin.inferred_confidence())),
                Style::kDoubtful);
  }
  for (const auto& assertion : origin.assertions()) {
    branch.Line(branch.rest() + "• ", Said(assertion));
    branch.Line(branch.rest() + "    ", Where(assertion, origin.display_name(), notes),
                Style::kFaint);
  }
  WriteMerges(branch, origin, notes);
}

template <class Origins>
void WriteOrigins(DetailWriter& detail, const std::string& heading, const Origins& origins,
                  DocumentNotes& notes) {
  if (origins.empty()) return;
  detail.Section(heading);
  for (int i = 0; i < origins.size(); ++i) {
    if (i > 0) detail.Raw(detail.palette().Paint(Style::kFaint, "│") + "\n");
    WriteOrigin(detail, origins.Get(i), i + 1 == origins.size(), notes);
  }
}

std::string Worth(double effective) {
  const std::string count = Effective(effective);
  return fmt::format("{} independent {}", count, count == "1" ? "one" : "ones");
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
  detail.Field("State", StateOf(result.state()));
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
                        DocumentNotes notes, Palette palette, int width) {
  DetailWriter detail(palette, width);
  WriteHead(detail, claim, explanation);
  if (explanation.summary_size() > 0) detail.Section("In short");
  for (const std::string& sentence : explanation.summary()) detail.Line(sentence, 2, "• ");
  WriteOrigins(detail, "Who says so", explanation.origins(), notes);
  WriteOrigins(detail, "Who denies it", explanation.denials(), notes);
  WriteCompeting(detail, explanation);
  notes.Write(detail);
  WriteArithmetic(detail, explanation, Recompute(explanation));
  return detail.text();
}

}  // namespace consilience::cli
