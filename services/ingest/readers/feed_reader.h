// RSS 0.9x, 1.0, 2.0 and Atom 1.0: each item is a document.
//
// The text is content:encoded, <content>, <description> or <summary>, the first that is there. The
// <source> of an RSS item and of an Atom entry names who really published it, so it beats the
// feed's own title as the outlet.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_FEED_READER_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_FEED_READER_H_

#include "services/ingest/readers/reader.h"

namespace consilience::ingest {

// Reads as a stream: at most one item is held. Declared entities are refused, nothing is fetched.
// A feed that stops being XML is an error at that byte; the items before it stand.
class FeedReader final : public Reader {
 public:
  std::string_view format() const override { return "application/rss+xml"; }
  std::string_view short_name() const override { return "feed"; }
  Match Recognise(const Head& head) const override;
  bool Read(Input& input, const Request& request, const ReadOptions& options,
            const ItemCallback& callback) const override;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_FEED_READER_H_
