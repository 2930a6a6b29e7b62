// Extraction and corroboration as a test says they are.
#ifndef CONSILIENCE_TESTS_INGEST_SERVICE_FAKE_DOWNSTREAM_H_
#define CONSILIENCE_TESTS_INGEST_SERVICE_FAKE_DOWNSTREAM_H_

#include <map>
#include <new>
#include <string>

#include "services/common/sync/mutex.h"
#include "services/ingest/pipeline/downstream.h"

namespace consilience::ingest {

// Thread-safe. Keeps what was recorded, by document; answers with `status` while that is an error,
// and throws where told to.
class FakeDownstream final : public Downstream {
 public:
  void Answer(absl::Status status) {
    const common::MutexLock lock(mutex_);
    status_ = std::move(status);
  }
  void Throw(bool throws) {
    const common::MutexLock lock(mutex_);
    throws_ = throws;
  }
  absl::StatusOr<extraction::v1::ExtractAssertionsResponse> Extract(
      const extraction::v1::ExtractAssertionsRequest& request) override {
    const common::MutexLock lock(mutex_);
    if (throws_) throw std::bad_alloc();
    if (!status_.ok()) return status_;
    extraction::v1::ExtractAssertionsResponse response;
    response.add_assertions()->set_quote(request.text());
    response.set_rules_digest("rules-1");
    return response;
  }
  absl::Status Record(const corroboration::v1::RecordAssertionsRequest& request) override {
    const common::MutexLock lock(mutex_);
    if (!status_.ok()) return status_;
    recorded_[request.document().name()] = request;
    return absl::OkStatus();
  }
  absl::Status Withdraw(const corroboration::v1::WithdrawDocumentRequest& request) override {
    const common::MutexLock lock(mutex_);
    if (!status_.ok()) return status_;
    if (recorded_.erase(request.name()) == 0) return absl::NotFoundError("never recorded");
    withdrawn_[request.name()] = request.cause();
    return absl::OkStatus();
  }

  std::map<std::string, corroboration::v1::RecordAssertionsRequest> recorded() const {
    const common::MutexLock lock(mutex_);
    return recorded_;
  }
  std::map<std::string, std::string> withdrawn() const {
    const common::MutexLock lock(mutex_);
    return withdrawn_;
  }

 private:
  mutable common::Mutex mutex_;
  absl::Status status_ GUARDED_BY(mutex_);
  bool throws_ GUARDED_BY(mutex_) = false;
  std::map<std::string, corroboration::v1::RecordAssertionsRequest> recorded_ GUARDED_BY(mutex_);
  std::map<std::string, std::string> withdrawn_ GUARDED_BY(mutex_);
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_TESTS_INGEST_SERVICE_FAKE_DOWNSTREAM_H_
