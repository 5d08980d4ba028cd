//! Every test that needs the running system: a service with real storage on either engine, a clock that stands still,
//! and fakes for the outside world only.
//!
//! Invariant: tests come in through the front door. What is offered here starts a service or speaks to it; builders of a
//! noun do what a person would do, over HTTP, and never write rows behind the service's back.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test ends at the first thing that is wrong"
)]

pub mod certify;
mod client;
mod commerce;
pub mod dump;
pub mod identity;
mod issuer;
pub mod membership;
mod operator;
pub mod person;
mod phone;
mod postgres;
mod sealing;
mod test_app;
pub mod vendors;

pub use client::Answer;
pub use commerce::{ClientKey, Installed, Keygen, Product, bytes, install_body};
pub use operator::{OPERATOR_PASSWORD, Operator};
pub use phone::Phone;
pub use sealing::{BOTH_PRODUCTS, Confirming, Desk, Opened, Sealer};
pub use test_app::{Cleanup, TestApp};

/// Makes one test body into two tests, `name::sqlite` and `name::postgres`. Inside the body's file:
///
/// ```ignore
/// both! {
///     /// What is proven.
///     async fn seal_1_is_made_once(app: TestApp) { … }
/// }
/// ```
#[macro_export]
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: $kind:ty) $body:block)+) => {$(
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            $(#[$meta])*
            async fn body($app: $kind) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                let (app, cleanup) = $crate::TestApp::sqlite().await;
                body(app).await;
                cleanup.run().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                let (app, cleanup) = $crate::TestApp::postgres().await;
                body(app).await;
                cleanup.run().await;
            }
        }
    )+};
}
