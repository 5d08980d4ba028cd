-- Members ask for certificates and seals (CERT-9, SEAL-6).
ALTER TABLE application ADD COLUMN product_id TEXT REFERENCES product (id);
ALTER TABLE application ADD COLUMN seal_id TEXT REFERENCES seal (id);
ALTER TABLE application ADD COLUMN until_us BIGINT;
ALTER TABLE application DROP CONSTRAINT application_kind_check;
ALTER TABLE application ADD CHECK (kind IN ('join', 'removal', 'certificate', 'seal'));
ALTER TABLE application ADD CHECK ((kind = 'certificate') = (product_id IS NOT NULL));
ALTER TABLE application ADD CHECK ((kind = 'seal') = (seal_id IS NOT NULL));
ALTER TABLE application ADD CHECK ((kind = 'seal') = (until_us IS NOT NULL));
DROP INDEX application_pending;
-- The same is asked once at a time.
CREATE UNIQUE INDEX application_pending ON application (unit_id, kind, subject_id, coalesce(product_id, seal_id, '')) WHERE state = 'pending';
