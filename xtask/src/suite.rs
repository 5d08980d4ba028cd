//! `cargo xtask test`: every check and every test, cheapest first, up to the first that fails.

use crate::step::{Outcome, Step, seconds, take_together};
use crate::{layers, licences, metadata, migrations, needs, openapi, rows, shell, tidy, web};
use anyhow::{Result, bail};
use std::process::Command;
use std::time::Instant;

const STEPS: &[Step] = &[
    Step {
        name: "needs",
        by_hand: None,
        beside_next: false,
        work: || noted(needs::check()),
    },
    Step {
        name: "format",
        by_hand: Some("cargo fmt --all"),
        beside_next: false,
        work: format,
    },
    Step {
        name: "tidy",
        by_hand: None,
        beside_next: false,
        work: || noted(tidy::check()),
    },
    Step {
        name: "layers",
        by_hand: Some("cargo xtask layers"),
        beside_next: false,
        work: || noted(layers::run()),
    },
    Step {
        name: "rows",
        by_hand: Some("cargo xtask rows"),
        beside_next: false,
        work: || noted(rows::check()),
    },
    Step {
        name: "migrations",
        by_hand: None,
        beside_next: false,
        work: || noted(migrations::check()),
    },
    Step {
        name: "licences",
        by_hand: None,
        beside_next: false,
        work: || noted(licences::check()),
    },
    Step {
        name: "web",
        by_hand: Some("npm run build; npm run check; npx vitest run, in web/"),
        beside_next: true,
        work: web_apps,
    },
    Step {
        name: "clippy",
        by_hand: Some(CLIPPY),
        beside_next: false,
        work: || cargo(CLIPPY),
    },
    Step {
        name: "tests",
        by_hand: None,
        beside_next: false,
        work: tests,
    },
    Step {
        name: "doc-tests",
        by_hand: Some(DOC_TESTS),
        beside_next: false,
        work: || cargo(DOC_TESTS),
    },
    Step {
        name: "openapi",
        by_hand: None,
        beside_next: false,
        work: api,
    },
    Step {
        name: "phone-half",
        by_hand: Some("npm run test:live, in web/"),
        beside_next: false,
        work: phone_half,
    },
    Step {
        name: "browser",
        by_hand: Some("cargo build -p hulian-server; npx vitest run, in e2e/"),
        beside_next: false,
        work: browser,
    },
];

const CLIPPY: &str = "cargo clippy --workspace --all-targets --locked -- -D warnings";
const NEXTEST: &str = "cargo nextest run --workspace --locked --no-fail-fast --cargo-quiet --status-level slow --final-status-level slow";
const PLAIN_TESTS: &str = "cargo test --workspace --all-targets --locked --no-fail-fast --quiet";
/// As one of the workspace: alone it would have other features, and all below it be built once more.
const BINARY: &str = "cargo build --quiet --locked --workspace --bin hulian";
const DOC_TESTS: &str = "cargo test --workspace --doc --locked --quiet";

/// All steps, one by name, or their names.
pub fn run(arguments: &[String]) -> Result<()> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let steps: Vec<&Step> = match arguments.as_slice() {
        [] => STEPS.iter().collect(),
        ["--list"] => {
            STEPS.iter().for_each(|step| println!("{}", step.name));
            return Ok(());
        }
        [name] => STEPS.iter().filter(|step| step.name == *name).collect(),
        _ => Vec::new(),
    };
    if steps.is_empty() {
        bail!(
            "not a step: {}; `cargo xtask test --list` names them",
            arguments.join(" ")
        );
    }
    let start = Instant::now();
    let mut counts = Vec::new();
    // A step that runs beside the next one is in one group with it.
    for group in steps.chunk_by(|before, _| before.beside_next) {
        counts.extend(take_together(group)?);
    }
    for line in counts {
        println!("{line}");
    }
    println!(
        "all {} steps passed in {}",
        steps.len(),
        seconds(start.elapsed())
    );
    Ok(())
}

fn noted(result: Result<String>) -> Result<Outcome> {
    result.map(|note| Outcome {
        note,
        counts: Vec::new(),
    })
}

/// Runs a cargo command line and shows its output only if it fails.
fn cargo(line: &str) -> Result<Outcome> {
    let mut command = command(line);
    shell::quietly(&mut command).map_err(|error| error.context(line.to_owned()))?;
    noted(Ok(String::new()))
}

fn command(line: &str) -> Command {
    let mut command = shell::cargo();
    command.args(line.split(' ').skip(1));
    if let Some(python) = needs::judges_python() {
        command.env("HULIAN_PYTHON", python);
    }
    command
}

