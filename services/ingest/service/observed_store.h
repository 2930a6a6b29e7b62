// A store whose every transaction somebody is told of.
#ifndef CONSILIENCE_SERVICES_INGEST_SERVICE_OBSERVED_STORE_H_
#define CONSILIENCE_SERVICES_INGEST_SERVICE_OBSERVED_STORE_H_

#include <memory>
#include <utility>

#include "services/common/store/observer.h"
#include "services/ingest/store/store.h"

namespace consilience::ingest {

class ObservedStore final : public Store {
 public:
  ObservedStore(std::unique_ptr<Store> store, common::StoreObserver observer)
      : store_(std::move(store)), observer_(std::move(observer)) {}

  absl::Status Write(const Work& work) override {
    return common::Observed(observer_, "write", [&] { return store_->Write(work); });
  }
  absl::Status Read(const Work& work) override {
    return common::Observed(observer_, "read", [&] { return store_->Read(work); });
  }

 private:
  const std::unique_ptr<Store> store_;
  const common::StoreObserver observer_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_SERVICE_OBSERVED_STORE_H_
