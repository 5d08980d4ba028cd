//! `hulian pdf verify`: every signature, its verdict and why.

use std::path::PathBuf;

use clap::Args;
use pdf_seal::{Chain, Changes, Integrity, Outcome, Policy, SignatureReport, SignatureTime};
use serde_json::{Value, json};

use super::refused::{Refused, not_done};
use super::{Said, key, open};

/// `hulian pdf verify FILE`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The PDF.
    file: PathBuf,
    /// A root to believe: PEM, may be repeated.
    #[arg(long)]
    trust: Vec<PathBuf>,
    /// Look at certificates at this time (RFC 3339, as 2026-11-24T08:00:00+08:00) instead of the signature's own.
    #[arg(long)]
    at: Option<String>,
    /// A file with the password of the PDF (not done yet).
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
    let document = match open(&args.file) {
        Err(refused) if refused.code == "encrypted" && args.password_file.is_some() => {
            return Err(not_done("verifying an encrypted PDF"));
        }
        other => other.map_err(unreadable)?,
    };
    let policy = Policy {
        roots,
        at,
        ..Policy::default()
    };
    let report = document
        .verify(&policy)
        .map_err(|refusal| unreadable(Refused::of_file(&args.file, &refusal)))?;
    let outcomes: Vec<Outcome> = report
        .signatures
        .iter()
        .map(SignatureReport::outcome)
        .collect();
    let (exit, word) = if outcomes.is_empty() {
        (NO_SIGNATURE, "no_signature")
    } else if outcomes.contains(&Outcome::Failed) {
        (1, "failed")
    } else if outcomes.contains(&Outcome::Indeterminate) {
        (5, "indeterminate")
    } else {
        (0, "passed")
    };
    let signatures: Vec<Value> = report.signatures.iter().map(signature).collect();
    let mut lines: Vec<String> = report.signatures.iter().flat_map(told).collect();
    lines.push(match exit {
        NO_SIGNATURE => "this PDF carries no signature".to_owned(),
        _ => format!("{} signature(s): {word}", outcomes.len()),
    });
    let json = json!({
        "file": args.file.to_string_lossy(), "outcome": word, "signatures": signatures,
        "last_covers_whole_file": report.last_covers_whole_file,
    });
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

const fn outcome(it: Outcome) -> &'static str {
    match it {
        Outcome::Passed => "passed",
        Outcome::Failed => "failed",
        Outcome::Indeterminate => "indeterminate",
    }
}

const fn integrity(it: Integrity) -> &'static str {
    match it {
        Integrity::Intact => "intact",
        Integrity::Broken => "broken",
        Integrity::Unsupported => "unsupported",
    }
}

const fn chain(it: Chain) -> &'static str {
    match it {
        Chain::Trusted => "trusted",
        Chain::Untrusted => "untrusted",
        Chain::Indeterminate => "indeterminate",
    }
}

fn changes(it: Changes) -> Value {
    match it {
        Changes::None => json!({"kind": "none", "revisions": 0}),
        Changes::Allowed { revisions } => json!({"kind": "allowed", "revisions": revisions}),
        Changes::Forbidden { revisions } => json!({"kind": "forbidden", "revisions": revisions}),
        Changes::Unexplained => json!({"kind": "unexplained", "revisions": null}),
    }
}

fn when(it: SignatureTime) -> Value {
    match it {
        SignatureTime::Token { unix, trusted } => {
            json!({"kind": "time_stamp", "unix": unix, "trusted": trusted})
        }
        SignatureTime::Claimed(unix) => json!({"kind": "claimed", "unix": unix, "trusted": false}),
        SignatureTime::Unknown => json!({"kind": "unknown", "unix": null, "trusted": false}),
    }
}

fn signature(it: &SignatureReport) -> Value {
    json!({
        "field": it.field, "sub_filter": it.sub_filter, "signer": it.signer, "algorithm": it.algorithm,
        "outcome": outcome(it.outcome()), "integrity": integrity(it.integrity), "chain": chain(it.chain),
        "changes": changes(it.changes), "time": when(it.time), "covered_len": it.covered_len,
        "covers_whole_file": it.covers_whole_file, "own_base_len": it.own_base_len, "reasons": it.reasons,
    })
}

fn told(it: &SignatureReport) -> Vec<String> {
    let signer = it.signer.as_deref().unwrap_or("unknown signer");
    let head = format!(
        "{} by {signer}: {} (content {}, signer {})",
        it.field,
        outcome(it.outcome()),
        integrity(it.integrity),
        chain(it.chain)
    );
    let mut lines = vec![head];
    lines.extend(it.reasons.iter().map(|reason| format!("    {reason}")));
    lines
}
