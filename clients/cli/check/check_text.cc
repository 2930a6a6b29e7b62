#include "clients/cli/check/check_text.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "clients/cli/output/text_width.h"
#include "clients/cli/render/detail.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/phrase.h"
#include "clients/cli/render/words.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

constexpr int kIndent = 4;

bool Supports(const api::StatementMatch& match) {
  return match.relation() == api::ClaimRelation::TYPE_SAME ||
         match.relation() == api::ClaimRelation::TYPE_AGREES;
}

bool Opposes(const api::StatementMatch& match) {
  return match.relation() == api::ClaimRelation::TYPE_COMPETES ||
         match.relation() == api::ClaimRelation::TYPE_DENIES;
}

class Writer {
 public:
  Writer(const Explanations& explanations, DocumentNotes& notes, DetailWriter& detail)
      : explanations_(explanations), notes_(notes), detail_(detail) {}

  void Write(const api::StatementCheck& check, bool dated) {
    WriteVerdict(check);
    WriteUnderstood(check.assertion(), dated);
    WriteMatches("Says so", check, Supports);
    WriteMatches("Says otherwise", check, Opposes);
    WriteMatches("Near it", check,
                 [](const api::StatementMatch& m) { return !Supports(m) && !Opposes(m); });
    if (check.matches_size() > 0) WriteNext(check.matches(0).claim());
  }

 private:
  void WriteVerdict(const api::StatementCheck& check) {
    const Cell verdict = VerdictOf(check.verdict());
    std::string head = detail_.palette().Paint(verdict.style, Upper(verdict.text));
    if (check.has_score()) head += "  score " + Score(check.score());
    detail_.Raw(head + "\n");
    if (!check.summary().empty()) detail_.Line(check.summary(), 0);
  }

  static std::string Upper(std::string text) {
    for (char& c : text) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return text;
  }

  void WriteUnderstood(const extraction::v1::Assertion& assertion, bool dated) {
    detail_.Raw("\n");
    detail_.Field("Understood", SentenceOf(assertion));
    if (!dated && Window(assertion.time()).empty()) {
      detail_.Field("", "no day is known for it; --date DAY says when it speaks");
    }
  }

  template <class Wanted>
  void WriteMatches(const char* heading, const api::StatementCheck& check, Wanted wanted) {
    std::vector<const api::StatementMatch*> matches;
    for (const auto& match : check.matches()) {
      if (wanted(match)) matches.push_back(&match);
    }
    if (matches.empty()) return;
    // How a place passed from hand to hand reads in the order of time, anything else best first.
    if (check.assertion().kind() == "CONTROL") {
      std::stable_sort(matches.begin(), matches.end(),
                       [](const api::StatementMatch* a, const api::StatementMatch* b) {
                         return a->claim().time().to() < b->claim().time().to();
                       });
    }
    detail_.Section(heading);
    for (const api::StatementMatch* match : matches) WriteMatch(*match);
  }

  void WriteMatch(const api::StatementMatch& match) {
    const api::Corroboration& result = match.claim().corroboration();
    detail_.Line(SentenceOf(match.claim()), 2, "• ", Style::kStrong);
    std::string standing =
        fmt::format("{}, score {}; {} in {}", StateOf(result.state()).text, Score(result.score()),
                    Worth(result),
                    Counted(static_cast<size_t>(result.document_count()), "document", "documents"));
    const bool beside = !Supports(match) && !Opposes(match);
    if (beside) standing = WordFor(match.relation()) + "; " + standing;
    detail_.Line(standing + " · " + match.claim().name(), kIndent, "", Style::kFaint);
    // The first reason says how the answers stand to each other, which the heading has said.
    for (int i = 1; i < match.reasons_size(); ++i) {
      detail_.Line("it is " + match.reasons(i), kIndent, "", Style::kDoubtful);
    }
    if (!beside) WriteWitnesses(match.claim());
  }

  void WriteWitnesses(const api::Claim& claim) {
    const auto found = explanations_.find(claim.name());
    if (found == explanations_.end()) return;
    for (const auto& origin : found->second.origins()) WriteWitness(origin, claim, "");
    for (const auto& origin : found->second.denials()) WriteWitness(origin, claim, "denied by ");
  }

  void WriteWitness(const api::OriginExplanation& origin, const api::Claim& claim,
                    const std::string& lead) {
    std::string said;
    if (origin.assertions_size() > 0) {
      const auto& assertion = Plainest(origin, claim);
      said = fmt::format(": “{}” {}", assertion.quote(), notes_.Mark(assertion.document()));
      const std::string fit = FitOf(assertion, claim);
      if (!fit.empty()) said += fmt::format(" ({})", fit);
      if (origin.assertions_size() > 1) {
        said += fmt::format(" and {} more", origin.assertions_size() - 1);
      }
    }
    detail_.Line(lead + origin.display_name() + said, kIndent, "– ");
  }

  // The first quote that gives the very answer, else the first.
  static const api::ClaimAssertion& Plainest(const api::OriginExplanation& origin,
                                             const api::Claim& claim) {
    for (const auto& assertion : origin.assertions()) {
      if (FitOf(assertion, claim).empty()) return assertion;
    }
    return origin.assertions(0);
  }

