// What a change set writes.
#include <set>

#include "services/corroboration/store/codec.h"
#include "services/corroboration/store/sqlite_queries.h"

namespace consilience::corroboration {

absl::Status SqliteStore::ApplyLocked(const ChangeSet& changes) {
  for (const std::string& id : changes.delete_questions) {
    if (absl::Status status = Remove(id); !status.ok()) return status;
  }
  for (const QuestionPtr& question : changes.put_questions) {
    if (absl::Status status = Remove(question->id); !status.ok()) return status;
  }
  for (const QuestionPtr& question : changes.put_questions) {
    if (absl::Status status = Insert(*question); !status.ok()) return status;
  }
  for (const DocumentRow& row : changes.put_documents) {
    if (absl::Status status =
            Run("INSERT OR REPLACE INTO document(project, id, record) VALUES (?, ?, ?)",
                row.context.id, Encode(row));
        !status.ok()) {
      return status;
    }
  }
  if (absl::Status status = ApplySources(changes); !status.ok()) return status;
  return ApplyHistory(changes);
}

absl::Status SqliteStore::Remove(const std::string& question) {
  const auto old = Load(question);
  if (!old.ok()) return old.status();
  if (*old == nullptr) return absl::OkStatus();
  std::set<std::string> documents;
  std::set<std::string> sources;
  for (const RecordedAssertion& member : (*old)->members) documents.insert(member.document.id);
  for (const ClaimRow& claim : (*old)->claims) {
    sources.insert(claim.sources.begin(), claim.sources.end());
  }
  absl::Status status;
  for (const uint64_t key : (*old)->keys) {
    status.Update(Run("DELETE FROM question_key WHERE project = ? AND key = ? AND question = ?",
                      KeyBits(key), question));
  }
  for (const std::string& document : documents) {
    status.Update(
        Run("DELETE FROM question_document WHERE project = ? AND document = ? AND question = ?",
            document, question));
  }
  for (const std::string& source : sources) {
    status.Update(
        Run("DELETE FROM question_source WHERE project = ? AND source = ? AND question = ?", source,
            question));
  }
  for (const ClaimRow& claim : (*old)->claims) {
    status.Update(Run("DELETE FROM claim WHERE project = ? AND id = ?", claim.id));
  }
  status.Update(Run("DELETE FROM question WHERE project = ? AND id = ?", question));
  return status;
}

absl::Status SqliteStore::Insert(const QuestionRecord& question) {
  absl::Status status = Run("INSERT INTO question(project, id, record) VALUES (?, ?, ?)",
                            question.id, Encode(question));
  status.Update(InsertIndexes(question));
  for (const ClaimRow& claim : question.claims) {
    status.Update(Run(
        "INSERT OR REPLACE INTO claim(project, id, question, by_score, by_score_up, by_effective, "
        "by_update, by_from, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        claim.id, question.id, SortValue(claim, ClaimOrder::kScoreDescending),
        SortValue(claim, ClaimOrder::kScore), SortValue(claim, ClaimOrder::kEffectiveDescending),
        SortValue(claim, ClaimOrder::kUpdateTimeDescending), SortValue(claim, ClaimOrder::kFrom),
        Encode(claim)));
  }
  return status;
}

absl::Status SqliteStore::InsertIndexes(const QuestionRecord& question) {
  absl::Status status;
  for (const uint64_t key : question.keys) {
    status.Update(Run("INSERT OR IGNORE INTO question_key(project, key, question) VALUES (?, ?, ?)",
                      KeyBits(key), question.id));
  }
  for (const RecordedAssertion& member : question.members) {
    status.Update(
        Run("INSERT OR IGNORE INTO question_document(project, document, question) VALUES (?, ?, ?)",
            member.document.id, question.id));
  }
  for (const ClaimRow& claim : question.claims) {
    for (const std::string& source : claim.sources) {
      status.Update(
          Run("INSERT OR IGNORE INTO question_source(project, source, question) VALUES (?, ?, ?)",
              source, question.id));
    }
  }
  return status;
}

absl::Status SqliteStore::ApplySources(const ChangeSet& changes) {
  absl::Status status;
  for (const Source& source : changes.put_sources) {
    status.Update(
        Run("INSERT OR REPLACE INTO source(project, id, display_name, curated, record) "
            "VALUES (?, ?, ?, ?, ?)",
            source.id, source.display_name, source.curated ? 1 : 0, Encode(source)));
  }
  for (const Source& source : changes.put_sources) {
    if (!source.curated) continue;
    status.Update(
        Run("INSERT OR REPLACE INTO source_version(project, id, time_us, record) "
            "VALUES (?, ?, ?, ?)",
            source.id, source.update_time_us, Encode(source)));
  }
  for (const Source& source : changes.met_sources) {
    status.Update(
        Run("INSERT OR IGNORE INTO source(project, id, display_name, curated, record) "
            "VALUES (?, ?, ?, ?, ?)",
            source.id, source.display_name, source.curated ? 1 : 0, Encode(source)));
  }
  for (const SourceCounts& counts : changes.add_counts) {
    status.Update(Run(
        "INSERT INTO source_count(project, source, family, correct, wrong) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT(project, source, family) DO UPDATE SET "
        "correct = correct + excluded.correct, wrong = wrong + excluded.wrong",
        counts.source, counts.family, counts.right, counts.wrong));
    status.Update(Run("INSERT OR IGNORE INTO unsettled_source(project, source) VALUES (?, ?)",
                      counts.source));
  }
  for (const PairCounts& pair : changes.add_pairs) {
    status.Update(
        Run("INSERT INTO source_pair(project, first, second, family, same_true, same_false, "
            "different) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT(project, first, second, family) "
            "DO UPDATE SET same_true = same_true + excluded.same_true, "
            "same_false = same_false + excluded.same_false, "
            "different = different + excluded.different",
            pair.first, pair.second, pair.family, pair.same_true, pair.same_false, pair.different));
    for (const std::string& source : {pair.first, pair.second}) {
      status.Update(
          Run("INSERT OR IGNORE INTO unsettled_source(project, source) VALUES (?, ?)", source));
    }
  }
  for (const std::string& source : changes.settled_sources) {
    status.Update(Run("DELETE FROM unsettled_source WHERE project = ? AND source = ?", source));
  }
  return status;
}

absl::Status SqliteStore::ApplyHistory(const ChangeSet& changes) {
  absl::Status status;
  for (const Alias& alias : changes.aliases) {
    status.Update(Run("INSERT OR REPLACE INTO alias(project, old_id, new_id) VALUES (?, ?, ?)",
                      alias.old_id, alias.new_id));
    status.Update(Run(
        "INSERT OR IGNORE INTO alias_history(project, old_id, time_us, new_id) VALUES (?, ?, ?, ?)",
        alias.old_id, alias.time_us, alias.new_id));
  }
  for (const QuestionVersion& version : changes.versions) status.Update(InsertVersion(version));
  for (const Revision& revision : changes.revisions) {
    status.Update(Run("INSERT INTO revision(project, id, claim, record) VALUES (?, ?, ?, ?)",
                      revision.id, revision.claim, Encode(revision)));
  }
  for (const Review& review : changes.reviews) {
    status.Update(Run("INSERT INTO review(project, id, claim, record) VALUES (?, ?, ?, ?)",
                      review.id, review.claim, Encode(review)));
  }
  for (const AssertionDecision& decision : changes.put_decisions) {
    status.Update(Run(
        "INSERT OR REPLACE INTO decision(project, document, assertion, record) VALUES (?, ?, ?, ?)",
        decision.document, decision.assertion, Encode(decision)));
  }
  return status;
}

absl::Status SqliteStore::InsertVersion(const QuestionVersion& version) {
  absl::Status status = Run(
      "INSERT INTO question_version(project, time_us, id, question, record) VALUES (?, ?, ?, ?, ?)",
      version.time_us, version.id, version.question, Encode(version));
  const auto keep_home = [&](const std::string& claim) NO_THREAD_SAFETY_ANALYSIS {
    status.Update(Run("INSERT OR IGNORE INTO claim_home(project, claim, question) VALUES (?, ?, ?)",
                      claim, version.question));
  };
  for (const ClaimRow& row : version.before.claims) keep_home(row.id);
  for (const ClaimBefore& claim : version.claims) {
    if (claim.whole != nullptr) keep_home(claim.id);
  }
  return status;
}

}  // namespace consilience::corroboration
