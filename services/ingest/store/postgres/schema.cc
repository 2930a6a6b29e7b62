#include "services/ingest/store/postgres/schema.h"

namespace consilience::ingest {
namespace {

constexpr std::string_view kVersion1 = R"sql(
CREATE TABLE turn(
  project TEXT COLLATE "C" PRIMARY KEY,
  next_number BIGINT NOT NULL
);
INSERT INTO turn(project, next_number) VALUES ('default', 1);

CREATE TABLE replica(
  project TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  alive_us BIGINT NOT NULL,
  PRIMARY KEY (project, id)
);

CREATE TABLE document(
  project TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  digest TEXT NOT NULL,
  text_bytes BIGINT NOT NULL,
  format BYTEA NOT NULL,
  language BYTEA NOT NULL,
  metadata BYTEA NOT NULL,
  publication_date TEXT COLLATE "C" NOT NULL,
  canonical_url BYTEA NOT NULL,
  url_key TEXT COLLATE "C" NOT NULL,
  external_id BYTEA NOT NULL,
  external_key TEXT COLLATE "C" NOT NULL,
  version BYTEA NOT NULL,
  state BIGINT NOT NULL,
  reason BYTEA NOT NULL,
  superseded_by TEXT NOT NULL,
  supersedes TEXT NOT NULL,
  revision BIGINT NOT NULL,
  create_us BIGINT NOT NULL,
  update_us BIGINT NOT NULL,
  PRIMARY KEY (project, id)
);
CREATE UNIQUE INDEX document_by_number ON document(project, number);
CREATE INDEX document_by_date ON document(project, publication_date, number);
CREATE INDEX document_by_url ON document(project, url_key) WHERE url_key <> '';
CREATE INDEX document_by_external_id ON document(project, external_key) WHERE external_key <> '';
CREATE INDEX document_by_state ON document(project, state);

CREATE TABLE document_text(
  project TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  text BYTEA NOT NULL,
  PRIMARY KEY (project, number)
);

CREATE TABLE document_reading(
  project TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  reading BYTEA NOT NULL,
  PRIMARY KEY (project, number)
);

CREATE TABLE appearance(
  project TEXT COLLATE "C" NOT NULL,
  document TEXT COLLATE "C" NOT NULL,
  place_key TEXT COLLATE "C" NOT NULL,
  outlet BYTEA NOT NULL,
  url BYTEA NOT NULL,
  publication_date BYTEA NOT NULL,
  create_us BIGINT NOT NULL,
  PRIMARY KEY (project, document, place_key)
);

CREATE TABLE work(
  project TEXT COLLATE "C" NOT NULL,
  document TEXT COLLATE "C" NOT NULL,
  generation BIGINT NOT NULL,
  state BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  accepted_us BIGINT NOT NULL,
  due_us BIGINT NOT NULL,
  last_attempt_us BIGINT NOT NULL,
  reason BYTEA NOT NULL,
  owner TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (project, document)
);
CREATE INDEX work_by_due ON work(project, state, due_us, document);

CREATE TABLE posting(
  project TEXT COLLATE "C" NOT NULL,
  hash BIGINT NOT NULL,
  place BIGINT NOT NULL,
  PRIMARY KEY (project, hash, place)
);

CREATE TABLE posting_set(
  project TEXT COLLATE "C" NOT NULL,
  document BIGINT NOT NULL,
  hashes BYTEA NOT NULL,
  PRIMARY KEY (project, document)
);
)sql";

}  // namespace

const std::vector<common::postgres::Migration>& PostgresMigrations() {
  static const auto* const migrations =
      new std::vector<common::postgres::Migration>{{1, kVersion1}};
  return *migrations;
}

}  // namespace consilience::ingest
