//! Keys in two halves: SM2 signing and decryption, composite RSA-4096, and the OPRF that hardens a short password.
