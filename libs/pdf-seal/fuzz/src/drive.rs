//! Executions one after the other, with their time and memory.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use peak_alloc::PeakAlloc;

use crate::Target;

/// What one execution on an input of at most 96 KiB may take. The time is that of a loaded machine without optimisation.
const MOST_BYTES: usize = 64 << 20;
const MOST_TIME: Duration = Duration::from_secs(5);
/// So many finds are enough for one run.
const MOST_FINDS: usize = 10;

/// Executions of one target.
#[derive(Debug, Clone)]
pub struct Run {
    /// Which promise.
    pub target: Target,
    /// Their numbers.
    pub numbers: Range<u64>,
}

/// How a run went.
#[derive(Debug, Clone, Default)]
pub struct Ran {
    /// How many were executed.
    pub executions: u64,
    /// How long all of them took.
    pub took: Duration,
    /// The slowest, with its number.
    pub slowest: (Duration, u64),
    /// The one that held most bytes on the heap at once, with its number.
    pub heaviest: (usize, u64),
    /// Executions that broke the promise, and how.
    pub finds: Vec<(u64, String)>,
}

impl Run {
    /// Runs; `heap` is the allocator of the whole program, which must do nothing else meanwhile.
    #[must_use]
    pub fn run(&self, heap: &PeakAlloc) -> Ran {
        let mut ran = Ran::default();
        // Seeds are made once, at the first input, and are no part of any execution.
        drop(self.target.input(0));
        let began = Instant::now();
        for number in self.numbers.clone() {
            let input = self.target.input(number);
            let before = heap.current_usage();
            heap.reset_peak_usage();
            let start = Instant::now();
            let result = catch_unwind(AssertUnwindSafe(|| self.target.execute(&input)));
            let took = start.elapsed();
            let held = heap.peak_usage().saturating_sub(before);
            ran.executions += 1;
            ran.slowest = ran.slowest.max((took, number));
            ran.heaviest = ran.heaviest.max((held, number));
            if result.is_err() {
                ran.finds.push((number, "it panicked".to_owned()));
            } else if took > MOST_TIME {
                ran.finds.push((number, format!("it took {took:?}")));
            } else if held > MOST_BYTES {
                ran.finds.push((number, format!("it held {held} bytes")));
            }
            if ran.finds.len() == MOST_FINDS {
                break;
            }
        }
        ran.took = began.elapsed();
        ran
    }
}
