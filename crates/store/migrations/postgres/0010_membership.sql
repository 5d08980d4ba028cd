-- Members come and go: who left and joined again has a row for each time.
ALTER TABLE membership DROP CONSTRAINT membership_unit_id_person_id_key;
ALTER TABLE membership ADD COLUMN ended_why TEXT CHECK (ended_why IN ('left', 'removed'));
UPDATE membership SET ended_why = 'left' WHERE ended_us IS NOT NULL;
ALTER TABLE membership ADD CHECK ((ended_us IS NULL) = (ended_why IS NULL));
ALTER TABLE membership ADD CHECK (by_right = 0 OR role = 'administrator');
CREATE UNIQUE INDEX membership_living ON membership (unit_id, person_id) WHERE ended_us IS NULL;
CREATE INDEX membership_of_unit ON membership (unit_id);

-- What somebody asks of a unit's administrators.
CREATE TABLE application (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL CHECK (kind IN ('join', 'removal')),
    applicant_id TEXT NOT NULL REFERENCES person (id),
    -- Who is to come in, or to go.
    subject_id TEXT NOT NULL REFERENCES person (id),
    -- Ciphertext, both reasons: people write about people.
    reason BYTEA NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'passed', 'refused', 'lapsed')),
    created_us BIGINT NOT NULL,
    decided_us BIGINT,
    decided_by TEXT REFERENCES person (id),
    decision_reason BYTEA,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK ((state = 'pending') = (decided_us IS NULL))
);
-- The same is asked once at a time.
CREATE UNIQUE INDEX application_pending ON application (unit_id, kind, subject_id) WHERE state = 'pending';
CREATE INDEX application_of_unit ON application (unit_id);
CREATE INDEX application_of_applicant ON application (applicant_id);

-- An invitation by text message. Number and link are kept as keyed hashes.
CREATE TABLE invitation (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    invited_by TEXT NOT NULL REFERENCES person (id),
    phone_hash BYTEA NOT NULL,
    token_hash BYTEA NOT NULL UNIQUE,
    created_us BIGINT NOT NULL,
    expires_us BIGINT NOT NULL,
    used_us BIGINT
);
CREATE INDEX invitation_expiry ON invitation (expires_us);

-- For names that begin in a certain way, whatever the database's collation.
CREATE INDEX unit_name ON unit (name text_pattern_ops);