  // "1 origin"; "2 origins worth 1.1" where they are not independent.
  static std::string Worth(const api::Corroboration& result) {
    std::string origins = Counted(static_cast<size_t>(result.origin_count()), "origin", "origins");
    if (result.origin_count() < 2) return origins;
    return fmt::format("{} worth {}", origins, Effective(result.effective_origins()));
  }

  void WriteNext(const api::Claim& claim) {
    detail_.Raw("\n");
    detail_.Line("Why: consil claims explain " + IdOf(claim.name()), 0, "", Style::kFaint);
    detail_.Line(
        "All answers on a page: consil dossier " + IdOf(claim.name()) + " --out dossier.html", 0,
        "", Style::kFaint);
  }

  const Explanations& explanations_;
  DocumentNotes& notes_;
  DetailWriter& detail_;
};

// Quotes that do not overlap, in the order of the text; the number is that of the check.
std::string Marked(const std::string& text, const api::CheckStatementResponse& response,
                   Palette palette) {
  std::vector<std::pair<size_t, int>> starts;
  starts.reserve(static_cast<size_t>(response.checks_size()));
  for (int i = 0; i < response.checks_size(); ++i) {
    starts.emplace_back(response.checks(i).assertion().span().start(), i);
  }
  std::sort(starts.begin(), starts.end());
  std::string marked;
  size_t done = 0;
  for (const auto& [start, i] : starts) {
    const auto& check = response.checks(i);
    const size_t end = check.assertion().span().end();
    if (end > text.size() || start > end) continue;
    const Cell verdict = VerdictOf(check.verdict());
    if (start >= done) {
      marked += text.substr(done, start - done) +
                palette.Paint(verdict.style, palette.enabled()
                                                 ? text.substr(start, end - start)
                                                 : "»" + text.substr(start, end - start) + "«");
      done = end;
    }
    marked += palette.Paint(verdict.style, fmt::format("[{}]", i + 1));
  }
  return marked + text.substr(done);
}

void WriteCounts(const api::CheckStatementResponse& response, DetailWriter& detail) {
  std::map<int, int> counts;
  for (const auto& check : response.checks()) ++counts[check.verdict()];
  std::string line = Counted(static_cast<size_t>(response.checks_size()), "claim", "claims") + ": ";
  bool first = true;
  for (const auto& [verdict, count] : counts) {
    line += fmt::format("{}{} {}", first ? "" : ", ", count,
                        VerdictOf(static_cast<api::StatementCheck::Verdict>(verdict)).text);
    first = false;
  }
  detail.Raw("\n");
  detail.Line(line, 0, "", Style::kStrong);
}

}  // namespace

std::string CheckText(const api::CheckStatementResponse& response, const Explanations& explanations,
                      DocumentNotes notes, bool dated, Palette palette, int width) {
  DetailWriter detail(palette, width);
  Writer writer(explanations, notes, detail);
  for (const auto& check : response.checks()) {
    if (&check != &response.checks(0)) detail.Raw("\n");
    writer.Write(check, dated);
  }
  if (response.checks_size() == 0) {
    detail.Line("Nothing in it was understood as a claim that can be checked.", 0);
    detail.Line(
        "What is understood: how many were killed, hurt, displaced or trapped; who holds a "
        "place; attacks, weapons, the state of hospitals; what somebody said.",
        0, "", Style::kFaint);
  }
  notes.Write(detail);
  return detail.text();
}

std::string CheckedArticle(const std::string& text, const api::CheckStatementResponse& response,
                           Palette palette, int width) {
  DetailWriter detail(palette, width);
  std::string marked = Marked(text, response, palette);
  size_t begin = 0;
  while (begin < marked.size()) {
    const size_t end = std::min(marked.find('\n', begin), marked.size());
    const std::string paragraph = marked.substr(begin, end - begin);
    // Colours have no width; a line that carries them is left to the terminal to break.
    if (palette.enabled() || paragraph.empty()) {
      detail.Raw(paragraph + "\n");
    } else {
      detail.Line(paragraph, 0);
    }
    begin = end + 1;
  }
  detail.Raw("\n");
  TableWriter table({{.header = "", .right_aligned = true},
                     {.header = "VERDICT"},
                     {.header = "SCORE", .right_aligned = true},
                     {.header = "UNDERSTOOD", .min_width = 24},
                     {.header = "KNOWN", .min_width = 24, .leaves = 2},
                     {.header = "CLAIM", .leaves = 1}},
                    detail.width(), palette, [&](std::string_view row) { detail.Raw(row); });
  for (int i = 0; i < response.checks_size(); ++i) {
    const auto& check = response.checks(i);
    const bool known = check.matches_size() > 0;
    table.Add({{fmt::format("[{}]", i + 1)},
               VerdictOf(check.verdict()),
               {check.has_score() ? Score(check.score()) : ""},
               {SentenceOf(check.assertion())},
               {known ? SentenceOf(check.matches(0).claim()) : ""},
               {known ? IdOf(check.matches(0).claim().name()) : "", Style::kName}});
  }
  table.Finish();
  WriteCounts(response, detail);
  return detail.text();
}

}  // namespace consilience::cli
