-- Scan sessions of the kinds login and unseal. SQLite changes no constraint of a table that stands, so two are made anew.

CREATE TABLE scan_session_new (
  id              TEXT PRIMARY KEY,
  asker_id        TEXT NOT NULL REFERENCES asker (id),
  request_id      TEXT NOT NULL,
  request_hash    BLOB NOT NULL,
  -- Wrapped: the answer to create, for byte-equal repeats.
  request_answer  BLOB NOT NULL,
  code            TEXT NOT NULL UNIQUE,
  short_code      TEXT NOT NULL,
  secret_hash     BLOB NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('seal', 'login', 'unseal')),
  purpose         TEXT NOT NULL,
  platform_id     TEXT REFERENCES platform (id),
  -- Of a seal; the other kinds have their own word here and no marks.
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
  -- The seal that the asker's person has picked beforehand.
  asked_seal_id   TEXT REFERENCES seal (id),
  -- As which unit a person signs in; the person themselves without one.
  unit_id         TEXT REFERENCES unit (id),
  -- Of an un-seal: the signature's field, digest of its CMS, digest of the certificate that made it.
  unseal_field               TEXT,
  unseal_signature_sha256    BLOB,
  unseal_certificate_sha256  BLOB,
  UNIQUE (asker_id, request_id)
);
INSERT INTO scan_session_new SELECT *, NULL, NULL, NULL, NULL, NULL FROM scan_session;

CREATE TABLE operation_new (
  id                 TEXT PRIMARY KEY,
  session_id         TEXT NOT NULL UNIQUE REFERENCES scan_session_new (id),
  person_id          TEXT NOT NULL,
  unit_id            TEXT,
  -- A login uses no certificate.
  holding_id         TEXT,
  kind               TEXT NOT NULL,
  seal_id            TEXT,
  certificate_serial TEXT,
  -- Wrapped: the JCS bytes of the record whose salted hash is the log leaf.
  record             BLOB NOT NULL,
  salt               BLOB NOT NULL,
  leaf_index         BIGINT NOT NULL UNIQUE,
  at_us                 BIGINT NOT NULL
);
INSERT INTO operation_new SELECT * FROM operation;

DROP TABLE operation;
DROP TABLE scan_session;
ALTER TABLE scan_session_new RENAME TO scan_session;
ALTER TABLE operation_new RENAME TO operation;
CREATE INDEX scan_session_short_code ON scan_session (short_code, state);
CREATE INDEX scan_session_certificate ON scan_session (certificate_id, state);
CREATE INDEX scan_session_expiry ON scan_session (state, expires_at_us);
CREATE INDEX operation_person ON operation (person_id, at_us);
CREATE INDEX operation_seal ON operation (seal_id, at_us);

-- Who signed the tool in by a login scan, and until when; `unit_id` says as whom.
ALTER TABLE asker ADD COLUMN signed_in_person_id TEXT REFERENCES person (id);
ALTER TABLE asker ADD COLUMN signed_in_until_us BIGINT;
