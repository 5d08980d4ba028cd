//! Files of every class are made by code, sealed, and judged by programs that know nothing of us.
//!
//! The judges are `qpdf`, `pdfsig` and pyHanko; keys and CMS come from the `openssl` program, so that none of our
//! own cryptography stands between the file and its judge.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::write_with_newline
)]

mod attacks;
mod build;
mod changes;
mod craft;
mod crypt;
mod crypt_hostile;
mod crypt_read;
mod differential;
mod edits;
mod families;
mod found;
mod geometry;
mod judge;
mod keyword;
mod keyword_text;
mod longterm;
mod metadata;
mod mutate;
mod pitfalls;
#[cfg(feature = "render")]
mod raster;
mod real;
mod refuse;
mod seal;
mod shadow;
mod straddle;
mod unseal;
mod verify;
