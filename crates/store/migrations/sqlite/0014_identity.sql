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
