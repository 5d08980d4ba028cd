//! `cargo xtask rows`: what `docs/rows.md` says is done against the row ids in test names.
//!
//! A Rust test proves a row by its name, `fn cert_13_a_second_phone_asks_to_reissue`, or several rows,
//! `cert_13_cert_14_...`; a TypeScript test by its title, `[CERT-13] ...`.

use crate::tidy;
use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

const LIST: &str = "docs/rows.md";

/// Where a proof stands. `Other` is welcome and asked by no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ring {
    Rule,
    Http,
    Browser,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    Begun,
    Done,
}

#[derive(Debug)]
struct Row {
    id: String,
    needs: Vec<Ring>,
    state: State,
}

/// Row id to the number of tests in each ring.
type Proofs = BTreeMap<String, BTreeMap<Ring, usize>>;

/// The table of rows with their proofs; fails when a row claims more than its tests show.
pub fn run() -> Result<String> {
    let (rows, proofs) = gather()?;
    let report = report(&rows, &proofs);
    let faults = faults(&rows, &proofs);
    if !faults.is_empty() {
        bail!("{report}\n{}", faults.join("\n"));
    }
    Ok(report)
}

/// The same as one line, for the suite.
pub fn check() -> Result<String> {
    let (rows, proofs) = gather()?;
    let faults = faults(&rows, &proofs);
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    Ok(totals(&rows, &proofs))
}

fn gather() -> Result<(Vec<Row>, Proofs)> {
    let text = std::fs::read_to_string(LIST).context(LIST)?;
    let rows = parse(&text)?;
    let areas: BTreeSet<&str> = rows
        .iter()
        .filter_map(|row| row.id.split('-').next())
        .collect();
    let mut proofs = Proofs::new();
    for folder in ["crates", "libs", "web", "e2e"].map(Path::new) {
        if !folder.is_dir() {
            continue;
        }
        for path in tidy::files(folder, &["rs", "ts"])? {
            let source =
                std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let is_rust = path.extension().is_some_and(|extension| extension == "rs");
            let ids = if is_rust {
                ids_in_rust(&source, &areas)
            } else {
                ids_in_titles(&source, &areas)
            };
            for id in ids {
                *proofs
                    .entry(id)
                    .or_default()
                    .entry(ring_of(&path))
                    .or_default() += 1;
            }
        }
    }
    Ok((rows, proofs))
}

fn ring_of(path: &Path) -> Ring {
    let rings = [
        ("crates/domain", Ring::Rule),
        ("crates/tests", Ring::Http),
        ("e2e", Ring::Browser),
    ];
    let ring = rings.iter().find(|(folder, _)| path.starts_with(folder));
    ring.map_or(Ring::Other, |(_, ring)| *ring)
}

/// Reads the tables of the list: `| CERT-13 | summary | rule http browser | open |`.
fn parse(text: &str) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    let mut seen = BTreeSet::new();
    for (number, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let ["", id, _, needs, state, ""] = cells.as_slice() else {
            continue;
        };
        if !is_id(id) {
            continue;
        }
        let row = parse_row(id, needs, state).with_context(|| format!("{LIST}:{}", number + 1))?;
        if !seen.insert(row.id.clone()) {
            bail!("{LIST}:{}: {id} is there twice", number + 1);
        }
        rows.push(row);
    }
    if rows.is_empty() {
        bail!("{LIST} has no rows");
    }
    Ok(rows)
}

fn parse_row(id: &str, needs: &str, state: &str) -> Result<Row> {
    let needs = needs
        .split_whitespace()
        .map(|need| match need {
            "rule" => Ok(Ring::Rule),
            "http" => Ok(Ring::Http),
            "browser" => Ok(Ring::Browser),
            _ => bail!("{need:?} is no kind of proof: rule, http, browser"),
        })
        .collect::<Result<Vec<Ring>>>()?;
    if needs.is_empty() {
        bail!("{id} needs no proof, so nothing could show that it is done");
    }
    let state = match state {
        "open" => State::Open,
        "begun" => State::Begun,
        "done" => State::Done,
        _ => bail!("{state:?} is no state: open, begun, done"),
    };
    Ok(Row {
        id: id.to_owned(),
        needs,
        state,
    })
}

fn is_id(word: &str) -> bool {
    word.split_once('-').is_some_and(|(area, number)| {
        !area.is_empty() && area.bytes().all(|it| it.is_ascii_uppercase()) && is_number(number)
    })
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.len() <= 3 && word.bytes().all(|it| it.is_ascii_digit())
}

fn ids_in_rust(source: &str, areas: &BTreeSet<&str>) -> Vec<String> {
    let mut ids = Vec::new();
    for line in source.lines() {
        let Some((before, after)) = line.split_once("fn ") else {
            continue;
        };
        if before.trim_start().starts_with("//") {
            continue;
        }
        let name: &str = after
            .split(|it: char| !it.is_alphanumeric() && it != '_')
            .next()
            .unwrap_or("");
        ids.extend(ids_of_name(name, areas));
    }
    ids
}

