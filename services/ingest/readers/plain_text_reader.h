// text/plain: the whole input is one document.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_PLAIN_TEXT_READER_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_PLAIN_TEXT_READER_H_

#include "services/ingest/readers/reader.h"

namespace consilience::ingest {

// Takes whatever no other reader claims and that is not binary.
class PlainTextReader final : public Reader {
 public:
  std::string_view format() const override { return "text/plain"; }
  std::string_view short_name() const override { return "text"; }
  Match Recognise(const Head& head) const override;
  bool Read(Input& input, const Request& request, const ReadOptions& options,
            const ItemCallback& callback) const override;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_PLAIN_TEXT_READER_H_
