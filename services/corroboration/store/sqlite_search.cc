// Documents by their words, from the full-text index of the embedded store.
#include <algorithm>

#include "services/corroboration/store/search_text.h"
#include "services/corroboration/store/sqlite_queries.h"

namespace consilience::corroboration {
namespace {

using common::MutexLock;

constexpr int kFilledInAtOnce = 1000;
// A batch of the index costs about as much as one text alone; as many are quickly read through.
constexpr int64_t kIndexedTogether = 256;

}  // namespace

// A text gets a number beyond all that the index has seen, so that it waits for the index.
absl::Status SqliteStore::PutText(const DocumentText& text) {
  const auto before =
      Column("SELECT number FROM search_text WHERE project = ? AND document = ?", text.document);
  if (!before.ok()) return before.status();
  absl::Status status;
  if (!before->empty()) {
    // The index keeps no text, so it has to be told what it forgets.
    status.Update(
        Run("INSERT INTO search_index(search_index, rowid, words) SELECT 'delete', number, words "
            "FROM search_text WHERE project = ?1 AND document = ?2 "
            "AND number <= (SELECT number FROM search_mark WHERE project = ?1)",
            text.document));
    status.Update(Run("DELETE FROM search_text WHERE project = ? AND document = ?", text.document));
  }
  status.Update(
      Run("INSERT INTO search_text(number, project, document, words) SELECT 1 + max("
          "(SELECT coalesce(max(number), 0) FROM search_text), "
          "(SELECT number FROM search_mark WHERE project = ?1)), ?1, ?2, ?3",
          text.document, Joined(text.words)));
  return status;
}

absl::Status SqliteStore::IndexTexts() {
  const auto waiting = Number(
      "SELECT (SELECT coalesce(max(number), 0) FROM search_text) - number FROM search_mark "
      "WHERE project = ?");
  if (!waiting.ok()) return waiting.status();
  if (*waiting < kIndexedTogether) return absl::OkStatus();
  absl::Status status =
      Run("INSERT INTO search_index(rowid, words) SELECT number, words FROM search_text "
          "WHERE number > (SELECT number FROM search_mark WHERE project = ?)");
  status.Update(
      Run("UPDATE search_mark SET number = (SELECT max(number) FROM search_text) "
          "WHERE project = ?"));
  return status;
}

absl::StatusOr<std::optional<std::vector<std::string>>> SqliteStore::DocumentsWith(
    const std::vector<SearchTerm>& terms, size_t most) {
  const MutexLock lock(mutex_);
  auto found = Column(
      "SELECT t.document FROM search_index JOIN search_text t ON t.number = search_index.rowid "
      "WHERE search_index MATCH ?2 AND t.project = ?1 LIMIT ?3",
      FtsQuery(terms), most + 1);
  if (!found.ok()) return found.status();
  const auto waiting = Prepared(
      "SELECT document, words FROM search_text WHERE project = ?1 "
      "AND number > (SELECT number FROM search_mark WHERE project = ?1)");
  if (!waiting.ok()) return waiting.status();
  (*waiting)->Bind(kProject);
  while (true) {
    const auto row = (*waiting)->Step();
    if (!row.ok()) return row.status();
    if (!*row) break;
    if (HoldsAll(Parted((*waiting)->Text(1)), terms)) found->push_back((*waiting)->String(0));
  }
  if (found->size() > most) return std::nullopt;
  std::sort(found->begin(), found->end());
  return std::optional(*std::move(found));
}

absl::Status SqliteStore::FillInTexts() {
  const MutexLock lock(mutex_);
  for (std::string last;;) {
    const auto ids = Column(
        "SELECT id FROM document d WHERE project = ?1 AND id > ?2 AND NOT EXISTS "
        "(SELECT 1 FROM search_text t WHERE t.project = ?1 AND t.document = d.id) "
        "ORDER BY id LIMIT ?3",
        last, kFilledInAtOnce);
    if (!ids.ok()) return ids.status();
    if (ids->empty()) return absl::OkStatus();
    last = ids->back();
    const absl::Status status = database_.Transaction([&]() NO_THREAD_SAFETY_ANALYSIS {
      for (const std::string& id : *ids) {
        const auto holders =
            Column("SELECT question FROM question_document WHERE project = ? AND document = ?", id);
        if (!holders.ok()) return holders.status();
        const auto questions = LoadAll(*holders);
        if (!questions.ok()) return questions.status();
        if (absl::Status put = PutText(TextOf(id, *questions)); !put.ok()) return put;
      }
      return IndexTexts();
    });
    if (!status.ok()) return status;
  }
}

}  // namespace consilience::corroboration
