//! Later changes, told by us and by pyHanko: the same level for the same file, or a stricter one where that is said here.

use std::collections::BTreeMap;
use std::process::Command;

use gm_pki::Algorithm;
use pdf_seal::{Changes, Modification};
use serde_json::Value;

use crate::craft::{self, append, docmdp, fieldmdp};
use crate::edits::Than::{self, Same, Stricter};
use crate::edits::{Edit, edits};
use crate::judge::{Bench, run};
use crate::verify::{Pki, reports};

/// The file with the edit, whose new objects begin at `number`; signatures in it hold some CMS.
fn with(base: &[u8], cms: &str, edit: &Edit, number: u32) -> Vec<u8> {
    let mut objects = edit.2(number);
    for (_, body) in &mut objects {
        if let Some(at) = body.find("/Contents<CMS") {
            let start = at + "/Contents<".len();
            let end = start + body[start..].find('>').unwrap();
            let room = end - start + 1;
            body.replace_range(start..end, &format!("{cms:0<room$}"));
            *body = body.replacen(&" ".repeat(48), &format!("{:<48}", "0 1 2 3"), 1);
        }
    }
    append(base, &objects)
}

/// pyHanko's level for the signature in the field "First" of every file, and whether its rules allow it.
fn pyhanko(bench: &Bench, files: &[(String, Vec<u8>)]) -> BTreeMap<String, (String, bool)> {
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../crates/tests/judges/pyhanko_changes.py"
    );
    let python = std::env::var("HULIAN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut told = BTreeMap::new();
    for (chunk, files) in files.chunks(400).enumerate() {
        let mut command = Command::new(&python);
        command.arg(script);
        for (index, (_, pdf)) in files.iter().enumerate() {
            command.arg(bench.file(&format!("{chunk}-{index}.pdf"), pdf));
        }
        let output = run(&mut command);
        let lines = std::str::from_utf8(&output.stdout).unwrap().lines();
        for (line, (name, _)) in lines.zip(files) {
            let report: Value = serde_json::from_str(line).unwrap();
            let first = &report["signatures"]["First"];
            // What it cannot judge it does not take for good.
            let level = first["level"].as_str().unwrap_or("OTHER").to_lowercase();
            let allowed = first["allowed"].as_bool().unwrap_or(false);
            assert!(report["error"].is_null(), "{name}: {line}");
            told.insert(name.clone(), (level, allowed));
        }
    }
    assert_eq!(told.len(), files.len());
    told
}

/// Compares both; gives how many files were judged.
fn check(files: Vec<(String, Than, Vec<u8>)>, pki: &Pki, allow: impl Fn(&str) -> bool) -> usize {
    let bench = Bench::new();
    let named: Vec<_> = files
        .iter()
        .map(|(name, _, pdf)| (name.clone(), pdf.clone()))
        .collect();
    let theirs = pyhanko(&bench, &named);
    let mut wrong = Vec::new();
    for (name, than, pdf) in &files {
        let all = reports(pdf, &pki.policy());
        // The others hold a CMS that is not theirs and cover nothing.
        let report = all.iter().find(|report| report.covered_len > 0);
        let report = report.unwrap_or_else(|| panic!("{name}: {all:#?}"));
        let (level, allowed) = &theirs[name];
        let ours = report.modification;
        let is_allowed = matches!(report.changes, Changes::Allowed { .. });
        // What the rules of a signature refuse has no level of its own with us.
        let same = is_allowed == *allowed && (!is_allowed || ours.name() == level);
        let stricter = *than == Stricter && !is_allowed && ours == Modification::Other;
        if !(same || stricter || allow(name)) {
            wrong.push(format!(
                "{name}: ours {ours:?} {:?}, pyHanko {level} {allowed}",
                report.reasons
            ));
        }
        if !is_allowed {
            assert!(!report.reasons.is_empty(), "{name}");
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}\n{}",
        wrong.len(),
        files.len(),
        wrong.join("\n")
    );
    files.len()
}

/// The CMS of the first signature, to fill others with.
fn first_cms(pdf: &[u8]) -> String {
    let (_, hole) = craft::places(pdf);
    let text = std::str::from_utf8(&pdf[hole.start + 1..hole.end - 1]).unwrap();
    text.trim_end_matches('0').to_owned() + "00"
}

#[test]
fn every_edit_is_told_as_pyhanko_tells_it_or_stricter() {
    let pki = Pki::new(Algorithm::P256Sha256);
    let mut files = Vec::new();
    let rules = [
        ("", ""),
        ("certified 1", &*docmdp(1)),
        ("certified 2", &docmdp(2)),
        ("certified 3", &docmdp(3)),
        ("all locked", &fieldmdp("/Action/All")),
        ("one locked", &fieldmdp("/Action/Include/Fields[(Name)]")),
        (
            "all but one locked",
            &fieldmdp("/Action/Exclude/Fields[(Name)]"),
        ),
    ]
    .map(|(name, rules)| (name, rules.to_owned()));
    for (rule, text) in &rules {
        let base = craft::sign(&pki, text, "");
        let cms = first_cms(&base);
        for edit in edits() {
            let name = format!("{rule}: {}", edit.0);
            files.push((name, edit.1, with(&base, &cms, &edit, 100)));
        }
    }
    // P = 3 is where pyHanko allows no annotation at all, though the standard does.
    let count = check(files, &pki, |name| name.starts_with("certified 3: a note"));
    assert_eq!(count, 7 * edits().len());
}

#[test]
fn two_edits_after_each_other_are_told_as_pyhanko_tells_them() {
    let pki = Pki::new(Algorithm::P256Sha256);
    let base = craft::sign(&pki, "", "");
    let cms = first_cms(&base);
    let edits = edits();
    let mut files = Vec::new();
    for (index, first) in edits.iter().enumerate() {
        // Every third pair, which has every edit before and after many others.
        for second in edits.iter().skip(index + 1).step_by(3) {
            // Both write whole objects, so the second would take back what the first did to the same one.
            let touched: Vec<u32> = first.2(100).iter().map(|(number, _)| *number).collect();
            if second.2(110)
                .iter()
                .any(|(number, _)| touched.contains(number))
            {
                continue;
            }
            let than = if first.1 == Stricter || second.1 == Stricter {
                Stricter
            } else {
                Same
            };
            let pdf = with(&with(&base, &cms, first, 100), &cms, second, 110);
            files.push((format!("{}, then {}", first.0, second.0), than, pdf));
        }
    }
    let count = check(files, &pki, |_| false);
    assert!(count > 300, "{count}");
    eprintln!("{count} files of two edits");
}
