-- Codes for more than signing in, devices that show themselves, changes of number and password, and accounts that end. SQLite changes no
-- constraint of a table that stands, so some are made anew.

CREATE TABLE sms_code_new (
    id TEXT PRIMARY KEY,
    phone_hash BLOB NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'present_phone', 'new_phone', 'cancel_account')),
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

CREATE TABLE session_new (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    device_id TEXT NOT NULL REFERENCES device (id),
    edition TEXT NOT NULL CHECK (edition IN ('standard', 'legal_representative')),
    created_us BIGINT NOT NULL,
    -- When it last got tokens.
    seen_us BIGINT NOT NULL,
    ended_us BIGINT,
    ended_why TEXT CHECK (ended_why IN ('signed_out', 'refresh_reused', 'operator', 'signed_in_again', 'ended_elsewhere', 'phone_changed', 'account_cancelled'))
);
INSERT INTO session_new SELECT id, person_id, device_id, edition, created_us,
    coalesce((SELECT max(issued_us) FROM refresh_token WHERE session_id = session.id), created_us), ended_us, ended_why FROM session;

CREATE TABLE access_token_new (
    hash BLOB PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session_new (id),
    expires_us BIGINT NOT NULL
);
INSERT INTO access_token_new SELECT * FROM access_token;

-- Used ones stay, so that their second use is seen.
CREATE TABLE refresh_token_new (
    hash BLOB PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session_new (id),
    issued_us BIGINT NOT NULL,
    rotated_us BIGINT
);
INSERT INTO refresh_token_new SELECT * FROM refresh_token;

DROP TABLE access_token;
DROP TABLE refresh_token;
DROP TABLE session;
ALTER TABLE session_new RENAME TO session;
ALTER TABLE access_token_new RENAME TO access_token;
ALTER TABLE refresh_token_new RENAME TO refresh_token;
CREATE INDEX session_of_person ON session (person_id) WHERE ended_us IS NULL;
CREATE INDEX access_token_of_session ON access_token (session_id);
CREATE INDEX access_token_expiry ON access_token (expires_us);
CREATE INDEX refresh_token_age ON refresh_token (issued_us);

-- A change of number that the present number has allowed; the new one confirms it.
CREATE TABLE phone_change (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    session_id TEXT NOT NULL REFERENCES session (id),
    created_us BIGINT NOT NULL,
    expires_us BIGINT NOT NULL,
    done_us BIGINT,
    -- The request that completed it, so that its repeat is known.
    done_by_sha256 BLOB,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX phone_change_of_person ON phone_change (person_id);

-- Accounts that are to end. One waits at most; what came of the others stays.
CREATE TABLE cancellation (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    asked_us BIGINT NOT NULL,
    due_us BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'withdrawn', 'done', 'blocked')),
    settled_us BIGINT,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX cancellation_waiting ON cancellation (person_id) WHERE state = 'waiting';
CREATE INDEX cancellation_of_person ON cancellation (person_id, asked_us);

-- An account that has ended keeps its row, which others point at, and nothing personal in it.
ALTER TABLE person ADD COLUMN cancelled_us BIGINT;

-- A change of password that has begun: the epoch that its key will have. Drawn anew with each beginning, so that what was
-- evaluated for another one is of no use.
ALTER TABLE password ADD COLUMN next_epoch BIGINT;
ALTER TABLE password ADD COLUMN next_oprf_salt BLOB;

-- What made the keys of former epochs. A device that was not there at the change opens its shares with it once more.
CREATE TABLE password_former (
    person_id TEXT NOT NULL REFERENCES person (id),
    epoch BIGINT NOT NULL,
    oprf_salt BLOB NOT NULL,
    PRIMARY KEY (person_id, epoch)
);
