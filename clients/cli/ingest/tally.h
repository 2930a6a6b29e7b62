// What came of a batch: counted, shown while it goes on, and reported.
#ifndef CONSILIENCE_CLIENTS_CLI_INGEST_TALLY_H_
#define CONSILIENCE_CLIENTS_CLI_INGEST_TALLY_H_

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "clients/cli/context.h"
#include "clients/cli/output/progress.h"
#include "consilience/ingest/v1/ingest_service.pb.h"
#include "services/ingest/readers/document.h"

namespace consilience::cli {

// An item that its reader refused, as the service would answer it.
ingest::v1::IngestDocumentsResponse AnswerOf(const ingest::ReadError& error);

// Filled from the reading and the answering thread. Thread-safe.
class Tally {
 public:
  Tally(Context& context, Progress& progress, Sink& sink)
      : context_(context), progress_(progress), sink_(sink) {}

  void Add(const ingest::v1::IngestDocumentsResponse& answer,
           std::optional<double> fraction = std::nullopt);

  size_t refused() const;
  bool empty() const;  // of any answer
  // The documents that were accepted and are still to be worked on.
  std::deque<std::string> TakePending();

  // "2 accepted, 1 duplicate, 3 refused"
  std::string Summary() const;
  // {"items": N, "seconds": S, "interrupted": false, "outcomes": {"accepted": N, …}, "refused":
  // [{"label", "reason", "format", "offset", "error"}, …]}; of the refused at most the first
  // 10,000.
  std::string Report(bool complete) const;

 private:
  size_t Count(const std::string& word) const;
  void NoteRefusal(const ingest::v1::IngestDocumentsResponse& answer);

  Context& context_;
  Progress& progress_;
  Sink& sink_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  std::map<std::string, size_t> counts_;
  std::deque<std::string> pending_;
  std::vector<ingest::v1::IngestDocumentsResponse> refusals_;
};

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_INGEST_TALLY_H_
