-- The catalogue.
CREATE TABLE product (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    brand TEXT NOT NULL,
    algorithm TEXT NOT NULL CHECK (algorithm IN ('rsa', 'sm2')),
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE alliance (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE platform (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    -- Words separated by spaces.
    modes TEXT NOT NULL,
    interconnect BIGINT NOT NULL CHECK (interconnect IN (0, 1)),
    legal_representative_seal BIGINT NOT NULL CHECK (legal_representative_seal IN (0, 1)),
    login_needs_certificate BIGINT NOT NULL CHECK (login_needs_certificate IN (0, 1)),
    alliance_id TEXT REFERENCES alliance (id),
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX platform_alliance ON platform (alliance_id);

CREATE TABLE platform_product (
    platform_id TEXT NOT NULL REFERENCES platform (id),
    product_id TEXT NOT NULL REFERENCES product (id),
    PRIMARY KEY (platform_id, product_id)
);

CREATE TABLE price (
    platform_id TEXT NOT NULL,
    product_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('platform', 'interconnect')),
    term_years BIGINT NOT NULL CHECK (term_years BETWEEN 1 AND 10),
    price_fen BIGINT NOT NULL CHECK (price_fen > 0),
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (platform_id, product_id, kind, term_years),
    FOREIGN KEY (platform_id, product_id) REFERENCES platform_product (platform_id, product_id)
);

-- What a person has.
CREATE TABLE holding (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    -- Null: the person's own certificate.
    unit_id TEXT REFERENCES unit (id),
    product_id TEXT NOT NULL REFERENCES product (id),
    free_left BIGINT NOT NULL CHECK (free_left >= 0),
    packs_left BIGINT NOT NULL CHECK (packs_left >= 0),
    suspended_us BIGINT,
    -- Ended for good by leaving or removal; joining again makes another holding.
    ended_us BIGINT,
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX holding_one ON holding (person_id, coalesce(unit_id, ''), product_id) WHERE ended_us IS NULL;
CREATE INDEX holding_unit ON holding (unit_id);

CREATE TABLE entitlement (
    id TEXT PRIMARY KEY,
    holding_id TEXT NOT NULL REFERENCES holding (id),
    -- A platform's id, `interconnect` or `document_sealing`.
    scope TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('platform', 'interconnect')),
    from_us BIGINT NOT NULL,
    until_us BIGINT NOT NULL CHECK (until_us > from_us),
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX entitlement_holding ON entitlement (holding_id, scope, until_us);

CREATE TABLE certificate_grant (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    product_id TEXT NOT NULL REFERENCES product (id),
    granted_by TEXT NOT NULL REFERENCES person (id),
    granted_us BIGINT NOT NULL,
    recalled_us BIGINT,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX certificate_grant_one ON certificate_grant (unit_id, person_id, product_id) WHERE recalled_us IS NULL;

-- What a unit bought and nobody installed.
CREATE TABLE balance (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    product_id TEXT NOT NULL REFERENCES product (id),
    kind TEXT NOT NULL CHECK (kind IN ('platform', 'interconnect')),
    platform_id TEXT NOT NULL REFERENCES platform (id),
    term_years BIGINT NOT NULL,
    buyer_id TEXT NOT NULL REFERENCES person (id),
    -- How many are left; `left` itself is a word of SQL.
    left_count BIGINT NOT NULL CHECK (left_count >= 0),
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (unit_id, product_id, kind, platform_id, term_years, buyer_id)
);

-- Orders; the plural because `order` is a word of SQL.
CREATE TABLE orders (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    device_id TEXT NOT NULL REFERENCES device (id),
    unit_id TEXT REFERENCES unit (id),
    platform_id TEXT NOT NULL REFERENCES platform (id),
    product_id TEXT NOT NULL REFERENCES product (id),
    kind TEXT NOT NULL CHECK (kind IN ('platform', 'interconnect')),
    term_years BIGINT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    install_here BIGINT NOT NULL CHECK (install_here IN (0, 1)),
    payment_method TEXT NOT NULL CHECK (payment_method IN ('wechat_pay', 'alipay')),
    amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
    state TEXT NOT NULL CHECK (state IN ('unpaid', 'paid', 'closed', 'refunded')),
    close_at_us BIGINT NOT NULL,
    paid_us BIGINT,
    holding_id TEXT REFERENCES holding (id),
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX orders_person ON orders (person_id, created_us);

CREATE TABLE payment (
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    provider TEXT NOT NULL,
    amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
    -- `given`: the money gave the goods; `returned`: it came too late or twice; `wrong_amount`: somebody must look.
    state TEXT NOT NULL CHECK (state IN ('open', 'failed', 'given', 'returned', 'wrong_amount')),
    trade_no TEXT,
    paid_fen BIGINT,
    settled_us BIGINT,
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
-- A repeat of asking for the cashier gets the payment that is open.
CREATE UNIQUE INDEX payment_open ON payment (order_id) WHERE state = 'open';

CREATE TABLE refund (
    id TEXT PRIMARY KEY,
    payment_id TEXT NOT NULL UNIQUE REFERENCES payment (id),
    amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
    state TEXT NOT NULL CHECK (state IN ('requested', 'done')),
    created_us BIGINT NOT NULL,
    done_us BIGINT,
    version BIGINT NOT NULL DEFAULT 1
);

-- One way of a certificate to a device, with the answers that were given on it.
CREATE TABLE install (
    id TEXT PRIMARY KEY,
    holding_id TEXT NOT NULL REFERENCES holding (id),
    device_id TEXT NOT NULL REFERENCES device (id),
    usage TEXT NOT NULL CHECK (usage IN ('sign')),
    request_id BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('started', 'keyed', 'recorded', 'done', 'void')),
    sid BLOB NOT NULL,
    subject BLOB NOT NULL,
    start_sha256 BLOB NOT NULL,
    start_answer BLOB NOT NULL,
    -- Sealed; gone once the key exists or the install is void.
    server_start BLOB,
    key_sha256 BLOB,
    key_answer BLOB,
    -- Sealed; moves to `key_half` when the certificate exists.
    server_key BLOB,
    spki BLOB,
    certificate_sha256 BLOB,
    certificate_id TEXT,
    created_us BIGINT NOT NULL,
    expires_us BIGINT NOT NULL,
    done_us BIGINT,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (holding_id, device_id, request_id)
);
CREATE INDEX install_open ON install (expires_us) WHERE state IN ('started', 'keyed', 'recorded');

-- What the issuer was about to sign, written down before it signed.
CREATE TABLE issued (
    ca TEXT NOT NULL CHECK (ca IN ('rsa', 'sm2')),
    serial TEXT NOT NULL,
    install_id TEXT NOT NULL UNIQUE REFERENCES install (id),
    tbs BLOB NOT NULL,
    recorded_us BIGINT NOT NULL,
    PRIMARY KEY (ca, serial)
);

CREATE TABLE certificate (
    id TEXT PRIMARY KEY,
    holding_id TEXT NOT NULL REFERENCES holding (id),
    device_id TEXT NOT NULL REFERENCES device (id),
    usage TEXT NOT NULL CHECK (usage IN ('sign')),
    ca TEXT NOT NULL CHECK (ca IN ('rsa', 'sm2')),
    -- Hexadecimal, lower case, without sign byte.
    serial TEXT NOT NULL,
    der BLOB NOT NULL,
    not_before_us BIGINT NOT NULL,
    not_after_us BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('good', 'suspended', 'revoked')),
    revoked_us BIGINT,
    -- CRLReason of RFC 5280 section 5.3.1.
    reason BIGINT,
    -- The one that the holding uses; an older one keeps its row.
    in_force BIGINT NOT NULL CHECK (in_force IN (0, 1)),
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (ca, serial)
);
CREATE UNIQUE INDEX certificate_in_force ON certificate (holding_id, usage) WHERE in_force = 1;
CREATE INDEX certificate_revoked ON certificate (ca) WHERE status <> 'good';

-- The server's half of a key, sealed under a key outside the database.
CREATE TABLE key_half (
    id TEXT PRIMARY KEY,
    holding_id TEXT NOT NULL REFERENCES holding (id),
    usage TEXT NOT NULL CHECK (usage IN ('sign')),
    certificate_id TEXT NOT NULL UNIQUE REFERENCES certificate (id),
    algorithm TEXT NOT NULL CHECK (algorithm IN ('rsa', 'sm2')),
    -- The install names the sealed bytes (its id is part of what is authenticated with them).
    install_id TEXT NOT NULL UNIQUE REFERENCES install (id),
    sealed BLOB NOT NULL,
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (holding_id, usage)
);

-- The last list of each issuer, and whether something was revoked since.
CREATE TABLE crl (
    ca TEXT NOT NULL CHECK (ca IN ('rsa', 'sm2')),
    issuer TEXT NOT NULL CHECK (issuer IN ('root', 'issuing')),
    number BIGINT NOT NULL,
    der BLOB NOT NULL,
    next_update_us BIGINT NOT NULL,
    stale BIGINT NOT NULL CHECK (stale IN (0, 1)),
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (ca, issuer)
);
