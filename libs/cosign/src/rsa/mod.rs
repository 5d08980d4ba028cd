//! Composite RSA-4096: two ordinary RSA-2048 halves whose product is the modulus that everybody sees.
