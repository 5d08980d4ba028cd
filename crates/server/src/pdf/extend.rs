//! `hulian pdf extend`: longer life for the signatures of a file, without a key.

use std::path::{Path, PathBuf};

use app::clock::{Clock as _, SystemClock};
use clap::Args;
use pdf_seal::{Document, Policy, SignatureReport};
use serde_json::{Value, json};

use super::fetch::Web;
use super::longterm::{Level, Raise, Raised, needs_service, raise};
use super::output::Output;
use super::refused::Refused;
use super::{Said, key, open_with};

/// `hulian pdf extend FILE OUT --level lt|lta`.
#[derive(Debug, Args)]
pub struct ExtendArgs {
    /// The signed PDF.
    file: PathBuf,
    /// The PDF to write; may be the same.
    out: PathBuf,
    /// lt: put into the file what proves its signatures (certificates, revocation); lta: that, under a time stamp.
    #[arg(long)]
    level: String,
    /// A time stamp service (RFC 3161); needed for lta.
    #[arg(long)]
    tsa: Option<String>,
    /// A root that chains must end at: PEM, may be repeated. Without one any root does.
    #[arg(long)]
    trust: Vec<PathBuf>,
    /// A file with the password of the PDF, the user's or the owner's.
    #[arg(long)]
    password_file: Option<PathBuf>,
    /// Say it as JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &ExtendArgs) -> Result<Said, Refused> {
    let level = Level::parse(&args.level).ok_or_else(|| {
        Refused::new(
            "bad_level",
            format!("--level {}: say lt or lta", args.level),
        )
    })?;
    if level == Level::Lta && args.tsa.is_none() {
        return Err(needs_service("lta"));
    }
    let mut roots = Vec::new();
    for path in &args.trust {
        roots.extend(key::certificates(path)?);
    }
    let password = args.password_file.as_deref();
    let document = open_with(&args.file, password)?;
    document
        .held()
        .map_err(|refusal| Refused::of_file(&args.file, &refusal))?;
    let mut output = Output::create(&args.out)?;
    for chunk in (**document.source()).as_ref().chunks(1 << 20) {
        output.write(chunk)?;
    }
    let base_len = document.len();
    drop(document);
    let reopen = |path: &Path| open_with(path, password);
    let wish = Raise {
        input: &args.file,
        reopen: &reopen,
        level,
        tsa: args.tsa.as_deref(),
        roots: &roots,
        now: SystemClock.now().micros().div_euclid(1_000_000),
        new: None,
    };
    let raised = raise(&wish, &mut Web::new()?, &mut output)?;
    let document = reopen(output.temporary())?;
    let reports = reached(&document, roots, &args.file)?;
    drop(document);
    output.publish()?;
    Ok(said(args, base_len, &raised, &reports))
}

/// What the signatures have come to, by our own verifier.
fn reached(
    document: &Document,
    roots: Vec<Vec<u8>>,
    file: &Path,
) -> Result<Vec<SignatureReport>, Refused> {
    let policy = Policy {
        roots,
        ..Policy::default()
    };
    let report = document.verify(&policy);
    Ok(report
        .map_err(|refusal| Refused::of_file(file, &refusal))?
        .signatures)
}

fn said(args: &ExtendArgs, base_len: u64, raised: &Raised, reports: &[SignatureReport]) -> Said {
    let signatures: Vec<Value> = reports
        .iter()
        .map(|it| {
            json!({"field": it.field, "kind": it.kind.name(), "level": it.level.map(pdf_seal::Level::name)})
        })
        .collect();
    let json = json!({
        "out": args.out.to_string_lossy(), "base_len": base_len, "len": base_len + raised.added,
        "time_stamps": raised.time_stamps, "signatures": signatures, "notes": raised.notes,
    });
    let levels = reports.iter().filter_map(|it| {
        let level = it.level?.name();
        Some(format!("{}: level {level}", it.field))
    });
    let mut lines: Vec<String> = levels.collect();
    lines.extend(raised.notes.iter().map(|note| format!("note: {note}")));
    lines.push(match raised.added {
        0 => format!("{}: everything was in the file already", args.out.display()),
        added => format!(
            "{}: {added} bytes were added, nothing was changed",
            args.out.display()
        ),
    });
    Said {
        exit: 0,
        json,
        lines,
    }
}
