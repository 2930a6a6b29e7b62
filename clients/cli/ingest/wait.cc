#include "clients/cli/ingest/wait.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "clients/cli/output/progress.h"
#include "clients/cli/render/numbers.h"
#include "clients/cpp/claims_client.h"
#include "fmt/format.h"

namespace consilience::cli {

namespace api = ingest::v1;

absl::StatusOr<size_t> WaitForPipeline(Context& context, const client::DocumentsClient& documents,
                                       std::deque<std::string> pending, absl::Duration patience) {
  using std::chrono::steady_clock;
  const auto end = steady_clock::now() + absl::ToChronoMilliseconds(patience);
  Progress progress("documents recorded", pending.size(), context.shows_progress());
  size_t failures = 0;
  auto pause = std::chrono::milliseconds(10);
  api::GetDocumentRequest request;
  request.set_view(api::DOCUMENT_VIEW_BASIC);
  while (!pending.empty()) {
    request.set_name(pending.front());
    auto document = documents.GetDocument(request);
    if (!document.ok()) return document.status();
    if (document->state() != api::Document::STATE_PENDING) {
      pending.pop_front();
      progress.Advance(1);
      pause = std::chrono::milliseconds(10);
      if (document->state() == api::Document::STATE_FAILED) {
        ++failures;
        progress.Clear();
        context.Warn(fmt::format("failed {}: {}", document->name(), document->failure()));
      }
      continue;
    }
    if (steady_clock::now() > end) {
      return absl::DeadlineExceededError(fmt::format(
          "{} after {} still not recorded; they are safe and worked on, `consil status` shows how "
          "far",
          Counted(pending.size(), "document is", "documents are"), absl::FormatDuration(patience)));
    }
    progress.Advance(0);
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, std::chrono::milliseconds(500));
  }
  return failures;
}

void WaitForScores(Context& context, absl::Duration patience) {
  using std::chrono::steady_clock;
  const auto end = steady_clock::now() + absl::ToChronoMilliseconds(patience);
  absl::Status status;
  auto claims = context.Claims();
  for (status = claims.status(); status.ok();) {
    const auto scoring = (*claims)->GetScoringStatus({});
    status = scoring.status();
    if (status.ok() && scoring->unsettled_source_count() == 0) return;
    if (steady_clock::now() > end) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  context.Warn(fmt::format("the scores may still be settling{}{}", status.ok() ? "" : ": ",
                           std::string(status.message())));
}

}  // namespace consilience::cli
