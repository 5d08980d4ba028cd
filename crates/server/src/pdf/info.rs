//! `hulian pdf info`: what a file tells about itself; nothing is verified.

use std::path::PathBuf;

use clap::Args;
use pdf_seal::{Encryption, OpenedBy, SignatureInfo, XrefKind};
use serde_json::{Value, json};

use super::refused::Refused;
use super::{Said, open_with};

/// `hulian pdf info FILE`.
#[derive(Debug, Args)]
pub struct InfoArgs {
    /// The PDF.
    file: PathBuf,
    /// A file with the password of the PDF, the user's or the owner's.
    #[arg(long)]
    password_file: Option<PathBuf>,
    /// Say it as JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &InfoArgs) -> Result<Said, Refused> {
    let document = open_with(&args.file, args.password_file.as_deref())?;
    let info = document
        .info()
        .map_err(|refusal| Refused::of_file(&args.file, &refusal))?;
    let xref = match info.xref {
        XrefKind::Table => "table",
        XrefKind::Stream => "stream",
        XrefKind::Hybrid => "hybrid",
    };
    let pages: Vec<Value> = info.pages.iter().map(|page| {
        json!({"number": page.number, "width_mm": page.width_mm, "height_mm": page.height_mm, "rotate": page.rotate, "listed_twice": page.listed_twice})
    }).collect();
    let signatures: Vec<Value> = info.signatures.iter().map(signature).collect();
    let mut lines = vec![format!(
        "PDF {}, {} bytes, {} page(s), {} signature(s), cross-references: {xref}, {} section(s)",
        info.version,
        info.len,
        pages.len(),
        signatures.len(),
        info.sections
    )];
    lines.extend(info.encryption.as_ref().map(|it| {
        let opened = match it.opened_by {
            OpenedBy::Nothing => "opens without a password",
            OpenedBy::User => "opened by its user password",
            OpenedBy::Owner => "opened by its owner password",
        };
        format!("encrypted: {}, {} bits, {opened}", it.method, it.key_bits)
    }));
    lines.extend(info.signatures.iter().map(|signature| {
        let own = if signature.own_base_len.is_some() {
            ", made by hulian"
        } else {
            ""
        };
        format!("signature {}{own}", signature.field)
    }));
    lines.extend(
        info.warnings
            .iter()
            .map(|warning| format!("note: {warning}")),
    );
    let json = json!({
        "version": info.version, "len": info.len, "xref": xref, "sections": info.sections,
        "pages": pages, "signatures": signatures, "warnings": info.warnings,
        "encryption": info.encryption.as_ref().map(encryption),
    });
    Ok(Said {
        exit: 0,
        json,
        lines,
    })
}

fn encryption(it: &Encryption) -> Value {
    json!({
        "method": it.method, "key_bits": it.key_bits, "revision": it.revision, "opened_by": it.opened_by.name(),
        "permissions": it.permissions, "seal_permitted": it.seal_permitted,
    })
}

fn signature(it: &SignatureInfo) -> Value {
    let tag = it.seal_tag.as_ref().map(|tag| {
        tag.iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    });
    json!({"field": it.field, "claimed_time": it.claimed_time, "covered_len": it.covered_len, "own_base_len": it.own_base_len, "seal_tag": tag, "seal_name": it.seal_name, "seal_kind": it.seal_kind})
}
