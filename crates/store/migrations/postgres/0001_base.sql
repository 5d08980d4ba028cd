-- Settings fixed at first start or changed by operators.
CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

-- Limits that hold over restarts and nodes: hits in a window that begins with the first of them.
CREATE TABLE counter (
    key TEXT PRIMARY KEY,
    window_start_us BIGINT NOT NULL,
    count BIGINT NOT NULL CHECK (count >= 0)
);

-- Work to do, written in the transaction that caused it.
CREATE TABLE job (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    -- At most one open job has this key.
    unique_key TEXT UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('ready', 'running', 'done', 'dead')),
    run_at_us BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    attempts_max BIGINT NOT NULL,
    -- While running: after this moment another worker may take it over.
    lease_until_us BIGINT,
    last_error TEXT,
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX job_due ON job (run_at_us) WHERE state IN ('ready', 'running');

-- Answers of creating posts, kept for repeats with the same Idempotency-Key.
CREATE TABLE idempotency (
    owner TEXT NOT NULL,
    route TEXT NOT NULL,
    key TEXT NOT NULL,
    body_sha256 BYTEA NOT NULL,
    -- Changes when a later request takes over from one that never came to an end.
    ticket TEXT NOT NULL,
    lease_until_us BIGINT NOT NULL,
    -- Both null until the work is done.
    status BIGINT,
    answer BYTEA,
    created_us BIGINT NOT NULL,
    PRIMARY KEY (owner, route, key)
);
CREATE INDEX idempotency_age ON idempotency (created_us);
