#include "services/ingest/store/memory/memory_records.h"

#include <algorithm>
#include <tuple>

#include "services/common/errors/catalogue.h"

namespace consilience::ingest {
namespace {

// The sort key of an order by date leads with the date, of an order by arrival with nothing.
std::tuple<std::string_view, DocumentNumber> KeyOf(Order order, std::string_view date,
                                                   DocumentNumber number) {
  const bool by_date = order == Order::kDateAscending || order == Order::kDateDescending;
  return {by_date ? date : std::string_view(), number};
}

bool Descends(Order order) {
  return order == Order::kNewestFirst || order == Order::kDateDescending;
}

}  // namespace

absl::StatusOr<std::optional<Document>> MemoryRecords::Find(std::string_view id) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return std::optional<Document>();
  return std::optional<Document>(found->second.document);
}

absl::StatusOr<Document> MemoryRecords::Get(std::string_view id) {
  const auto found = entries_.find(id);
  if (found != entries_.end()) return found->second.document;
  return common::ResourceNotFound("document", "documents/" + std::string(id));
}

std::optional<std::string> MemoryRecords::FindCurrent(std::string Document::*field,
                                                      std::string_view value) {
  for (const auto& [number, id] : numbers_) {
    const Document& document = entries_.find(id)->second.document;
    if (!value.empty() && document.*field == value && document.superseded_by.empty()) return id;
  }
  return std::nullopt;
}

absl::StatusOr<std::optional<std::string>> MemoryRecords::FindByUrl(std::string_view url) {
  return FindCurrent(&Document::canonical_url, url);
}

absl::StatusOr<std::optional<std::string>> MemoryRecords::FindByExternalId(
    std::string_view external_id) {
  return FindCurrent(&Document::external_id, external_id);
}

absl::StatusOr<std::optional<std::string>> MemoryRecords::FindByNumber(DocumentNumber number) {
  const auto found = numbers_.find(number);
  if (found == numbers_.end()) return std::optional<std::string>();
  return std::optional<std::string>(found->second);
}

absl::StatusOr<std::string> MemoryRecords::Text(std::string_view id) {
  const auto found = entries_.find(id);
  if (found != entries_.end()) return found->second.text;
  return common::ResourceNotFound("document", "documents/" + std::string(id));
}

absl::StatusOr<Reading> MemoryRecords::ReadingOf(std::string_view id) {
  const auto found = entries_.find(id);
  if (found != entries_.end()) return found->second.reading;
  return common::ResourceNotFound("document", "documents/" + std::string(id));
}

absl::StatusOr<std::vector<Document>> MemoryRecords::List(Order order,
                                                          const std::optional<Cursor>& after,
                                                          size_t limit) {
  std::vector<Document> documents;
  for (const auto& [id, entry] : entries_) documents.push_back(entry.document);
  const auto key = [order](const Document& document) {
    return KeyOf(order, document.metadata.publication_date.value, document.number);
  };
  const bool descends = Descends(order);
  std::sort(documents.begin(), documents.end(), [&](const Document& a, const Document& b) {
    return descends ? key(b) < key(a) : key(a) < key(b);
  });
  if (after.has_value()) {
    const auto from = KeyOf(order, after->date, after->number);
    std::erase_if(documents, [&](const Document& document) {
      return descends ? key(document) >= from : key(document) <= from;
    });
  }
  if (documents.size() > limit) documents.resize(limit);
  return documents;
}

absl::StatusOr<std::vector<Appearance>> MemoryRecords::Appearances(std::string_view id) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return std::vector<Appearance>();
  return found->second.appearances;
}

absl::Status MemoryRecords::Insert(Document& document, std::string_view text) {
  document.number = numbers_.empty() ? 1 : numbers_.rbegin()->first + 1;
  numbers_[document.number] = document.id;
  entries_[document.id] = {document, std::string(text), {}, {}};
  return absl::OkStatus();
}

absl::Status MemoryRecords::AddReading(const Document& document, const Reading& reading) {
  entries_[document.id].reading = reading;
  return absl::OkStatus();
}

absl::Status MemoryRecords::Update(const Document& document) {
  const auto found = entries_.find(document.id);
  if (found != entries_.end()) found->second.document = document;
  return absl::OkStatus();
}

