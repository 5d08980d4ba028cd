-- The way by which a certificate comes to a device (CERT-13): only a reissue counts.

ALTER TABLE install ADD COLUMN way TEXT NOT NULL DEFAULT 'install' CHECK (way IN ('install', 'reissue'));
