CREATE TABLE dropped_tables (
  id TEXT NOT NULL PRIMARY KEY,
  catalog_name TEXT NOT NULL,
  schema_name TEXT NOT NULL,
  object_name TEXT NOT NULL,
  comment TEXT,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  location TEXT NOT NULL,
  dropped_at BIGINT NOT NULL,
  dropped_by TEXT NOT NULL
);

CREATE TABLE dropped_pointers (
  table_id TEXT NOT NULL REFERENCES dropped_tables (id),
  version BIGINT NOT NULL,
  metadata_location TEXT NOT NULL,
  snapshot_id BIGINT,
  commit_id TEXT NOT NULL,
  committed_at BIGINT NOT NULL,
  committed_by TEXT NOT NULL,
  operation TEXT NOT NULL,
  rows_added BIGINT NOT NULL,
  rows_deleted BIGINT NOT NULL,
  PRIMARY KEY (table_id, version)
);
