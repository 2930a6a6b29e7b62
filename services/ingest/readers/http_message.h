// Headers as mail, HTTP and WARC write them, and the body of an HTTP answer.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_HTTP_MESSAGE_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_HTTP_MESSAGE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/ingest/readers/limits.h"

namespace consilience::ingest {

// Values by name in lower case; the first of several stands.
using Headers = std::map<std::string, std::string, std::less<>>;

// Adds "Name: value"; false when the line is none. A line that begins with white space goes on with
// the value before it, whose name is `last`.
bool AddHeader(std::string_view line, Headers& headers, std::string& last);

std::string_view HeaderOr(const Headers& headers, std::string_view name);
std::optional<uint64_t> ParseLength(std::string_view digits);

// "text/html" of "Text/HTML; charset=utf-8", and the charset.
std::string MediaTypeOf(std::string_view content_type);
std::string CharsetOf(std::string_view content_type);

struct HttpAnswer {
  int code = 0;
  Headers headers;
  std::string body;  // without transfer and content encodings
};

// An answer in memory. A Content-Length that is not the body's is left aside: crawlers store what
// came. Errors: no status line, a header that is none, broken chunks or compression, over
// limits.document_bytes; offsets are into `bytes`.
absl::StatusOr<HttpAnswer> ParseHttpAnswer(std::string_view bytes, const Limits& limits);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_HTTP_MESSAGE_H_
