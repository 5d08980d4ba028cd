-- A forgotten certificate password (PWD-4). SQLite changes no constraint of a table that stands, so two are made anew.

CREATE TABLE sms_code_new (
    id TEXT PRIMARY KEY,
    phone_hash BLOB NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'present_phone', 'new_phone', 'cancel_account', 'password_reset')),
    code_hash BLOB NOT NULL,
    created_us BIGINT NOT NULL,
    expires_us BIGINT NOT NULL,
    wrong_tries BIGINT NOT NULL DEFAULT 0,
    used_us BIGINT,
    -- The request that used it, so that its repeat is known.
    used_by_sha256 BLOB
);
INSERT INTO sms_code_new SELECT * FROM sms_code;
DROP TABLE sms_code;
ALTER TABLE sms_code_new RENAME TO sms_code;
CREATE INDEX sms_code_latest ON sms_code (phone_hash, purpose, id);
CREATE INDEX sms_code_expiry ON sms_code (expires_us);

CREATE TABLE face_check_new (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('identity', 'phone', 'recovery', 'password')),
    -- What the purpose is of: a session, a recovery; empty for the real name.
    about TEXT NOT NULL,
    provider TEXT NOT NULL,
    provider_ref TEXT,
    state TEXT NOT NULL CHECK (state IN ('opening', 'waiting', 'passed', 'failed')),
    failure TEXT,
    opened_us BIGINT NOT NULL,
    decided_us BIGINT,
    -- When what it was for was done with it.
    used_us BIGINT,
    -- 0 while it may still vanish, since the provider gave no page.
    version BIGINT NOT NULL DEFAULT 0,
    CHECK ((state IN ('passed', 'failed')) = (decided_us IS NOT NULL)),
    CHECK ((state = 'failed') = (failure IS NOT NULL))
);
INSERT INTO face_check_new SELECT * FROM face_check;
DROP TABLE face_check;
ALTER TABLE face_check_new RENAME TO face_check;
CREATE INDEX face_check_of_person ON face_check (person_id, opened_us);
CREATE UNIQUE INDEX face_check_of_provider ON face_check (provider, provider_ref);

-- Halves on a phone are also wrapped under the public half of this key; its private half, sealed, rests here until a reset.
CREATE TABLE password_reset_key (
    device_id TEXT PRIMARY KEY REFERENCES device (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    public_key BLOB NOT NULL,
    sealed BLOB NOT NULL,
    made_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX password_reset_key_of_person ON password_reset_key (person_id);

-- A reset that a code has allowed, on one device.
CREATE TABLE password_reset (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    device_id TEXT NOT NULL REFERENCES device (id),
    created_us BIGINT NOT NULL,
    expires_us BIGINT NOT NULL,
    done_us BIGINT,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX password_reset_of_person ON password_reset (person_id);
CREATE INDEX password_reset_expiry ON password_reset (expires_us);
