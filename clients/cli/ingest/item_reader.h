// Reads a plan through the readers of every format, beside the thread that sends.
#ifndef CONSILIENCE_CLIENTS_CLI_INGEST_ITEM_READER_H_
#define CONSILIENCE_CLIENTS_CLI_INGEST_ITEM_READER_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "clients/cli/ingest/plan.h"
#include "services/ingest/fetch/fetch.h"
#include "services/ingest/readers/reader.h"

namespace consilience::cli {

// What was learned of addresses, to ask again whether they have changed.
using KnownVersions = std::map<std::string, ingest::Validators>;

struct ReadingOptions {
  ingest::ReadOptions readers;
  ingest::FetchOptions fetch;
  // A file that holds one text is an item of its own: when it changes, the new text supersedes.
  bool files_are_items = false;
};

// Holds a few items at most: a reader that is ahead waits.
class ItemReader {
 public:
  // Addresses that have not changed since `known` give nothing.
  ItemReader(std::vector<PlannedSource> sources, ReadingOptions options, KnownVersions known);
  // Stops reading.
  ~ItemReader();
  ItemReader(const ItemReader&) = delete;
  ItemReader& operator=(const ItemReader&) = delete;

  // Waits for the next item and gives it with those behind it that have been read, in the order of
  // the sources; nothing at the end. From one thread.
  std::deque<ingest::ReadItem> NextBatch();

  // How much of the sources' bytes has been read, in [0, 1]; nothing when their size is not known.
  std::optional<double> Fraction();
  // After the end: the versions of the addresses that were read.
  const KnownVersions& versions() const { return versions_; }

 private:
  void Run();
  bool ReadFile(const PlannedSource& source);
  bool ReadUrl(const PlannedSource& source);
  bool Put(ingest::ReadItem&& item);
  void Progressed(uint64_t bytes);

  const std::vector<PlannedSource> sources_;
  const ReadingOptions options_;
  const KnownVersions known_;
  KnownVersions versions_;
  uint64_t total_bytes_ = 0;

  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  std::deque<ingest::ReadItem> items_;
  uint64_t read_bytes_ = 0;
  bool ended_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_INGEST_ITEM_READER_H_
