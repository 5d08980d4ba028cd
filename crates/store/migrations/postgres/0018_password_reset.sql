-- A forgotten certificate password (PWD-4).

ALTER TABLE sms_code DROP CONSTRAINT sms_code_purpose_check;
ALTER TABLE sms_code ADD CONSTRAINT sms_code_purpose_check CHECK (purpose IN ('sign_in', 'present_phone', 'new_phone', 'cancel_account', 'password_reset'));

ALTER TABLE face_check DROP CONSTRAINT face_check_purpose_check;
ALTER TABLE face_check ADD CONSTRAINT face_check_purpose_check CHECK (purpose IN ('identity', 'phone', 'recovery', 'password'));

-- Halves on a phone are also wrapped under the public half of this key; its private half, sealed, rests here until a reset.
CREATE TABLE password_reset_key (
    device_id TEXT PRIMARY KEY REFERENCES device (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    public_key BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    made_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX password_reset_key_of_person ON password_reset_key (person_id);

-- A reset that a code has allowed, on one device.
CREATE TABLE password_reset (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    device_id TEXT NOT NULL REFERENCES device (id),
    created_us BIGINT NOT NULL,
    expires_us BIGINT NOT NULL,
    done_us BIGINT,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX password_reset_of_person ON password_reset (person_id);
CREATE INDEX password_reset_expiry ON password_reset (expires_us);
