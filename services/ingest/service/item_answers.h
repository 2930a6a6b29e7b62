// The answers of a stream of documents, in the order of the items, while later items are read.
#ifndef CONSILIENCE_SERVICES_INGEST_SERVICE_ITEM_ANSWERS_H_
#define CONSILIENCE_SERVICES_INGEST_SERVICE_ITEM_ANSWERS_H_

#include <deque>
#include <future>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "consilience/ingest/v1/ingest_service.pb.h"
#include "services/common/server/stream.h"
#include "services/common/sync/mutex.h"
#include "services/ingest/ledger/ledger.h"
#include "services/ingest/service/ingest_metrics.h"

namespace consilience::ingest {

// Used by one thread; writes to the stream on another. An item is answered as soon as it is
// durable and those before it are answered.
class ItemAnswers {
 public:
  using Writer = common::StreamWriter<v1::IngestDocumentsResponse>;

  ItemAnswers(Writer& stream, IngestMetrics& metrics);
  ~ItemAnswers();
  ItemAnswers(const ItemAnswers&) = delete;
  ItemAnswers& operator=(const ItemAnswers&) = delete;

  // Waits while too many answers are owed. False when the caller has gone.
  bool Expect(std::string label, std::future<absl::StatusOr<Receipt>> receipt);
  // Waits until every answer that is owed has been given.
  void Finish();

 private:
  struct Owed {
    std::string label;
    std::future<absl::StatusOr<Receipt>> receipt;
  };

  void Run();
  bool Next(Owed& owed);

  Writer& stream_;
  IngestMetrics& metrics_;
  common::Mutex mutex_;
  common::CondVar changed_;
  std::deque<Owed> owed_ GUARDED_BY(mutex_);
  bool complete_ GUARDED_BY(mutex_) = false;  // nothing more will be expected
  bool broken_ GUARDED_BY(mutex_) = false;    // nobody reads the answers
  std::thread thread_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_SERVICE_ITEM_ANSWERS_H_
