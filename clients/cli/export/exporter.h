// Claims in the formats that other programs read. An exporter writes as it goes, so that any number
// of claims needs the memory of a few.
#ifndef CONSILIENCE_CLIENTS_CLI_EXPORT_EXPORTER_H_
#define CONSILIENCE_CLIENTS_CLI_EXPORT_EXPORTER_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "clients/cli/render/document_notes.h"
#include "consilience/corroboration/v1/claim.pb.h"
#include "consilience/corroboration/v1/explanation.pb.h"

namespace consilience::cli {

using Documents = std::map<std::string, DocumentInfo>;  // by document name
using Write = std::function<void(std::string_view)>;

struct ExportOptions {
  std::string publisher = "Consilience";  // in whose name
  std::string base_url;  // where claims can be read, "https://example.org/"; empty: nowhere
};

class Exporter {
 public:
  virtual ~Exporter() = default;
  virtual void Begin() {}
  // `claim` in FULL view; `documents` of its assertions, as far as they are known; `explanation`
  // is empty unless the exporter wants it.
  virtual void Add(const corroboration::v1::Claim& claim,
                   const corroboration::v1::Explanation& explanation,
                   const Documents& documents) = 0;
  virtual void End() {}

  virtual bool wants_documents() const { return true; }
  virtual bool wants_explanation() const { return false; }
};

// schema.org ClaimReview as JSON-LD: one @graph of reviews.
std::unique_ptr<Exporter> ClaimReviewExporter(const ExportOptions& options, Write write);
// A STIX 2.1 bundle: a report and an opinion for each claim, an identity for each speaker. Ids
// derive from content, so exporting twice makes the same objects.
std::unique_ptr<Exporter> StixExporter(const ExportOptions& options, Write write);
// Graphviz: documents → witnesses → claims, copies drawn together, denials broken.
std::unique_ptr<Exporter> GraphvizExporter(const ExportOptions& options, Write write);
// RFC 4180, a line for each assertion with the claim that it supports or denies.
std::unique_ptr<Exporter> CsvExporter(const ExportOptions& options, Write write);
// Every claim with its assertions, in the API's own JSON, one a line.
std::unique_ptr<Exporter> JsonLinesExporter(const ExportOptions& options, Write write);

// "2016-11-22T14:03:07.000Z".
std::string IsoInstant(const google::protobuf::Timestamp& time);

// Who is named first in the attributions that support a claim; empty when nobody is.
std::string FirstSpeaker(const corroboration::v1::Claim& claim);

// "Single origin: 1.1 independent witnesses among 2 origins, in 2 documents."
std::string StandingOf(const corroboration::v1::Corroboration& corroboration);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_EXPORT_EXPORTER_H_
