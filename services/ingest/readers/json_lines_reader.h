// Documents as JSON: one object a line (JSONL), or a file that is one object or one array of them.
//
// An object is either an IPTC ninjs item (see ninjs.h) or a record:
//   text           REQUIRED string
//   id             string or number: the caller's own name for the item
//   date           ISO 8601 day or instant
//   date_evidence  string: where the date comes from, which makes it inferred
//   outlet, source string: who published it; `outlet` wins
//   title, url     strings
// null is the same as absent; other keys are left alone, so that annotated data can be read as it
// is.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_JSON_LINES_READER_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_JSON_LINES_READER_H_

#include "services/ingest/readers/reader.h"

namespace consilience::ingest {

class JsonLinesReader final : public Reader {
 public:
  std::string_view format() const override { return "application/x-ndjson"; }
  std::string_view short_name() const override { return "jsonl"; }
  Match Recognise(const Head& head) const override;
  // A bad line is an error of its own: "news.jsonl:17".
  bool Read(Input& input, const Request& request, const ReadOptions& options,
            const ItemCallback& callback) const override;
};

class JsonReader final : public Reader {
 public:
  std::string_view format() const override { return "application/json"; }
  std::string_view short_name() const override { return "json"; }
  Match Recognise(const Head& head) const override;
  bool Read(Input& input, const Request& request, const ReadOptions& options,
            const ItemCallback& callback) const override;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_JSON_LINES_READER_H_
