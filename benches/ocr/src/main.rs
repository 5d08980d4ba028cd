//! `cargo xtask bench ocr`: reading cards, licences and powers of attorney beside Python's rapidocr with the same models.
//!
//! Specimens come from seeds for figures, on which no threshold was chosen. Both sides read the same files, in turns and
//! warm; the peer's lines go through our rules for fields, in whichever of the four directions serves it best. Peak
//! memory is that of whole processes: ours reads all photos once more in one of its own.

#![allow(clippy::print_stdout, reason = "the figures are the output")]

mod peer;
mod score;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use card_ocr::{Reader, understand};
use card_ocr_specimens::{Condition, Fonts, KINDS, ORDINARY, Seed, Specimen, draw, shoot};
use peer::Peer;
use score::{Score, expected};

/// Papers of each kind, unless `HULIAN_OCR_PAPERS` says otherwise; each is photographed in every condition.
const PAPERS: u32 = 3;

#[derive(serde::Serialize)]
struct Figure {
    name: &'static str,
    ours: f64,
    peer: f64,
    unit: &'static str,
    ratio: f64,
    peer_name: &'static str,
    note: String,
}

struct Photo {
    specimen: Specimen,
    path: PathBuf,
}

/// One side's results over a set of photos.
#[derive(Default)]
struct Side {
    score: Score,
    seconds: Vec<f64>,
    peak_mib: f64,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // Started again by itself, to be weighed.
    if let [task, paths @ ..] = arguments.as_slice() {
        ensure!(task == "weigh", "not a task: {task}");
        return weigh(paths);
    }
    let fonts = Fonts::installed()
        .context("specimens need Noto Sans and Serif CJK: apt-get install fonts-noto-cjk")?;
    let folder = tempfile::tempdir()?;
    let ordinary = photos(folder.path(), &fonts, &ORDINARY)?;
    let bad = photos(folder.path(), &fonts, &[Condition::Bad])?;
    let reader = Reader::embedded(None)?;
    let mut peer = Peer::start()?;
    let (mut ours, theirs) = compare(&reader, &mut peer, &ordinary)?;
    let (ours_bad, theirs_bad) = compare(&reader, &mut peer, &bad)?;
    ours.peak_mib = peak_of_child(&ordinary)?;
    for miss in ours.score.misses.iter().chain(&ours_bad.score.misses) {
        eprintln!("{miss}");
    }
    println!(
        "{}",
        serde_json::to_string_pretty(&figures(&ours, &theirs, &ours_bad, &theirs_bad))?
    );
    Ok(())
}

fn photos(folder: &Path, fonts: &Fonts, conditions: &[Condition]) -> Result<Vec<Photo>> {
    let mut photos = Vec::new();
    let papers = match std::env::var("HULIAN_OCR_PAPERS") {
        Ok(text) => text.parse().context("HULIAN_OCR_PAPERS")?,
        Err(_) => PAPERS,
    };
    for number in 0..papers {
        for kind in KINDS {
            let seed = Seed::figures(number);
            let specimen = draw(kind, seed, fonts);
            for condition in conditions {
                let path = folder.join(format!("{number}-{kind:?}-{condition:?}.jpg"));
                std::fs::write(&path, shoot(&specimen, *condition, seed))?;
                photos.push(Photo {
                    specimen: specimen.clone(),
                    path,
                });
            }
        }
    }
    Ok(photos)
}

fn compare(reader: &Reader, peer: &mut Peer, photos: &[Photo]) -> Result<(Side, Side)> {
    let (mut ours, mut theirs) = (Side::default(), Side::default());
    for photo in photos {
        let expect = expected(photo.specimen.kind);
        let began = Instant::now();
        let reading = reader.read(&std::fs::read(&photo.path)?, expect)?;
        ours.seconds.push(began.elapsed().as_secs_f64());
        ours.score.add(&Score::of(&photo.specimen, &reading));
        let answer = peer.read(&photo.path)?;
        theirs.seconds.push(answer.seconds);
        theirs.peak_mib = theirs.peak_mib.max(answer.peak_kib / 1024.0);
        let best = (0..4)
            .map(|turns| {
                Score::of(
                    &photo.specimen,
                    &understand(answer.lines(turns), answer.size, expect),
                )
            })
            .max_by_key(|score| score.exact);
        theirs.score.add(&best.unwrap_or_default());
    }
    Ok((ours, theirs))
}

