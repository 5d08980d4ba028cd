//! One step of `cargo xtask test`, or several at the same time: timed, and told in a line each.

use anyhow::{Result, bail};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// What a step found, in a few words, and the counts of its tests, which are shown last.
pub struct Outcome {
    pub note: String,
    pub counts: Vec<String>,
}

pub struct Step {
    pub name: &'static str,
    /// The plain command behind the step, where there is one; `cargo xtask test NAME` always works.
    pub by_hand: Option<&'static str>,
    /// Runs at the same time as the step after it: this one keeps a core busy, the next one the others.
    pub beside_next: bool,
    pub work: fn() -> Result<Outcome>,
}

/// Takes steps at the same time, and ends when all of them have.
pub fn take_together(steps: &[&Step]) -> Result<Vec<String>> {
    let results: Vec<Result<Vec<String>>> = std::thread::scope(|scope| {
        let started: Vec<_> = steps
            .iter()
            .map(|step| scope.spawn(|| take(step)))
            .collect();
        let panicked = || Err(anyhow::anyhow!("a step panicked"));
        let ended = started.into_iter().map(|it| it.join());
        ended.map(|it| it.unwrap_or_else(|_| panicked())).collect()
    });
    let counts: Result<Vec<Vec<String>>> = results.into_iter().collect();
    Ok(counts?.concat())
}

fn take(step: &Step) -> Result<Vec<String>> {
    let start = Instant::now();
    // A person who waits sees what for; a log needs no such line.
    if std::io::stderr().is_terminal() {
        eprint!("...   {}\r", step.name);
    }
    let outcome = (step.work)();
    let took = seconds(start.elapsed());
    match outcome {
        Ok(outcome) => {
            println!("ok    {:<11} {took:>8}  {}", step.name, outcome.note);
            Ok(outcome.counts)
        }
        Err(error) => {
            println!("{error:#}\nFAIL  {:<11} {took:>8}", step.name);
            let alone = format!("cargo xtask test {}", step.name);
            let by_hand = step
                .by_hand
                .map_or_else(String::new, |it| format!("\nor by hand:     {it}"));
            bail!("to repeat this: {alone}{by_hand}");
        }
    }
}

pub fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
