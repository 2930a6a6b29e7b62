// WARC 1.0 and 1.1 (ISO 28500): what a crawler kept, one record after another.
//
// Read are `response` records (the body of a successful HTTP answer) and `resource` records; other
// types, and bodies that hold no text (pictures, styles, scripts), are passed over. The page's own
// metadata beats the address that it was fetched from; the day of the crawl is no day of
// publication, but nothing in the page can have been published after it.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_WARC_READER_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_WARC_READER_H_

#include "services/ingest/readers/reader.h"

namespace consilience::ingest {

class WarcReader final : public Reader {
 public:
  std::string_view format() const override { return "application/warc"; }
  std::string_view short_name() const override { return "warc"; }
  Match Recognise(const Head& head) const override;
  // A record whose Content-Length does not lead to the next record is an error of its own; reading
  // goes on at the next record that can be found.
  bool Read(Input& input, const Request& request, const ReadOptions& options,
            const ItemCallback& callback) const override;
};

// The records up to the end of `input`; `records` counts on, for their labels.
bool ReadWarcRecords(Input& input, const Request& request, const ReadOptions& options,
                     const ItemCallback& callback, uint64_t& records);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_WARC_READER_H_
