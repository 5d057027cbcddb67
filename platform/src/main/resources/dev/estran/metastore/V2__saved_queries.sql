CREATE TABLE saved_queries (
  id TEXT NOT NULL PRIMARY KEY,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  sql_text TEXT NOT NULL,
  parameters TEXT NOT NULL,
  chart TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  UNIQUE (owner, name)
);