fn format() -> Result<Outcome> {
    cargo("cargo fmt --all -- --check --files-with-diff")
}

/// nextest where it is installed; it is not asked for, since building it takes longer than it saves.
fn tests() -> Result<Outcome> {
    let has_nextest = shell::cargo()
        .args(["nextest", "--version"])
        .output()?
        .status
        .success();
    let (line, keep): (_, fn(&str) -> bool) = if has_nextest {
        (NEXTEST, |line| line.trim_start().starts_with("Summary ["))
    } else {
        (PLAIN_TESTS, |line| line.starts_with("test result: "))
    };
    let (result, kept) = shell::watched(&mut command(line), keep);
    result.map_err(|error| error.context(line))?;
    let counts = if has_nextest { kept } else { vec![sum(&kept)] };
    if counts.is_empty() {
        bail!("{line}: no summary, so nothing shows that tests ran");
    }
    Ok(Outcome {
        note: String::new(),
        counts,
    })
}

/// One line for the many of `cargo test`: `test result: ok. 3 passed; 0 failed; ...`.
fn sum(lines: &[String]) -> String {
    let passed: usize = lines
        .iter()
        .filter_map(|line| {
            line.split("ok. ")
                .nth(1)?
                .split(' ')
                .next()?
                .parse::<usize>()
                .ok()
        })
        .sum();
    format!(
        "test result: ok. {passed} passed; 0 failed, in {} programs",
        lines.len()
    )
}

/// The apps: built, typed, and their unit tests, among them one that weighs what was built.
fn web_apps() -> Result<Outcome> {
    let note = web::build()?;
    web::check()?;
    vitest(&mut web::vitest("web"), note)
}

/// The phone's half in TypeScript against the real server.
fn phone_half() -> Result<Outcome> {
    cargo(BINARY)?;
    let target = metadata::of_workspace()?.target_directory;
    let mut command = web::vitest("web");
    command.args(["--config", "vitest.live.config.ts"]);
    command.env("HULIAN_BIN", target.join("debug").join("hulian"));
    vitest(&mut command, String::new())
}

/// Real Chromium against the real server and the real bid tool.
fn browser() -> Result<Outcome> {
    vitest(&mut in_browser()?, String::new())
}

/// Pictures of every screen, for people to look through.
pub fn screens() -> Result<()> {
    web::build()?;
    let folder = metadata::of_workspace()?.target_directory.join("screens");
    let mut command = in_browser()?;
    command.args(["--config", "screens.config.ts"]);
    command.env("HULIAN_SCREENS", &folder);
    // What was found on one screen says nothing about the pictures of the others.
    let judged = vitest(&mut command, String::new());
    println!("look at {}", folder.join("index.html").display());
    judged.map(|_| ())
}

/// A run of vitest in `e2e` with everything that it starts.
pub fn in_browser() -> Result<Command> {
    web::install_browser_tests()?;
    cargo(BINARY)?;
    let target = metadata::of_workspace()?.target_directory;
    let mut command = web::vitest("e2e");
    command.env("HULIAN_BIN", target.join("debug").join("hulian"));
    if let Some(chromium) = needs::chromium() {
        command.env("CHROMIUM", chromium);
    }
    if let Some(python) = needs::judges_python() {
        command.env("HULIAN_PYTHON", python);
    }
    Ok(command)
}

/// Runs vitest; its summary, `Tests  12 passed (12)`, shows that tests ran.
fn vitest(command: &mut Command, note: String) -> Result<Outcome> {
    let (result, counts) = shell::watched(command, |line| line.trim_start().starts_with("Tests  "));
    result.map_err(|error| error.context(format!("{command:?}")))?;
    if counts.is_empty() {
        bail!("{command:?}: no summary, so nothing shows that tests ran");
    }
    Ok(Outcome { note, counts })
}

fn api() -> Result<Outcome> {
    if !openapi::exists()? {
        return noted(Ok("no API yet".to_owned()));
    }
    noted(openapi::check())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_added_up() {
        let lines = [
            "test result: ok. 3 passed; 0 failed; 0 ignored".to_owned(),
            "test result: ok. 12 passed; 0 failed; 0 ignored".to_owned(),
        ];
        assert_eq!(
            sum(&lines),
            "test result: ok. 15 passed; 0 failed, in 2 programs"
        );
    }

    #[test]
    fn steps_have_names_of_their_own() {
        let mut names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), STEPS.len());
    }
}
