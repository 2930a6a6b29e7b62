// What readers make of outside bytes: documents, retractions, and errors.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_DOCUMENT_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_DOCUMENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "services/common/text/span.h"
#include "services/ingest/readers/metadata.h"
#include "services/ingest/readers/source_map.h"

namespace consilience::ingest {

enum class SegmentKind {
  kHeadline,
  kDateline,
  kParagraph,
  kCaption,
  kQuoteBlock,
  kEmbeddedPost,
  kBoilerplate,
};

// A part of the text and its role: as the format itself tells it, or for text without markup as its
// lines do (text_segments.h).
struct Segment {
  SegmentKind kind = SegmentKind::kParagraph;
  common::Span span;

  friend bool operator==(const Segment&, const Segment&) = default;
};

struct ReadDocument {
  // Where it was met, for messages: "articles.zip/2016/aleppo.html", "news.jsonl:17".
  std::string label;
  // Media type of what it was read from: "text/plain", "text/html", "application/x-ndjson",
  // "application/rss+xml", "application/atom+xml", "application/vnd.iptc.ninjs+json".
  std::string format;
  // NFC UTF-8, line ends as \n; never blank.
  std::string text;
  Metadata metadata;
  // BCP 47 tag told from the text, "und" when it cannot be told.
  std::string language;
  // In order of `span`, not overlapping.
  std::vector<Segment> segments;

  // Byte at which the item begins in its file (after decompression), and the map from `text` to
  // the bytes of the item.
  uint64_t source_offset = 0;
  SourceMap source_map;

  // The publisher's own name for the item (ninjs uri, feed guid, JSONL id), and its version: of two
  // texts with one id, the later version supersedes. Empty when the format tells none.
  std::string external_id;
  std::string version;

  // Evidence that was refused, one sentence each.
  std::vector<std::string> warnings;
};

// The publisher withdrew an item.
struct ReadRetraction {
  std::string label;
  std::string format;
  std::string external_id;
  std::string url;     // may be empty
  std::string reason;  // in the publisher's words where there are any
};

// An item that could not be read. `status` has the reason for a program and the sentence for a
// person (see errors.h).
struct ReadError {
  std::string label;
  std::string format;
  std::optional<uint64_t> offset;  // byte in the file at which it went wrong
  absl::Status status;
};

using ReadItem = std::variant<ReadDocument, ReadRetraction, ReadError>;

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_DOCUMENT_H_