/// The ids that a name starts with: `cert_13_cert_14_x` has two.
fn ids_of_name(name: &str, areas: &BTreeSet<&str>) -> Vec<String> {
    let words: Vec<&str> = name.split('_').collect();
    let mut ids = Vec::new();
    for pair in words.chunks(2) {
        let [area, number] = pair else { break };
        let area = area.to_ascii_uppercase();
        if !areas.contains(area.as_str()) || !is_number(number) {
            break;
        }
        ids.push(format!("{area}-{number}"));
    }
    ids
}

fn ids_in_titles(source: &str, areas: &BTreeSet<&str>) -> Vec<String> {
    source
        .split('[')
        .skip(1)
        .filter_map(|rest| rest.split_once(']'))
        .map(|(inside, _)| inside)
        .filter(|inside| is_id(inside))
        .filter(|inside| {
            inside
                .split('-')
                .next()
                .is_some_and(|area| areas.contains(area))
        })
        .map(str::to_owned)
        .collect()
}

fn faults(rows: &[Row], proofs: &Proofs) -> Vec<String> {
    let mut faults: Vec<String> = proofs
        .keys()
        .filter(|id| !rows.iter().any(|row| row.id == **id))
        .map(|id| format!("{id} is in a test name and not in {LIST}"))
        .collect();
    for row in rows.iter().filter(|row| row.state == State::Done) {
        for need in &row.needs {
            if count(proofs, &row.id, *need) == 0 {
                faults.push(format!(
                    "{} is marked done and has no {need:?} test",
                    row.id
                ));
            }
        }
    }
    faults
}

fn count(proofs: &Proofs, id: &str, ring: Ring) -> usize {
    proofs
        .get(id)
        .and_then(|rings| rings.get(&ring))
        .copied()
        .unwrap_or(0)
}

fn totals(rows: &[Row], proofs: &Proofs) -> String {
    let of = |state| rows.iter().filter(|row| row.state == state).count();
    format!(
        "{} rows: {} done, {} begun, {} open; {} with a test",
        rows.len(),
        of(State::Done),
        of(State::Begun),
        of(State::Open),
        proofs.len()
    )
}

fn report(rows: &[Row], proofs: &Proofs) -> String {
    let mut text = String::from("row       state   rule  http  browser  other\n");
    for row in rows {
        let [rule, http, browser, other] = [Ring::Rule, Ring::Http, Ring::Browser, Ring::Other]
            .map(
                |ring| match (count(proofs, &row.id, ring), row.needs.contains(&ring)) {
                    (0, true) => "-".to_owned(),
                    (0, false) => String::new(),
                    (some, _) => some.to_string(),
                },
            );
        let state = match row.state {
            State::Open if proofs.contains_key(&row.id) => "open?",
            State::Open => "open",
            State::Begun => "begun",
            State::Done => "done",
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{:<9} {state:<7} {rule:>4}  {http:>4}  {browser:>7}  {other:>5}",
            row.id
        );
    }
    text + &totals(rows, proofs) + "\n(- is needed and missing; open? has tests already)\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
| id | what | needs | state |
| --- | --- | --- | --- |
| CERT-13 | a reissue | rule http | done |
| CERT-14 | a pack | http browser | begun |
";

    fn check(table: &str, rust: &[(&str, &str)], expected: &[&str]) {
        let rows = parse(table).unwrap();
        let areas = BTreeSet::from(["CERT"]);
        let mut proofs = Proofs::new();
        for (path, source) in rust {
            for id in ids_in_rust(source, &areas) {
                *proofs
                    .entry(id)
                    .or_default()
                    .entry(ring_of(Path::new(path)))
                    .or_default() += 1;
            }
        }
        let faults = faults(&rows, &proofs);
        assert_eq!(faults.len(), expected.len(), "{faults:?}");
        for (fault, expected) in faults.iter().zip(expected) {
            assert!(
                fault.contains(expected),
                "{fault:?} does not say {expected:?}"
            );
        }
    }

    #[test]
    fn a_done_row_needs_all_its_proofs() {
        let rule = ("crates/domain/src/a.rs", "    fn cert_13_counts_down() {");
        let http = (
            "crates/tests/src/a.rs",
            "async fn cert_13_cert_14_another_phone(app: App) {",
        );
        check(TABLE, &[rule, http], &[]);
        check(TABLE, &[rule], &["CERT-13 is marked done and has no Http"]);
        check(TABLE, &[], &["no Rule", "no Http"]);
    }

    #[test]
    fn an_unknown_id_fails() {
        let stray = (
            "libs/a/src/a.rs",
            "fn cert_99_x() {}\n// fn cert_98_y()\nfn certain_1() {}",
        );
        check(&TABLE.replace("done", "open"), &[stray], &["CERT-99"]);
    }

    #[test]
    fn titles_are_read() {
        let source =
            "test('[CERT-13] reissue', ...); const a = b[3]; it('[XX-1]'); rows['CERT-13']";
        assert_eq!(
            ids_in_titles(source, &BTreeSet::from(["CERT"])),
            ["CERT-13"]
        );
    }

    #[test]
    fn a_bad_list_is_refused() {
        for bad in [
            "| CERT-1 | x | http | finished |",
            "| CERT-1 | x | prayer | open |",
            "| CERT-1 | x |  | open |",
            "| CERT-1 | x | http | open |\n| CERT-1 | y | http | open |",
            "nothing",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
