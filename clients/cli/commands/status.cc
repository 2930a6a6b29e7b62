// consil status: what is waiting, what failed, since when.
#include "absl/time/clock.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/render/detail.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/words.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/documents_client.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = ingest::v1;

struct StatusOptions {
  int failures = 10;
  bool fail_if_busy = false;
};

std::string Detail(const Context& context, const api::PipelineStatus& status) {
  DetailWriter detail(context.palette(), context.width());
  const auto count = [](std::int64_t value) { return WithThousands(static_cast<double>(value)); };
  detail.Field("Server", AddressFor(context.settings(), "ingest-server"));
  detail.Field("Documents", count(status.document_count()));
  detail.Field("  recorded", Cell{count(status.recorded_count()), Style::kGood});
  detail.Field("  waiting", count(status.pending_count()));
  detail.Field("  in work", count(status.running_count()));
  detail.Field("  to retry", count(status.retrying_count()));
  detail.Field("  failed", Cell{count(status.failed_count()),
                                status.failed_count() > 0 ? Style::kBad : Style::kPlain});
  if (status.has_oldest_pending_time()) {
    const absl::Duration age =
        absl::Now() - absl::FromUnixSeconds(status.oldest_pending_time().seconds());
    detail.Field("Oldest waiting", absl::FormatDuration(absl::Trunc(age, absl::Seconds(1))));
  }
  detail.Field("Rules", status.rules_digest());
  if (status.failures_size() > 0) detail.Section("Latest failures");
  for (const auto& failure : status.failures()) {
    detail.Line(fmt::format("{} after {}, {}: {}", failure.document(),
                            Counted(static_cast<size_t>(failure.attempts()), "try", "tries"),
                            Instant(failure.last_attempt_time()), failure.reason()));
  }
  return detail.text();
}

absl::StatusOr<int> Status(Context& context, const StatusOptions& options) {
  auto documents = context.Documents();
  if (!documents.ok()) return documents.status();
  api::GetPipelineStatusRequest request;
  request.set_failure_limit(options.failures);
  auto status = (*documents)->GetPipelineStatus(request);
  if (!status.ok()) return status.status();
  if (absl::Status written =
          context.WriteOne(*status, "pipelineStatus", [&] { return Detail(context, *status); });
      !written.ok()) {
    return written;
  }
  const bool busy =
      status->pending_count() + status->running_count() + status->retrying_count() > 0;
  return options.fail_if_busy && busy ? kConditionFalse : kSuccess;
}

}  // namespace

void AddStatus(CLI::App& parent, Context& context) {
  auto options = std::make_shared<StatusOptions>();
  CLI::App* command =
      AddCommand(parent, "status", "What is waiting, what failed, and for how long",
                 "  consil status\n"
                 "  until consil status --fail-if-busy -q >/dev/null; do sleep 1; done\n");
  command->add_option("--failures", options->failures, "how many of the latest to name [10]")
      ->option_text("N");
  command->add_flag("--fail-if-busy", options->fail_if_busy, "exit with 3 while work is left");
  Run(command, context, options, Status);
}

}  // namespace consilience::cli
