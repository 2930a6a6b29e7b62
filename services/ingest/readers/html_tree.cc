#include "services/ingest/readers/html_tree.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <memory>

#include "services/common/text/utf8.h"
#include "services/ingest/readers/errors.h"

namespace consilience::ingest {
namespace {

// The longest character reference that there is, and room.
constexpr size_t kReferenceBytes = 64;

std::string Lower(const xmlChar* name) {
  std::string result(reinterpret_cast<const char*>(name));
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return result;
}

// Builds the tree from the parser's events; the parser's own tree does not say where text stood.
class Builder {
 public:
  Builder(std::string_view page, const Limits& limits) : page_(page), limits_(limits) {
    tree_.emplace_back();
    open_.push_back(0);
  }

  void set_parser(htmlParserCtxtPtr parser) { parser_ = parser; }
  bool too_deep() const { return too_deep_; }
  size_t stopped_at() const { return stopped_at_; }
  HtmlTree Take() { return std::move(tree_); }

  void Start(const xmlChar* name, const xmlChar** attributes) {
    if (open_.size() > limits_.nesting_depth) {
      Stop();
      return;
    }
    HtmlNode node{.tag = Lower(name)};
    for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
      const auto* value = attributes[1] == nullptr ? BAD_CAST "" : attributes[1];
      node.attributes.emplace_back(Lower(attributes[0]), reinterpret_cast<const char*>(value));
    }
    open_.push_back(Append(std::move(node)));
  }

  void End() {
    if (open_.size() > 1) open_.pop_back();
  }

  void Text(const xmlChar* bytes, int length) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), static_cast<size_t>(length));
    const size_t end = Offset();
    HtmlNode node{.text = std::string(text)};
    node.offset = end - std::min(end, text.size());
    node.literal = page_.substr(node.offset, text.size()) == text;
    if (!node.literal) {
      // A character reference, which ends where the parser stands.
      const size_t from = end - std::min(end, kReferenceBytes);
      const size_t mark = page_.substr(from, end - from).rfind('&');
      if (mark != std::string_view::npos) node.offset = from + mark;
    }
    Append(std::move(node));
  }

 private:
  size_t Offset() const {
    const xmlParserInput* input = parser_->input;
    return std::min(page_.size(), static_cast<size_t>(input->cur - input->base) + input->consumed);
  }

  uint32_t Append(HtmlNode node) {
    const auto index = static_cast<uint32_t>(tree_.size());
    node.parent = open_.back();
    tree_[open_.back()].children.push_back(index);
    tree_.push_back(std::move(node));
    return index;
  }

  void Stop() {
    if (!too_deep_) stopped_at_ = Offset();
    too_deep_ = true;
    xmlStopParser(parser_);
  }

  std::string_view page_;
  const Limits& limits_;
  htmlParserCtxtPtr parser_ = nullptr;
  HtmlTree tree_;
  std::vector<uint32_t> open_;
  bool too_deep_ = false;
  size_t stopped_at_ = 0;
};

Builder& Self(void* context) { return *static_cast<Builder*>(context); }

htmlSAXHandler Events() {
  htmlSAXHandler events{};
  events.startElement = [](void* self, const xmlChar* name, const xmlChar** attributes) {
    Self(self).Start(name, attributes);
  };
  events.endElement = [](void* self, const xmlChar*) { Self(self).End(); };
  events.characters = [](void* self, const xmlChar* text, int length) {
    Self(self).Text(text, length);
  };
  events.ignorableWhitespace = events.characters;
  events.cdataBlock = events.characters;
  return events;
}

struct FreeParser {
  void operator()(htmlParserCtxtPtr parser) const {
    // The document is the parser's own, if it made one at all.
    if (parser->myDoc != nullptr) xmlFreeDoc(parser->myDoc);
    htmlFreeParserCtxt(parser);
  }
};

}  // namespace

std::string_view HtmlNode::Get(std::string_view name) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const auto& attribute) { return attribute.first == name; });
  return found == attributes.end() ? std::string_view() : std::string_view(found->second);
}

absl::StatusOr<HtmlTree> ParseHtml(std::string_view utf8, std::string_view format,
                                   const Limits& limits) {
  if (const size_t nul = utf8.find('\0'); nul != std::string_view::npos) {
    return NotText({format, nul}, 0);
  }
  htmlSAXHandler events = Events();
  Builder builder(utf8, limits);
  if (utf8.empty()) return builder.Take();
  const std::unique_ptr<htmlParserCtxt, FreeParser> parser(
      htmlCreateMemoryParserCtxt(utf8.data(), static_cast<int>(utf8.size())));
  if (parser == nullptr) return Malformed({format, 0}, "not a page that can be read");
  builder.set_parser(parser.get());
  htmlSAXHandler* const own = parser->sax;
  parser->sax = &events;
  parser->userData = &builder;
  htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                       HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC |
                                       HTML_PARSE_COMPACT);
  xmlSwitchEncoding(parser.get(), XML_CHAR_ENCODING_UTF8);
  htmlParseDocument(parser.get());
  parser->sax = own;
  if (builder.too_deep()) {
    return NestedTooDeep({format, builder.stopped_at()}, limits.nesting_depth);
  }
  return builder.Take();
}

std::string TextBelow(const HtmlTree& tree, uint32_t node) {
  // Nodes below one follow it in document order, up to the first whose parent is before it.
  std::string text = tree[node].text;
  for (uint32_t i = node + 1; i < tree.size() && tree[i].parent >= node; ++i) text += tree[i].text;
  return text;
}

}  // namespace consilience::ingest
