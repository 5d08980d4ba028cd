//! A short run of every target, the same at every time, so that `cargo xtask test` notices a broken promise.
//! `cargo xtask fuzz` runs longer.
#![allow(missing_docs, clippy::panic)]

use pdf_seal_fuzz::{Run, Target};
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// One test, since memory is counted for the whole program.
#[test]
fn fuzz_every_target_for_a_few_seconds() {
    let shares = [
        (Target::Tail, 6_000),
        (Target::Cms, 4_000),
        (Target::Verifier, 1_000),
        (Target::Writer, 600),
    ];
    for (target, executions) in shares {
        let ran = Run {
            target,
            numbers: 0..executions,
        }
        .run(&HEAP);
        assert_eq!(ran.executions, executions);
        assert!(ran.finds.is_empty(), "{}: {:?}", target.name(), ran.finds);
    }
}

/// What is found once is tried for ever: inputs by target and number.
#[test]
fn fuzz_inputs_are_the_same_in_every_run() {
    for target in Target::ALL {
        assert_eq!(target.input(12_345), target.input(12_345));
    }
    let mut inputs: Vec<_> = (0..200).map(|number| Target::Tail.input(number)).collect();
    inputs.sort();
    inputs.dedup();
    assert!(inputs.len() > 150, "inputs differ from each other");
}
