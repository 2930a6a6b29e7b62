// What a reader of a web page came for: the article, without what the page puts around it.
//
// 1. Elements that are never main text go: by tag and ARIA role, and by the words of class and id
//    (page_words.h) unless most of the page's prose is in them.
// 2. The root is the element whose class or microdata says that it is the article's body, if it
//    holds a good part of the page's prose; else <article>, <main>, or the deepest element with
//    nearly all prose.
// 3. Of its blocks, those go that are mostly links, pictures' captions, and the short lines before
//    the first and after the last prose (bylines, counts, tags).
// Prose is a block of some length, mostly outside links, as sentences are.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_MAIN_TEXT_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_MAIN_TEXT_H_

#include <string>
#include <vector>

#include "services/ingest/readers/document.h"
#include "services/ingest/readers/html_tree.h"
#include "services/ingest/readers/page_words.h"

namespace consilience::ingest {

struct MainText {
  std::string text;  // NFC; blocks parted by blank lines, white space within them collapsed
  SourceMap map;     // to the bytes of the page in UTF-8
  std::vector<Segment> segments;  // one for each block
};

// Empty when the page has no text. A fragment (a feed's content) is all body: nothing but links,
// scripts and pictures is left out of it.
MainText FindMainText(const HtmlTree& tree, const PageWords& words, bool fragment);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_MAIN_TEXT_H_
