// What a web page says of itself: JSON-LD, OpenGraph, <meta>, <link>, <time>, <title>.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_HTML_METADATA_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_HTML_METADATA_H_

#include <string>
#include <vector>

#include "services/ingest/readers/html_tree.h"
#include "services/ingest/readers/limits.h"
#include "services/ingest/readers/metadata.h"
#include "services/ingest/readers/page_words.h"

namespace consilience::ingest {

// Candidates in the order of trust; dates as written.
struct PageMetadata {
  std::vector<Candidate> title, dates, outlet, url, byline;
  std::string language;      // of <html lang>
  std::string article_body;  // of JSON-LD, for pages whose text a script would have made
};

PageMetadata ReadPageMetadata(const HtmlTree& tree, const PageWords& words, const Limits& limits);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_HTML_METADATA_H_
