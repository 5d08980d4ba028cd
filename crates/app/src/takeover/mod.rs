//! The administrator's place for somebody whom the present administrator cannot be asked to give it to: a member (MEM-6), or
//! somebody from outside, where the administrator has left the company (OPS-4). Operators decide.

mod ask;
mod settle;

pub use ask::{Asked, View, Wish, ask, view};

pub(crate) use settle::settle;
