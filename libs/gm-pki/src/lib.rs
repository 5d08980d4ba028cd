//! X.509, CRL, OCSP, CMS and time-stamp structures with SM2/SM3 beside RSA and ECDSA, and path validation.
