#include "clients/cli/dossier/origin_map.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "clients/cli/dossier/html_text.h"
#include "clients/cli/output/text_width.h"
#include "clients/cli/render/numbers.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

constexpr int kWidth = 900;
constexpr int kRow = 30;
constexpr int kLeftEnd = 380;
constexpr int kRightBegin = 520;
constexpr int kOriginColumns = 44;  // in bold
constexpr int kDocumentColumns = 50;

// In the order in which they are first met.
class Numbering {
 public:
  size_t Of(const std::string& name) {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found != names_.end()) return static_cast<size_t>(found - names_.begin());
    names_.push_back(name);
    return names_.size() - 1;
  }
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
};

struct Link {
  size_t origin;
  size_t document;
  int answer;
  bool denies;
  auto operator<=>(const Link&) const = default;
};

std::string DocumentLabel(const Dossier& dossier, const std::string& name,
                          const std::map<std::string, int>& numbers) {
  const auto number = numbers.find(name);
  std::string label =
      number == numbers.end() ? std::string() : fmt::format("[{}] ", number->second);
  const auto document = dossier.documents.find(name);
  if (document == dossier.documents.end()) return label + name;
  const DocumentInfo& known = document->second;
  if (!known.outlet.empty()) label += known.outlet + ": ";
  return label + (known.title.empty() ? "untitled" : known.title);
}

int CentreOf(size_t index, size_t count, size_t most) {
  const int gap = static_cast<int>((most - count) * kRow / 2);
  return gap + static_cast<int>(index) * kRow + kRow / 2;
}

}  // namespace

std::string OriginMap(const Dossier& dossier, const std::string& id) {
  Numbering origins;
  Numbering documents;
  std::set<Link> links;
  for (size_t i = 0; i < dossier.answers.size(); ++i) {
    const auto add = [&](const auto& witnesses, bool denies) {
      for (const auto& origin : witnesses) {
        const size_t from = origins.Of(origin.display_name());
        for (const auto& assertion : origin.assertions()) {
          links.insert({from, documents.Of(assertion.document()), static_cast<int>(i), denies});
        }
      }
    };
    add(dossier.answers[i].explanation.origins(), false);
    add(dossier.answers[i].explanation.denials(), true);
  }
  if (links.empty()) return "";
  const size_t most = std::max(origins.names().size(), documents.names().size());
  std::string svg = fmt::format(
      "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{}\"><title id=\"{}\">"
      "{} and the {} that carry their word; the section on witnesses says the same in "
      "words</title>\n",
      kWidth, most * kRow, id, id, Counted(origins.names().size(), "witness", "witnesses"),
      Counted(documents.names().size(), "document", "documents"));
  for (const Link& link : links) {
    const int y1 = CentreOf(link.origin, origins.names().size(), most);
    const int y2 = CentreOf(link.document, documents.names().size(), most);
    svg += fmt::format("<path class=\"link a{}{}\" d=\"M{} {} C{} {} {} {} {} {}\"/>\n",
                       link.answer % 6, link.denies ? " denies" : "", kLeftEnd, y1, kLeftEnd + 70,
                       y1, kRightBegin - 70, y2, kRightBegin, y2);
  }
  for (size_t i = 0; i < origins.names().size(); ++i) {
    svg += fmt::format("<text class=\"origin\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n",
                       kLeftEnd - 8, CentreOf(i, origins.names().size(), most) + 4,
                       Escaped(Truncated(origins.names()[i], kOriginColumns)));
  }
  const std::map<std::string, int> numbers = NumberDocuments(dossier);
  for (size_t i = 0; i < documents.names().size(); ++i) {
    svg += fmt::format("<text x=\"{}\" y=\"{}\">{}</text>\n", kRightBegin + 8,
                       CentreOf(i, documents.names().size(), most) + 4,
                       Escaped(Truncated(DocumentLabel(dossier, documents.names()[i], numbers),
                                         kDocumentColumns)));
  }
  return svg + "</svg>\n";
}

}  // namespace consilience::cli
