//! The bid tool: opens documents on the bidder's own computer, has their digests signed by a phone, and puts the seals
//! on them. A page in the browser drives it over a local API (`docs/api/desk.md`).
//!
//! Invariant: this crate knows neither `store` nor `app` nor `domain`, and no document ever leaves it: to the server go
//! digests, names and places, by `client`. It listens on 127.0.0.1 only, and answers nobody who has not the token of
//! this start. What is open comes back after a crash, from the journal.

mod desk;
mod document;
mod error;
mod events;
mod files;
mod folder;
mod http;
mod journal;
mod link;
mod place;
mod run;
mod scan;
mod verify;

pub use desk::{Clock, Desk, Settings};
pub use error::{Error, Kind, Params};
pub use http::{Access, router, serve};
