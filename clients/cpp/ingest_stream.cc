#include "clients/cpp/ingest_stream.h"

#include <thread>
#include <utility>

#include "clients/cpp/backoff.h"
#include "clients/cpp/errors.h"

namespace consilience::client {
namespace {

constexpr size_t kWindow = 64;

}  // namespace

IngestStream::IngestStream(const Connection& connection,
                           ingest::v1::IngestService::StubInterface& stub, const Next& next,
                           const OnAnswer& on_answer)
    : connection_(connection), stub_(stub), next_(next), on_answer_(on_answer) {}

absl::Status IngestStream::Run() {
  Backoff backoff;
  while (true) {
    bool progress = false;
    grpc::Status status = RunOnce(progress);
    const bool complete = exhausted_ && unanswered_.empty();
    if (status.ok() && complete) return absl::OkStatus();
    if (status.ok()) {
      status = grpc::Status(grpc::StatusCode::UNAVAILABLE,
                            "the server ended the stream before every document had its answer");
    }
    if (progress) backoff.Reset();
    if (status.error_code() != grpc::StatusCode::UNAVAILABLE || !backoff.Wait()) {
      return FromCall(status, connection_.AddressOf(Service::kIngest));
    }
  }
}

grpc::Status IngestStream::RunOnce(bool& progress) {
  broken_ = false;
  answered_this_stream_ = 0;
  grpc::ClientContext context;
  connection_.PrepareStream(context);
  const auto stream = stub_.IngestDocuments(&context);
  std::thread writer([&] { WriteAll(*stream); });
  ingest::v1::IngestDocumentsResponse answer;
  while (stream->Read(&answer)) {
    progress = true;
    on_answer_(answer);
    Answered();
  }
  Break();
  writer.join();
  return stream->Finish();
}

void IngestStream::WriteAll(Stream& stream) {
  size_t written = 0;
  while (true) {
    std::optional<ingest::v1::IngestDocumentsRequest> item = TakeForWriting(written);
    if (!item) break;
    if (!stream.Write(*item)) return;
  }
  stream.WritesDone();
}

std::optional<ingest::v1::IngestDocumentsRequest> IngestStream::TakeForWriting(size_t& position) {
  std::unique_lock lock(mutex_);
  // Counted from the first item of this stream, of which the answered ones have left the queue.
  changed_.wait(lock, [&] {
    return broken_ || position - answered_this_stream_ < unanswered_.size() ||
           unanswered_.size() < kWindow;
  });
  if (broken_) return std::nullopt;
  const size_t index = position - answered_this_stream_;
  if (index == unanswered_.size()) {
    if (exhausted_) return std::nullopt;
    lock.unlock();
    std::optional<ingest::v1::IngestDocumentsRequest> item = next_();
    lock.lock();
    if (!item) {
      exhausted_ = true;
      return std::nullopt;
    }
    unanswered_.push_back(*item);
    ++position;
    return item;
  }
  ++position;
  return unanswered_[index];
}

void IngestStream::Answered() {
  const std::lock_guard lock(mutex_);
  if (!unanswered_.empty()) unanswered_.pop_front();
  ++answered_this_stream_;
  changed_.notify_one();
}

void IngestStream::Break() {
  const std::lock_guard lock(mutex_);
  broken_ = true;
  changed_.notify_one();
}

}  // namespace consilience::client
