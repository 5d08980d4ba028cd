-- A person's document may be of elsewhere. Photos are tied to the evidence that they gave.
ALTER TABLE person ADD COLUMN nationality TEXT;
ALTER TABLE person ADD COLUMN document_kind TEXT;
UPDATE person SET nationality = 'CN', document_kind = 'id_card' WHERE name IS NOT NULL;

-- Photos that evidence was found on.
CREATE TABLE evidence_material (
    evidence_id TEXT NOT NULL REFERENCES evidence (id),
    role TEXT NOT NULL,
    material_id TEXT NOT NULL REFERENCES material (id),
    PRIMARY KEY (evidence_id, role)
);

-- One visit to the camera page, written before the provider is asked.
CREATE TABLE face_check (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('identity', 'phone', 'recovery')),
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
CREATE INDEX face_check_of_person ON face_check (person_id, opened_us);
CREATE UNIQUE INDEX face_check_of_provider ON face_check (provider, provider_ref);

-- The recovery of an account by somebody who is not signed in. What was proven ties it to an account, and nothing else does.
CREATE TABLE recovery (
    id TEXT PRIMARY KEY,
    secret_hash BYTEA NOT NULL,
    -- The number that is to be left.
    phone_hash BYTEA NOT NULL,
    person_id TEXT REFERENCES person (id),
    state TEXT NOT NULL CHECK (state IN ('begun', 'proven', 'reviewing', 'allowed', 'refused', 'done')),
    case_id TEXT UNIQUE REFERENCES review_case (id),
    tries BIGINT NOT NULL DEFAULT 0,
    created_us BIGINT NOT NULL,
    expires_us BIGINT NOT NULL,
    -- The request that completed it, so that its repeat is known.
    done_by_sha256 BYTEA,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX recovery_of_person ON recovery (person_id);
CREATE INDEX recovery_expiry ON recovery (expires_us);

-- Photos of a recovery, until it is over or they become the material of a case.
CREATE TABLE recovery_photo (
    recovery_id TEXT NOT NULL REFERENCES recovery (id),
    role TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sealed_sha256 BYTEA NOT NULL,
    bytes BIGINT NOT NULL,
    PRIMARY KEY (recovery_id, role)
);
