// A document as ingest keeps it, and the work that it still needs.
#ifndef CONSILIENCE_SERVICES_INGEST_MODEL_DOCUMENT_H_
#define CONSILIENCE_SERVICES_INGEST_MODEL_DOCUMENT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "services/ingest/passages/passage_index.h"
#include "services/ingest/readers/document.h"

namespace consilience::ingest {

// Stored as numbers: values are never reused or reordered.
enum class State {
  kPending = 1,     // on the work list
  kRecorded = 2,    // its claims are scored
  kFailed = 3,      // out of tries
  kSuperseded = 4,  // a newer revision took its place
  kRetracted = 5,   // its publisher withdrew it
  kErased = 6,      // the text is gone
};

// Withdrawn documents support nothing any more.
inline bool IsWithdrawn(State state) {
  return state == State::kSuperseded || state == State::kRetracted || state == State::kErased;
}

// The API's name without its prefix: "RETRACTED".
std::string_view NameOf(State state);

struct Document {
  std::string id;      // the first 32 hexadecimal digits of `digest`
  std::string digest;  // SHA-256 of the stored text, hexadecimal
  // Given out by the store in the order of arrival.
  DocumentNumber number = 0;
  uint64_t text_bytes = 0;
  std::string format;    // media type it was read from
  std::string language;  // BCP 47; "und" when it cannot be told
  Metadata metadata;
  std::string canonical_url;  // by which revisions are recognised; empty without a URL
  // The publisher's own name for the item where that is a URI, and its version: the other way in
  // which revisions are recognised.
  std::string external_id;
  std::string version;
  State state = State::kPending;
  std::string reason;         // why it failed, was superseded, retracted or erased
  std::string superseded_by;  // ids; empty when there is none
  std::string supersedes;
  int64_t revision = 1;  // of the metadata and state; the etag
  absl::Time create_time;
  absl::Time update_time;
};

// What its format told of a text besides the metadata. Kept beside the text.
struct Reading {
  std::vector<Segment> segments;
  SourceMap source_map;
  uint64_t source_offset = 0;
  std::vector<std::string> warnings;

  bool empty() const {
    return segments.empty() && source_map.identity() && source_offset == 0 && warnings.empty();
  }
};

// One place where a text was met.
struct Appearance {
  std::string outlet;
  std::string url;
  std::string publication_date;
  absl::Time create_time;
};

// One document that something has to be done about: recorded, or withdrawn once it is withdrawn.
struct WorkItem {
  std::string document;  // id
  // Changes whenever the document is put on the list again, so that what was done for an older
  // state does not strike off what a newer one still needs.
  int64_t generation = 0;
  int attempts = 0;  // this one included
  absl::Time accepted;
};

struct WorkFailure {
  std::string document;  // id
  std::string reason;
  int attempts = 0;
  absl::Time last_attempt;
};

// What GetPipelineStatus tells.
struct PipelineCounts {
  int64_t documents = 0;
  int64_t pending = 0;   // waiting for a first try
  int64_t running = 0;   // being worked on
  int64_t retrying = 0;  // waiting for another try
  int64_t failed = 0;    // out of tries
  int64_t recorded = 0;
  absl::Time oldest = absl::InfiniteFuture();  // accepted, and still on the list
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_MODEL_DOCUMENT_H_
