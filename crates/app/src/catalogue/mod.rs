//! The catalogue: platforms, the products they support, and prices.

mod list;
mod seed;

pub use list::{PlatformView, ProductView, list};
pub use seed::seed_sandbox;
