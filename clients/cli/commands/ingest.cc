// consil ingest: articles in.
#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/input/input_reader.h"
#include "clients/cli/output/json.h"
#include "clients/cli/output/progress.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/words.h"
#include "clients/cpp/claims_client.h"
#include "clients/cpp/documents_client.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = ingest::v1;

struct IngestOptions {
  std::vector<std::string> paths;
  std::string manifest;
  std::string outlet;
  std::string date;
  bool wait = false;
  std::string wait_timeout = "10m";
  bool dry_run = false;
};

// What came of a batch. Filled from the reading and the answering thread.
class Tally {
 public:
  Tally(Context& context, Progress& progress, Sink& sink)
      : context_(context), progress_(progress), sink_(sink) {}

  void Refused(const std::string& why) {
    const std::lock_guard lock(mutex_);
    ++counts_["refused"];
    progress_.Clear();
    context_.Warn("refused " + why);
    progress_.Advance(1);
  }

  void Answered(const api::IngestDocumentsResponse& answer) {
    if (answer.outcome() == api::INGEST_OUTCOME_REFUSED) {
      Refused(answer.label() + ": " + answer.error());
    } else {
      const std::lock_guard lock(mutex_);
      ++counts_[WordFor(answer.outcome())];
      if (answer.document().state() == api::Document::STATE_PENDING) {
        pending_.push_back(answer.document().name());
      }
      progress_.Advance(1);
    }
    if (context_.format() == Format::kName && answer.has_document()) {
      sink_.Write(answer.document().name() + "\n");
    } else if (!context_.is_text()) {
      sink_.Write(ToJson(answer, false) + "\n");
    }
  }

  size_t refused() const { return Count("refused"); }
  std::deque<std::string>& pending() { return pending_; }

  std::string Summary() const {
    std::string text;
    for (const char* word : {"accepted", "validated", "revision", "duplicate", "refused"}) {
      const size_t count = Count(word);
      if (count == 0 && std::string_view(word) != "accepted") continue;
      if (count == 0 && Count("validated") > 0) continue;
      if (!text.empty()) text += ", ";
      text += fmt::format("{} {}", WithThousands(static_cast<double>(count)), word);
    }
    return text;
  }

 private:
  size_t Count(const std::string& word) const {
    const auto count = counts_.find(word);
    return count == counts_.end() ? 0 : count->second;
  }

  Context& context_;
  Progress& progress_;
  Sink& sink_;
  std::mutex mutex_;
  std::map<std::string, size_t> counts_;
  std::deque<std::string> pending_;
};

api::DocumentInput ToInput(InputItem item, const IngestOptions& options) {
  api::DocumentInput input;
  input.set_content(std::move(item.content));
  if (item.is_plain_text) input.set_format("text/plain");
  input.set_title(item.metadata.title);
  input.set_publication_date(item.metadata.date.empty() ? options.date : item.metadata.date);
  input.set_outlet(item.metadata.outlet.empty() ? options.outlet : item.metadata.outlet);
  input.set_url(item.metadata.url);
  input.set_date_evidence(item.metadata.date_evidence);
  input.set_label(item.label);
  return input;
}

// Waits until each document has been recorded or has failed; gives the number of failures.
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

// Waits until the scores have caught up with what was recorded. They do so by themselves, so a
// corroboration service that cannot be asked is no failure of what was asked for.
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

absl::StatusOr<int> Ingest(Context& context, const IngestOptions& options) {
  if (absl::Status status = CheckDay(options.date, "--date"); !status.ok()) return status;
  const auto patience = ParseTimeout(options.wait_timeout, "--wait-timeout");
  if (!patience.ok()) return patience.status();
  auto reader = InputReader::Open(options.paths, options.manifest);
  if (!reader.ok()) return reader.status();
  auto documents = context.Documents();
  if (!documents.ok()) return documents.status();
  auto sink = context.Output(false);
  if (!sink.ok()) return sink.status();

  Progress progress("documents", reader->total(), context.shows_progress());
  Tally tally(context, progress, **sink);
  const auto next = [&]() -> std::optional<api::DocumentInput> {
    while (std::optional<InputItem> item = reader->Next()) {
      if (item->status.ok()) item->status = item->date_status;
      if (item->status.ok()) return ToInput(*std::move(item), options);
      tally.Refused(std::string(item->status.message()));
    }
    return std::nullopt;
  };
  const absl::Status status =
      (*documents)
          ->IngestDocuments(
              next, [&](const api::IngestDocumentsResponse& answer) { tally.Answered(answer); },
              options.dry_run);
  progress.Clear();
  for (const std::string& file : reader->missing()) {
    context.Warn(fmt::format("the manifest names \"{}\", which is not among the files", file));
  }
  context.Note(tally.Summary());
  if (!status.ok()) return status;
  if (!options.wait) return tally.refused() == 0 ? kSuccess : kFailure;

  const size_t waiting = tally.pending().size();
  auto failures = WaitForPipeline(context, **documents, std::move(tally.pending()), *patience);
  if (!failures.ok()) return failures.status();
  WaitForScores(context, *patience);
  context.Note(fmt::format("{} recorded, {} failed", waiting - *failures, *failures));
  return tally.refused() + *failures == 0 ? kSuccess : kFailure;
}

}  // namespace

void AddIngest(CLI::App& parent, Context& context) {
  auto options = std::make_shared<IngestOptions>();
  CLI::App* command = AddCommand(
      parent, "ingest",
      "Take articles in. A bad one is reported and the rest goes on; the summary counts each "
      "outcome, and the exit code is 1 when any was refused. The records themselves are written "
      "with -o jsonl or -o name.",
      "  consil ingest articles/ --manifest manifest.jsonl --wait\n"
      "  consil ingest article.txt --date 2016-11-22 --outlet Reuters\n"
      "  consil ingest - < batch.jsonl\n");
  command
      ->add_option(
          "path", options->paths,
          "files, folders, or - for stdin; *.jsonl holds one {text, date, source, …} a line")
      ->required()
      ->option_text("PATH");
  command
      ->add_option("--manifest", options->manifest,
                   "JSONL that says what is known of each file: {file, date, outlet, url, title}")
      ->option_text("FILE");
  command->add_option("--date", options->date, "day of publication of those that state none")
      ->option_text("DAY");
  command->add_option("--outlet", options->outlet, "publisher of those that state none")
      ->option_text("NAME");
  command->add_flag("--wait", options->wait, "wait until each has been read and scored");
  command->add_option("--wait-timeout", options->wait_timeout, "for how long at most [10m]")
      ->option_text("TIME");
  command->add_flag("--dry-run", options->dry_run, "check only, store nothing");
  Run(command, context, options, Ingest);
}

}  // namespace consilience::cli
