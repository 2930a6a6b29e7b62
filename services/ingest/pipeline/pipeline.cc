#include "services/ingest/pipeline/pipeline.h"

#include <algorithm>
#include <utility>

#include "services/common/errors/caught.h"
#include "services/common/errors/error.h"
#include "services/common/log/log.h"
#include "services/common/text/offset_map.h"
#include "services/common/text/strings.h"
#include "services/ingest/ledger/ledger.h"
#include "services/ingest/pipeline/reuse.h"
#include "services/ingest/service/document_proto.h"

namespace consilience::ingest {
namespace {

// Looked at least so often, should a wake-up get lost with another process that wrote it.
constexpr absl::Duration kLongestSleep = absl::Seconds(5);
constexpr absl::Duration kAfterStoreError = absl::Seconds(1);

// Texts of other languages are kept and marked, not guessed at.
bool IsRead(const Document& document) {
  const std::string& language = document.language;
  return language.empty() || language == "und" || language == "en" || language.starts_with("en-");
}

void AddPassages(const Reuse& reuse, const std::string& text,
                 corroboration::v1::RecordAssertionsRequest& request) {
  const common::OffsetMap offsets(text);
  for (const Passage& passage : reuse.passages) {
    auto& reused = *request.add_passages();
    ToProto(passage.span, offsets, *reused.mutable_span());
    reused.set_other_document(NameOf(reuse.ids.at(passage.other)));
    const common::OffsetMap other(reuse.others.at(passage.other).text);
    ToProto(passage.other_span, other, *reused.mutable_other_span());
    reused.set_similarity(passage.similarity);
    reused.set_boilerplate(passage.boilerplate);
  }
}

}  // namespace

Pipeline::Pipeline(Store& store, Downstream& downstream, const common::Clock& clock,
                   common::Sleeper& sleeper, PipelineOptions options)
    : store_(store), downstream_(downstream), clock_(clock), sleeper_(sleeper), options_(options) {}

Pipeline::~Pipeline() { Stop(); }

void Pipeline::Start(std::function<void()> each_round) {
  thread_ = std::thread([this, each_round = std::move(each_round)] { Run(each_round); });
}

void Pipeline::Stop() {
  stopping_ = true;
  sleeper_.Wake();
  if (thread_.joinable()) thread_.join();
}

void Pipeline::Run(const std::function<void()>& each_round) {
  while (!stopping_) {
    const auto done = RunOnce();
    each_round();
    if (!done.ok()) {
      common::log::Error("the work list cannot be read", {{"error", done.status()}});
      sleeper_.Sleep(kAfterStoreError);
    } else if (*done == 0) {
      sleeper_.Sleep(UntilDue());
    }
  }
}

absl::Duration Pipeline::UntilDue() {
  absl::Time due = absl::InfiniteFuture();
  const auto status = store_.Read([&](Records& records) {
    auto next = records.NextDue();
    if (next.ok()) due = *next;
    return next.status();
  });
  if (!status.ok()) return kAfterStoreError;
  return std::clamp(due - clock_.Now(), absl::Milliseconds(1), kLongestSleep);
}

absl::StatusOr<size_t> Pipeline::RunOnce() {
  std::vector<WorkItem> items;
  // A look first: claiming is a write, and an idle service should not write.
  bool due = false;
  auto status = store_.Read([&](Records& records) {
    auto next = records.NextDue();
    due = next.ok() && *next <= clock_.Now();
    return next.status();
  });
  if (!status.ok() || !due) return status.ok() ? absl::StatusOr<size_t>(0) : status;
  status = store_.Write([&](Records& records) -> absl::Status {
    auto claimed = records.Claim(clock_.Now(), options_.lease, options_.batch);
    if (!claimed.ok()) return claimed.status();
    items = *std::move(claimed);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  status = SettleAll(items, Process(items));
  if (!status.ok()) return status;
  return items.size();
}

// However long the store is away: given up, the items would stand as claimed until their lease
// ends.
absl::Status Pipeline::SettleAll(const std::vector<WorkItem>& items,
                                 const std::vector<Result>& results) {
  while (true) {
    const absl::Status status = store_.Write([&](Records& records) -> absl::Status {
      for (size_t i = 0; i < items.size(); ++i) {
        if (auto settled = Settle(records, items[i], results[i]); !settled.ok()) return settled;
      }
      return absl::OkStatus();
    });
    if (status.ok() || !IsAway(status) || stopping_) return status;
    common::log::Warning("what was done waits for the store", {{"error", status}});
    sleeper_.Sleep(kAfterStoreError);
  }
}

std::vector<Pipeline::Result> Pipeline::Process(const std::vector<WorkItem>& items) {
  std::vector<Result> results(items.size());
  std::atomic<size_t> next{0};
  const auto work = [&] {
    for (size_t i = next++; i < items.size(); i = next++) results[i] = ProcessOne(items[i]);
  };
  const size_t threads = std::min(items.size(), static_cast<size_t>(options_.parallel));
  std::vector<std::thread> helpers;
  for (size_t i = 1; i < threads; ++i) helpers.emplace_back(work);
  work();
  for (std::thread& helper : helpers) helper.join();
  return results;
}

Pipeline::Result Pipeline::ProcessOne(const WorkItem& item) {
  Result result;
  // The document stands on the list after a restart too, which would end as this one.
  result.status = common::Caught([&] { return ProcessOne(item, result.withdrawn); });
  return result;
}

absl::Status Pipeline::ProcessOne(const WorkItem& item, bool& withdrawn) {
  Document document;
  std::string text;
  const auto status = store_.Read([&](Records& records) -> absl::Status {
    auto found = records.Get(item.document);
    if (!found.ok()) return found.status();
    document = *std::move(found);
    auto stored = records.Text(item.document);
    if (!stored.ok()) return stored.status();
    text = *std::move(stored);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  withdrawn = IsWithdrawn(document.state);
  return withdrawn ? Withdraw(document) : Record(document, text);
}

absl::Status Pipeline::Record(const Document& document, const std::string& text) {
  const Metadata& metadata = document.metadata;
  corroboration::v1::RecordAssertionsRequest record;
  auto& context = *record.mutable_document();
  context.set_name(NameOf(document.id));
  context.set_digest(document.digest);
  context.set_outlet(metadata.outlet.value);
  context.set_url(metadata.url.value);
  context.set_title(metadata.title.value);
  context.set_publication_date(metadata.publication_date.value);
  if (IsRead(document)) {
    extraction::v1::ExtractAssertionsRequest extract;
    extract.set_id(context.name());
    extract.set_text(text);
    extract.set_publication_date(context.publication_date());
    extract.set_outlet(context.outlet());
    extract.set_title(context.title());
    auto extracted = downstream_.Extract(extract);
    if (!extracted.ok()) return extracted.status();
    record.mutable_assertions()->Swap(extracted->mutable_assertions());
    record.set_extractor(extracted->rules_digest());
    const common::MutexLock lock(mutex_);
    rules_digest_ = record.extractor();
  }
  const auto reuse = FindReuse(store_, document, text);
  if (!reuse.ok()) return reuse.status();
  AddPassages(*reuse, text, record);
  return downstream_.Record(record);
}

absl::Status Pipeline::Withdraw(const Document& document) {
  corroboration::v1::WithdrawDocumentRequest request;
  request.set_name(NameOf(document.id));
  request.set_cause(std::string(NameOf(document.state)));
  request.set_reason(document.reason);
  const absl::Status status = downstream_.Withdraw(request);
  return absl::IsNotFound(status) ? absl::OkStatus() : status;
}

absl::Status Pipeline::Settle(Records& records, const WorkItem& item, const Result& result) {
  const absl::Time now = clock_.Now();
  const absl::Duration delay =
      result.status.ok() ? absl::ZeroDuration()
                         : RetryDelay(options_.retry, result.status, item.attempts, item.document);
  const std::string reason(common::ToStd(result.status.message()));
  if (result.status.ok()) {
    const auto finished = records.Finish(item);
    // Put on the list again meanwhile: the newer work decides the state.
    if (!finished.ok() || !*finished) return finished.status();
  } else {
    common::log::Warning("document not processed", {{"document", NameOf(item.document)},
                                                    {"attempt", item.attempts},
                                                    {"error", result.status}});
    const auto postponed = records.Postpone(item, now, now + delay, reason);
    const bool last = delay == absl::InfiniteDuration();
    if (!postponed.ok() || !*postponed || !last) return postponed.status();
  }
  if (result.withdrawn) return absl::OkStatus();
  auto document = records.Get(item.document);
  if (!document.ok()) return document.status();
  if (IsWithdrawn(document->state)) return absl::OkStatus();
  document->state = result.status.ok() ? State::kRecorded : State::kFailed;
  document->reason = reason;
  document->update_time = now;
  ++document->revision;
  return records.Update(*document);
}

std::string Pipeline::rules_digest() const {
  const common::MutexLock lock(mutex_);
  return rules_digest_;
}

}  // namespace consilience::ingest
