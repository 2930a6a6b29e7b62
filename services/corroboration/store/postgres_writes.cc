// What a change set writes. Of a question that is replaced only what differs is touched, so that a
// document more in a large question costs what that document brings; rows of one table go together
// in one statement.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/corroboration/store/codec.h"
#include "services/corroboration/store/differences.h"
#include "services/corroboration/store/postgres_store.h"
#include "services/corroboration/store/postgres_tables.h"

namespace consilience::corroboration {
namespace {

using common::postgres::Batch;
using common::postgres::BlobArray;
using common::postgres::Blobs;
using common::postgres::Connection;

// Values and questions of links, as the columns of a statement.
template <typename Column, typename Value>
std::pair<std::vector<Column>, std::vector<std::string>> ColumnsOf(
    const std::vector<Link<Value>>& links) {
  std::pair<std::vector<Column>, std::vector<std::string>> columns;
  for (const Link<Value>& link : links) {
    columns.first.emplace_back(static_cast<Column>(link.value));
    columns.second.emplace_back(link.question);
  }
  return columns;
}

template <typename Column, typename Value>
void WriteLinks(const LinkDifference<Value>& difference, const char* remove, const char* insert,
                Batch& batch) {
  const auto write = [&](const std::vector<Link<Value>>& links, const char* sql) {
    if (links.empty()) return;
    const auto columns = ColumnsOf<Column>(links);
    batch.Add(sql, kProject, columns.first, columns.second);
  };
  write(difference.gone, remove);
  write(difference.added, insert);
}

void WriteClaims(const Differences& differences, Batch& batch) {
  if (!differences.gone_claims.empty()) {
    std::vector<std::string> gone;
    for (const ClaimRow* const claim : differences.gone_claims) gone.push_back(claim->id);
    batch.Add(
        "DELETE FROM claim c USING unnest($2::text[]) AS gone(id) "
        "WHERE c.project = $1 AND c.id = gone.id",
        kProject, gone);
  }
  if (differences.claims.empty()) return;
  std::vector<std::string> ids;
  std::vector<std::string> questions;
  std::vector<std::string> states;
  std::vector<std::string> places;
  std::map<ClaimOrder, std::vector<std::string>> sorts;
  Blobs records;
  for (const auto& [before, claim] : differences.claims) {
    ids.push_back(claim->id);
    questions.push_back(claim->question);
    states.push_back(ValueOf(*claim, ClaimFacet::kState));
    places.push_back(ValueOf(*claim, ClaimFacet::kPlace));
    for (const ClaimOrder order :
         {ClaimOrder::kScoreDescending, ClaimOrder::kScore, ClaimOrder::kEffectiveDescending,
          ClaimOrder::kUpdateTimeDescending, ClaimOrder::kFrom}) {
      sorts[order].push_back(SortValue(*claim, order));
    }
    records.push_back(Encode(*claim));
  }
  batch.Add(
      "INSERT INTO claim(project, id, question, by_score, by_score_up, by_effective, by_update, "
      "by_from, record, state, place) SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], "
      "$5::text[], $6::text[], $7::text[], $8::text[], $9::bytea[], $10::text[], $11::text[]) ON "
      "CONFLICT (project, id) DO UPDATE SET "
      "question = excluded.question, by_score = excluded.by_score, "
      "by_score_up = excluded.by_score_up, by_effective = excluded.by_effective, "
      "by_update = excluded.by_update, by_from = excluded.by_from, record = excluded.record, "
      "state = excluded.state, place = excluded.place",
      kProject, ids, questions, sorts[ClaimOrder::kScoreDescending], sorts[ClaimOrder::kScore],
      sorts[ClaimOrder::kEffectiveDescending], sorts[ClaimOrder::kUpdateTimeDescending],
      sorts[ClaimOrder::kFrom], BlobArray{records}, states, places);
}

void WriteQuestions(const Differences& differences, Batch& batch) {
  if (!differences.gone_questions.empty()) {
    const std::vector<std::string> gone(differences.gone_questions.begin(),
                                        differences.gone_questions.end());
    batch.Add(
        "DELETE FROM question q USING unnest($2::text[]) AS gone(id) "
        "WHERE q.project = $1 AND q.id = gone.id",
        kProject, gone);
  }
  std::vector<std::string> ids;
  std::vector<std::string> froms;
  std::vector<std::string> names;
  Blobs records;
  for (const auto& [before, question] : differences.questions) {
    ids.push_back(question->id);
    froms.push_back(SortValue(*question, QuestionOrder::kFrom));
    names.push_back(SortValue(*question, QuestionOrder::kDisplayName));
    records.push_back(Encode(*question));
  }
  if (ids.empty()) return;
  batch.Add(
      "INSERT INTO question(project, id, by_from, by_name, record) SELECT $1, * FROM "
      "unnest($2::text[], $3::text[], $4::text[], $5::bytea[]) ON CONFLICT (project, id) DO UPDATE "
      "SET by_from = excluded.by_from, by_name = excluded.by_name, record = excluded.record",
      kProject, ids, froms, names, BlobArray{records});
  batch.Add(
      "INSERT INTO unsettled_question(project, id) SELECT $1, * FROM unnest($2::text[]) "
      "ON CONFLICT DO NOTHING",
      kProject, ids);
}

void WriteAllLinks(const Differences& differences, Batch& batch) {
  WriteLinks<int64_t>(
      differences.keys,
      "DELETE FROM question_key t USING unnest($2::bigint[], $3::text[]) AS gone(key, "
      "question) WHERE t.project = $1 AND t.key = gone.key AND t.question = gone.question",
      "INSERT INTO question_key(project, key, question) SELECT $1, * FROM "
      "unnest($2::bigint[], $3::text[]) ON CONFLICT DO NOTHING",
      batch);
  WriteLinks<std::string>(
      differences.documents,
      "DELETE FROM question_document t USING unnest($2::text[], $3::text[]) AS "
      "gone(document, question) WHERE t.project = $1 AND t.document = gone.document AND "
      "t.question = gone.question",
      "INSERT INTO question_document(project, document, question) SELECT $1, * FROM "
      "unnest($2::text[], $3::text[]) ON CONFLICT DO NOTHING",
      batch);
  WriteLinks<std::string>(
      differences.sources,
      "DELETE FROM question_source t USING unnest($2::text[], $3::text[]) AS gone(source, "
      "question) WHERE t.project = $1 AND t.source = gone.source AND "
      "t.question = gone.question",
      "INSERT INTO question_source(project, source, question) SELECT $1, * FROM "
      "unnest($2::text[], $3::text[]) ON CONFLICT DO NOTHING",
      batch);
}

struct SourceColumns {
  std::vector<std::string> ids;
  Blobs starts;
  Blobs names;
  std::vector<int64_t> curated;
  Blobs records;
};

// The last of those with one id stands.
SourceColumns ColumnsOfSources(const std::vector<Source>& sources) {
  std::map<std::string, const Source*> by_id;
  for (const Source& source : sources) by_id[source.id] = &source;
  SourceColumns columns;
  for (const auto& [id, source] : by_id) {
    columns.ids.push_back(id);
    columns.starts.emplace_back(NameStart(source->display_name));
    columns.names.push_back(source->display_name);
    columns.curated.push_back(source->curated ? 1 : 0);
    columns.records.push_back(Encode(*source));
  }
  return columns;
}

#define CONSILIENCE_INSERT_SOURCES                                           \
  "INSERT INTO source(project, id, name_start, name, curated, record) "      \
  "SELECT $1, s.id, s.name_start, s.name, s.curated <> 0, s.record FROM "    \
  "unnest($2::text[], $3::bytea[], $4::bytea[], $5::bigint[], $6::bytea[]) " \
  "AS s(id, name_start, name, curated, record) ON CONFLICT (project, id) "

void WriteSources(const std::vector<Source>& sources, const char* sql, Batch& batch) {
  if (sources.empty()) return;
  const SourceColumns columns = ColumnsOfSources(sources);
  batch.Add(sql, kProject, columns.ids, BlobArray{columns.starts}, BlobArray{columns.names},
            columns.curated, BlobArray{columns.records});
}

// What is learned is added to the sum and to what the next refresh looks at.
#define CONSILIENCE_ADD_PAIRS(table)                                                      \
  "INSERT INTO " table                                                                    \
  "(project, first, second, family, same_true, same_false, different) SELECT $1, * FROM " \
  "unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[]) " \
  "ON CONFLICT (project, first, second, family) DO UPDATE SET "                           \
  "same_true = " table ".same_true + excluded.same_true, same_false = " table             \
  ".same_false + excluded.same_false, different = " table ".different + excluded.different"

#define CONSILIENCE_ADD_COUNTS(table)                                                           \
  "INSERT INTO " table                                                                          \
  "(project, source, family, correct, wrong) SELECT $1, * FROM unnest($2::text[], $3::text[], " \
  "$4::bigint[], $5::bigint[]) ON CONFLICT (project, source, family) DO UPDATE SET "            \
  "correct = " table ".correct + excluded.correct, wrong = " table ".wrong + excluded.wrong"

void WritePairs(const ChangeSet& changes, Batch& batch) {
  std::map<std::tuple<std::string, std::string, std::string>, std::array<int64_t, 3>> sums;
  std::set<std::string> unsettled;
  for (const PairCounts& pair : changes.add_pairs) {
    std::array<int64_t, 3>& sum = sums[{pair.first, pair.second, pair.family}];
    sum = {sum[0] + pair.same_true, sum[1] + pair.same_false, sum[2] + pair.different};
    unsettled.insert({pair.first, pair.second});
  }
  if (sums.empty()) return;
  std::array<std::vector<std::string>, 3> names;
  std::array<std::vector<int64_t>, 3> counts;
  for (const auto& [key, sum] : sums) {
    names[0].push_back(std::get<0>(key));
    names[1].push_back(std::get<1>(key));
    names[2].push_back(std::get<2>(key));
    for (size_t i = 0; i < 3; ++i) counts[i].push_back(sum[i]);
  }
  for (const char* const sql :
       {CONSILIENCE_ADD_PAIRS("source_pair"), CONSILIENCE_ADD_PAIRS("unsettled_pair")}) {
    batch.Add(sql, kProject, names[0], names[1], names[2], counts[0], counts[1], counts[2]);
  }
  batch.Add(
      "INSERT INTO unsettled_source(project, source) SELECT $1, * FROM unnest($2::text[]) "
      "ON CONFLICT DO NOTHING",
      kProject, std::vector<std::string>(unsettled.begin(), unsettled.end()));
}

void WriteCounts(const ChangeSet& changes, Batch& batch) {
  std::map<std::pair<std::string, std::string>, SourceCounts> sums;
  for (const SourceCounts& counts : changes.add_counts) {
    SourceCounts& sum = sums[{counts.source, counts.family}];
    sum.right += counts.right;
    sum.wrong += counts.wrong;
  }
  std::vector<std::string> sources;
  std::vector<std::string> families;
  std::vector<int64_t> right;
  std::vector<int64_t> wrong;
  for (const auto& [key, sum] : sums) {
    sources.push_back(key.first);
    families.push_back(key.second);
    right.push_back(sum.right);
    wrong.push_back(sum.wrong);
  }
  if (!sources.empty()) {
    for (const char* const sql :
         {CONSILIENCE_ADD_COUNTS("source_count"), CONSILIENCE_ADD_COUNTS("unsettled_count")}) {
      batch.Add(sql, kProject, sources, families, right, wrong);
    }
    batch.Add(
        "INSERT INTO unsettled_source(project, source) SELECT $1, * FROM unnest($2::text[]) "
        "ON CONFLICT DO NOTHING",
        kProject, sources);
  }
}

void WriteSettled(const ChangeSet& changes, Batch& batch) {
  const std::vector<std::string>& settled = changes.settled_sources;
  if (settled.empty()) return;
  batch.Add("DELETE FROM unsettled_source WHERE project = $1 AND source = ANY($2)", kProject,
            settled);
  batch.Add("DELETE FROM unsettled_count WHERE project = $1 AND source = ANY($2)", kProject,
            settled);
  // By one index condition and a filter: two conditions would look for every pair of the list.
  batch.Add(
      "DELETE FROM unsettled_pair WHERE project = $1 AND first = ANY($2) "
      "AND second || '' = ANY($2)",
      kProject, settled);
  batch.Add("DELETE FROM unsettled_question WHERE project = $1", kProject);
}

void WriteDocuments(const ChangeSet& changes, Batch& batch) {
  std::map<std::string, std::string> rows;
  for (const DocumentRow& row : changes.put_documents) rows[row.context.id] = Encode(row);
  std::vector<std::string> ids;
  Blobs records;
  for (auto& [id, record] : rows) {
    ids.push_back(id);
    records.push_back(std::move(record));
  }
  if (!ids.empty()) {
    batch.Add(
        "INSERT INTO document(project, id, record) SELECT $1, * FROM unnest($2::text[], "
        "$3::bytea[]) ON CONFLICT (project, id) DO UPDATE SET record = excluded.record",
        kProject, ids, BlobArray{records});
  }
  std::map<std::string_view, const SearchWords*> texts;
  for (const DocumentText& text : changes.put_texts) texts[text.document] = &text.words;
  for (const auto& [id, words] : texts) {
    batch.Add(
        "INSERT INTO search_text(project, document, words) "
        "VALUES ($1, $2, array_to_tsvector($3::text[])) "
        "ON CONFLICT (project, document) DO UPDATE SET words = excluded.words",
        kProject, id, std::vector<std::string>(words->begin(), words->end()));
  }
}

void WriteRevisions(const std::vector<Revision>& revisions, Batch& batch) {
  if (revisions.empty()) return;
  std::vector<std::string> ids;
  std::vector<std::string> claims;
  Blobs records;
  for (const Revision& revision : revisions) {
    ids.push_back(revision.id);
    claims.push_back(revision.claim);
    records.push_back(Encode(revision));
  }
  batch.Add(
      "INSERT INTO revision(project, id, claim, record) SELECT $1, * FROM "
      "unnest($2::text[], $3::text[], $4::bytea[])",
      kProject, ids, claims, BlobArray{records});
}

void WriteHistory(const ChangeSet& changes, Batch& batch) {
  for (const Alias& alias : changes.aliases) {
    batch.Add(
        "INSERT INTO alias(project, old_id, new_id) VALUES ($1, $2, $3) "
        "ON CONFLICT (project, old_id) DO UPDATE SET new_id = excluded.new_id",
        kProject, alias.old_id, alias.new_id);
    batch.Add(
        "INSERT INTO alias_history(project, old_id, time_us, new_id) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT DO NOTHING",
        kProject, alias.old_id, alias.time_us, alias.new_id);
  }
  WriteRevisions(changes.revisions, batch);
  for (const AssertionDecision& decision : changes.put_decisions) {
    batch.Add(
        "INSERT INTO decision(project, document, assertion, record) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (project, document, assertion) DO UPDATE SET record = excluded.record",
        kProject, decision.document, decision.assertion, Encode(decision));
  }
  for (const Review& review : changes.reviews) {
    batch.Add("INSERT INTO review(project, id, claim, record) VALUES ($1, $2, $3, $4)", kProject,
              review.id, review.claim, Encode(review));
  }
}

// What is there now of the questions that the changes delete or replace.
absl::StatusOr<std::vector<QuestionPtr>> Present(Connection& connection, const ChangeSet& changes,
                                                 const std::map<std::string, QuestionPtr>& read) {
  std::vector<QuestionPtr> present;
  std::vector<std::string> unknown;
  for (std::string& id : QuestionsWritten(changes)) {
    const auto known = read.find(id);
    if (known != read.end()) {
      present.push_back(known->second);
    } else {
      unknown.push_back(std::move(id));
    }
  }
  if (unknown.empty()) return present;
  const auto rows =
      connection.Query("SELECT q.record" CONSILIENCE_FROM_QUESTIONS, kProject, unknown);
  if (!rows.ok()) return rows.status();
  for (int i = 0; i < rows->size(); ++i) {
    auto question = DecodeQuestion(rows->Text(i, 0));
    if (!question) {
      return common::StoreCorrupt(connection.store(), "a question cannot be read back");
    }
    present.push_back(std::make_shared<const QuestionRecord>(*std::move(question)));
  }
  return present;
}

}  // namespace

absl::Status PostgresStore::ApplyOn(Connection& connection, const ChangeSet& changes,
                                    const std::map<std::string, QuestionPtr>& read) {
  const auto before = Present(connection, changes, read);
  if (!before.ok()) return before.status();
  const Differences differences = DifferencesOf(*before, changes);
  Batch batch;
  WriteQuestions(differences, batch);
  WriteAllLinks(differences, batch);
  WriteClaims(differences, batch);
  WriteDocuments(changes, batch);
  WriteSources(changes.put_sources,
               CONSILIENCE_INSERT_SOURCES
               "DO UPDATE SET name_start = excluded.name_start, name = excluded.name, "
               "curated = excluded.curated, record = excluded.record",
               batch);
  WriteSources(changes.met_sources, CONSILIENCE_INSERT_SOURCES "DO NOTHING", batch);
  batch.Add(
      "UPDATE turn SET writes = writes + 1, sources_version = sources_version + $2 "
      "WHERE project = $1",
      kProject, changes.put_sources.empty() ? 0 : 1);
  WritePairs(changes, batch);
  WriteCounts(changes, batch);
  WriteSettled(changes, batch);
  WriteHistory(changes, batch);
  WriteVersions(changes, batch);
  return connection.RunLater(std::move(batch));
}

}  // namespace consilience::corroboration
