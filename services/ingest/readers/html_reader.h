// Web pages: the main text, and what the page says of itself.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_HTML_READER_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_HTML_READER_H_

#include "services/ingest/readers/assemble.h"
#include "services/ingest/readers/reader.h"

namespace consilience::ingest {

class HtmlReader final : public Reader {
 public:
  std::string_view format() const override { return "text/html"; }
  std::string_view short_name() const override { return "html"; }
  Match Recognise(const Head& head) const override;
  bool Read(Input& input, const Request& request, const ReadOptions& options,
            const ItemCallback& callback) const override;
};

// A page in memory; `charset` is what its transport declares.
absl::StatusOr<ReadDocument> ReadPage(std::string_view bytes, const Request& request,
                                      const ReadOptions& options);

// The text of a piece of HTML that stands in another format, in `findings` with its map to the
// piece. Errors: nested too deep, NUL.
absl::Status ReadFragment(std::string_view html, const Limits& limits, Findings& findings);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_HTML_READER_H_
