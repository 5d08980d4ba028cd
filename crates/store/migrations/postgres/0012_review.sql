-- What people hand in to be looked at, what operators decide, and the log of what operators do.

-- A photo or file. Its bytes are a sealed blob; only the digest of the sealed form stands here.
CREATE TABLE material (
    id TEXT PRIMARY KEY,
    -- Who handed it in, and may see it again.
    person_id TEXT NOT NULL REFERENCES person (id),
    media_type TEXT NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png', 'application/pdf')),
    sealed_sha256 BYTEA NOT NULL,
    bytes BIGINT NOT NULL,
    created_us BIGINT NOT NULL,
    -- Something relies on it; what nothing relies on is swept.
    kept_us BIGINT
);
CREATE INDEX material_of_person ON material (person_id, created_us);
CREATE INDEX material_stray ON material (created_us) WHERE kept_us IS NULL;

-- Something that operators decide, once.
CREATE TABLE review_case (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('person_face', 'person_document', 'unit_registration', 'unit_foreign', 'unit_deposit', 'unit_change', 'unit_takeover', 'person_recovery', 'unit_outsider')),
    state TEXT NOT NULL CHECK (state IN ('open', 'passed', 'refused', 'withdrawn')),
    -- Who opened it.
    person_id TEXT NOT NULL REFERENCES person (id),
    -- Which unit it is about, if there is one already.
    unit_id TEXT REFERENCES unit (id),
    -- What was typed: a JSON object of texts, ciphertext.
    facts BYTEA NOT NULL,
    opened_us BIGINT NOT NULL,
    decided_us BIGINT,
    -- The operator.
    decided_by TEXT,
    -- Why, ciphertext.
    reason BYTEA,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK ((state = 'open') = (decided_us IS NULL))
);
CREATE INDEX review_case_of_person ON review_case (person_id, kind, opened_us);
CREATE INDEX review_case_of_unit ON review_case (unit_id, kind, opened_us);
CREATE INDEX review_case_open ON review_case (opened_us) WHERE state = 'open';

CREATE TABLE case_material (
    case_id TEXT NOT NULL REFERENCES review_case (id),
    role TEXT NOT NULL,
    material_id TEXT NOT NULL REFERENCES material (id),
    PRIMARY KEY (case_id, role)
);

-- What operators did. Each row holds the digest of the one before it: what is left out or altered shows.
CREATE TABLE audit (
    seq BIGINT PRIMARY KEY,
    at_us BIGINT NOT NULL,
    -- An operator's id, or `console` for the command line.
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- Why and what, ciphertext.
    detail BYTEA NOT NULL,
    hash BYTEA NOT NULL
);
CREATE INDEX audit_of_actor ON audit (actor, seq);
CREATE INDEX audit_of_subject ON audit (subject, seq);

-- The end of the chain; whoever appends locks it.
CREATE TABLE audit_head (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL
);
INSERT INTO audit_head (one, seq, hash) VALUES (1, 0, decode(repeat('00', 32), 'hex'));
