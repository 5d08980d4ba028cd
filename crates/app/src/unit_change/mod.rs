//! 单位信息变更 (UMG-4): another name, another legal representative, or both. Papers and register decide where they can, operators
//! where they cannot; the code stays.

mod apply;
mod ask;
mod check;
mod paper;
mod remake;
mod settle;
mod stated;
mod view;

pub use ask::{Asked, Wish, ask};
pub use paper::Papers;
pub use remake::{Certificate, Remake, Seal};
pub use stated::Representative;
pub use view::{View, view};

pub(crate) use paper::{read, retake};
pub(crate) use settle::settle;
