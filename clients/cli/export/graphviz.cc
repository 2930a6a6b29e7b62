// The dependence behind claims as a graph: `dot -Tsvg` draws it.
#include <set>

#include "clients/cli/export/exporter.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/phrase.h"
#include "clients/cli/render/words.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (c == '\n') {
      quoted += "\\n";
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

std::string_view ColourOf(api::Corroboration::State state) {
  switch (state) {
    case api::Corroboration::STATE_CORROBORATED:
      return "#1d6b2f";
    case api::Corroboration::STATE_DISPUTED:
    case api::Corroboration::STATE_CONTRADICTED:
      return "#a8123e";
    case api::Corroboration::STATE_SINGLE_ORIGIN:
      return "#8a5a00";
    default:
      return "#595959";
  }
}

class Graphviz : public Exporter {
 public:
  explicit Graphviz(Write write) : write_(std::move(write)) {}

  bool wants_explanation() const override { return true; }

  void Begin() override {
    write_(
        "digraph consilience {\n  rankdir=LR;\n"
        "  node [fontname=\"sans-serif\", fontsize=11];\n"
        "  edge [fontname=\"sans-serif\", fontsize=9];\n");
  }

  void Add(const api::Claim& claim, const api::Explanation& explanation,
           const Documents& documents) override {
    const api::Corroboration& result = claim.corroboration();
    write_(fmt::format("  {} [shape=box, style=\"rounded,bold\", color={}, label={}];\n",
                       Quoted(claim.name()), Quoted(ColourOf(result.state())),
                       Quoted(fmt::format("{}\n{}, score {}", SentenceOf(claim),
                                          StateOf(result.state()).text, Score(result.score())))));
    for (const auto& origin : explanation.origins()) AddOrigin(claim, origin, documents, false);
    for (const auto& origin : explanation.denials()) AddOrigin(claim, origin, documents, true);
    for (const auto& other : explanation.competing()) {
      if (claim.name() < other.claim()) {
        write_(fmt::format("  {} -> {} [dir=none, style=dotted, label=\"competes\"];\n",
                           Quoted(claim.name()), Quoted(other.claim())));
      }
    }
  }

  void End() override { write_("}\n"); }

 private:
  void AddOrigin(const api::Claim& claim, const api::OriginExplanation& origin,
                 const Documents& documents, bool denies) {
    const std::string node = "origin " + origin.display_name();
    if (known_.insert(node).second) {
      write_(fmt::format("  {} [shape=ellipse, label={}];\n", Quoted(node),
                         Quoted(origin.display_name())));
    }
    write_(fmt::format(
        "  {} -> {} [label={}, penwidth={:.2f}{}];\n", Quoted(node), Quoted(claim.name()),
        Quoted(
            fmt::format("{:+.2f}, independence {}", origin.weight(), Score(origin.independence()))),
        1 + 2 * origin.independence(), denies ? ", style=dashed, color=\"#a8123e\"" : ""));
    for (const auto& assertion : origin.assertions()) AddDocument(assertion, node, documents);
  }

  void AddDocument(const api::ClaimAssertion& assertion, const std::string& origin,
                   const Documents& documents) {
    const std::string& name = assertion.document();
    if (known_.insert(name).second) {
      const auto found = documents.find(name);
      write_(
          fmt::format("  {} [shape=note, label={}];\n", Quoted(name),
                      Quoted(found == documents.end() ? name : DescribeDocument(found->second))));
    }
    if (known_.insert(name + " carries " + origin).second) {
      write_(fmt::format("  {} -> {} [label=\"carries\", color=\"#595959\"];\n", Quoted(name),
                         Quoted(origin)));
    }
  }

  const Write write_;
  std::set<std::string> known_;  // nodes and edges that are drawn already
};

}  // namespace

std::unique_ptr<Exporter> GraphvizExporter(const ExportOptions& /*options*/, Write write) {
  return std::make_unique<Graphviz>(std::move(write));
}

}  // namespace consilience::cli
