#include "clients/cli/dossier/witnesses.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "clients/cli/dossier/html_text.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/phrase.h"
#include "clients/cli/render/words.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

std::string ClassOf(api::Corroboration::State state) {
  switch (state) {
    case api::Corroboration::STATE_CORROBORATED:
      return "good";
    case api::Corroboration::STATE_DISPUTED:
    case api::Corroboration::STATE_CONTRADICTED:
      return "bad";
    case api::Corroboration::STATE_SINGLE_ORIGIN:
      return "doubtful";
    default:
      return "quiet";
  }
}

class Sections {
 public:
  Sections(const Dossier& dossier, std::string id, int level)
      : dossier_(dossier), id_(std::move(id)), level_(level), numbers_(NumberDocuments(dossier)) {}

  std::string Write() const {
    std::string html;
    for (size_t i = 0; i < dossier_.answers.size(); ++i) html += Answer(i);
    return html;
  }

 private:
  std::string Answer(size_t index) const {
    const DossierAnswer& answer = dossier_.answers[index];
    const api::Corroboration& result = answer.claim.corroboration();
    std::string html = fmt::format(
        "<section class=\"answer\"><h{0} id=\"{1}-{2}\"><span class=\"a{3}\" "
        "aria-hidden=\"true\">■</span> {4}</h{0}>\n<p>{5} {6}</p>\n",
        level_, id_, index + 1, index % 6, Escaped(SentenceOf(answer.claim)),
        StateBadge(result.state()), Escaped(Standing(result)));
    // The first sentence repeats state and score.
    std::string notes;
    for (int i = 2; i < answer.explanation.summary_size(); ++i) {
      notes += fmt::format("<li>{}</li>\n", Escaped(answer.explanation.summary(i)));
    }
    if (!notes.empty()) html += "<ul class=\"notes\">\n" + notes + "</ul>\n";
    for (const auto& origin : answer.explanation.origins())
      html += Witness(origin, answer.claim, "");
    for (const auto& denial : answer.explanation.denials())
      html += Witness(denial, answer.claim, "Denied by ");
    return html + "</section>\n";
  }

  static std::string Standing(const api::Corroboration& result) {
    return fmt::format(
        "score {}, worth {} independent {}: {} in {}.", Score(result.score()),
        Effective(result.effective_origins()),
        Effective(result.effective_origins()) == "1" ? "witness" : "witnesses",
        Counted(static_cast<size_t>(result.origin_count()), "origin", "origins"),
        Counted(static_cast<size_t>(result.document_count()), "document", "documents"));
  }

  std::string Witness(const api::OriginExplanation& origin, const api::Claim& claim,
                      const std::string& before) const {
    std::string html =
        fmt::format("<article class=\"witness\"><h{0}>{1}{2}</h{0}>\n<p class=\"faint\">",
                    level_ + 1, before, Escaped(origin.display_name()));
    html += fmt::format(
        "Weight {:+.2f} · accuracy {} · independence {} · without it the score "
        "would be {}",
        origin.weight(), Score(origin.accuracy()), Score(origin.independence()),
        Score(origin.score_without()));
    if (!origin.relay().empty() && origin.relay() != origin.display_name()) {
      html += " · known only through " + Escaped(origin.relay());
    }
    if (origin.inferred_confidence() > 0) {
      html += fmt::format(" · partly inferred (sure to {})", Score(origin.inferred_confidence()));
    }
    html += "</p>\n";
    for (const auto& assertion : origin.assertions()) {
      html += Quote(assertion, claim, origin.display_name());
    }
    return html + Merges(origin) + "</article>\n";
  }

