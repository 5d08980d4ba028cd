//! `fuzz [--executions N] [--from N] [--write FILE] [TARGET]`: tries hostile inputs, by number.
//!
//! Without a target the executions are shared out: most to those that are fast. `--write` writes the input of execution
//! `--from` instead of trying it.
#![allow(
    clippy::print_stdout,
    reason = "a command for people speaks on standard output"
)]

use std::process::ExitCode;

use pdf_seal_fuzz::{Run, Target};
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// Executions without `--executions`.
const EXECUTIONS: u64 = 1_000_000;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<bool, Box<dyn std::error::Error>> {
    let (mut executions, mut from, mut write, mut target) = (EXECUTIONS, 0, None, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || {
            arguments
                .next()
                .ok_or_else(|| format!("{argument} needs a value"))
        };
        match argument.as_str() {
            "--executions" => executions = value()?.parse()?,
            "--from" => from = value()?.parse()?,
            "--write" => write = Some(value()?),
            name => target = Some(name.parse::<Target>()?),
        }
    }
    if let Some(path) = write {
        std::fs::write(path, target.ok_or("--write needs a target")?.input(from))?;
        return Ok(true);
    }
    let shares = match target {
        Some(target) => vec![(target, executions)],
        None => [
            (Target::Tail, 45),
            (Target::Cms, 40),
            (Target::Verifier, 10),
            (Target::Writer, 5),
        ]
        .map(|(target, percent)| (target, executions.saturating_mul(percent) / 100))
        .to_vec(),
    };
    let mut clean = true;
    for (target, executions) in shares {
        let run = Run {
            target,
            numbers: from..from.saturating_add(executions),
        };
        clean &= tell(&run);
    }
    Ok(clean)
}

fn tell(run: &Run) -> bool {
    let ran = run.run(&HEAP);
    println!(
        "{:<9} {:>9} executions in {:.1} s; slowest {:.1?} ({}), heaviest {:.1} MiB ({}), {} finds",
        run.target.name(),
        ran.executions,
        ran.took.as_secs_f64(),
        ran.slowest.0,
        ran.slowest.1,
        ran.heaviest.0 as f64 / f64::from(1 << 20),
        ran.heaviest.1,
        ran.finds.len(),
    );
    for (number, what) in &ran.finds {
        println!(
            "  {what}: fuzz {} --from {number} --executions 1",
            run.target.name()
        );
    }
    ran.finds.is_empty()
}
