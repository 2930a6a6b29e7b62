// The parts of a text that has no markup: what its lines are, told by how they stand.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_TEXT_SEGMENTS_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_TEXT_SEGMENTS_H_

#include <string_view>
#include <vector>

#include "services/ingest/readers/document.h"

namespace consilience::ingest {

// Every line that is not blank belongs to one segment, without the white space around it:
//  - headline: the line that is `title`, among those before the first line of prose;
//  - boilerplate: a row of links before the prose ("Portuguese / Spanish / English");
//  - dateline: "ALEPPO, Syria (Reuters) -" at the start of a line; what follows is a segment of its
//    own;
//  - embedded post: a line signed as posts are ("— Name (@handle) November 22, 2016"), with the
//  line
//    before it when the signature stands alone;
//  - quote block: a line that is one quotation, or that is marked as such by ">";
//  - paragraph: every other line.
// `text` is normalised (line ends are \n); `title` may be empty. In the order of the text, not
// overlapping.
std::vector<Segment> FindTextSegments(std::string_view text, std::string_view title);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_TEXT_SEGMENTS_H_