  std::string Quote(const api::ClaimAssertion& assertion, const api::Claim& claim,
                    const std::string& witness) const {
    QuoteContext context;
    const auto found = dossier_.contexts.find(assertion.name());
    if (found != dossier_.contexts.end()) context = found->second;
    std::string cite = DocumentMark(assertion.document());
    if (!assertion.publication_date().empty()) {
      cite += ", " + Escaped(Day(assertion.publication_date()));
    }
    const std::string chain = ChainOf(assertion.attribution());
    if (assertion.attribution().chain_size() > 0 && chain != witness) {
      cite += ", on the word of " + Escaped(chain);
    }
    if (assertion.stance() == api::ClaimAssertion::STANCE_CONTRADICTS) cite += ", which denies it";
    const std::string fit = FitOf(assertion, claim);
    if (!fit.empty()) cite += ", " + Escaped(fit);
    if (assertion.set_aside()) cite += ", set aside by a reviewer";
    return fmt::format(
        "<blockquote><p>{}<mark>{}</mark>{}</p><cite>{}, bytes {}–{}</cite></blockquote>\n",
        Escaped(context.before), Escaped(assertion.quote()), Escaped(context.after), cite,
        assertion.span().start(), assertion.span().end());
  }

  std::string DocumentMark(const std::string& name) const {
    const auto number = numbers_.find(name);
    if (number == numbers_.end()) return Escaped(name);
    return fmt::format("<a href=\"#{0}-doc-{1}\">[{1}]</a>", id_, number->second);
  }

  // Merges of one basis and evidence are told once, with how many there were, wherever they stand.
  std::string Merges(const api::OriginExplanation& origin) const {
    if (origin.merges_size() == 0) return "";
    std::vector<std::pair<std::string, int>> told;
    for (const api::Merge& merge : origin.merges()) {
      std::string text = Escaped(WordFor(merge.basis()));
      if (merge.confidence() > 0 && merge.confidence() < 1) {
        text += fmt::format(" (sure to {})", Score(merge.confidence()));
      }
      if (!merge.evidence().empty()) text += ": " + Escaped(merge.evidence());
      const auto found = std::find_if(told.begin(), told.end(),
                                      [&](const auto& other) { return other.first == text; });
      if (found == told.end()) {
        told.emplace_back(std::move(text), 1);
      } else {
        ++found->second;
      }
    }
    std::string html =
        "<p class=\"faint\">Counted as one witness because:</p>\n<ul class=\"notes\">\n";
    for (const auto& [text, times] : told) {
      html += times == 1 ? fmt::format("<li>{}</li>\n", text)
                         : fmt::format("<li>{} ({} times)</li>\n", text, times);
    }
    return html + "</ul>\n";
  }

  const Dossier& dossier_;
  const std::string id_;
  const int level_;
  const std::map<std::string, int> numbers_;
};

}  // namespace

std::string WitnessSections(const Dossier& dossier, const std::string& id, int level) {
  return Sections(dossier, id, level).Write();
}

std::string DocumentList(const Dossier& dossier, const std::string& id) {
  const std::map<std::string, int> numbers = NumberDocuments(dossier);
  std::vector<std::string> names(numbers.size());
  for (const auto& [name, number] : numbers) names[static_cast<size_t>(number) - 1] = name;
  std::string html = "<ol class=\"documents\">\n";
  for (size_t i = 0; i < names.size(); ++i) {
    const auto found = dossier.documents.find(names[i]);
    std::string text = Escaped(names[i]);
    if (found != dossier.documents.end()) {
      const std::string url = SafeUrl(found->second.url);
      text = Escaped(DescribeDocument(found->second));
      if (!url.empty()) text = fmt::format("<a href=\"{}\">{}</a>", url, text);
    }
    html += fmt::format("<li id=\"{}-doc-{}\">{} <code>{}</code></li>\n", id, i + 1, text,
                        Escaped(names[i]));
  }
  return html + "</ol>\n";
}

std::string StateBadge(api::Corroboration::State state) {
  return fmt::format("<span class=\"badge {}\">{}</span>", ClassOf(state), StateOf(state).text);
}

std::string ScoreBar(double score) {
  return fmt::format(
      "<span class=\"bar\" aria-hidden=\"true\"><span style=\"width:{:.0f}%\">"
      "</span></span> {}",
      score * 100, Score(score));
}

}  // namespace consilience::cli
