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
    facts BYTEA NOT NULL,
    changed_by TEXT NOT NULL REFERENCES person (id),
    changed_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
