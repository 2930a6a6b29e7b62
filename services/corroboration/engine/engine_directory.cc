// What is known of sources, by this process and by those that share its store.
#include <utility>

#include "services/corroboration/engine/engine.h"

namespace consilience::corroboration {

using common::MutexLock;

absl::StatusOr<std::unique_ptr<Engine>> Engine::Open(const Parts& parts, SourceDirectory known) {
  ChangeSet listed;
  listed.met_sources = known.All();
  std::unique_ptr<Engine> engine(new Engine(parts, std::move(known)));
  if (absl::Status status = engine->SyncSources(); !status.ok()) return status;
  if (absl::Status status = parts.store.Apply(listed); !status.ok()) return status;
  if (parts.store.shared()) return engine;
  const auto last = parts.store.LastWrite();
  if (!last.ok()) return last.status();
  const MutexLock lock(engine->write_mutex_);
  engine->unsettled_known_ = false;
  engine->last_stamp_us_ = *last;
  return engine;
}

std::shared_ptr<const SourceDirectory> Engine::directory() const {
  const MutexLock lock(directory_mutex_);
  return directory_;
}

absl::Status Engine::SyncSources() {
  const auto version = parts_.store.SourcesVersion();
  return version.ok() ? SyncSources(*version) : version.status();
}

absl::Status Engine::SyncSources(int64_t version) {
  {
    const MutexLock lock(directory_mutex_);
    if (version == sources_version_) return absl::OkStatus();
  }
  const auto curated = parts_.store.CuratedSources();
  if (!curated.ok()) return curated.status();
  auto synced = std::make_shared<SourceDirectory>(listed_);
  for (const Source& source : *curated) {
    if (absl::Status status = synced->Put(source); !status.ok()) return status;
  }
  const MutexLock lock(directory_mutex_);
  // The version was read first: sources put meanwhile are read now and once more later.
  directory_ = std::move(synced);
  sources_version_ = version;
  return absl::OkStatus();
}

absl::Status Engine::PutSources(const std::vector<Source>& sources, const std::string& subject) {
  const absl::Status status = InTurn<int>([&]() NO_THREAD_SAFETY_ANALYSIS {
                                return PutSourcesInTurn(sources, subject);
                              }).status();
  if (status.ok()) return status;
  // What the directory took in may have been undone.
  {
    const MutexLock lock(directory_mutex_);
    sources_version_ = -1;
  }
  const absl::Status synced = SyncSources();
  return status;
}

absl::StatusOr<int> Engine::PutSourcesInTurn(const std::vector<Source>& sources,
                                             const std::string& subject) {
  const Stamp stamp = MakeStamp(RevisionCause::kSourceChanged, subject);
  const auto before = directory();
  auto after = std::make_shared<SourceDirectory>(*before);
  std::set<std::string> affected;
  ChangeSet changes;
  for (Source source : sources) {
    source.curated = true;
    source.update_time_us = stamp.time_us;
    if (absl::Status status = after->Put(source); !status.ok()) return status;
    affected.insert({source.id, before->Voice(source.id), before->Canonical(source.id)});
    changes.put_sources.push_back(std::move(source));
  }
  if (absl::Status status = parts_.store.Apply(changes); !status.ok()) return status;
  for (const Source& source : changes.put_sources) {
    affected.insert({after->Voice(source.id), after->Canonical(source.id)});
  }
  {
    const MutexLock directory_lock(directory_mutex_);
    directory_ = after;
    sources_version_ = -1;  // read again by the next turn, should this one be undone
  }
  int written = 0;
  for (const std::string& source : affected) {
    const auto ids = parts_.store.QuestionsOfSource(source);
    if (!ids.ok()) return ids.status();
    for (const std::string& id : *ids) {
      const auto question = parts_.store.FindQuestion(id);
      if (!question.ok()) return question.status();
      if (*question == nullptr) continue;
      ChangeSet rescored;
      absl::Status status =
          Rescore(*question, LearnedSoFar(), stamp, /*beliefs_alone=*/false, rescored);
      if (status.ok()) status = Keep(rescored);
      if (!status.ok()) return status;
      ++written;
    }
  }
  return written;
}

}  // namespace consilience::corroboration
