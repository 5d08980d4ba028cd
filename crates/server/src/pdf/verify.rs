//! `hulian pdf verify`: every signature, its verdict and why.

use std::path::PathBuf;

use clap::Args;
use pdf_seal::{Outcome, Policy, SignatureKind, SignatureReport};

use super::refused::Refused;
use super::{Said, key, open_with};

/// `hulian pdf verify FILE`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The PDF.
    file: PathBuf,
    /// A root to believe: PEM, may be repeated.
    #[arg(long)]
    trust: Vec<PathBuf>,
    /// Judge at this time (RFC 3339, as 2026-11-24T08:00:00+08:00): what a time stamp that is good then proves to be older
    /// is still judged at the time of the stamp.
    #[arg(long)]
    at: Option<String>,
    /// A file with the password of the PDF, the user's or the owner's.
    #[arg(long)]
    password_file: Option<PathBuf>,
    /// Say it as JSON.
    #[arg(long)]
    pub(super) json: bool,
}

const UNREADABLE: u8 = 2;
const NO_SIGNATURE: u8 = 3;

pub(super) fn run(args: &VerifyArgs) -> Result<Said, Refused> {
    let mut roots = Vec::new();
    for path in &args.trust {
        roots.extend(key::certificates(path)?);
    }
    let at = args.at.as_deref().map(time).transpose()?;
    let unreadable = |refused: Refused| Refused {
        exit: UNREADABLE,
        ..refused
    };
    let document = open_with(&args.file, args.password_file.as_deref()).map_err(unreadable)?;
    let policy = Policy {
        roots,
        at,
        ..Policy::default()
    };
    let report = document
        .verify(&policy)
        .map_err(|refusal| unreadable(Refused::of_file(&args.file, &refusal)))?;
    let (exit, word) = match report.outcome() {
        None => (NO_SIGNATURE, "no_signature"),
        Some(Outcome::Failed) => (1, "failed"),
        Some(Outcome::Indeterminate) => (5, "indeterminate"),
        Some(Outcome::Passed) => (0, "passed"),
    };
    let mut lines: Vec<String> = report.signatures.iter().flat_map(told).collect();
    lines.push(match exit {
        NO_SIGNATURE => "this PDF carries no signature".to_owned(),
        _ => format!("{} signature(s): {word}", report.signatures.len()),
    });
    let json = report.to_json(&args.file.to_string_lossy());
    Ok(Said { exit, json, lines })
}

fn time(text: &str) -> Result<i64, Refused> {
    let parsed: Result<jiff::Timestamp, _> = text.parse();
    parsed.map(jiff::Timestamp::as_second).map_err(|_| {
        Refused::new(
            "bad_time",
            format!("--at {text}: say a time with its zone, as 2026-11-24T08:00:00+08:00"),
        )
    })
}

fn told(it: &SignatureReport) -> Vec<String> {
    let signer = it.signer.as_deref().unwrap_or("unknown signer");
    let kind = match (it.kind, it.level) {
        (SignatureKind::DocumentTimeStamp, _) => ", document time stamp".to_owned(),
        (_, Some(level)) => format!(", level {}", level.name()),
        _ => String::new(),
    };
    let head = format!(
        "{} by {signer}{kind}: {} (content {}, signer {})",
        it.field,
        it.outcome().name(),
        it.integrity.name(),
        it.chain.name()
    );
    let mut lines = vec![head];
    let (indication, sub) = it.indication();
    lines.push(match sub {
        Some(sub) => format!("    {}: {}", indication.name(), sub.name()),
        None => format!("    {}", indication.name()),
    });
    if let Some(name) = &it.seal_name {
        let kind = it
            .seal_kind
            .as_deref()
            .map_or(String::new(), |kind| format!(" ({kind})"));
        lines.push(format!("    seal {name}{kind}"));
    }
    lines.extend(it.reasons.iter().map(|reason| format!("    {reason}")));
    lines.extend(it.later.iter().map(|change| format!("    note: {change}")));
    lines
}
