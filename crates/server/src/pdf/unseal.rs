//! `hulian pdf unseal`: the file as it was before its last seal, to the byte.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::output::Output;
use super::refused::Refused;
use super::{Said, open_with};

/// `hulian pdf unseal IN OUT`.
#[derive(Debug, Args)]
pub struct UnsealArgs {
    /// The sealed PDF.
    input: PathBuf,
    /// The PDF to write; may be the same.
    output: PathBuf,
    /// A file with the password of the PDF, the user's or the owner's.
    #[arg(long)]
    password_file: Option<PathBuf>,
    /// Say it as JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &UnsealArgs) -> Result<Said, Refused> {
    let document = open_with(&args.input, args.password_file.as_deref())?;
    let len = document
        .unseal()
        .map_err(|refusal| Refused::of_file(&args.input, &refusal))?;
    let mut output = Output::create(&args.output)?;
    let source = document.source().clone();
    let cut = usize::try_from(len)
        .ok()
        .and_then(|cut| (*source).as_ref().get(..cut))
        .unwrap_or_default();
    for chunk in cut.chunks(1 << 20) {
        output.write(chunk)?;
    }
    let removed = document.len() - len;
    drop((document, source));
    output.publish()?;
    let line = format!(
        "{}: the last seal is gone ({removed} bytes); copies handed out before stay sealed",
        args.output.display()
    );
    let json = json!({"out": args.output.to_string_lossy(), "len": len, "removed_bytes": removed});
    Ok(Said {
        exit: 0,
        json,
        lines: vec![line],
    })
}
