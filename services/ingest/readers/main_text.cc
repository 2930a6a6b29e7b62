#include "services/ingest/readers/main_text.h"

#include <algorithm>
#include <array>
#include <optional>

#include "services/ingest/readers/html_blocks.h"
#include "services/ingest/readers/normalise.h"

namespace consilience::ingest {
namespace {

// Shares of the page's prose. An element named like furniture stays when it holds more than
// kTooMuchToLose; an element named like the body is the root when it holds kEnoughForBody.
constexpr double kTooMuchToLose = 0.5;
constexpr double kEnoughForBody = 0.4;
constexpr double kEnoughForArticle = 0.5;
constexpr double kNearlyAll = 0.8;
// A block with a larger share of links is a list of links.
constexpr double kLinkList = 0.5;
constexpr size_t kShortLine = 60;

class Page {
 public:
  Page(const HtmlTree& tree, const PageWords& words, bool fragment)
      : tree_(tree), words_(words), fragment_(fragment), left_out_(tree.size()) {
    MarkByTag();
    CountProse();
    if (!fragment_) {
      MarkByName();
      CountProse();
    }
  }

  std::vector<Block> MainBlocks() const {
    std::vector<Block> blocks;
    for (const uint32_t root : fragment_ ? std::vector<uint32_t>{0} : Roots()) {
      for (Block& block : FindBlocks(tree_, root, left_out_)) blocks.push_back(std::move(block));
    }
    for (Block& block : blocks) {
      if (InPost(block.node)) block.kind = SegmentKind::kEmbeddedPost;
    }
    std::erase_if(blocks, [&](const Block& block) { return !IsWanted(block); });
    if (!fragment_) TrimEnds(blocks);
    return blocks;
  }

 private:
  bool HasWord(const HtmlNode& node, const WordSet& set) const {
    for (const std::string_view attribute : {"class", "id"}) {
      for (const std::string& word : SplitName(node.Get(attribute))) {
        if (set.contains(word)) return true;
      }
    }
    return false;
  }

