// What is known about a document besides its text, each value with where it comes from.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_METADATA_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_METADATA_H_

#include <string>
#include <vector>

namespace consilience::ingest {

// Given beats read beats inferred.
enum class Basis {
  kUnknown,
  kInferred,  // worked out from the text, or given together with evidence for it
  kRead,      // read from the document's own metadata
  kGiven,     // the caller said so
};

// One witness for a value. `evidence` says what it was taken from: "manifest",
// "meta article:published_time", "dateline \"ALEPPO, Nov. 22\"".
struct Candidate {
  std::string value;
  Basis basis = Basis::kUnknown;
  std::string evidence;

  friend bool operator==(const Candidate&, const Candidate&) = default;
};

// The value that is believed. Unknown is a value: empty, with Basis::kUnknown.
struct MetadataValue {
  std::string value;
  Basis basis = Basis::kUnknown;
  std::string evidence;
  std::vector<Candidate> conflicting;  // what other evidence says otherwise, best first

  bool known() const { return basis != Basis::kUnknown; }
  friend bool operator==(const MetadataValue&, const MetadataValue&) = default;
};

struct Metadata {
  MetadataValue title;
  MetadataValue publication_date;  // ISO 8601 day
  MetadataValue outlet;            // who published it
  MetadataValue url;               // canonical where the page names one
  MetadataValue byline;
  MetadataValue wire;  // the agency that the format itself credits (ninjs infosource)
};

// The best-based candidate wins, the earlier one among equals; the first 16 that say otherwise are
// kept. Candidates without a value are no evidence.
MetadataValue Resolve(std::vector<Candidate> candidates);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_METADATA_H_
