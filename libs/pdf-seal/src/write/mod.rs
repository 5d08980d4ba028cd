//! The append-only writer: objects, then a cross-reference section of the kind that the file already uses.

mod increment;
mod number;
mod xref;

pub(crate) use increment::{Increment, deflate};
pub(crate) use number::{digits, number, reference};
