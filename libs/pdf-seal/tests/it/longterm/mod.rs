//! Signatures that outlive their certificates: material in the file, time stamps over it, and what they prove.

mod levels;
mod material;
mod proof;
mod sealing;
#[allow(
    dead_code,
    reason = "the tests of the command line share it and use the rest"
)]
mod world;
