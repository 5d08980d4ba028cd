-- What operators write for everybody to read, and what phones tell of their faults.
CREATE TABLE content (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('question', 'contact', 'agreement', 'release')),
    -- Category, way of contact, which agreement, or the version's number.
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    -- Smaller comes first.
    position BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
    created_us BIGINT NOT NULL,
    published_us BIGINT,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK ((state = 'draft') = (published_us IS NULL))
);
CREATE INDEX content_of_kind ON content (kind, state, position, id);

-- Lines without personal data, ciphertext all the same: what a program wrote may hold what nobody thought of.
CREATE TABLE fault_log (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    app_version TEXT NOT NULL,
    lines BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    created_us BIGINT NOT NULL
);
CREATE INDEX fault_log_age ON fault_log (created_us, id);
