// The blocks of a page: runs of text between the elements that break lines.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_HTML_BLOCKS_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_HTML_BLOCKS_H_

#include <string>
#include <string_view>
#include <vector>

#include "services/ingest/readers/document.h"
#include "services/ingest/readers/html_tree.h"

namespace consilience::ingest {

struct Block {
  SegmentKind kind = SegmentKind::kParagraph;
  std::string text;       // NFC, white space collapsed, U+00A0 kept
  SourceMap map;          // to the page
  uint32_t node = 0;      // the element that it stands in
  size_t link_bytes = 0;  // of its text, within links
  bool heading = false;
  bool list_item = false;

  double LinkShare() const {
    return text.empty() ? 0 : static_cast<double>(link_bytes) / static_cast<double>(text.size());
  }
  // A stretch of sentences rather than a label or a list of links.
  bool IsProse() const;
};

// The blocks below `root` in document order, those of `left_out` nodes and everything below them
// aside.
std::vector<Block> FindBlocks(const HtmlTree& tree, uint32_t root,
                              const std::vector<bool>& left_out);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_HTML_BLOCKS_H_
