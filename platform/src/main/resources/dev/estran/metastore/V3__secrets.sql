CREATE TABLE secrets (
  secret_name TEXT NOT NULL PRIMARY KEY,
  ciphertext TEXT NOT NULL,
  key_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  updated_by TEXT NOT NULL
);
