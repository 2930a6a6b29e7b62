// Work on all cores, results in the order of the input.
#ifndef CONSILIENCE_CLIENTS_CLI_OFFLINE_ORDERED_POOL_H_
#define CONSILIENCE_CLIENTS_CLI_OFFLINE_ORDERED_POOL_H_

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace consilience::cli {

// Calls `next` until it gives nothing, `work` on each item, and `emit` with each result in the
// order of the items. `next` and `emit` are never called twice at the same time; `work` is, on
// `threads` threads. At most a few results a thread wait for their turn, so that memory stays the
// same for any number of items.
template <class Item, class Result>
void RunOrdered(size_t threads, const std::function<std::optional<Item>()>& next,
                const std::function<Result(Item)>& work, const std::function<void(Result)>& emit) {
  constexpr size_t kAheadPerThread = 16;
  std::mutex mutex;
  std::condition_variable emitted;
  std::map<size_t, Result> waiting;
  size_t taken = 0;
  size_t written = 0;
  bool exhausted = false;
  const auto loop = [&] {
    std::unique_lock lock(mutex);
    while (true) {
      emitted.wait(lock, [&] { return exhausted || taken - written < threads * kAheadPerThread; });
      if (exhausted) return;
      std::optional<Item> item = next();
      if (!item) {
        exhausted = true;
        emitted.notify_all();
        return;
      }
      const size_t number = taken++;
      lock.unlock();
      Result result = work(*std::move(item));
      lock.lock();
      waiting.emplace(number, std::move(result));
      for (auto first = waiting.begin(); first != waiting.end() && first->first == written;
           first = waiting.erase(first)) {
        emit(std::move(first->second));
        ++written;
      }
      emitted.notify_all();
    }
  };
  std::vector<std::jthread> pool;
  for (size_t i = 1; i < threads; ++i) pool.emplace_back(loop);
  loop();
}

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_OFFLINE_ORDERED_POOL_H_
