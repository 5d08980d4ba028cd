-- Scan sessions of the kinds login and unseal.

ALTER TABLE scan_session DROP CONSTRAINT scan_session_kind_check;
ALTER TABLE scan_session ADD CONSTRAINT scan_session_kind_check CHECK (kind IN ('seal', 'login', 'unseal'));
-- The seal that the asker's person has picked beforehand.
ALTER TABLE scan_session ADD COLUMN asked_seal_id TEXT REFERENCES seal (id);
-- As which unit a person signs in; the person themselves without one.
ALTER TABLE scan_session ADD COLUMN unit_id TEXT REFERENCES unit (id);
-- Of an un-seal: the signature's field, digest of its CMS, digest of the certificate that made it.
ALTER TABLE scan_session ADD COLUMN unseal_field TEXT;
ALTER TABLE scan_session ADD COLUMN unseal_signature_sha256 BYTEA;
ALTER TABLE scan_session ADD COLUMN unseal_certificate_sha256 BYTEA;

-- A login uses no certificate.
ALTER TABLE operation ALTER COLUMN holding_id DROP NOT NULL;
ALTER TABLE operation ALTER COLUMN certificate_serial DROP NOT NULL;

-- Who signed the tool in by a login scan, and until when; `unit_id` says as whom.
ALTER TABLE asker ADD COLUMN signed_in_person_id TEXT REFERENCES person (id);
ALTER TABLE asker ADD COLUMN signed_in_until_us BIGINT;
