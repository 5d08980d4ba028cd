//! Object identifiers that more than one module uses.
//!
//! The SM2 and SM3 arcs are those of GM/T 0006; the rest are named in the RFC that the doc comment cites.

use der::asn1::ObjectIdentifier as Oid;

macro_rules! oids {
    ($($(#[$doc:meta])* $name:ident = $value:literal;)*) => {
        $($(#[$doc])* pub const $name: Oid = Oid::new_unwrap($value);)*
    };
}

oids! {
    /// Elliptic curve public key (RFC 5480); SM2 keys use it with the SM2 curve.
    EC_PUBLIC_KEY = "1.2.840.10045.2.1";
    /// The P-256 curve (RFC 5480).
    P256 = "1.2.840.10045.3.1.7";
    /// ECDSA with SHA-256 (RFC 5758).
    ECDSA_SHA256 = "1.2.840.10045.4.3.2";
    /// RSA key, and in CMS the PKCS#1 v1.5 signature (RFC 3370).
    RSA = "1.2.840.113549.1.1.1";
    /// RSA PKCS#1 v1.5 with SHA-256 (RFC 4055).
    RSA_SHA256 = "1.2.840.113549.1.1.11";
    /// The P-384 curve (RFC 5480).
    P384 = "1.3.132.0.34";
    /// The P-521 curve (RFC 5480).
    P521 = "1.3.132.0.35";
    /// Ed25519, key and signature (RFC 8410).
    ED25519 = "1.3.101.112";
    /// ECDSA with SHA-1 (RFC 3279).
    ECDSA_SHA1 = "1.2.840.10045.4.1";
    /// ECDSA with SHA-224 (RFC 5758).
    ECDSA_SHA224 = "1.2.840.10045.4.3.1";
    /// ECDSA with SHA-384 (RFC 5758).
    ECDSA_SHA384 = "1.2.840.10045.4.3.3";
    /// ECDSA with SHA-512 (RFC 5758).
    ECDSA_SHA512 = "1.2.840.10045.4.3.4";
    /// RSA PKCS#1 v1.5 with MD5 (RFC 8017).
    RSA_MD5 = "1.2.840.113549.1.1.4";
    /// RSA PKCS#1 v1.5 with SHA-1 (RFC 8017).
    RSA_SHA1 = "1.2.840.113549.1.1.5";
    /// RSA PKCS#1 v1.5 with SHA-224 (RFC 4055).
    RSA_SHA224 = "1.2.840.113549.1.1.14";
    /// RSA PKCS#1 v1.5 with SHA-384 (RFC 4055).
    RSA_SHA384 = "1.2.840.113549.1.1.12";
    /// RSA PKCS#1 v1.5 with SHA-512 (RFC 4055).
    RSA_SHA512 = "1.2.840.113549.1.1.13";
    /// RSASSA-PSS (RFC 4055).
    RSA_PSS = "1.2.840.113549.1.1.10";
    /// The mask of RSASSA-PSS (RFC 4055).
    MGF1 = "1.2.840.113549.1.1.8";
    /// MD5 (RFC 3370).
    MD5 = "1.2.840.113549.2.5";
    /// SHA-224 (RFC 5754).
    SHA224 = "2.16.840.1.101.3.4.2.4";
    /// SHA-384 (RFC 5754).
    SHA384 = "2.16.840.1.101.3.4.2.2";
    /// SHA-512 (RFC 5754).
    SHA512 = "2.16.840.1.101.3.4.2.3";
    /// SHA-1 (RFC 3370).
    SHA1 = "1.3.14.3.2.26";
    /// SHA-256 (RFC 5754).
    SHA256 = "2.16.840.1.101.3.4.2.1";
    /// Encryption under a password, second scheme (RFC 8018).
    PBES2 = "1.2.840.113549.1.5.13";
    /// CMS EncryptedData (RFC 5652).
    ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
    /// PKCS#12 bag of a plain key (RFC 7292 4.2.1).
    P12_KEY_BAG = "1.2.840.113549.1.12.10.1.1";
    /// PKCS#12 bag of an encrypted key (RFC 7292 4.2.2).
    P12_SHROUDED_KEY_BAG = "1.2.840.113549.1.12.10.1.2";
    /// PKCS#12 bag of a certificate (RFC 7292 4.2.3).
    P12_CERTIFICATE_BAG = "1.2.840.113549.1.12.10.1.3";
    /// X.509 certificate in such a bag.
    P12_X509 = "1.2.840.113549.1.9.22.1";
    /// SM3 digest.
    SM3 = "1.2.156.10197.1.401";
    /// The SM2 curve; some signers also write it as signature algorithm.
    SM2 = "1.2.156.10197.1.301";
    /// "SM2 sign", the signature algorithm of GM/T 0010.
    SM2_SIGN = "1.2.156.10197.1.301.1";
    /// SM2 signature with SM3: what this crate writes.
    SM2_SM3 = "1.2.156.10197.1.501";
    /// CMS data (RFC 5652).
    DATA = "1.2.840.113549.1.7.1";
    /// CMS SignedData (RFC 5652).
    SIGNED_DATA = "1.2.840.113549.1.7.2";
    /// SignedData by GM/T 0010.
    GM_SIGNED_DATA = "1.2.156.10197.6.1.4.2.2";
    /// Content type attribute (RFC 5652 11.1).
    CONTENT_TYPE = "1.2.840.113549.1.9.3";
    /// Message digest attribute (RFC 5652 11.2).
    MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
    /// Signing time attribute (RFC 5652 11.3).
    SIGNING_TIME = "1.2.840.113549.1.9.5";
    /// Signing certificate attribute, second version (RFC 5035).
    SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
    /// Time stamp token attribute (RFC 3161 appendix A).
    TIME_STAMP_TOKEN = "1.2.840.113549.1.9.16.2.14";
    /// Content of a time stamp token (RFC 3161 2.4.2).
    TST_INFO = "1.2.840.113549.1.9.16.1.4";
    /// Subject key identifier (RFC 5280 4.2.1.2).
    SUBJECT_KEY_ID = "2.5.29.14";
    /// Key usage (RFC 5280 4.2.1.3).
    KEY_USAGE = "2.5.29.15";
    /// Basic constraints (RFC 5280 4.2.1.9).
    BASIC_CONSTRAINTS = "2.5.29.19";
    /// CRL number (RFC 5280 5.2.3).
    CRL_NUMBER = "2.5.29.20";
    /// Reason code of a CRL entry (RFC 5280 5.3.1).
    CRL_REASON = "2.5.29.21";
    /// Issuing distribution point of a CRL (RFC 5280 5.2.5).
    ISSUING_POINT = "2.5.29.28";
    /// CRL distribution points (RFC 5280 4.2.1.13).
    CRL_POINTS = "2.5.29.31";
    /// Certificate policies (RFC 5280 4.2.1.4).
    POLICIES = "2.5.29.32";
    /// Authority key identifier (RFC 5280 4.2.1.1).
    AUTHORITY_KEY_ID = "2.5.29.35";
    /// Extended key usage (RFC 5280 4.2.1.12).
    EXTENDED_KEY_USAGE = "2.5.29.37";
    /// Authority information access (RFC 5280 4.2.2.1).
    AUTHORITY_INFO = "1.3.6.1.5.5.7.1.1";
    /// Access method: OCSP.
    ACCESS_OCSP = "1.3.6.1.5.5.7.48.1";
    /// Access method: certificate of the issuer.
    ACCESS_ISSUERS = "1.3.6.1.5.5.7.48.2";
    /// Extended usage: time stamping.
    TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    /// Extended usage: OCSP signing.
    OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    /// Basic OCSP response (RFC 6960 4.2.1).
    OCSP_BASIC = "1.3.6.1.5.5.7.48.1.1";
    /// OCSP nonce (RFC 8954).
    OCSP_NONCE = "1.3.6.1.5.5.7.48.1.2";
    /// No revocation check for the responder's own certificate (RFC 6960 4.2.2.2.1).
    OCSP_NO_CHECK = "1.3.6.1.5.5.7.48.1.5";
    /// commonName.
    COMMON_NAME = "2.5.4.3";
    /// serialNumber of a subject.
    SERIAL_NUMBER = "2.5.4.5";
    /// countryName.
    COUNTRY = "2.5.4.6";
    /// localityName.
    LOCALITY = "2.5.4.7";
    /// stateOrProvinceName.
    PROVINCE = "2.5.4.8";
    /// organizationName.
    ORGANIZATION = "2.5.4.10";
    /// organizationalUnitName.
    ORGANIZATIONAL_UNIT = "2.5.4.11";
    /// organizationIdentifier (X.520, ETSI EN 319 412-1): holds the USCC.
    ORGANIZATION_IDENTIFIER = "2.5.4.97";
}
