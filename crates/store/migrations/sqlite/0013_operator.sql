-- The people behind the app, how they sign in, and which case each of them has at hand.

CREATE TABLE operator (
    id TEXT PRIMARY KEY,
    -- By which an operator signs in and is known to the others; the name itself is ciphertext.
    name_hash BLOB NOT NULL UNIQUE,
    name BLOB NOT NULL,
    -- Words of domain::operator::OperatorRole with commas between.
    roles TEXT NOT NULL,
    -- An Argon2id hash in PHC form, ciphertext.
    password BLOB NOT NULL,
    -- Somebody else has made the password: it is to be changed at the next sign-in.
    password_due BIGINT NOT NULL CHECK (password_due IN (0, 1)),
    -- The secret of the one-time codes, ciphertext, once the operator has enrolled.
    totp BLOB,
    -- The step of the newest code that was used: no code serves twice.
    totp_step BIGINT NOT NULL DEFAULT 0,
    locked BIGINT NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)),
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

-- Tries of passwords and codes, also of names that nobody has, so that these look the same.
CREATE TABLE operator_try (
    key BLOB PRIMARY KEY,
    tries BIGINT NOT NULL,
    until_us BIGINT NOT NULL
);
CREATE INDEX operator_try_until ON operator_try (until_us);

-- A sign-in that has its password and waits for the rest.
CREATE TABLE operator_ticket (
    hash BLOB PRIMARY KEY,
    operator_id TEXT NOT NULL REFERENCES operator (id),
    -- The secret that is being enrolled, ciphertext.
    totp BLOB,
    expires_us BIGINT NOT NULL
);
CREATE INDEX operator_ticket_expires ON operator_ticket (expires_us);

CREATE TABLE operator_session (
    id TEXT PRIMARY KEY,
    operator_id TEXT NOT NULL REFERENCES operator (id),
    created_us BIGINT NOT NULL,
    -- SHA-256 of the refresh token, and of the one before it: whoever comes with that one again is a thief or was robbed.
    refresh_hash BLOB NOT NULL UNIQUE,
    refresh_us BIGINT NOT NULL,
    former_hash BLOB UNIQUE,
    ended_us BIGINT,
    ended_why TEXT
);
CREATE INDEX operator_session_live ON operator_session (operator_id) WHERE ended_us IS NULL;

CREATE TABLE operator_access (
    hash BLOB PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES operator_session (id),
    expires_us BIGINT NOT NULL
);
CREATE INDEX operator_access_session ON operator_access (session_id);
CREATE INDEX operator_access_expires ON operator_access (expires_us);

-- Who has a case at hand, as the others are shown it.
ALTER TABLE review_case ADD COLUMN held_by TEXT;
ALTER TABLE review_case ADD COLUMN held_until_us BIGINT;
CREATE INDEX review_case_by_state ON review_case (state, opened_us, id);

-- For whom a case is open in clear, and until when.
CREATE TABLE case_opening (
    case_id TEXT NOT NULL REFERENCES review_case (id),
    operator_id TEXT NOT NULL,
    until_us BIGINT NOT NULL,
    PRIMARY KEY (case_id, operator_id)
);
