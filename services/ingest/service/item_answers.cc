#include "services/ingest/service/item_answers.h"

#include <utility>

#include "services/common/errors/error.h"
#include "services/common/text/strings.h"
#include "services/ingest/service/document_proto.h"

namespace consilience::ingest {
namespace {

constexpr size_t kMostOwed = 256;

v1::IngestDocumentsResponse ToProto(const std::string& label,
                                    const absl::StatusOr<Receipt>& receipt) {
  v1::IngestDocumentsResponse answer;
  answer.set_label(label);
  if (receipt.ok()) {
    if (receipt->outcome != Outcome::kNotHeld) {
      *answer.mutable_document() = ToProto(receipt->document);
    }
    answer.set_outcome(ToProto(receipt->outcome));
  } else {
    answer.set_outcome(v1::INGEST_OUTCOME_REFUSED);
    answer.set_error(std::string(common::ToStd(receipt.status().message())));
    answer.set_error_code(static_cast<int>(receipt.status().code()));
    answer.set_error_reason(common::ErrorReason(receipt.status()));
    for (const auto& [key, value] : common::ErrorMetadataOf(receipt.status())) {
      (*answer.mutable_error_metadata())[key] = value;
    }
  }
  return answer;
}

}  // namespace

ItemAnswers::ItemAnswers(Writer& stream, IngestMetrics& metrics)
    : stream_(stream), metrics_(metrics), thread_([this] { Run(); }) {}

ItemAnswers::~ItemAnswers() { Finish(); }

bool ItemAnswers::Expect(std::string label, std::future<absl::StatusOr<Receipt>> receipt) {
  common::MutexLock lock(mutex_);
  changed_.Wait(lock,
                [this]() NO_THREAD_SAFETY_ANALYSIS { return broken_ || owed_.size() < kMostOwed; });
  if (broken_) return false;
  owed_.push_back({std::move(label), std::move(receipt)});
  changed_.NotifyAll();
  return true;
}

void ItemAnswers::Finish() {
  {
    const common::MutexLock lock(mutex_);
    complete_ = true;
    changed_.NotifyAll();
  }
  if (thread_.joinable()) thread_.join();
}

void ItemAnswers::Run() {
  Owed owed;
  while (Next(owed)) {
    // What was accepted is kept even when nobody hears of it any more.
    const absl::StatusOr<Receipt> receipt = owed.receipt.get();
    metrics_.Count(receipt);
    if (stream_.Write(ToProto(owed.label, receipt))) continue;
    const common::MutexLock lock(mutex_);
    broken_ = true;
    changed_.NotifyAll();
  }
}

bool ItemAnswers::Next(Owed& owed) {
  common::MutexLock lock(mutex_);
  changed_.Wait(lock, [this]() NO_THREAD_SAFETY_ANALYSIS { return complete_ || !owed_.empty(); });
  if (owed_.empty()) return false;
  owed = std::move(owed_.front());
  owed_.pop_front();
  changed_.NotifyAll();
  return true;
}

}  // namespace consilience::ingest
