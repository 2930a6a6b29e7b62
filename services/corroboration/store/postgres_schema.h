// The history of the schema in PostgreSQL: forward only, each step additive.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_SCHEMA_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_SCHEMA_H_

#include <vector>

#include "services/common/store/postgres/migrate.h"

namespace consilience::corroboration {

inline constexpr char kPostgresSchema[] = "consilience_corroboration";

// Every table is led by the project, by which a distributed engine places rows; `record` columns
// hold messages of storage/v1. Text is compared bytewise, as the other stores do. Names are as long
// as their writers made them, so only the first bytes of one are in an index.
//   turn     one row a project: whoever writes holds it. sources_version counts corrections of
//            sources
//   lease    work that one replica at a time does, until `until_us` of the database's clock
inline const std::vector<common::postgres::Migration>& PostgresMigrations() {
  static const std::vector<common::postgres::Migration> migrations = {{1, R"sql(
CREATE TABLE turn(project TEXT COLLATE "C" NOT NULL, sources_version BIGINT NOT NULL,
  PRIMARY KEY (project));
INSERT INTO turn(project, sources_version) VALUES ('default', 0);
CREATE TABLE lease(project TEXT COLLATE "C" NOT NULL, name TEXT COLLATE "C" NOT NULL,
  holder TEXT NOT NULL, until_us BIGINT NOT NULL, PRIMARY KEY (project, name));
CREATE TABLE question(project TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL,
  record BYTEA NOT NULL, PRIMARY KEY (project, id));
CREATE TABLE question_key(project TEXT COLLATE "C" NOT NULL, key BIGINT NOT NULL,
  question TEXT COLLATE "C" NOT NULL, PRIMARY KEY (project, key, question));
CREATE TABLE question_document(project TEXT COLLATE "C" NOT NULL,
  document TEXT COLLATE "C" NOT NULL, question TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (project, document, question));
CREATE TABLE question_source(project TEXT COLLATE "C" NOT NULL, source TEXT COLLATE "C" NOT NULL,
  question TEXT COLLATE "C" NOT NULL, PRIMARY KEY (project, source, question));
CREATE TABLE claim(project TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL,
  question TEXT COLLATE "C" NOT NULL, by_score TEXT COLLATE "C" NOT NULL,
  by_score_up TEXT COLLATE "C" NOT NULL, by_effective TEXT COLLATE "C" NOT NULL,
  by_update TEXT COLLATE "C" NOT NULL, by_from TEXT COLLATE "C" NOT NULL, record BYTEA NOT NULL,
  PRIMARY KEY (project, id));
CREATE INDEX claim_by_score ON claim(project, by_score, id);
CREATE INDEX claim_by_score_up ON claim(project, by_score_up, id);
CREATE INDEX claim_by_effective ON claim(project, by_effective, id);
CREATE INDEX claim_by_update ON claim(project, by_update, id);
CREATE INDEX claim_by_from ON claim(project, by_from, id);
CREATE TABLE alias(project TEXT COLLATE "C" NOT NULL, old_id TEXT COLLATE "C" NOT NULL,
  new_id TEXT COLLATE "C" NOT NULL, PRIMARY KEY (project, old_id));
CREATE INDEX alias_by_new_id ON alias(project, new_id);
CREATE TABLE document(project TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL,
  record BYTEA NOT NULL, PRIMARY KEY (project, id));
CREATE TABLE source(project TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL,
  name_start BYTEA NOT NULL, name BYTEA NOT NULL, curated BOOLEAN NOT NULL, record BYTEA NOT NULL,
  PRIMARY KEY (project, id));
CREATE INDEX source_by_name ON source(project, name_start);
CREATE INDEX source_curated ON source(project, id) WHERE curated;
CREATE TABLE source_count(project TEXT COLLATE "C" NOT NULL, source TEXT COLLATE "C" NOT NULL,
  family TEXT COLLATE "C" NOT NULL, correct BIGINT NOT NULL, wrong BIGINT NOT NULL,
  PRIMARY KEY (project, source, family));
CREATE TABLE unsettled_source(project TEXT COLLATE "C" NOT NULL,
  source TEXT COLLATE "C" NOT NULL, PRIMARY KEY (project, source));
CREATE TABLE revision(project TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL,
  claim TEXT COLLATE "C" NOT NULL, record BYTEA NOT NULL, PRIMARY KEY (project, id));
CREATE INDEX revision_by_claim ON revision(project, claim, id);
CREATE TABLE review(project TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL,
  claim TEXT COLLATE "C" NOT NULL, record BYTEA NOT NULL, PRIMARY KEY (project, id));
CREATE INDEX review_by_claim ON review(project, claim, id);
CREATE TABLE decision(project TEXT COLLATE "C" NOT NULL, document TEXT COLLATE "C" NOT NULL,
  assertion TEXT COLLATE "C" NOT NULL, record BYTEA NOT NULL,
  PRIMARY KEY (project, document, assertion));
)sql"},
                                                                      {2, R"sql(
CREATE TABLE source_pair(project TEXT COLLATE "C" NOT NULL, first TEXT COLLATE "C" NOT NULL,
  second TEXT COLLATE "C" NOT NULL, family TEXT COLLATE "C" NOT NULL, same_true BIGINT NOT NULL,
  same_false BIGINT NOT NULL, different BIGINT NOT NULL,
  PRIMARY KEY (project, first, second, family));
CREATE INDEX source_pair_by_second ON source_pair(project, second, first);
)sql"},
                                                                      {3, R"sql(
CREATE TABLE question_version(project TEXT COLLATE "C" NOT NULL, time_us BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL, question TEXT COLLATE "C" NOT NULL, record BYTEA NOT NULL,
  PRIMARY KEY (project, time_us, id));
CREATE INDEX question_version_by_question ON question_version(project, question, time_us, id);
CREATE TABLE claim_home(project TEXT COLLATE "C" NOT NULL, claim TEXT COLLATE "C" NOT NULL,
  question TEXT COLLATE "C" NOT NULL, PRIMARY KEY (project, claim));
CREATE TABLE alias_history(project TEXT COLLATE "C" NOT NULL, old_id TEXT COLLATE "C" NOT NULL,
  time_us BIGINT NOT NULL, new_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (project, old_id, time_us, new_id));
CREATE INDEX alias_history_by_new_id ON alias_history(project, new_id);
INSERT INTO alias_history SELECT project, old_id, 0, new_id FROM alias;
CREATE TABLE source_version(project TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL,
  time_us BIGINT NOT NULL, record BYTEA NOT NULL, PRIMARY KEY (project, id, time_us));
INSERT INTO source_version SELECT project, id, 0, record FROM source WHERE curated;
CREATE TABLE history(project TEXT COLLATE "C" NOT NULL, begins_us BIGINT NOT NULL,
  PRIMARY KEY (project));
INSERT INTO history SELECT 'default', CASE WHEN EXISTS (SELECT 1 FROM question)
  THEN (extract(epoch FROM now()) * 1000000)::bigint ELSE 0 END;
)sql"},
                                                                      {4, R"sql(
ALTER TABLE turn ADD COLUMN writes BIGINT NOT NULL DEFAULT 0;
CREATE TABLE unsettled_count(project TEXT COLLATE "C" NOT NULL, source TEXT COLLATE "C" NOT NULL,
  family TEXT COLLATE "C" NOT NULL, correct BIGINT NOT NULL, wrong BIGINT NOT NULL,
  PRIMARY KEY (project, source, family));
CREATE TABLE unsettled_pair(project TEXT COLLATE "C" NOT NULL, first TEXT COLLATE "C" NOT NULL,
  second TEXT COLLATE "C" NOT NULL, family TEXT COLLATE "C" NOT NULL, same_true BIGINT NOT NULL,
  same_false BIGINT NOT NULL, different BIGINT NOT NULL,
  PRIMARY KEY (project, first, second, family));
CREATE TABLE unsettled_question(project TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (project, id));
INSERT INTO unsettled_question(project, id)
  SELECT DISTINCT q.project, q.question FROM question_source q JOIN unsettled_source u
  ON u.project = q.project AND u.source = q.source;
)sql"},
                                                                      {5, R"sql(
ALTER TABLE claim ADD COLUMN state TEXT COLLATE "C", ADD COLUMN place TEXT COLLATE "C";
CREATE INDEX claim_by_state ON claim(project, state, by_score, id);
CREATE INDEX claim_by_place ON claim(project, place, by_score, id);
)sql"},
                                                                      {6, R"sql(
CREATE TABLE search_text(project TEXT COLLATE "C" NOT NULL, document TEXT COLLATE "C" NOT NULL,
  words TSVECTOR NOT NULL, PRIMARY KEY (project, document));
CREATE INDEX search_text_by_word ON search_text USING gin(words);
)sql"},
                                                                      {7, R"sql(
ALTER TABLE question ADD COLUMN by_from TEXT COLLATE "C", ADD COLUMN by_name TEXT COLLATE "C";
CREATE INDEX question_by_from ON question(project, by_from, id);
CREATE INDEX question_by_name ON question(project, by_name, id);
)sql"}};
  return migrations;
}

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_SCHEMA_H_