  // "article-body", "articleBody" and "article__body" are one name.
  bool IsNamedBody(const HtmlNode& node) const {
    if (node.Get("itemprop") == "articleBody" || node.Get("property") == "articleBody") return true;
    for (const std::string_view attribute : {"class", "id"}) {
      std::string_view rest = node.Get(attribute);
      while (!rest.empty()) {
        const size_t end = std::min(rest.find(' '), rest.size());
        std::string joined;
        const std::vector<std::string> parts = SplitName(rest.substr(0, end));
        for (const std::string& part : parts) joined += part;
        if (words_.body.contains(joined)) return true;
        // "c-article-body", "td-post-content": a prefix of the house's own.
        if (parts.size() == 3 && words_.body.contains(parts[1] + parts[2])) return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
    return false;
  }

  bool IsHidden(const HtmlNode& node) const {
    const std::string_view style = node.Get("style");
    return style.find("display:none") != std::string_view::npos ||
           style.find("display: none") != std::string_view::npos ||
           node.Get("aria-hidden") == "true" ||
           std::any_of(node.attributes.begin(), node.attributes.end(),
                       [](const auto& attribute) { return attribute.first == "hidden"; });
  }

  void MarkByTag() {
    for (uint32_t i = 1; i < tree_.size(); ++i) {
      const HtmlNode& node = tree_[i];
      if (left_out_[node.parent]) {
        left_out_[i] = true;
      } else if (!node.tag.empty()) {
        left_out_[i] = words_.tag.contains(node.tag) || words_.role.contains(node.Get("role")) ||
                       IsHidden(node);
      }
    }
  }

  // Bytes of prose below every element, and of the whole page.
  void CountProse() {
    prose_.assign(tree_.size(), 0);
    for (const Block& block : FindBlocks(tree_, 0, left_out_)) {
      if (!block.IsProse()) continue;
      for (uint32_t i = block.node;; i = tree_[i].parent) {
        prose_[i] += block.text.size();
        if (i == 0) break;
      }
    }
  }

  double Share(uint32_t node) const {
    return prose_[0] == 0 ? 0 : static_cast<double>(prose_[node]) / static_cast<double>(prose_[0]);
  }

  void MarkByName() {
    for (uint32_t i = 1; i < tree_.size(); ++i) {
      const HtmlNode& node = tree_[i];
      if (left_out_[node.parent]) {
        left_out_[i] = true;
      } else if (!node.tag.empty() && !left_out_[i] && node.tag != "html" && node.tag != "body") {
        left_out_[i] = IsFurniture(node) && Share(i) < kTooMuchToLose;
      }
    }
  }

  bool IsFurniture(const HtmlNode& node) const {
    if (IsNamedBody(node)) return false;
    return HasWord(node, words_.furniture) || HasWord(node, words_.caption);
  }

  // The elements of which the main text is made, in document order.
  std::vector<uint32_t> Roots() const {
    std::vector<uint32_t> named;
    std::vector<bool> within(tree_.size());
    double share = 0;
    for (uint32_t i = 1; i < tree_.size(); ++i) {
      within[i] = within[tree_[i].parent];
      if (tree_[i].tag.empty() || left_out_[i] || within[i] || !IsNamedBody(tree_[i])) continue;
      within[i] = true;
      named.push_back(i);
      share += Share(i);
    }
    if (share >= kEnoughForBody) return named;
    for (const std::string_view tag : {"article", "main"}) {
      const std::optional<uint32_t> best = FullestOf(tag);
      if (best.has_value() && Share(*best) >= kEnoughForArticle) return {*best};
    }
    return {Deepest()};
  }

  std::optional<uint32_t> FullestOf(std::string_view tag) const {
    std::optional<uint32_t> best;
    for (uint32_t i = 1; i < tree_.size(); ++i) {
      const bool is_such = tree_[i].tag == tag || (tag == "main" && tree_[i].Get("role") == tag);
      if (is_such && !left_out_[i] && (!best.has_value() || prose_[i] > prose_[*best])) best = i;
    }
    return best;
  }

  uint32_t Deepest() const {
    uint32_t at = 0;
    for (;;) {
      const auto& children = tree_[at].children;
      const auto next = std::find_if(children.begin(), children.end(), [&](uint32_t child) {
        return prose_[child] > 0 && Share(child) >= kNearlyAll;
      });
      if (next == children.end()) return at;
      // A single paragraph is not the root: what stands beside it belongs to the text.
      if (tree_[*next].tag == "p") return at;
      at = *next;
    }
  }

  bool InPost(uint32_t node) const {
    for (; node != 0; node = tree_[node].parent) {
      if (tree_[node].tag == "blockquote" && HasWord(tree_[node], words_.post)) return true;
    }
    return false;
  }

  bool IsWanted(const Block& block) const {
    if (block.kind == SegmentKind::kEmbeddedPost) return true;
    if (block.LinkShare() > kLinkList && !fragment_) return false;
    if (block.link_bytes == 0 || block.text.size() > 3 * kShortLine) return true;
    // "Read more: Aleppo's last hospital", of which "Read more" may stand outside the link.
    std::string opening = block.text.substr(0, kShortLine);
    std::transform(opening.begin(), opening.end(), opening.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return std::none_of(words_.closing.begin(), words_.closing.end(),
                        [&](const std::string& words) { return opening.starts_with(words); });
  }

  // Labels before the first prose and after the last: byline, date, counts, tags.
  static void TrimEnds(std::vector<Block>& blocks) {
    const auto is_prose = [](const Block& block) { return block.IsProse(); };
    const auto is_label = [](const Block& block) {
      return block.heading || block.text.size() < kShortLine;
    };
    const auto first = std::find_if(blocks.begin(), blocks.end(), is_prose);
    if (first == blocks.end()) return;
    const auto begin = std::find_if_not(blocks.begin(), first, is_label);
    blocks.erase(blocks.begin(), begin);
    while (!blocks.empty() && !is_prose(blocks.back()) && is_label(blocks.back())) {
      if (blocks.back().text.ends_with('.') && !blocks.back().heading) break;
      blocks.pop_back();
    }
  }

  const HtmlTree& tree_;
  const PageWords& words_;
  bool fragment_;
  std::vector<bool> left_out_;
  std::vector<size_t> prose_;
};

}  // namespace

MainText FindMainText(const HtmlTree& tree, const PageWords& words, bool fragment) {
  MainText result;
  Limits limits;
  limits.document_bytes = SIZE_MAX;
  for (const Block& block : Page(tree, words, fragment).MainBlocks()) {
    const absl::StatusOr<NormalisedText> text = Normalise(block.text, "text/html", limits);
    // Control characters that stood as references are no text, and neither is their block.
    if (!text.ok()) continue;
    if (!result.text.empty()) {
      result.map.Add(result.text.size(), result.map.ToOriginal(result.text.size()));
      result.text += "\n\n";
    }
    const size_t begin = result.text.size();
    const SourceMap map = text->map.Then(block.map);
    if (map.runs().empty() || map.runs().front().stored > 0) {
      result.map.Add(begin, map.ToOriginal(0));
    }
    for (const SourceMap::Run& run : map.runs()) {
      result.map.Add(begin + run.stored, run.original, run.stored_unit, run.original_unit);
    }
    result.text += text->text;
    result.segments.push_back({block.kind, {begin, result.text.size()}});
  }
  return result;
}

}  // namespace consilience::ingest