absl::Status MemoryRecords::EraseText(std::string_view id) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) {
    return common::ResourceNotFound("document", "documents/" + std::string(id));
  }
  found->second.text.clear();
  found->second.reading = {};
  return absl::OkStatus();
}

absl::Status MemoryRecords::AddAppearance(std::string_view id, const Appearance& appearance) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return absl::OkStatus();
  auto& known = found->second.appearances;
  const bool there = std::any_of(known.begin(), known.end(), [&](const Appearance& other) {
    return other.outlet == appearance.outlet && other.url == appearance.url &&
           other.publication_date == appearance.publication_date;
  });
  if (!there) known.push_back(appearance);
  return absl::OkStatus();
}

absl::Status MemoryRecords::Enqueue(std::string_view id, absl::Time now) {
  Work& work = work_[std::string(id)];
  const int64_t generation = std::max(work.item.generation + 1, absl::ToUnixMicros(now));
  work = {};
  work.item = {std::string(id), generation, 0, now};
  work.due = now;
  return absl::OkStatus();
}

absl::StatusOr<std::vector<WorkItem>> MemoryRecords::Claim(absl::Time now, absl::Duration lease,
                                                           size_t limit) {
  std::vector<Work*> due;
  for (auto& [id, work] : work_) {
    if (work.state != WorkState::kDead && work.due <= now) due.push_back(&work);
  }
  std::stable_sort(due.begin(), due.end(), [](const Work* a, const Work* b) {
    return std::tie(a->state, a->due) < std::tie(b->state, b->due);
  });
  if (due.size() > limit) due.resize(limit);
  std::vector<WorkItem> items;
  for (Work* work : due) {
    work->state = WorkState::kClaimed;
    ++work->item.attempts;
    work->due = now + lease;
    work->last_attempt = now;
    items.push_back(work->item);
  }
  return items;
}

MemoryRecords::Work* MemoryRecords::FindWork(const WorkItem& item) {
  const auto found = work_.find(item.document);
  if (found == work_.end() || found->second.item.generation != item.generation) return nullptr;
  return &found->second;
}

absl::StatusOr<bool> MemoryRecords::Finish(const WorkItem& item) {
  if (FindWork(item) == nullptr) return false;
  work_.erase(item.document);
  return true;
}

absl::StatusOr<bool> MemoryRecords::Postpone(const WorkItem& item, absl::Time now, absl::Time due,
                                             std::string_view reason) {
  Work* work = FindWork(item);
  if (work == nullptr) return false;
  work->state = due == absl::InfiniteFuture() ? WorkState::kDead : WorkState::kWaiting;
  work->due = due;
  work->last_attempt = now;
  work->reason = std::string(reason);
  return true;
}

absl::StatusOr<PipelineCounts> MemoryRecords::Counts() {
  PipelineCounts counts;
  counts.documents = static_cast<int64_t>(entries_.size());
  for (const auto& [id, entry] : entries_) {
    if (entry.document.state == State::kRecorded) ++counts.recorded;
  }
  for (const auto& [id, work] : work_) {
    if (work.state == WorkState::kDead) {
      ++counts.failed;
      continue;
    }
    counts.oldest = std::min(counts.oldest, work.item.accepted);
    if (work.state == WorkState::kClaimed) {
      ++counts.running;
    } else {
      ++(work.item.attempts == 0 ? counts.pending : counts.retrying);
    }
  }
  return counts;
}

absl::StatusOr<std::vector<WorkFailure>> MemoryRecords::Failures(size_t limit) {
  std::vector<WorkFailure> failures;
  for (const auto& [id, work] : work_) {
    if (work.state != WorkState::kDead) continue;
    failures.push_back({id, work.reason, work.item.attempts, work.last_attempt});
  }
  std::stable_sort(failures.begin(), failures.end(),
                   [](const auto& a, const auto& b) { return a.last_attempt > b.last_attempt; });
  if (failures.size() > limit) failures.resize(limit);
  return failures;
}

absl::StatusOr<absl::Time> MemoryRecords::NextDue() {
  absl::Time due = absl::InfiniteFuture();
  for (const auto& [id, work] : work_) {
    if (work.state != WorkState::kDead) due = std::min(due, work.due);
  }
  return due;
}

}  // namespace consilience::ingest
