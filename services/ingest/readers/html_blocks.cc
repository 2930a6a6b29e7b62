#include "services/ingest/readers/html_blocks.h"

#include <algorithm>
#include <array>

#include "services/common/text/utf8.h"

namespace consilience::ingest {
namespace {

constexpr size_t kProseBytes = 80;
constexpr double kProseLinkShare = 0.33;

// Elements within a line; all others break it. Custom elements are blocks.
constexpr std::array<std::string_view, 38> kInline = {
    "a",   "abbr", "acronym", "b",    "bdi",  "bdo",   "big",    "cite",   "code",   "data",
    "del", "dfn",  "em",      "font", "i",    "ins",   "kbd",    "mark",   "nobr",   "q",
    "rp",  "rt",   "ruby",    "s",    "samp", "small", "span",   "strike", "strong", "sub",
    "sup", "time", "tt",      "u",    "var",  "wbr",   "center", "picture"};

bool IsInline(std::string_view tag) {
  return std::find(kInline.begin(), kInline.end(), tag) != kInline.end();
}

bool IsHeading(std::string_view tag) {
  return tag.size() == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6';
}

bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

class BlockFinder {
 public:
  BlockFinder(const HtmlTree& tree, const std::vector<bool>& left_out)
      : tree_(tree), left_out_(left_out) {}

  // The depth of the recursion is the tree's, which the parser bounds.
  void Visit(uint32_t index) {
    const HtmlNode& node = tree_[index];
    if (node.tag.empty() && index != 0 && node.children.empty()) {
      AddText(node);
      return;
    }
    if (left_out_[index]) return;
    if (node.tag == "br") {
      // Two in a row part paragraphs; one parts lines of the same.
      if (after_break_) Close();
      if (!block_.text.empty()) AddSpace();
      after_break_ = true;
      return;
    }
    const Context outer = context_;
    const bool breaks = !IsInline(node.tag);
    if (breaks) Close();
    if (node.tag == "a") context_.link = true;
    if (node.tag == "blockquote") context_.quote = true;
    if (node.tag == "li") context_.list_item = true;
    if (IsHeading(node.tag)) context_.heading = true;
    if (breaks) context_.node = index;
    for (const uint32_t child : node.children) Visit(child);
    if (breaks) Close();
    context_ = outer;
  }

  std::vector<Block> Take() {
    Close();
    return std::move(blocks_);
  }

 private:
  struct Context {
    uint32_t node = 0;
    bool link = false;
    bool quote = false;
    bool list_item = false;
    bool heading = false;
  };

  void AddSpace() { pending_space_ = !block_.text.empty(); }

  void AddText(const HtmlNode& node) {
    size_t at = 0;
    const std::string_view text = node.text;
    while (at < text.size()) {
      if (IsSpace(text[at])) {
        AddSpace();
        ++at;
        continue;
      }
      size_t end = at;
      while (end < text.size() && !IsSpace(text[end])) ++end;
      const size_t from = node.offset + (node.literal ? at : 0);
      if (block_.text.empty()) Open();
      if (pending_space_) {
        block_.map.Add(block_.text.size(), from == 0 ? 0 : from - 1);
        block_.text += ' ';
        if (context_.link) ++block_.link_bytes;
      }
      pending_space_ = false;
      after_break_ = false;
      block_.map.Add(block_.text.size(), from);
      block_.text.append(text.substr(at, end - at));
      if (context_.link) block_.link_bytes += end - at;
      at = end;
    }
  }

  void Open() {
    block_.node = context_.node;
    block_.heading = context_.heading;
    block_.list_item = context_.list_item;
    block_.kind = context_.quote ? SegmentKind::kQuoteBlock : SegmentKind::kParagraph;
  }

  void Close() {
    pending_space_ = false;
    after_break_ = false;
    if (block_.text.empty()) return;
    blocks_.push_back(std::move(block_));
    block_ = Block{};
  }

  const HtmlTree& tree_;
  const std::vector<bool>& left_out_;
  Context context_;
  Block block_;
  bool pending_space_ = false;
  bool after_break_ = false;
  std::vector<Block> blocks_;
};

bool EndsSentence(std::string_view text) {
  constexpr std::array<std::string_view, 8> kEnds = {".", "!", "?", "”", "\"", "…", "。", "؟"};
  return std::any_of(kEnds.begin(), kEnds.end(),
                     [&](std::string_view end) { return text.ends_with(end); });
}

}  // namespace

bool Block::IsProse() const {
  if (heading || LinkShare() > kProseLinkShare) return false;
  return text.size() >= kProseBytes || (text.size() >= kProseBytes / 2 && EndsSentence(text));
}

std::vector<Block> FindBlocks(const HtmlTree& tree, uint32_t root,
                              const std::vector<bool>& left_out) {
  BlockFinder finder(tree, left_out);
  finder.Visit(root);
  return finder.Take();
}

}  // namespace consilience::ingest
