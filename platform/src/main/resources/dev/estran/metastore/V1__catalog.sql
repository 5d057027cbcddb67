CREATE TABLE catalogs (
  catalog_name TEXT NOT NULL PRIMARY KEY,
  comment TEXT,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL
);

CREATE TABLE schemas (
  catalog_name TEXT NOT NULL REFERENCES catalogs (catalog_name),
  schema_name TEXT NOT NULL,
  comment TEXT,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY (catalog_name, schema_name)
);

CREATE TABLE objects (
  id TEXT NOT NULL PRIMARY KEY,
  catalog_name TEXT NOT NULL,
  schema_name TEXT NOT NULL,
  object_name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('TABLE', 'VIEW', 'MODEL')),
  comment TEXT,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  UNIQUE (catalog_name, schema_name, object_name),
  FOREIGN KEY (catalog_name, schema_name) REFERENCES schemas (catalog_name, schema_name)
);

CREATE TABLE table_pointers (
  table_id TEXT NOT NULL REFERENCES objects (id),
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

CREATE TABLE dropped_locations (
  location TEXT NOT NULL PRIMARY KEY,
  dropped_at BIGINT NOT NULL
);

CREATE TABLE views (
  object_id TEXT NOT NULL PRIMARY KEY REFERENCES objects (id),
  sql_text TEXT NOT NULL,
  search_path TEXT NOT NULL,
  columns TEXT NOT NULL
);

CREATE TABLE settings (
  setting_key TEXT NOT NULL PRIMARY KEY,
  setting_value TEXT NOT NULL
);

CREATE TABLE connections (
  connection_name TEXT NOT NULL PRIMARY KEY,
  definition TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL
);

CREATE TABLE endpoints (
  endpoint_name TEXT NOT NULL PRIMARY KEY,
  definition TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL
);

CREATE TABLE models (
  object_id TEXT NOT NULL PRIMARY KEY REFERENCES objects (id),
  definition TEXT NOT NULL,
  current_version BIGINT NOT NULL
);

CREATE TABLE model_versions (
  object_id TEXT NOT NULL REFERENCES models (object_id),
  version BIGINT NOT NULL,
  definition TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY (object_id, version)
);

INSERT INTO catalogs (catalog_name, comment, created_at, created_by) VALUES
  ('lake', NULL, 0, 'system'),
  ('system', 'Tables that Estran writes about itself', 0, 'system');

INSERT INTO schemas (catalog_name, schema_name, comment, created_at, created_by) VALUES
  ('lake', 'default', NULL, 0, 'system');
