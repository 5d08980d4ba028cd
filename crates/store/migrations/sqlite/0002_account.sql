-- People. Number, name and document are kept as ciphertext, and as a keyed hash where one searches.
CREATE TABLE person (
    id TEXT PRIMARY KEY,
    phone_hash BLOB NOT NULL UNIQUE,
    phone BLOB NOT NULL,
    name BLOB,
    id_number BLOB,
    -- One document, one account.
    id_number_hash BLOB UNIQUE,
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK ((name IS NULL) = (id_number IS NULL) AND (name IS NULL) = (id_number_hash IS NULL))
);

-- One person in one browser profile.
CREATE TABLE device (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    -- P-256, SEC1 uncompressed.
    public_key BLOB NOT NULL,
    name TEXT NOT NULL,
    -- The highest counter seen in a statement of this device.
    counter BIGINT NOT NULL DEFAULT 0,
    created_us BIGINT NOT NULL,
    seen_us BIGINT NOT NULL,
    UNIQUE (person_id, public_key)
);

CREATE TABLE session (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    device_id TEXT NOT NULL REFERENCES device (id),
    edition TEXT NOT NULL CHECK (edition IN ('standard', 'legal_representative')),
    created_us BIGINT NOT NULL,
    ended_us BIGINT,
    ended_why TEXT CHECK (ended_why IN ('signed_out', 'refresh_reused', 'operator'))
);
CREATE INDEX session_of_person ON session (person_id) WHERE ended_us IS NULL;

-- Tokens are kept as SHA-256 only.
CREATE TABLE access_token (
    hash BLOB PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session (id),
    expires_us BIGINT NOT NULL
);
CREATE INDEX access_token_of_session ON access_token (session_id);

-- Used ones stay, so that their second use is seen.
CREATE TABLE refresh_token (
    hash BLOB PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session (id),
    issued_us BIGINT NOT NULL,
    rotated_us BIGINT
);

-- The latest code of a number for a purpose decides; it is kept as a keyed hash.
CREATE TABLE sms_code (
    id TEXT PRIMARY KEY,
    phone_hash BLOB NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('sign_in')),
    code_hash BLOB NOT NULL,
    created_us BIGINT NOT NULL,
    expires_us BIGINT NOT NULL,
    wrong_tries BIGINT NOT NULL DEFAULT 0,
    used_us BIGINT,
    -- The request that used it, so that its repeat is known.
    used_by_sha256 BLOB
);
CREATE INDEX sms_code_latest ON sms_code (phone_hash, purpose, id);

-- How often a number was sent something.
CREATE TABLE sms_allowance (
    phone_hash BLOB PRIMARY KEY,
    last_us BIGINT NOT NULL,
    that_day BIGINT NOT NULL
);

CREATE TABLE unit (
    id TEXT PRIMARY KEY,
    uscc TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    unit_code TEXT NOT NULL UNIQUE,
    legal_representative_id TEXT NOT NULL REFERENCES person (id),
    -- As registered; ciphertext.
    legal_representative_name BLOB NOT NULL,
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE membership (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN ('administrator', 'member')),
    -- The legal representative is administrator by right.
    by_right BIGINT NOT NULL CHECK (by_right IN (0, 1)),
    joined_us BIGINT NOT NULL,
    ended_us BIGINT,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (unit_id, person_id)
);
CREATE INDEX membership_of_person ON membership (person_id);

-- What was checked about whom, and what came of it. Verified and certified are what a policy says of these rows.
CREATE TABLE evidence (
    id TEXT PRIMARY KEY,
    -- Whose evidence it is; of a failed check of a unit that does not exist yet, the person who tried.
    person_id TEXT REFERENCES person (id),
    unit_id TEXT REFERENCES unit (id),
    kind TEXT NOT NULL CHECK (kind IN ('identity_two_factor', 'id_card', 'face', 'operator', 'register_match', 'licence', 'deposit')),
    provider TEXT NOT NULL,
    -- A pending check counts as a failed one until its answer is in.
    result TEXT NOT NULL CHECK (result IN ('pending', 'passed', 'failed')),
    at_us BIGINT NOT NULL,
    -- What was checked; ciphertext.
    material BLOB,
    CHECK ((person_id IS NULL) <> (unit_id IS NULL))
);
CREATE INDEX evidence_of_person ON evidence (person_id, kind, at_us);
CREATE INDEX evidence_of_unit ON evidence (unit_id, kind, at_us);

-- One certificate password a person; the server never has it.
CREATE TABLE password (
    person_id TEXT PRIMARY KEY REFERENCES person (id),
    epoch BIGINT NOT NULL,
    -- With the seed outside the database it makes the person's OPRF key of this epoch; without the seed it is noise.
    oprf_salt BLOB NOT NULL,
    -- Null until it is set.
    proof_public_key BLOB,
    memory_kib BIGINT NOT NULL,
    iterations BIGINT NOT NULL,
    parallelism BIGINT NOT NULL,
    attempts_made BIGINT NOT NULL DEFAULT 0,
    lock_level BIGINT NOT NULL DEFAULT 0,
    locked_until_us BIGINT,
    set_us BIGINT,
    version BIGINT NOT NULL DEFAULT 1
);
