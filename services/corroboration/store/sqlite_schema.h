// The history of the embedded schema: forward only, each step additive.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_SQLITE_SCHEMA_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_SQLITE_SCHEMA_H_

#include <vector>

#include "services/common/store/sqlite/database.h"

namespace consilience::corroboration {

// Every table is led by the project; `record` columns hold messages of storage/v1. Index tables
// repeat what is in a question's record, so that it is found by key, document, source and claim; as
// the columns of a claim and of a question repeat what is in its record. Null ones are filled in
// when a store is opened, as is search_text, which has the words of each document. The index over
// it keeps neither texts nor places of words, and splits them at spaces alone. It has the rows up
// to search_mark; those after it wait until there are enough of them.
//
// Ids are hashes. Tables whose rows hold records have them in the order in which they came, so that
// what is written together shares pages, and an index of ids, which is small; a row that is larger
// than a quarter of a page would lie in pages of its own without (docs/decisions/0010).
inline const std::vector<common::sqlite::Migration>& Migrations() {
  static const std::vector<common::sqlite::Migration> migrations = {{1, R"sql(
CREATE TABLE question(project TEXT NOT NULL, id TEXT NOT NULL, record BLOB NOT NULL,
  PRIMARY KEY (project, id)) WITHOUT ROWID;
CREATE TABLE question_key(project TEXT NOT NULL, key INTEGER NOT NULL, question TEXT NOT NULL,
  PRIMARY KEY (project, key, question)) WITHOUT ROWID;
CREATE TABLE question_document(project TEXT NOT NULL, document TEXT NOT NULL,
  question TEXT NOT NULL, PRIMARY KEY (project, document, question)) WITHOUT ROWID;
CREATE TABLE question_source(project TEXT NOT NULL, source TEXT NOT NULL, question TEXT NOT NULL,
  PRIMARY KEY (project, source, question)) WITHOUT ROWID;
CREATE TABLE claim(project TEXT NOT NULL, id TEXT NOT NULL, question TEXT NOT NULL,
  by_score TEXT NOT NULL, by_score_up TEXT NOT NULL, by_effective TEXT NOT NULL,
  by_update TEXT NOT NULL, by_from TEXT NOT NULL, record BLOB NOT NULL,
  PRIMARY KEY (project, id)) WITHOUT ROWID;
CREATE INDEX claim_by_question ON claim(project, question);
CREATE INDEX claim_by_score ON claim(project, by_score, id);
CREATE INDEX claim_by_score_up ON claim(project, by_score_up, id);
CREATE INDEX claim_by_effective ON claim(project, by_effective, id);
CREATE INDEX claim_by_update ON claim(project, by_update, id);
CREATE INDEX claim_by_from ON claim(project, by_from, id);
CREATE TABLE alias(project TEXT NOT NULL, old_id TEXT NOT NULL, new_id TEXT NOT NULL,
  PRIMARY KEY (project, old_id)) WITHOUT ROWID;
CREATE INDEX alias_by_new_id ON alias(project, new_id);
CREATE TABLE document(project TEXT NOT NULL, id TEXT NOT NULL, record BLOB NOT NULL,
  PRIMARY KEY (project, id)) WITHOUT ROWID;
CREATE TABLE source(project TEXT NOT NULL, id TEXT NOT NULL, display_name TEXT NOT NULL,
  curated INTEGER NOT NULL, record BLOB NOT NULL, PRIMARY KEY (project, id)) WITHOUT ROWID;
CREATE INDEX source_by_name ON source(project, display_name, id);
CREATE TABLE source_count(project TEXT NOT NULL, source TEXT NOT NULL, family TEXT NOT NULL,
  correct INTEGER NOT NULL, wrong INTEGER NOT NULL,
  PRIMARY KEY (project, source, family)) WITHOUT ROWID;
CREATE TABLE revision(project TEXT NOT NULL, id TEXT NOT NULL, claim TEXT NOT NULL,
  record BLOB NOT NULL, PRIMARY KEY (project, id)) WITHOUT ROWID;
CREATE INDEX revision_by_claim ON revision(project, claim, id);
CREATE TABLE review(project TEXT NOT NULL, id TEXT NOT NULL, claim TEXT NOT NULL,
  record BLOB NOT NULL, PRIMARY KEY (project, id)) WITHOUT ROWID;
CREATE INDEX review_by_claim ON review(project, claim, id);
)sql"},
                                                                    {2, R"sql(
CREATE TABLE unsettled_source(project TEXT NOT NULL, source TEXT NOT NULL,
  PRIMARY KEY (project, source)) WITHOUT ROWID;
)sql"},
                                                                    {3, R"sql(
CREATE TABLE decision(project TEXT NOT NULL, document TEXT NOT NULL, assertion TEXT NOT NULL,
  record BLOB NOT NULL, PRIMARY KEY (project, document, assertion)) WITHOUT ROWID;
)sql"},
                                                                    {4, R"sql(
CREATE TABLE source_pair(project TEXT NOT NULL, first TEXT NOT NULL, second TEXT NOT NULL,
  family TEXT NOT NULL, same_true INTEGER NOT NULL, same_false INTEGER NOT NULL,
  different INTEGER NOT NULL, PRIMARY KEY (project, first, second, family)) WITHOUT ROWID;
CREATE INDEX source_pair_by_second ON source_pair(project, second, first);
)sql"},
                                                                    {5, R"sql(
CREATE TABLE question_version(project TEXT NOT NULL, time_us INTEGER NOT NULL, id TEXT NOT NULL,
  question TEXT NOT NULL, record BLOB NOT NULL, PRIMARY KEY (project, time_us, id)) WITHOUT ROWID;
CREATE INDEX question_version_by_question ON question_version(project, question, time_us, id);
CREATE TABLE claim_home(project TEXT NOT NULL, claim TEXT NOT NULL, question TEXT NOT NULL,
  PRIMARY KEY (project, claim)) WITHOUT ROWID;
CREATE TABLE alias_history(project TEXT NOT NULL, old_id TEXT NOT NULL, time_us INTEGER NOT NULL,
  new_id TEXT NOT NULL, PRIMARY KEY (project, old_id, time_us, new_id)) WITHOUT ROWID;
CREATE INDEX alias_history_by_new_id ON alias_history(project, new_id);
INSERT INTO alias_history SELECT project, old_id, 0, new_id FROM alias;
CREATE TABLE source_version(project TEXT NOT NULL, id TEXT NOT NULL, time_us INTEGER NOT NULL,
  record BLOB NOT NULL, PRIMARY KEY (project, id, time_us)) WITHOUT ROWID;
INSERT INTO source_version SELECT project, id, 0, record FROM source WHERE curated = 1;
CREATE TABLE history(project TEXT NOT NULL PRIMARY KEY, begins_us INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO history SELECT 'default', CASE WHEN EXISTS (SELECT 1 FROM question)
  THEN CAST((julianday('now') - 2440587.5) * 86400000000.0 AS INTEGER) ELSE 0 END;
DROP INDEX claim_by_question;
)sql"},
                                                                    {6, R"sql(
ALTER TABLE claim ADD COLUMN state TEXT;
ALTER TABLE claim ADD COLUMN place TEXT;
CREATE INDEX claim_by_state ON claim(project, state, by_score, id);
CREATE INDEX claim_by_place ON claim(project, place, by_score, id);
)sql"},
                                                                    {7, R"sql(
CREATE TABLE search_text(number INTEGER PRIMARY KEY, project TEXT NOT NULL, document TEXT NOT NULL,
  words TEXT NOT NULL);
CREATE UNIQUE INDEX search_text_by_document ON search_text(project, document);
CREATE VIRTUAL TABLE search_index USING fts5(words, content='search_text', content_rowid='number',
  tokenize='ascii', detail='none', columnsize=0);
CREATE TABLE search_mark(project TEXT NOT NULL PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO search_mark VALUES ('default', 0);
)sql"},
                                                                    {8, R"sql(
ALTER TABLE question ADD COLUMN by_from TEXT;
ALTER TABLE question ADD COLUMN by_name TEXT;
CREATE INDEX question_by_from ON question(project, by_from, id);
CREATE INDEX question_by_name ON question(project, by_name, id);
)sql"},
                                                                    {9, R"sql(
DROP INDEX claim_by_score;
DROP INDEX claim_by_score_up;
DROP INDEX claim_by_effective;
DROP INDEX claim_by_update;
DROP INDEX claim_by_from;
CREATE INDEX claim_by_state_score_up ON claim(project, state, by_score_up, id);
CREATE INDEX claim_by_state_effective ON claim(project, state, by_effective, id);
CREATE INDEX claim_by_state_update ON claim(project, state, by_update, id);
CREATE INDEX claim_by_state_from ON claim(project, state, by_from, id);
)sql"},
                                                                    {10, R"sql(
CREATE TABLE question_in_time(project TEXT NOT NULL, id TEXT NOT NULL, by_from TEXT, by_name TEXT,
  record BLOB NOT NULL, PRIMARY KEY (project, id));
INSERT INTO question_in_time SELECT project, id, by_from, by_name, record
  FROM question INDEXED BY question_by_from ORDER BY project, by_from, id;
DROP TABLE question;
ALTER TABLE question_in_time RENAME TO question;
CREATE INDEX question_by_from ON question(project, by_from, id);
CREATE INDEX question_by_name ON question(project, by_name, id);
CREATE TABLE claim_in_time(project TEXT NOT NULL, id TEXT NOT NULL, question TEXT NOT NULL,
  by_score TEXT NOT NULL, by_score_up TEXT NOT NULL, by_effective TEXT NOT NULL,
  by_update TEXT NOT NULL, by_from TEXT NOT NULL, state TEXT, place TEXT, record BLOB NOT NULL,
  PRIMARY KEY (project, id));
INSERT INTO claim_in_time SELECT project, id, question, by_score, by_score_up, by_effective,
  by_update, by_from, state, place, record
  FROM claim INDEXED BY claim_by_state_from ORDER BY project, state, by_from, id;
DROP TABLE claim;
ALTER TABLE claim_in_time RENAME TO claim;
CREATE INDEX claim_by_state ON claim(project, state, by_score, id);
CREATE INDEX claim_by_place ON claim(project, place, by_score, id);
CREATE INDEX claim_by_state_score_up ON claim(project, state, by_score_up, id);
CREATE INDEX claim_by_state_effective ON claim(project, state, by_effective, id);
CREATE INDEX claim_by_state_update ON claim(project, state, by_update, id);
CREATE INDEX claim_by_state_from ON claim(project, state, by_from, id);
CREATE TABLE document_in_time(project TEXT NOT NULL, id TEXT NOT NULL, record BLOB NOT NULL,
  PRIMARY KEY (project, id));
INSERT INTO document_in_time SELECT project, id, record FROM document;
DROP TABLE document;
ALTER TABLE document_in_time RENAME TO document;
)sql"}};
  return migrations;
}

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_SQLITE_SCHEMA_H_
