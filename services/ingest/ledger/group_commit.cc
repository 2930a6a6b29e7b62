#include "services/ingest/ledger/group_commit.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "services/common/errors/caught.h"

namespace consilience::ingest {

GroupCommit::GroupCommit(Ledger& ledger, GroupCommitOptions options,
                         std::function<void()> committed)
    : ledger_(ledger),
      options_(options),
      committed_(std::move(committed)),
      thread_([this] { Run(); }) {}

GroupCommit::~GroupCommit() {
  {
    const common::MutexLock lock(mutex_);
    stopping_ = true;
    changed_.NotifyAll();
  }
  thread_.join();
}

std::future<absl::StatusOr<Receipt>> GroupCommit::Submit(Arrival arrival) {
  Prepare(arrival);
  Waiting waiting{std::move(arrival), {}};
  auto receipt = waiting.receipt.get_future();
  common::MutexLock lock(mutex_);
  changed_.Wait(lock,
                [this]() NO_THREAD_SAFETY_ANALYSIS { return waiting_.size() < options_.queue; });
  waiting_.push_back(std::move(waiting));
  changed_.NotifyAll();
  return receipt;
}

void GroupCommit::Run() {
  while (true) {
    std::vector<Waiting> group = Next();
    if (group.empty()) return;
    Commit(std::move(group));
  }
}

std::vector<GroupCommit::Waiting> GroupCommit::Next() {
  common::MutexLock lock(mutex_);
  changed_.Wait(lock,
                [this]() NO_THREAD_SAFETY_ANALYSIS { return stopping_ || !waiting_.empty(); });
  std::vector<Waiting> group;
  const auto end =
      waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(options_.group, waiting_.size()));
  group.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  changed_.NotifyAll();
  return group;
}

void GroupCommit::Commit(std::vector<Waiting> group) {
  std::vector<Arrival> arrivals;
  arrivals.reserve(group.size());
  for (Waiting& waiting : group) arrivals.push_back(std::move(waiting.arrival));
  const auto accept = [&] { return ledger_.Accept(std::move(arrivals)); };
  auto receipts = common::Caught(accept);
  for (size_t i = 0; i < group.size(); ++i) {
    group[i].receipt.set_value(receipts.ok() ? std::move((*receipts)[i])
                                             : absl::StatusOr<Receipt>(receipts.status()));
  }
  if (receipts.ok()) committed_();
}

}  // namespace consilience::ingest
