#include "services/ingest/store/sqlite/schema.h"

namespace consilience::ingest {
namespace {

// Keys are numbers in the order of arrival wherever rows are large: rows are then only appended,
// and of what is found by content (ids, URLs) only small index pages are written at random places.
constexpr std::string_view kVersion1 = R"sql(
CREATE TABLE document(
  project TEXT NOT NULL,
  id TEXT NOT NULL,
  number INTEGER NOT NULL,
  digest TEXT NOT NULL,
  text_bytes INTEGER NOT NULL,
  format TEXT NOT NULL,
  language TEXT NOT NULL,
  metadata TEXT NOT NULL,
  publication_date TEXT NOT NULL,
  canonical_url TEXT NOT NULL,
  state INTEGER NOT NULL,
  reason TEXT NOT NULL,
  superseded_by TEXT NOT NULL,
  supersedes TEXT NOT NULL,
  revision INTEGER NOT NULL,
  create_us INTEGER NOT NULL,
  update_us INTEGER NOT NULL,
  external_id TEXT NOT NULL,
  version TEXT NOT NULL,
  PRIMARY KEY (project, number)
) WITHOUT ROWID, STRICT;
CREATE UNIQUE INDEX document_by_id ON document(project, id);
CREATE INDEX document_by_date ON document(project, publication_date, number);
CREATE INDEX document_by_url ON document(project, canonical_url) WHERE canonical_url <> '';
CREATE INDEX document_by_external_id ON document(project, external_id) WHERE external_id <> '';
CREATE INDEX document_by_state ON document(project, state);

CREATE TABLE document_text(
  number INTEGER PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE document_reading(
  number INTEGER PRIMARY KEY,
  reading TEXT NOT NULL
) STRICT;

CREATE TABLE appearance(
  project TEXT NOT NULL,
  document TEXT NOT NULL,
  outlet TEXT NOT NULL,
  url TEXT NOT NULL,
  publication_date TEXT NOT NULL,
  create_us INTEGER NOT NULL,
  PRIMARY KEY (project, document, outlet, url, publication_date)
) WITHOUT ROWID, STRICT;

CREATE TABLE work(
  project TEXT NOT NULL,
  number INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  state INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  accepted_us INTEGER NOT NULL,
  due_us INTEGER NOT NULL,
  last_attempt_us INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (project, number)
) WITHOUT ROWID, STRICT;
CREATE INDEX work_by_due ON work(project, state, due_us);
)sql";

}  // namespace

const std::vector<common::sqlite::Migration>& IngestMigrations() {
  static const auto* const migrations = new std::vector<common::sqlite::Migration>{{1, kVersion1}};
  return *migrations;
}

}  // namespace consilience::ingest
