-- Seals, who asks for signatures, scan sessions, and the record of every use.

CREATE TABLE seal (
  id          TEXT PRIMARY KEY,
  unit_id     TEXT REFERENCES unit (id),
  person_id   TEXT REFERENCES person (id),
  kind        TEXT NOT NULL CHECK (kind IN ('company', 'finance', 'contract', 'legal_representative', 'name', 'handwritten')),
  -- Wrapped JSON: the text and style that the picture was drawn from.
  parameters  BLOB NOT NULL,
  -- Wrapped JSON: the picture itself (outlines as SVG and PDF form), so that a later drawing code changes no seal.
  artwork     BLOB NOT NULL,
  width_um    BIGINT NOT NULL,
  height_um   BIGINT NOT NULL,
  made_by     TEXT NOT NULL REFERENCES person (id),
  made_at_us     BIGINT NOT NULL,
  voided_at_us   BIGINT,
  version     BIGINT NOT NULL DEFAULT 1,
  CHECK ((unit_id IS NULL) <> (person_id IS NULL))
);
CREATE INDEX seal_unit ON seal (unit_id);
CREATE INDEX seal_person ON seal (person_id);

CREATE TABLE seal_grant (
  id          TEXT PRIMARY KEY,
  seal_id     TEXT NOT NULL REFERENCES seal (id),
  person_id   TEXT NOT NULL REFERENCES person (id),
  until_us    BIGINT NOT NULL,
  recalled_at_us BIGINT,
  granted_by  TEXT NOT NULL REFERENCES person (id),
  granted_at_us  BIGINT NOT NULL,
  version     BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX seal_grant_person ON seal_grant (seal_id, person_id, granted_at_us);

CREATE TABLE asker (
  id          TEXT PRIMARY KEY,
  public_key  BLOB NOT NULL UNIQUE,
  name        TEXT NOT NULL,
  -- The unit whose person signed the tool in; without one it is shown as an unregistered tool.
  unit_id     TEXT REFERENCES unit (id),
  created_at_us  BIGINT NOT NULL,
  revoked_at_us  BIGINT,
  version     BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE scan_session (
  id              TEXT PRIMARY KEY,
  asker_id        TEXT NOT NULL REFERENCES asker (id),
  request_id      TEXT NOT NULL,
  request_hash    BLOB NOT NULL,
  -- Wrapped: the answer to create, for byte-equal repeats.
  request_answer  BLOB NOT NULL,
  code            TEXT NOT NULL UNIQUE,
  short_code      TEXT NOT NULL,
  secret_hash     BLOB NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('seal')),
  purpose         TEXT NOT NULL,
  platform_id     TEXT REFERENCES platform (id),
  mode            TEXT NOT NULL,
  mark_count_max  BIGINT NOT NULL,
  one_time_key    BLOB NOT NULL,
  match_number    TEXT NOT NULL,
  match_options   TEXT NOT NULL,
  matched         BIGINT NOT NULL DEFAULT 0,
  state           TEXT NOT NULL CHECK (state IN ('created', 'claimed', 'chosen', 'ready', 'signing', 'done', 'refused', 'expired', 'failed')),
  failure         TEXT,
  created_at_us      BIGINT NOT NULL,
  expires_at_us      BIGINT NOT NULL,
  person_id       TEXT REFERENCES person (id),
  device_id       TEXT REFERENCES device (id),
  second_phone    BIGINT NOT NULL DEFAULT 0,
  holding_id      TEXT REFERENCES holding (id),
  certificate_id  TEXT REFERENCES certificate (id),
  seal_id         TEXT REFERENCES seal (id),
  prepared_hash   BLOB,
  -- Wrapped JSON: the facts that the asker stated.
  prepared        BLOB,
  attributes      BLOB,
  confirm_hash    BLOB,
  confirm_answer  BLOB,
  finish_hash     BLOB,
  cms             BLOB,
  operation_id    TEXT,
  signed_at_us       BIGINT,
  version         BIGINT NOT NULL DEFAULT 1,
  UNIQUE (asker_id, request_id)
);
CREATE INDEX scan_session_short_code ON scan_session (short_code, state);
CREATE INDEX scan_session_certificate ON scan_session (certificate_id, state);
CREATE INDEX scan_session_expiry ON scan_session (state, expires_at_us);

CREATE TABLE operation (
  id                 TEXT PRIMARY KEY,
  session_id         TEXT NOT NULL UNIQUE REFERENCES scan_session (id),
  person_id          TEXT NOT NULL,
  unit_id            TEXT,
  holding_id         TEXT NOT NULL,
  kind               TEXT NOT NULL,
  seal_id            TEXT,
  certificate_serial TEXT NOT NULL,
  -- Wrapped: the JCS bytes of the record whose salted hash is the log leaf.
  record             BLOB NOT NULL,
  salt               BLOB NOT NULL,
  leaf_index         BIGINT NOT NULL UNIQUE,
  at_us                 BIGINT NOT NULL
);
CREATE INDEX operation_person ON operation (person_id, at_us);
CREATE INDEX operation_seal ON operation (seal_id, at_us);

CREATE TABLE log_leaf (
  leaf_index BIGINT PRIMARY KEY,
  hash       BLOB NOT NULL,
  at_us         BIGINT NOT NULL
);
-- One row: the next index. Its update orders the writers, so that the log has no gaps.
CREATE TABLE log_head (
  id    BIGINT PRIMARY KEY CHECK (id = 1),
  size  BIGINT NOT NULL
);
INSERT INTO log_head (id, size) VALUES (1, 0);
