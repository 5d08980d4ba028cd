-- Codes for more than signing in, devices that show themselves, changes of number and password, and accounts that end.

ALTER TABLE sms_code DROP CONSTRAINT sms_code_purpose_check;
ALTER TABLE sms_code ADD CONSTRAINT sms_code_purpose_check CHECK (purpose IN ('sign_in', 'present_phone', 'new_phone', 'cancel_account'));

-- When it last got tokens.
ALTER TABLE session ADD COLUMN seen_us BIGINT;
UPDATE session SET seen_us = coalesce((SELECT max(issued_us) FROM refresh_token WHERE session_id = session.id), created_us);
ALTER TABLE session ALTER COLUMN seen_us SET NOT NULL;
ALTER TABLE session DROP CONSTRAINT session_ended_why_check;
ALTER TABLE session ADD CONSTRAINT session_ended_why_check CHECK (ended_why IN ('signed_out', 'refresh_reused', 'operator', 'signed_in_again', 'ended_elsewhere', 'phone_changed', 'account_cancelled'));

-- A change of number that the present number has allowed; the new one confirms it.
CREATE TABLE phone_change (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    session_id TEXT NOT NULL REFERENCES session (id),
    created_us BIGINT NOT NULL,
    expires_us BIGINT NOT NULL,
    done_us BIGINT,
    -- The request that completed it, so that its repeat is known.
    done_by_sha256 BYTEA,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX phone_change_of_person ON phone_change (person_id);

-- Accounts that are to end. One waits at most; what came of the others stays.
CREATE TABLE cancellation (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    asked_us BIGINT NOT NULL,
    due_us BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'withdrawn', 'done', 'blocked')),
    settled_us BIGINT,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX cancellation_waiting ON cancellation (person_id) WHERE state = 'waiting';
CREATE INDEX cancellation_of_person ON cancellation (person_id, asked_us);

-- An account that has ended keeps its row, which others point at, and nothing personal in it.
ALTER TABLE person ADD COLUMN cancelled_us BIGINT;

-- A change of password that has begun: the epoch that its key will have. Drawn anew with each beginning, so that what was
-- evaluated for another one is of no use.
ALTER TABLE password ADD COLUMN next_epoch BIGINT;
ALTER TABLE password ADD COLUMN next_oprf_salt BYTEA;

-- What made the keys of former epochs. A device that was not there at the change opens its shares with it once more.
CREATE TABLE password_former (
    person_id TEXT NOT NULL REFERENCES person (id),
    epoch BIGINT NOT NULL,
    oprf_salt BYTEA NOT NULL,
    PRIMARY KEY (person_id, epoch)
);
