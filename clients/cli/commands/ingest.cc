// consil ingest: articles in.
#include <chrono>
#include <fstream>
#include <thread>
#include <utility>

#include "absl/time/clock.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/ingest/follower.h"
#include "clients/cli/ingest/item_reader.h"
#include "clients/cli/ingest/plan.h"
#include "clients/cli/ingest/tally.h"
#include "clients/cli/ingest/unknown_items.h"
#include "clients/cli/ingest/wait.h"
#include "clients/cli/interrupt.h"
#include "clients/cpp/documents_client.h"
#include "fmt/format.h"
#include "services/common/errors/catalogue.h"
#include "services/ingest/readers/limits.h"
#include "services/ingest/wire/read_document_proto.h"

namespace consilience::cli {
namespace {

namespace api = ingest::v1;

// It is tomorrow already in the easternmost places when the day begins in UTC.
constexpr absl::Duration kEasternmost = absl::Hours(14);

struct IngestOptions {
  std::vector<std::string> paths;
  std::string manifest;
  std::string outlet;
  std::string date;
  std::string format;
  bool wait = false;
  std::string wait_timeout = "10m";
  bool dry_run = false;
  bool keep_going = true;
  std::string report;
  bool follow = false;
  std::string every = "2s";
  std::string fetch_every = "15m";
  std::string fetch_timeout = "60s";
  bool allow_private = false;
  std::vector<std::string> limits;
  size_t max_message_mib = 16;
};

// The options, understood.
struct Settled {
  ingest::Given given;
  ReadingOptions reading;
  absl::Duration patience;
  absl::Duration every;
  absl::Duration fetch_every;
};

absl::StatusOr<Settled> Settle(const IngestOptions& options) {
  Settled settled;
  if (absl::Status status = CheckDay(options.date, "--date"); !status.ok()) return status;
  const auto time = [](const std::string& text, const char* flag, absl::Duration& into) {
    const auto parsed = ParseTimeout(text, flag);
    if (parsed.ok()) into = *parsed;
    return parsed.status();
  };
  absl::Status status = time(options.wait_timeout, "--wait-timeout", settled.patience);
  status.Update(time(options.every, "--every", settled.every));
  status.Update(time(options.fetch_every, "--fetch-every", settled.fetch_every));
  status.Update(time(options.fetch_timeout, "--fetch-timeout", settled.reading.fetch.time));
  for (const std::string& limit : options.limits) {
    status.Update(ingest::SetLimit(limit, settled.reading.readers.limits));
  }
  if (!status.ok()) return status;
  settled.given.outlet = options.outlet;
  settled.given.publication_date = options.date;
  settled.given.format = options.format;
  settled.given.evidence = "command line";
  settled.reading.files_are_items = options.follow;
  settled.reading.fetch.allow_private = options.allow_private;
  settled.reading.readers.dates.today =
      absl::FormatTime("%Y-%m-%d", absl::Now() + kEasternmost, absl::UTCTimeZone());
  return settled;
}

api::IngestDocumentsRequest RequestFor(ingest::ReadItem item, bool dry_run) {
  api::IngestDocumentsRequest request;
  request.set_validate_only(dry_run);
  if (auto* document = std::get_if<ingest::ReadDocument>(&item)) {
    *request.mutable_document() = ToProto(std::move(*document));
  } else {
    *request.mutable_retraction() = ToProto(std::get<ingest::ReadRetraction>(item));
  }
  return request;
}

// A message that the service does not take ends the stream, and with it all that is behind it.
// Where each of many short lines stands can make it ten times as large as the text.
std::optional<ingest::ReadError> TooLargeToSend(const api::IngestDocumentsRequest& request,
                                                size_t most_mib) {
  const size_t bytes = request.ByteSizeLong();
  const size_t most = most_mib << 20U;
  if (bytes <= most) return std::nullopt;
  return ingest::ReadError{
      request.document().label(), request.document().format(), std::nullopt,
      common::TooLarge("the message of the text and of where each line of it stands", bytes, most,
                       "--max-message-mib of the service and of this command")};
}

// Sends everything that `reader` gives. OK when each item has its answer, whatever it is.
absl::Status SendAll(const client::DocumentsClient& documents, ItemReader& reader, Tally& tally,
                     const IngestOptions& options) {
  UnknownItems items(documents, reader, [&](const api::IngestDocumentsResponse& answer) {
    tally.Add(answer, reader.Fraction());
  });
  const auto next = [&]() -> std::optional<api::IngestDocumentsRequest> {
    while (options.keep_going || tally.refused() == 0) {
      std::optional<ingest::ReadItem> item = items.Next();
      if (!item) return std::nullopt;
      if (const auto* error = std::get_if<ingest::ReadError>(&*item)) {
        tally.Add(AnswerOf(*error), reader.Fraction());
        continue;
      }
      api::IngestDocumentsRequest request = RequestFor(*std::move(item), options.dry_run);
      const auto too_large = TooLargeToSend(request, options.max_message_mib);
      if (!too_large) return request;
      tally.Add(AnswerOf(*too_large), reader.Fraction());
    }
    return std::nullopt;
  };
  return documents.IngestDocuments(next, [&](const api::IngestDocumentsResponse& answer) {
    tally.Add(answer, reader.Fraction());
  });
}

absl::Status WriteReport(const std::string& path, const std::string& report) {
  if (path.empty()) return absl::OkStatus();
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << report << std::flush;
  if (file) return absl::OkStatus();
  return absl::InvalidArgumentError(
      fmt::format("cannot write the report \"{}\"; choose another --report FILE", path));
}

// Takes in what comes, until the process is ended. What cannot be sent now is sent with the next
// look: a server that is away for a while is no reason to stop.
absl::StatusOr<int> Follow(Context& context, const client::DocumentsClient& documents,
                           const IngestOptions& options, const Settled& settled, Sink& sink) {
  Follower follower(absl::ToChronoMilliseconds(settled.every),
                    absl::ToChronoMilliseconds(settled.fetch_every));
  context.Note("following; Ctrl-C ends it");
  while (true) {
    auto plan = MakePlan(options.paths, options.manifest, settled.given);
    if (!plan.ok()) {
      context.Warn(std::string(plan.status().message()));
    } else if (auto due = follower.Due(plan->sources, Follower::Clock::now()); !due.empty()) {
      Progress progress("documents", 0, context.shows_progress());
      Tally tally(context, progress, sink);
      ItemReader reader(std::move(due), settled.reading, follower.versions());
      const absl::Status status = SendAll(documents, reader, tally, options);
      progress.Clear();
      sink.Flush();
      if (status.ok()) follower.Done(reader.versions());
      if (!status.ok()) context.Warn(std::string(status.message()));
      context.Note(tally.Summary());
      const absl::Status reported = WriteReport(options.report, tally.Report(status.ok()));
      if (!reported.ok()) return reported;
    }
    std::this_thread::sleep_for(absl::ToChronoMilliseconds(settled.every));
  }
}

constexpr char kInterrupted[] =
    "consil: interrupted; what was accepted stays and is worked on, and the same command goes on "
    "from there\n";

absl::StatusOr<int> Ingest(Context& context, const IngestOptions& options) {
  const auto settled = Settle(options);
  if (!settled.ok()) return settled.status();
  auto plan = MakePlan(options.paths, options.manifest, settled->given);
  if (!plan.ok()) return plan.status();
  auto documents = context.Documents();
  if (!documents.ok()) return documents.status();
  auto sink = context.Output(false);
  if (!sink.ok()) return sink.status();
  if (!options.dry_run && !context.quiet) SayOnInterrupt(kInterrupted);
  if (options.follow) return Follow(context, **documents, options, *settled, **sink);

  Progress progress("documents", 0, context.shows_progress());
  Tally tally(context, progress, **sink);
  ItemReader reader(std::move(plan->sources), settled->reading, {});
  const absl::Status status = SendAll(**documents, reader, tally, options);
  progress.Clear();
  for (const std::string& file : plan->missing) {
    context.Warn(fmt::format("the manifest names \"{}\", which is not there", file));
  }
  // Without any answer the error says all that there is to say.
  if (status.ok() || !tally.empty()) context.Note(tally.Summary());
  const absl::Status reported = WriteReport(options.report, tally.Report(status.ok()));
  if (!status.ok()) return status;
  if (!reported.ok()) return reported;
  if (!options.wait) return tally.refused() == 0 ? kSuccess : kFailure;

  const std::deque<std::string> pending = tally.TakePending();
  auto failures = WaitForPipeline(context, **documents, pending, settled->patience);
  if (!failures.ok()) return failures.status();
  WaitForScores(context, settled->patience);
  context.Note(fmt::format("{} recorded, {} failed", pending.size() - *failures, *failures));
  return tally.refused() + *failures == 0 ? kSuccess : kFailure;
}

void AddSourceOptions(CLI::App* command, IngestOptions& options) {
  command
      ->add_option("path", options.paths,
                   "files, folders, http(s) addresses, or - for stdin: text, HTML, RSS and Atom, "
                   "JSONL, ninjs, WARC, and archives of these")
      ->required()
      ->option_text("PATH");
  command
      ->add_option("--manifest", options.manifest,
                   "JSONL that says what is known of each file: {file, date, outlet, url, title}")
      ->option_text("FILE");
  command->add_option("--date", options.date, "day of publication of all of them")
      ->option_text("DAY");
  command->add_option("--outlet", options.outlet, "publisher of all of them")->option_text("NAME");
  command
      ->add_option("--format", options.format,
                   "what they are, when their content does not tell: text, html, feed, jsonl, "
                   "json, warc, gzip or archive")
      ->option_text("FORMAT");
  command
      ->add_option("--limit", options.limits,
                   "a limit of the readers, such as document_bytes=1000000; may be repeated")
      ->option_text("NAME=N");
  command
      ->add_option("--max-message-mib", options.max_message_mib,
                   "the largest message that the service takes, in MiB [16]")
      ->option_text("N")
      ->check(Positive());
  command
      ->add_option("--fetch-timeout", options.fetch_timeout,
                   "how long an address may take to answer [60s]")
      ->option_text("TIME");
  command->add_flag("--allow-private", options.allow_private,
                    "fetch from addresses that are not public as well");
}

void AddFollowOptions(CLI::App* command, IngestOptions& options) {
  command->add_flag("--follow", options.follow,
                    "go on: take in what appears in the folders and at the addresses");
  command->add_option("--every", options.every, "how often to look into folders [2s]")
      ->option_text("TIME");
  command->add_option("--fetch-every", options.fetch_every, "how often to ask addresses [15m]")
      ->option_text("TIME");
}

}  // namespace

void AddIngest(CLI::App& parent, Context& context) {
  auto options = std::make_shared<IngestOptions>();
  CLI::App* command = AddCommand(
      parent, "ingest",
      "Take articles in. A bad one is reported and the rest goes on; the summary counts each "
      "outcome, and the exit code is 1 when any was refused. What was taken in before is "
      "asked for first and not sent again, so the same command takes up a run that was "
      "interrupted. The answers "
      "themselves are written with -o jsonl or -o name.",
      "  consil ingest articles/ --manifest manifest.jsonl --wait\n"
      "  consil ingest article.txt --date 2016-11-22 --outlet Reuters\n"
      "  consil ingest crawl.warc.gz --report report.json\n"
      "  consil ingest --follow incoming/ https://example.org/feed.xml\n"
      "  consil ingest - < batch.jsonl\n");
  AddSourceOptions(command, *options);
  AddFollowOptions(command, *options);
  command->add_flag("--wait", options->wait, "wait until each has been read and scored");
  command->add_option("--wait-timeout", options->wait_timeout, "for how long at most [10m]")
      ->option_text("TIME");
  command->add_flag("--dry-run", options->dry_run, "check only, store nothing");
  command->add_flag("--keep-going,!--fail-fast", options->keep_going,
                    "go on after an item was refused, which is the default; --fail-fast stops");
  command->add_option("--report", options->report, "write the outcome as JSON to this file")
      ->option_text("FILE");
  Run(command, context, options, Ingest);
}

}  // namespace consilience::cli
