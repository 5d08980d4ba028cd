-- Members ask for certificates and seals (CERT-9, SEAL-6). SQLite changes no constraint of a table that stands, so it is
-- made anew.
CREATE TABLE application_new (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL CHECK (kind IN ('join', 'removal', 'certificate', 'seal')),
    applicant_id TEXT NOT NULL REFERENCES person (id),
    -- Who is to come in, to go, or to have what is asked for.
    subject_id TEXT NOT NULL REFERENCES person (id),
    product_id TEXT REFERENCES product (id),
    seal_id TEXT REFERENCES seal (id),
    until_us BIGINT,
    -- Ciphertext, both reasons: people write about people.
    reason BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'passed', 'refused', 'lapsed')),
    created_us BIGINT NOT NULL,
    decided_us BIGINT,
    decided_by TEXT REFERENCES person (id),
    decision_reason BLOB,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK ((state = 'pending') = (decided_us IS NULL)),
    CHECK ((kind = 'certificate') = (product_id IS NOT NULL)),
    CHECK ((kind = 'seal') = (seal_id IS NOT NULL)),
    CHECK ((kind = 'seal') = (until_us IS NOT NULL))
);
INSERT INTO application_new (id, unit_id, kind, applicant_id, subject_id, reason, state, created_us, decided_us, decided_by, decision_reason, version)
    SELECT id, unit_id, kind, applicant_id, subject_id, reason, state, created_us, decided_us, decided_by, decision_reason, version FROM application;
DROP TABLE application;
ALTER TABLE application_new RENAME TO application;
CREATE INDEX application_of_unit ON application (unit_id);
CREATE INDEX application_of_applicant ON application (applicant_id);
-- The same is asked once at a time.
CREATE UNIQUE INDEX application_pending ON application (unit_id, kind, subject_id, coalesce(product_id, seal_id, '')) WHERE state = 'pending';
