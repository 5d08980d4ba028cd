-- Units from elsewhere, units whose legal representative has no account, the papers of a registration, and the
-- micro-deposit.

-- SQLite changes no constraint of a table that stands. The rows go aside and come back under a table of the same name, so
-- that whatever refers to them still does when the transaction ends.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE unit_aside AS SELECT * FROM unit;
DROP TABLE unit;
CREATE TABLE unit (
    id TEXT PRIMARY KEY,
    -- None elsewhere, where country and registration number name a unit.
    uscc TEXT UNIQUE,
    name TEXT NOT NULL,
    unit_code TEXT NOT NULL UNIQUE,
    legal_representative_id TEXT REFERENCES person (id),
    -- As registered; ciphertext.
    legal_representative_name BLOB NOT NULL,
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    country TEXT NOT NULL DEFAULT 'CN',
    registration_number TEXT,
    -- The number without the marks between, by which it is compared and found.
    registration_key TEXT,
    -- Of a legal representative who has no account yet: the keyed hash of their document's number.
    legal_representative_hash BLOB,
    CHECK ((country = 'CN') = (uscc IS NOT NULL)),
    CHECK ((country = 'CN') = (registration_key IS NULL))
);
INSERT INTO unit (id, uscc, name, unit_code, legal_representative_id, legal_representative_name, created_us, version)
    SELECT id, uscc, name, unit_code, legal_representative_id, legal_representative_name, created_us, version FROM unit_aside;
DROP TABLE unit_aside;
CREATE INDEX unit_name ON unit (name);
CREATE UNIQUE INDEX unit_elsewhere ON unit (country, registration_key) WHERE registration_key IS NOT NULL;
CREATE INDEX unit_registration ON unit (registration_key) WHERE registration_key IS NOT NULL;

-- A paper of a registration that was read, or was to be. Failed ones count (an operator may look after some), so they
-- stay when the photo is forgotten.
CREATE TABLE paper (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    role TEXT NOT NULL,
    material_id TEXT REFERENCES material (id) ON DELETE SET NULL,
    result TEXT NOT NULL CHECK (result IN ('pending', 'read', 'failed')),
    -- What it says: a JSON object of texts, ciphertext.
    fields BLOB,
    at_us BIGINT NOT NULL
);
CREATE INDEX paper_of_person ON paper (person_id, at_us);
CREATE INDEX paper_of_material ON paper (material_id);

-- A small transfer to a unit's account, whose amount the unit types back.
CREATE TABLE deposit (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    -- Who asked for it.
    person_id TEXT NOT NULL REFERENCES person (id),
    provider TEXT NOT NULL,
    -- The provider's own number; none until it has answered.
    provider_ref TEXT UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('asking', 'waiting', 'arrived', 'passed', 'failed', 'expired', 'returned', 'refused')),
    branch_code TEXT NOT NULL,
    branch_name TEXT NOT NULL,
    -- The account's number: ciphertext, and a keyed hash by which requests to it are counted.
    account BLOB NOT NULL,
    account_hash BLOB NOT NULL,
    asked_us BIGINT NOT NULL,
    arrived_us BIGINT,
    -- Amounts entered, with one that is being compared since `entering_us`.
    entries BIGINT NOT NULL DEFAULT 0 CHECK (entries BETWEEN 0 AND 3),
    entering_us BIGINT,
    -- Why it came back or was refused, as the bank says it; ciphertext.
    why BLOB,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX deposit_of_unit ON deposit (unit_id, asked_us);
CREATE INDEX deposit_of_account ON deposit (account_hash, asked_us);
-- At most one is open.
CREATE UNIQUE INDEX deposit_open ON deposit (unit_id) WHERE state IN ('asking', 'waiting', 'arrived');
