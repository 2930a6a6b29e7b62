// Waiting between attempts at a stream; unary calls are retried by the service config.
#ifndef CONSILIENCE_CLIENTS_CPP_BACKOFF_H_
#define CONSILIENCE_CLIENTS_CPP_BACKOFF_H_

#include <algorithm>
#include <chrono>
#include <thread>

namespace consilience::client {

// 0.1 s, 0.2 s, 0.4 s … up to 5 s; gives up after ten waits without progress. Not thread-safe.
class Backoff {
 public:
  // Sleeps; false when there were enough attempts.
  bool Wait() {
    if (waits_ == kMaxWaits) return false;
    std::this_thread::sleep_for(
        std::min(std::chrono::milliseconds(5000), std::chrono::milliseconds(100 << waits_)));
    ++waits_;
    return true;
  }
  // There was progress.
  void Reset() { waits_ = 0; }

 private:
  static constexpr int kMaxWaits = 10;
  int waits_ = 0;
};

}  // namespace consilience::client

#endif  // CONSILIENCE_CLIENTS_CPP_BACKOFF_H_
