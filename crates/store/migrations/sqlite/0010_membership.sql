-- Members come and go: who left and joined again has a row for each time. SQLite changes no constraint of a table that
-- stands, so it is made anew.
CREATE TABLE membership_new (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN ('administrator', 'member')),
    -- The legal representative is administrator by right.
    by_right BIGINT NOT NULL CHECK (by_right IN (0, 1)),
    joined_us BIGINT NOT NULL,
    ended_us BIGINT,
    version BIGINT NOT NULL DEFAULT 1,
    ended_why TEXT CHECK (ended_why IN ('left', 'removed')),
    CHECK ((ended_us IS NULL) = (ended_why IS NULL)),
    CHECK (by_right = 0 OR role = 'administrator')
);
INSERT INTO membership_new SELECT *, CASE WHEN ended_us IS NULL THEN NULL ELSE 'left' END FROM membership;
DROP TABLE membership;
ALTER TABLE membership_new RENAME TO membership;
CREATE UNIQUE INDEX membership_living ON membership (unit_id, person_id) WHERE ended_us IS NULL;
CREATE INDEX membership_of_unit ON membership (unit_id);
CREATE INDEX membership_of_person ON membership (person_id);

-- What somebody asks of a unit's administrators.
CREATE TABLE application (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL CHECK (kind IN ('join', 'removal')),
    applicant_id TEXT NOT NULL REFERENCES person (id),
    -- Who is to come in, or to go.
    subject_id TEXT NOT NULL REFERENCES person (id),
    -- Ciphertext, both reasons: people write about people.
    reason BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'passed', 'refused', 'lapsed')),
    created_us BIGINT NOT NULL,
    decided_us BIGINT,
    decided_by TEXT REFERENCES person (id),
    decision_reason BLOB,
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
    phone_hash BLOB NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    created_us BIGINT NOT NULL,
    expires_us BIGINT NOT NULL,
    used_us BIGINT
);
CREATE INDEX invitation_expiry ON invitation (expires_us);

CREATE INDEX unit_name ON unit (name);
