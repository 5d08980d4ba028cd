//! What rules and thresholds are chosen on: reads photographed specimens of tuning seeds and prints every field that is
//! not exact, and what the retake rules look at. `tune FIRST COUNT [FOLDER]`; with a folder the photos are kept there.

#![allow(clippy::print_stdout, clippy::panic, reason = "a tool for maintainers")]

use card_ocr::{Expect, Line, Reader, Reading, normal_text};
use card_ocr_specimens::{Condition, Fonts, KINDS, Kind, ORDINARY, Seed, Specimen, draw, shoot};

const fn expected(kind: Kind) -> Expect {
    match kind {
        Kind::IdCardFront => Expect::IdCardFront,
        Kind::IdCardBack => Expect::IdCardBack,
        Kind::WideLicence | Kind::UprightLicence => Expect::BusinessLicence,
        Kind::PowerOfAttorney => Expect::PowerOfAttorney,
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [first, count, rest @ ..] = arguments.as_slice() else {
        panic!("tune FIRST COUNT [FOLDER]")
    };
    let fonts = Fonts::installed().ok_or("no fonts: apt-get install fonts-noto-cjk")?;
    let reader = Reader::embedded(None)?;
    let (mut exact, mut all) = (0, 0);
    for number in first.parse()?..first.parse::<u32>()? + count.parse::<u32>()? {
        let seed = Seed::tuning(number);
        for kind in KINDS {
            let specimen = draw(kind, seed, &fonts);
            for condition in ORDINARY.into_iter().chain([Condition::Bad]) {
                let photo = shoot(&specimen, condition, seed);
                if let [folder] = rest {
                    std::fs::write(
                        format!("{folder}/{number}-{kind:?}-{condition:?}.jpg"),
                        &photo,
                    )?;
                }
                let began = std::time::Instant::now();
                let reading = reader.read(&photo, expected(kind))?;
                let (hits, misses) = compared(&specimen, &reading);
                println!(
                    "{number} {kind:?} {condition:?} {:.2} s {} {:?}{misses}",
                    began.elapsed().as_secs_f32(),
                    sharpness(&reading),
                    reading.retake
                );
                if condition != Condition::Bad {
                    (exact, all) = (exact + hits, all + specimen.truth.len());
                }
            }
        }
    }
    println!("ordinary: {exact} of {all} fields exact");
    Ok(())
}

/// How many fields are exact, and a line for each that is not, with all that was read.
fn compared(specimen: &Specimen, reading: &Reading) -> (usize, String) {
    let fields = reading.papers.first().map(|paper| paper.fields());
    let fields = fields.unwrap_or_default();
    let (mut exact, mut misses) = (0, String::new());
    for (name, truth) in &specimen.truth {
        let field = fields.iter().find(|(it, _)| it == name);
        if field.is_some_and(|(_, it)| normal_text(&it.text) == normal_text(truth)) {
            exact += 1;
        } else {
            let read = field.map(|(_, it)| (&it.text, it.grade, it.confidence));
            misses += &format!("\n    {name}: {truth} was read as {read:?}");
        }
    }
    if !misses.is_empty() {
        let lines: Vec<String> = reading.lines.iter().map(Line::text).collect();
        misses += &format!("\n    among {lines:?}");
    }
    (exact, misses)
}

/// Median confidence and height of the longer lines, and how many are below 0.8.
fn sharpness(reading: &Reading) -> String {
    let mut sure: Vec<f32> = reading.lines.iter().map(|it| it.confidence()).collect();
    sure.sort_by(f32::total_cmp);
    let median = sure.get(sure.len() / 2).copied().unwrap_or_default();
    let lost = sure.iter().filter(|it| **it < 0.8).count();
    format!("{} lines, median {median:.3}, {lost} below 0.8", sure.len())
}
