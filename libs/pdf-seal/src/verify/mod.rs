//! Verification: what each signature covers, whether it holds, whom it is from and what came after it.

mod ranges;

pub(crate) use ranges::Ranges;
