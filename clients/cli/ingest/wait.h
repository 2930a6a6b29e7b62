// Waiting for what was taken in to be worked through.
#ifndef CONSILIENCE_CLIENTS_CLI_INGEST_WAIT_H_
#define CONSILIENCE_CLIENTS_CLI_INGEST_WAIT_H_

#include <cstddef>
#include <deque>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/cli/context.h"
#include "clients/cpp/documents_client.h"

namespace consilience::cli {

// Until each document has been recorded or has failed; gives the number of failures.
// DEADLINE_EXCEEDED when that takes longer than `patience`.
absl::StatusOr<size_t> WaitForPipeline(Context& context, const client::DocumentsClient& documents,
                                       std::deque<std::string> pending, absl::Duration patience);

// Until the scores have caught up with what was recorded. They do so by themselves, so a
// corroboration service that cannot be asked is no failure of what was asked for.
void WaitForScores(Context& context, absl::Duration patience);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_INGEST_WAIT_H_
