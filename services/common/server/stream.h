// Streams as a handler on a thread of its own sees them: Read and Write that wait.
//
// gRPC's reactors never wait; these classes stand between. A reactor lives until gRPC says OnDone,
// which comes after Finish and after every operation has ended, so a handler that has returned
// cannot outlive it and one that has not returned keeps it alive.
#ifndef CONSILIENCE_SERVICES_COMMON_SERVER_STREAM_H_
#define CONSILIENCE_SERVICES_COMMON_SERVER_STREAM_H_

#include <grpcpp/support/server_callback.h>

#include <functional>
#include <utility>

#include "absl/time/time.h"
#include "services/common/sync/mutex.h"

namespace consilience::common {

// One operation under way at most; waits for its end. Thread-safe.
class PendingOperation {
 public:
  void Begin() {
    MutexLock lock(mutex_);
    ended_ = false;
  }
  void End(bool ok) {
    MutexLock lock(mutex_);
    ended_ = true;
    ok_ = ok;
    changed_.NotifyAll();
  }
  bool Await() {
    MutexLock lock(mutex_);
    changed_.Wait(lock, [this]() NO_THREAD_SAFETY_ANALYSIS { return ended_; });
    return ok_;
  }

 private:
  Mutex mutex_;
  CondVar changed_;
  bool ended_ GUARDED_BY(mutex_) = true;
  bool ok_ GUARDED_BY(mutex_) = true;
};

// Whether the other side is gone. Thread-safe.
class Cancellation {
 public:
  void Set() {
    MutexLock lock(mutex_);
    cancelled_ = true;
    changed_.NotifyAll();
  }
  bool IsSet() const {
    MutexLock lock(mutex_);
    return cancelled_;
  }
  // True as soon as it is set; false when `timeout` passes first.
  bool WaitFor(absl::Duration timeout) {
    MutexLock lock(mutex_);
    return changed_.WaitFor(lock, timeout,
                            [this]() NO_THREAD_SAFETY_ANALYSIS { return cancelled_; });
  }

 private:
  mutable Mutex mutex_;
  CondVar changed_;
  bool cancelled_ GUARDED_BY(mutex_) = false;
};

// What a handler of a server stream writes to.
template <typename Response>
class StreamWriter {
 public:
  virtual ~StreamWriter() = default;
  // Waits until the message is on its way; false when nobody listens any more.
  virtual bool Write(const Response& response) = 0;
  virtual bool Cancelled() const = 0;
  // True as soon as nobody listens; false when `timeout` passes first.
  virtual bool WaitCancelled(absl::Duration timeout) = 0;
};

// What a handler of a stream in both directions works on.
template <typename Request, typename Response>
class Stream : public StreamWriter<Response> {
 public:
  // Waits for the next message; false when there is none any more.
  virtual bool Read(Request& request) = 0;
};

// The half that writes, of a reactor of gRPC and what its handler sees of it.
template <typename Reactor, typename Seen, typename Response>
class WritingReactor : public Reactor, public Seen {
 public:
  void OnSent(std::function<void()> on_sent) { on_sent_ = std::move(on_sent); }

  bool Write(const Response& response) override {
    if (cancellation_.IsSet()) return false;
    writing_.Begin();
    this->StartWrite(&response);
    const bool ok = writing_.Await();
    if (ok && on_sent_) on_sent_();
    return ok;
  }
  bool Cancelled() const override { return cancellation_.IsSet(); }
  bool WaitCancelled(absl::Duration timeout) override { return cancellation_.WaitFor(timeout); }

  void OnWriteDone(bool ok) override { writing_.End(ok); }
  void OnCancel() override { cancellation_.Set(); }
  void OnDone() override { delete this; }

 private:
  PendingOperation writing_;
  Cancellation cancellation_;
  std::function<void()> on_sent_;
};

template <typename Response>
using ServerStreamReactor =
    WritingReactor<grpc::ServerWriteReactor<Response>, StreamWriter<Response>, Response>;

template <typename Request, typename Response>
class BidiReactor : public WritingReactor<grpc::ServerBidiReactor<Request, Response>,
                                          Stream<Request, Response>, Response> {
 public:
  void OnReceived(std::function<void()> on_received) { on_received_ = std::move(on_received); }

  bool Read(Request& request) override {
    reading_.Begin();
    this->StartRead(&request);
    const bool ok = reading_.Await();
    if (ok && on_received_) on_received_();
    return ok;
  }

  void OnReadDone(bool ok) override { reading_.End(ok); }

 private:
  PendingOperation reading_;
  std::function<void()> on_received_;
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_SERVER_STREAM_H_
