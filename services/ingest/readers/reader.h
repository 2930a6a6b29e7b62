// The one interface behind which every format is read.
//
//   Input input(bytes);
//   ReadItems(input, {.label = "news.warc.gz"}, options, [](ReadItem&& item) { …; return true; });
//
// Which reader takes an input is told by its first bytes; its name only decides between readers
// that could both take it. Containers (archives, compressed files, WARC, feeds, JSONL) are read as
// streams: no reader holds more than one document, one line or one record at a time. What is wrong
// with one item is an item of its own, and the rest goes on.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_READER_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_READER_H_

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/ingest/readers/dates.h"
#include "services/ingest/readers/document.h"
#include "services/ingest/readers/input.h"
#include "services/ingest/readers/limits.h"

namespace consilience::ingest {

// What the caller says about an input. It holds for every document in it.
struct Given {
  std::string title = {};
  std::string publication_date = {};  // ISO 8601 day or RFC 3339 instant
  std::string date_evidence = {};     // makes the date inferred, on this evidence
  std::string outlet = {};
  std::string url = {};
  std::string evidence = "given";  // where the values above stand: "manifest", "--outlet"
  std::string format = {};   // media type or short name ("html"); told from the content if unset
  std::string charset = {};  // of a transport ("Content-Type: text/html; charset=…")
};

struct ReadOptions {
  Limits limits;
  DatePolicy dates;
};

// One input, and where it stands.
struct Request {
  std::string label;  // for messages, and for its extension
  Given given = {};
  std::string fetched_from = {};  // the address that a crawler or the transport had it from
  size_t depth = 0;               // containers around it
};

// Takes each item; false stops the reading.
using ItemCallback = std::function<bool(ReadItem&&)>;

// The beginning of an input.
struct Head {
  std::string_view bytes;  // at most kHeadBytes
  std::string_view label;
};
inline constexpr size_t kHeadBytes = 8192;

// How surely bytes are of a format.
enum class Match {
  kNo,
  kPossible,  // nothing speaks against it
  kLikely,    // the shape is right
  kCertain,   // a mark that nothing else has
};

// Stateless, so safe to share between threads.
class Reader {
 public:
  virtual ~Reader() = default;
  // Media type, and the short name that callers may say instead ("html").
  virtual std::string_view format() const = 0;
  virtual std::string_view short_name() const = 0;
  virtual Match Recognise(const Head& head) const = 0;
  // False when the callback stopped it.
  virtual bool Read(Input& input, const Request& request, const ReadOptions& options,
                    const ItemCallback& callback) const = 0;
};

// All of them, the surer ones first.
std::span<const Reader* const> Readers();

// The reader that `head` asks for, or the one that `format` names. Errors: no such format; no
// reader takes it (binary).
absl::StatusOr<const Reader*> ChooseReader(const Head& head, std::string_view format);

// Everything in `input`. False when the callback stopped it.
bool ReadItems(Input& input, const Request& request, const ReadOptions& options,
               const ItemCallback& callback);

// The one document in `bytes`. An input that holds several, or a retraction, is an error that says
// so: those are for ReadItems.
absl::StatusOr<ReadDocument> ReadDocumentFrom(std::string_view bytes, const Request& request,
                                              const ReadOptions& options);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_READER_H_
