// The stream of documents behind DocumentsClient::IngestDocuments.
#ifndef CONSILIENCE_CLIENTS_CPP_INGEST_STREAM_H_
#define CONSILIENCE_CLIENTS_CPP_INGEST_STREAM_H_

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

#include "absl/status/status.h"
#include "clients/cpp/connection.h"
#include "consilience/ingest/v1/ingest_service.grpc.pb.h"

namespace consilience::client {

// Keeps what was sent until it has an answer, so that a broken stream can be taken up again.
// Run() is called once, from one thread; a second thread of its own writes.
class IngestStream {
 public:
  using Next = std::function<std::optional<ingest::v1::IngestDocumentsRequest>()>;
  using OnAnswer = std::function<void(const ingest::v1::IngestDocumentsResponse&)>;

  IngestStream(const Connection& connection, ingest::v1::IngestService::StubInterface& stub,
               const Next& next, const OnAnswer& on_answer);

  absl::Status Run();

 private:
  using Stream = grpc::ClientReaderWriterInterface<ingest::v1::IngestDocumentsRequest,
                                                   ingest::v1::IngestDocumentsResponse>;

  // One connection's worth. OK when everything has its answer. `progress` tells whether any answer
  // came.
  grpc::Status RunOnce(bool& progress);
  void WriteAll(Stream& stream);
  // The item at `position` of what has no answer yet, fetching a new one when there is none. Blocks
  // while the window is full; nothing when there is no more or the stream is broken.
  std::optional<ingest::v1::IngestDocumentsRequest> TakeForWriting(size_t& position);
  void Answered();
  void Break();

  const Connection& connection_;
  ingest::v1::IngestService::StubInterface& stub_;
  const Next& next_;
  const OnAnswer& on_answer_;

  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  std::deque<ingest::v1::IngestDocumentsRequest> unanswered_;
  size_t answered_this_stream_ = 0;
  bool exhausted_ = false;
  bool broken_ = false;
};

}  // namespace consilience::client

#endif  // CONSILIENCE_CLIENTS_CPP_INGEST_STREAM_H_
