// Documents by their words, from the full-text index of a PostgreSQL store.
#include <algorithm>

#include "services/common/errors/catalogue.h"
#include "services/corroboration/store/codec.h"
#include "services/corroboration/store/postgres_queries.h"
#include "services/corroboration/store/search_text.h"

namespace consilience::corroboration {
namespace {

using common::postgres::Batch;
using common::postgres::Connection;

constexpr int64_t kFilledInAtOnce = 1000;

absl::StatusOr<std::vector<QuestionPtr>> QuestionsOf(Connection& connection,
                                                     const std::string& document) {
  const auto rows = connection.Query(
      "SELECT q.record FROM question_document d JOIN question q "
      "ON q.project = d.project AND q.id = d.question WHERE d.project = $1 AND d.document = $2",
      kProject, document);
  if (!rows.ok()) return rows.status();
  std::vector<QuestionPtr> questions;
  for (int i = 0; i < rows->size(); ++i) {
    auto question = DecodeQuestion(rows->Text(i, 0));
    if (!question) {
      return common::StoreCorrupt(connection.store(), "a question cannot be read back");
    }
    questions.push_back(std::make_shared<const QuestionRecord>(*std::move(question)));
  }
  return questions;
}

}  // namespace

absl::StatusOr<std::optional<std::vector<std::string>>> PostgresStore::DocumentsWith(
    const std::vector<SearchTerm>& terms, size_t most) {
  auto found = Column(
      "SELECT document FROM search_text WHERE project = $1 AND words @@ $2::text::tsquery LIMIT $3",
      TsQuery(terms), static_cast<int64_t>(most) + 1);
  if (!found.ok()) return found.status();
  if (found->size() > most) return std::nullopt;
  std::sort(found->begin(), found->end());
  return std::optional(*std::move(found));
}

// What a replica writes meanwhile is newer, and stays.
absl::Status PostgresStore::FillInTexts() {
  for (std::string last;;) {
    std::string next;
    const absl::Status status = pool_.Write([&](Connection& connection) -> absl::Status {
      const auto ids = connection.Query(
          "SELECT id FROM document d WHERE project = $1 AND id > $2 AND NOT EXISTS "
          "(SELECT 1 FROM search_text t WHERE t.project = $1 AND t.document = d.id) "
          "ORDER BY id LIMIT $3",
          kProject, last, kFilledInAtOnce);
      if (!ids.ok()) return ids.status();
      next.clear();
      Batch batch;
      for (int i = 0; i < ids->size(); ++i) {
        next = ids->String(i, 0);
        const auto questions = QuestionsOf(connection, next);
        if (!questions.ok()) return questions.status();
        const DocumentText text = TextOf(next, *questions);
        batch.Add(
            "INSERT INTO search_text(project, document, words) "
            "VALUES ($1, $2, array_to_tsvector($3::text[])) ON CONFLICT DO NOTHING",
            kProject, next, std::vector<std::string>(text.words.begin(), text.words.end()));
      }
      return batch.empty() ? absl::OkStatus() : connection.Run(batch);
    });
    if (!status.ok() || next.empty()) return status;
    last = next;
  }
}

}  // namespace consilience::corroboration
