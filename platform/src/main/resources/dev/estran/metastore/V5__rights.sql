CREATE TABLE principals (
  principal_name TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('USER', 'GROUP', 'SERVICE')),
  display_name TEXT,
  email TEXT,
  issuer TEXT,
  subject TEXT,
  disabled_at BIGINT,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  UNIQUE (issuer, subject)
);

-- origin: LOCAL, or the identity provider that said so
CREATE TABLE memberships (
  group_name TEXT NOT NULL REFERENCES principals (principal_name),
  member_name TEXT NOT NULL REFERENCES principals (principal_name),
  origin TEXT NOT NULL,
  PRIMARY KEY (group_name, member_name)
);

CREATE INDEX memberships_by_member ON memberships (member_name);

CREATE TABLE passwords (
  principal_name TEXT NOT NULL PRIMARY KEY REFERENCES principals (principal_name),
  hash TEXT NOT NULL,
  changed_at BIGINT NOT NULL
);

CREATE TABLE access_tokens (
  id TEXT NOT NULL PRIMARY KEY,
  principal_name TEXT NOT NULL REFERENCES principals (principal_name),
  token_name TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  token_scope TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  expires_at BIGINT,
  last_used_at BIGINT
);

CREATE INDEX access_tokens_by_principal ON access_tokens (principal_name);

-- securable: platform, catalog:NAME, schema:CATALOG.NAME, object:ID, connection:NAME, endpoint:NAME.
-- Within a NAME, backslash and dot are written with a backslash before them.
-- privilege OWNER: who the thing belongs to.
CREATE TABLE grants (
  securable TEXT NOT NULL,
  principal TEXT NOT NULL,
  privilege TEXT NOT NULL,
  granted_at BIGINT NOT NULL,
  granted_by TEXT NOT NULL,
  PRIMARY KEY (securable, principal, privilege)
);

CREATE INDEX grants_by_principal ON grants (principal, securable);

INSERT INTO principals (principal_name, kind, display_name, created_at, created_by) VALUES
  ('admins', 'GROUP', 'May do everything', 0, 'system'),
  ('users', 'GROUP', 'Everyone who can sign in', 0, 'system'),
  ('owner', 'USER', 'The owner of this installation', 0, 'system'),
  ('system', 'SERVICE', 'Estran itself', 0, 'system');

INSERT INTO memberships (group_name, member_name, origin) VALUES ('admins', 'owner', 'LOCAL');

INSERT INTO grants (securable, principal, privilege, granted_at, granted_by) VALUES
  ('catalog:lake', 'users', 'USE_CATALOG', 0, 'system');

INSERT INTO grants (securable, principal, privilege, granted_at, granted_by)
  SELECT 'catalog:' || replace(replace(catalog_name, '\', '\\'), '.', '\.'), created_by, 'OWNER', created_at, 'system' FROM catalogs;
INSERT INTO grants (securable, principal, privilege, granted_at, granted_by)
  SELECT 'schema:' || replace(replace(catalog_name, '\', '\\'), '.', '\.') || '.'
    || replace(replace(schema_name, '\', '\\'), '.', '\.'), created_by, 'OWNER', created_at, 'system' FROM schemas;
INSERT INTO grants (securable, principal, privilege, granted_at, granted_by)
  SELECT 'object:' || id, created_by, 'OWNER', created_at, 'system' FROM objects;
INSERT INTO grants (securable, principal, privilege, granted_at, granted_by)
  SELECT 'connection:' || replace(replace(connection_name, '\', '\\'), '.', '\.'), created_by, 'OWNER', created_at, 'system' FROM connections;
INSERT INTO grants (securable, principal, privilege, granted_at, granted_by)
  SELECT 'endpoint:' || replace(replace(endpoint_name, '\', '\\'), '.', '\.'), created_by, 'OWNER', created_at, 'system' FROM endpoints;

-- parameters: JSON, [{"name": ..., "type": ...}]
CREATE TABLE functions (
  catalog_name TEXT NOT NULL,
  schema_name TEXT NOT NULL,
  function_name TEXT NOT NULL,
  parameters TEXT NOT NULL,
  return_type TEXT NOT NULL,
  body TEXT NOT NULL,
  comment TEXT,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY (catalog_name, schema_name, function_name),
  FOREIGN KEY (catalog_name, schema_name) REFERENCES schemas (catalog_name, schema_name)
);

-- table_id: an id of objects, or of dropped_tables until those are purged.
-- field_id: the masked column; 0 for the row filter. arguments: JSON, ids of the columns given to the function
CREATE TABLE protections (
  table_id TEXT NOT NULL,
  field_id BIGINT NOT NULL,
  catalog_name TEXT NOT NULL,
  schema_name TEXT NOT NULL,
  function_name TEXT NOT NULL,
  arguments TEXT NOT NULL,
  set_at BIGINT NOT NULL,
  set_by TEXT NOT NULL,
  PRIMARY KEY (table_id, field_id),
  FOREIGN KEY (catalog_name, schema_name, function_name)
    REFERENCES functions (catalog_name, schema_name, function_name)
);

-- DEFINER: a view reads with the rights of its owner; INVOKER: with those of whoever asks
ALTER TABLE views ADD COLUMN security TEXT NOT NULL DEFAULT 'DEFINER';