fn weigh(paths: &[String]) -> Result<()> {
    let reader = Reader::embedded(None)?;
    for path in paths {
        reader.read(&std::fs::read(path)?, card_ocr::Expect::Any)?;
    }
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .context("no VmHWM")?;
    println!("{}", line.trim().trim_end_matches(" kB"));
    Ok(())
}

fn peak_of_child(photos: &[Photo]) -> Result<f64> {
    let mut child = Command::new(std::env::current_exe()?);
    child.arg("weigh").args(photos.iter().map(|it| &it.path));
    let output = child.output()?;
    ensure!(output.status.success(), "the weighed process failed");
    let kib: f64 = String::from_utf8(output.stdout)?.trim().parse()?;
    Ok(kib / 1024.0)
}

fn figures(ours: &Side, theirs: &Side, ours_bad: &Side, theirs_bad: &Side) -> Vec<Figure> {
    let exact = |name, ours: &Score, theirs: &Score, about: &str| {
        let note = format!(
            "{} of {} fields beside {}; {about}; {} sure and wrong, {} of the photos to be taken again",
            ours.exact, ours.fields, theirs.exact, ours.sure_and_wrong, ours.retakes
        );
        figure(
            name,
            ours.percent(),
            theirs.percent(),
            "%",
            ours.percent() / theirs.percent(),
            note,
        )
    };
    let wrong = (
        f64::from(ours.score.wrong_numbers + ours_bad.score.wrong_numbers),
        f64::from(theirs.score.wrong_numbers + theirs_bad.score.wrong_numbers),
    );
    let (median, peer_median) = (part(&ours.seconds, 0.5), part(&theirs.seconds, 0.5));
    let spread = format!(
        "median; 95 % of ours within {:.2} s, of the peer's within {:.2} s; cards at 1920 x 1440, sheets at 3264 x 2448 pixels",
        part(&ours.seconds, 0.95),
        part(&theirs.seconds, 0.95)
    );
    vec![
        exact("ocr-fields-ordinary", &ours.score, &theirs.score, "drawn papers in six ordinary conditions; the peer's lines through our rules"),
        exact("ocr-fields-bad", &ours_bad.score, &theirs_bad.score, "22 to 30 degrees, blurred, noisy: no ordinary photo"),
        figure(
            "ocr-wrong-numbers",
            wrong.0,
            wrong.1,
            "numbers",
            (wrong.1 + 1.0) / (wrong.0 + 1.0),
            "numbers that pass their check and are not what is printed, all photos; ratio with one added to both".to_owned(),
        ),
        figure("ocr-seconds", median, peer_median, "s", peer_median / median, spread),
        figure(
            "ocr-memory",
            ours.peak_mib,
            theirs.peak_mib,
            "MiB",
            theirs.peak_mib / ours.peak_mib,
            "peak resident memory of a process that reads all ordinary photos one after another, models included".to_owned(),
        ),
    ]
}

fn figure(
    name: &'static str,
    ours: f64,
    peer: f64,
    unit: &'static str,
    ratio: f64,
    note: String,
) -> Figure {
    Figure {
        name,
        ours,
        peer,
        unit,
        ratio,
        peer_name: peer::NAME,
        note,
    }
}

/// The value below which this share of the runs lies.
fn part(seconds: &[f64], share: f64) -> f64 {
    let mut sorted = seconds.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = ((sorted.len().saturating_sub(1)) as f64 * share).round() as usize;
    sorted.get(at).copied().unwrap_or_default()
}
