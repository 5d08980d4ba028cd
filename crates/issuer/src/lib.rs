//! The only code that touches issuing keys: bytes in, bytes out.
