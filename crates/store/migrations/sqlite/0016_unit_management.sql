-- What is kept of a unit beside its registration.

-- Which material stands for a unit in which role, now and formerly.
CREATE TABLE unit_material (
    unit_id TEXT NOT NULL REFERENCES unit (id),
    role TEXT NOT NULL,
    -- The material of one role in turn, from 1.
    turn BIGINT NOT NULL,
    material_id TEXT NOT NULL REFERENCES material (id),
    since_us BIGINT NOT NULL,
    until_us BIGINT,
    PRIMARY KEY (unit_id, role, turn)
);
CREATE UNIQUE INDEX unit_material_current ON unit_material (unit_id, role) WHERE until_us IS NULL;

-- Tax and bank facts.
CREATE TABLE unit_profile (
    unit_id TEXT PRIMARY KEY REFERENCES unit (id),
    -- A JSON object of texts, ciphertext.
    facts BLOB NOT NULL,
    changed_by TEXT NOT NULL REFERENCES person (id),
    changed_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

-- What the legal representative permits the unit's administrators. It serves while this person is the legal representative.
CREATE TABLE unit_permission (
    unit_id TEXT PRIMARY KEY REFERENCES unit (id),
    -- Who said so.
    person_id TEXT NOT NULL REFERENCES person (id),
    -- Making and granting the legal representative's seal.
    representative_seal BIGINT NOT NULL CHECK (representative_seal IN (0, 1)),
    changed_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

-- A unit's facts as they were before a change.
CREATE TABLE unit_former (
    unit_id TEXT NOT NULL REFERENCES unit (id),
    -- The changes in turn, from 1.
    turn BIGINT NOT NULL,
    name TEXT NOT NULL,
    -- Ciphertext.
    legal_representative_name BLOB NOT NULL,
    -- The change named another legal representative, or the same one anew.
    representative_named BIGINT NOT NULL CHECK (representative_named IN (0, 1)),
    until_us BIGINT NOT NULL,
    PRIMARY KEY (unit_id, turn)
);

-- Papers of a change that could not be read, or said something else: after one an operator may look instead.
CREATE TABLE unit_change_failure (
    unit_id TEXT NOT NULL REFERENCES unit (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    at_us BIGINT NOT NULL
);
CREATE INDEX unit_change_failure_of_unit ON unit_change_failure (unit_id, at_us);
