// An assertion as the engine keeps it: what was said, the document that said it, and the identity
// that makes recording it twice harmless.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MODEL_ASSERTION_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MODEL_ASSERTION_H_

#include <string>
#include <vector>

#include "services/common/text/span.h"
#include "services/extraction/model/assertion.h"

namespace consilience::corroboration {

// A run of one document's text that also stands in another one. Direction is information only.
struct PassageLink {
  common::Span span;
  std::string other_document;
  common::Span other_span;
  double similarity = 1.0;   // share of the words that are the same, in (0, 1]
  bool boilerplate = false;  // house copy

  friend bool operator==(const PassageLink&, const PassageLink&) = default;
};

// The named source that most of a document's attributed figures go back to.
struct DominantSource {
  std::string source;  // id; empty when nobody is named
  std::string display_name;
  double share = 0.0;  // of the attributed figures, in [0, 1]
};

// What the engine knows of a document. Every field but `id` may be empty: unknown is a value.
struct DocumentContext {
  std::string id;
  std::string digest;
  std::string outlet;
  std::string url;
  std::string title;
  std::string publication_date;  // ISO 8601 day
  DominantSource dominant;
};

struct RecordedAssertion {
  std::string id;  // derives from the document's id and the content below
  DocumentContext document;
  extraction::Assertion said;
  common::Span code_points;           // said.span counted in code points
  std::string quote;                  // the stored text at said.span, byte for byte
  std::string part_of;                // id of the assertion whose subgroup this is; empty otherwise
  std::string denies;                 // id of the assertion of the same document that this denies
  std::vector<PassageLink> passages;  // those that overlap said.span, and house copy anywhere
  bool set_aside = false;             // a reviewer found the extraction wrong; it does not count
  std::string apart;   // mark of a reviewer: answers a question with those of this mark only
  std::string joined;  // mark of a reviewer: whatever holds this mark is one claim
};

// What one document asserts, as it comes in.
struct DocumentRecord {
  DocumentContext document;
  std::vector<extraction::Assertion> assertions;
  std::vector<std::string> quotes;        // one an assertion
  std::vector<common::Span> code_points;  // one an assertion
  std::vector<PassageLink> passages;
  std::string extractor;  // digest of the rules, or name and version of another extractor
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MODEL_ASSERTION_H_
