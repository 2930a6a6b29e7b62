// A web page as a tree, each piece of text with where it stood in the page.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_HTML_TREE_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_HTML_TREE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ingest/readers/limits.h"

namespace consilience::ingest {

struct HtmlNode {
  static constexpr uint32_t kNone = UINT32_MAX;

  std::string tag = {};  // in lower case; empty for a piece of text
  std::string text = {};
  std::vector<std::pair<std::string, std::string>> attributes = {};  // names in lower case
  std::vector<uint32_t> children = {};
  uint32_t parent = kNone;
  size_t offset = 0;    // of a text: the byte of the page at which it begins
  bool literal = true;  // a text that stands in the page as it is; else a character reference

  // The value of an attribute; empty when there is none.
  std::string_view Get(std::string_view name) const;
};

// Nodes in document order, so a parent stands before its children; the first is a root that is no
// element.
using HtmlTree = std::vector<HtmlNode>;

// Whatever `utf8` is, libxml2's recovering parser makes a tree of it. Nothing is fetched and no
// entity but HTML's own is known. Errors: elements nested deeper than limits.nesting_depth; a NUL.
absl::StatusOr<HtmlTree> ParseHtml(std::string_view utf8, std::string_view format,
                                   const Limits& limits);

// All text below a node, white space as it stands.
std::string TextBelow(const HtmlTree& tree, uint32_t node);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_HTML_TREE_H_
