// What a change set writes. Of a question that is replaced only what differs is touched.
#include <set>
#include <string_view>

#include "services/corroboration/store/codec.h"
#include "services/corroboration/store/differences.h"
#include "services/corroboration/store/sqlite_queries.h"

namespace consilience::corroboration {
namespace {

bool SameOrders(const QuestionRecord& a, const QuestionRecord& b) {
  const auto same = [&](QuestionOrder order) { return SortValue(a, order) == SortValue(b, order); };
  return same(QuestionOrder::kFrom) && same(QuestionOrder::kDisplayName);
}

}  // namespace

absl::Status SqliteStore::ApplyLocked(const ChangeSet& changes) {
  const auto before = LoadAll(QuestionsWritten(changes));
  if (!before.ok()) return before.status();
  const Differences differences = DifferencesOf(*before, changes);
  absl::Status status = ApplyQuestions(differences);
  if (status.ok()) status = ApplyLinks(differences);
  if (status.ok()) status = ApplyClaims(differences);
  for (const DocumentRow& row : changes.put_documents) {
    if (!status.ok()) return status;
    status = Run("INSERT OR REPLACE INTO document(project, id, record) VALUES (?, ?, ?)",
                 row.context.id, Encode(row));
  }
  for (const DocumentText& text : changes.put_texts) {
    if (!status.ok()) return status;
    status = PutText(text);
  }
  if (status.ok() && !changes.put_texts.empty()) status = IndexTexts();
  if (status.ok()) status = ApplySources(changes);
  if (status.ok()) status = ApplyHistory(changes);
  return status;
}

absl::Status SqliteStore::ApplyQuestions(const Differences& differences) {
  absl::Status status;
  for (const std::string_view id : differences.gone_questions) {
    status.Update(Run("DELETE FROM question WHERE project = ? AND id = ?", id));
  }
  for (const auto& [before, after] : differences.questions) {
    status.Update(before != nullptr && SameOrders(*before, *after) ? UpdateQuestion(*after)
                                                                   : InsertQuestion(*after));
  }
  return status;
}

absl::Status SqliteStore::InsertQuestion(const QuestionRecord& question) {
  return Run(
      "INSERT OR REPLACE INTO question(project, id, by_from, by_name, record) "
      "VALUES (?, ?, ?, ?, ?)",
      question.id, SortValue(question, QuestionOrder::kFrom),
      SortValue(question, QuestionOrder::kDisplayName), Encode(question));
}

absl::Status SqliteStore::UpdateQuestion(const QuestionRecord& question) {
  return Run("UPDATE question SET record = ?3 WHERE project = ?1 AND id = ?2", question.id,
             Encode(question));
}

absl::Status SqliteStore::ApplyLinks(const Differences& differences) {
  absl::Status status;
  const auto run = [&](std::string_view sql, const auto& value, std::string_view question)
                       NO_THREAD_SAFETY_ANALYSIS { status.Update(Run(sql, value, question)); };
  for (const auto& [key, question] : differences.keys.gone) {
    run("DELETE FROM question_key WHERE project = ? AND key = ? AND question = ?", KeyBits(key),
        question);
  }
  for (const auto& [key, question] : differences.keys.added) {
    run("INSERT OR IGNORE INTO question_key(project, key, question) VALUES (?, ?, ?)", KeyBits(key),
        question);
  }
  for (const auto& [document, question] : differences.documents.gone) {
    run("DELETE FROM question_document WHERE project = ? AND document = ? AND question = ?",
        document, question);
  }
  for (const auto& [document, question] : differences.documents.added) {
    run("INSERT OR IGNORE INTO question_document(project, document, question) VALUES (?, ?, ?)",
        document, question);
  }
  for (const auto& [source, question] : differences.sources.gone) {
    run("DELETE FROM question_source WHERE project = ? AND source = ? AND question = ?", source,
        question);
  }
  for (const auto& [source, question] : differences.sources.added) {
    run("INSERT OR IGNORE INTO question_source(project, source, question) VALUES (?, ?, ?)", source,
        question);
  }
  return status;
}

absl::Status SqliteStore::ApplyClaims(const Differences& differences) {
  absl::Status status;
  for (const ClaimRow* const claim : differences.gone_claims) {
    status.Update(Run("DELETE FROM claim WHERE project = ? AND id = ?", claim->id));
  }
  for (const auto& [before, after] : differences.claims) {
    status.Update(before != nullptr ? UpdateClaim(*before, *after) : InsertClaim(*after));
  }
  return status;
}

absl::Status SqliteStore::InsertClaim(const ClaimRow& claim) {
  return Run(
      "INSERT OR REPLACE INTO claim(project, id, question, by_score, by_score_up, by_effective, "
      "by_update, by_from, state, place, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      claim.id, claim.question, SortValue(claim, ClaimOrder::kScoreDescending),
      SortValue(claim, ClaimOrder::kScore), SortValue(claim, ClaimOrder::kEffectiveDescending),
      SortValue(claim, ClaimOrder::kUpdateTimeDescending), SortValue(claim, ClaimOrder::kFrom),
      ValueOf(claim, ClaimFacet::kState), ValueOf(claim, ClaimFacet::kPlace), Encode(claim));
}

// An index is written again when one of its columns is set, be it to what it was, and the indexes
// of claims are most of what a commit writes: those of what stayed the same are left out.
absl::Status SqliteStore::UpdateClaim(const ClaimRow& before, const ClaimRow& after) {
  const bool moved =
      before.question != after.question || before.place != after.place || before.from != after.from;
  if (moved) return InsertClaim(after);
  const Corroboration& was = before.corroboration;
  const Corroboration& is = after.corroboration;
  std::string sql = "UPDATE claim SET by_update = ?7";
  if (was.score != is.score) sql += ", by_score = ?3, by_score_up = ?4";
  if (was.effective_origins != is.effective_origins) sql += ", by_effective = ?5";
  if (was.state != is.state) sql += ", state = ?6";
  sql += ", record = ?8 WHERE project = ?1 AND id = ?2";
  return Run(sql, after.id, SortValue(after, ClaimOrder::kScoreDescending),
             SortValue(after, ClaimOrder::kScore),
             SortValue(after, ClaimOrder::kEffectiveDescending), ValueOf(after, ClaimFacet::kState),
             SortValue(after, ClaimOrder::kUpdateTimeDescending), Encode(after));
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
  std::set<std::string_view> unsettled;
  for (const SourceCounts& counts : changes.add_counts) {
    status.Update(Run(
        "INSERT INTO source_count(project, source, family, correct, wrong) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT(project, source, family) DO UPDATE SET "
        "correct = correct + excluded.correct, wrong = wrong + excluded.wrong",
        counts.source, counts.family, counts.right, counts.wrong));
    unsettled.insert(counts.source);
  }
  for (const PairCounts& pair : changes.add_pairs) {
    status.Update(
        Run("INSERT INTO source_pair(project, first, second, family, same_true, same_false, "
            "different) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT(project, first, second, family) "
            "DO UPDATE SET same_true = same_true + excluded.same_true, "
            "same_false = same_false + excluded.same_false, "
            "different = different + excluded.different",
            pair.first, pair.second, pair.family, pair.same_true, pair.same_false, pair.different));
    unsettled.insert({pair.first, pair.second});
  }
  for (const std::string_view source : unsettled) {
    status.Update(
        Run("INSERT OR IGNORE INTO unsettled_source(project, source) VALUES (?, ?)", source));
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
