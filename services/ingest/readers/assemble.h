// The last step of every reader: from a text and the candidates for its metadata to a document.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_ASSEMBLE_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_ASSEMBLE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ingest/readers/reader.h"

namespace consilience::ingest {

// What a reader found out. Candidates stand in the order of trust; dates are as written.
struct Findings {
  std::string_view format;
  std::string text = {};      // well-formed UTF-8
  SourceMap source_map = {};  // from `text` to the bytes of the item
  std::vector<Segment> segments = {};
  uint64_t source_offset = 0;
  std::string external_id = {};
  std::string version = {};
  std::string language = {};  // as the format declares it; used where the text is too short to tell
  std::vector<Candidate> title = {};
  std::vector<Candidate> dates = {};
  std::vector<Candidate> outlet = {};
  std::vector<Candidate> url = {};
  std::vector<Candidate> byline = {};
  std::vector<Candidate> wire = {};
  // The title may stand in the first line of the text.
  bool title_in_text = false;
};

// Normalises the text, adds what was given and what the text itself shows, and resolves every
// value. A date that was given and is none is an error; one that was read and is none, or that
// cannot be, is refused with a warning.
absl::StatusOr<ReadDocument> Assemble(Findings findings, const Request& request,
                                      const ReadOptions& options);

// Hands the document, or the error in its place, to the callback.
bool Deliver(absl::StatusOr<ReadDocument> document, std::string_view label, std::string_view format,
             const ItemCallback& callback);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_ASSEMBLE_H_
