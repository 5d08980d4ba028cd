-- Continuous runs (SCAN-6): one unlock on the phone serves code after code of one asker.

CREATE TABLE scan_run (
  id            TEXT PRIMARY KEY,
  asker_id      TEXT NOT NULL REFERENCES asker (id),
  person_id     TEXT NOT NULL REFERENCES person (id),
  device_id     TEXT NOT NULL REFERENCES device (id),
  holding_id    TEXT NOT NULL REFERENCES holding (id),
  -- The session that it began in: its number was typed, so it goes on when the run is over.
  session_id    TEXT NOT NULL REFERENCES scan_session (id),
  -- How many were signed.
  codes         BIGINT NOT NULL DEFAULT 0,
  begun_at_us   BIGINT NOT NULL,
  -- When a code was last taken into it or signed in it.
  used_at_us    BIGINT NOT NULL,
  ended_at_us   BIGINT,
  version       BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX scan_run_asker ON scan_run (asker_id) WHERE ended_at_us IS NULL;

-- The asker would like a run; and the run that the session belongs to.
ALTER TABLE scan_session ADD COLUMN continuous BIGINT NOT NULL DEFAULT 0 CHECK (continuous IN (0, 1));
ALTER TABLE scan_session ADD COLUMN run_id TEXT REFERENCES scan_run (id);
CREATE INDEX scan_session_run ON scan_session (run_id) WHERE run_id IS NOT NULL;
