//! Inputs: seeds changed by someone who knows the formats.

mod bytes;
mod der;
mod pdf;

pub(crate) use der::changed as changed_der;
pub(crate) use pdf::{signed, unsigned};

use crate::random::Random;

/// The longest input; small ones are fast, and what needs size has tests of its own.
const LONGEST: usize = 96 << 10;

/// A few changes of bytes.
pub(crate) fn change_bytes(input: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    for _ in 0..=random.below(4) {
        bytes::change(input, other, random);
    }
    input.truncate(LONGEST);
}
