//! `hulian pdf seal`: prepare, digest and copy at the same time, sign, embed, publish.

use std::io::Write as _;
use std::path::PathBuf;

use app::clock::{Clock as _, SystemClock};
use clap::Args;
use gm_pki::{Signer as _, cms};
use pdf_seal::{Artwork, Document, Midstate, Prepared, Request};
use serde_json::json;

use super::key::{self, Identity};
use super::mode::Mode;
use super::output::Output;
use super::picture::Picture;
use super::places::{self, PlaceArgs};
use super::refused::{Refused, not_done};
use super::{Said, open_with, tsa};

/// `hulian pdf seal IN OUT`.
#[derive(Debug, Args)]
pub struct SealArgs {
    /// The PDF to seal.
    input: PathBuf,
    /// The PDF to write; may be the same.
    output: PathBuf,
    /// The private key: PEM, SM2, P-256 or RSA.
    #[arg(long)]
    key: PathBuf,
    /// A file with the password of the key (not done yet).
    #[arg(long)]
    key_pass_file: Option<PathBuf>,
    /// The signer's certificate and those above it: PEM.
    #[arg(long)]
    cert: PathBuf,
    /// The seal picture: PNG, or SVG of shapes. Without it the signature is invisible.
    #[arg(long)]
    seal: Option<PathBuf>,
    /// page:N, all, pages:1-3,5, straddle[:left+right+top+bottom[:1-9]] or keyword:TEXT[#first|#all|#N].
    #[arg(long, default_value = "page:1")]
    mode: String,
    #[command(flatten)]
    place: PlaceArgs,
    /// A file with the password of the PDF, the user's or the owner's.
    #[arg(long)]
    password_file: Option<PathBuf>,
    /// Why it is sealed.
    #[arg(long)]
    reason: Option<String>,
    /// A time stamp service (RFC 3161).
    #[arg(long)]
    tsa: Option<String>,
    /// b, t, lt or lta (lt and lta are not done yet); t with --tsa, else b.
    #[arg(long)]
    level: Option<String>,
    /// Say it as JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &SealArgs) -> Result<Said, Refused> {
    check_level(args)?;
    if args.key_pass_file.is_some() {
        return Err(not_done("reading an encrypted key"));
    }
    let now = SystemClock.now().micros().div_euclid(1_000_000);
    let mode = Mode::parse(&args.mode)?;
    let identity = key::load(&args.key, &args.cert, now)?;
    let picture = args.seal.as_deref().map(Picture::load).transpose()?;
    let document = open_with(&args.input, args.password_file.as_deref())?;
    let pages = document
        .info()
        .map_err(|refusal| Refused::of_file(&args.input, &refusal))?
        .pages;
    let file = places::File {
        path: &args.input,
        document: &document,
        pages: &pages,
    };
    let placed = places::place(&file, &mode, &args.place, picture.as_ref())?;
    let (marks, notes) = (placed.marks, placed.notes);
    let picture = match (picture, &args.seal) {
        (Some(picture), Some(path)) => Some(picture.into_png(path, placed.size_mm)?),
        _ => None,
    };
    let mut sealed_pages: Vec<u32> = marks.iter().map(|mark| mark.page).collect();
    sealed_pages.dedup();
    let request = Request {
        artwork: picture
            .as_ref()
            .map_or(Artwork::None, |picture| Artwork::Png(picture)),
        marks,
        signer_name: identity.name.clone(),
        reason: args.reason.clone(),
        time_unix: now,
        contents_bytes: room(&identity, args.tsa.is_some()),
        ..Request::default()
    };
    let mut prepared = document
        .prepare(&request)
        .map_err(|refusal| Refused::of_file(&args.input, &refusal))?;
    let mut output = Output::create(&args.output)?;
    let digest = digest_and_copy(&document, &prepared, &identity, &mut output)?;
    let cms = sign(args, &identity, &digest)?;
    prepared
        .embed(&cms)
        .map_err(|error| Refused::new("signature_too_large", error.to_string()))?;
    output.write(prepared.increment())?;
    let said = said(args, &prepared, &identity, (&sealed_pages, notes));
    // The map goes before the rename, since some systems do not replace a file that is mapped.
    drop((document, prepared));
    output.publish()?;
    Ok(said)
}

fn check_level(args: &SealArgs) -> Result<(), Refused> {
    match (args.level.as_deref(), &args.tsa) {
        (None, _) | (Some("b"), None) | (Some("t"), Some(_)) => Ok(()),
        (Some("t"), None) => Err(Refused::new(
            "bad_level",
            "level t needs a time stamp service: add --tsa URL",
        )),
        (Some("b"), Some(_)) => Err(Refused::new(
            "bad_level",
            "level b has no time stamp: leave out --tsa or say --level t",
        )),
        (Some("lt" | "lta"), _) => Err(not_done("sealing at the levels lt and lta")),
        (Some(other), _) => Err(Refused::new(
            "bad_level",
            format!("--level {other}: say b, t, lt or lta"),
        )),
    }
}

/// What the CMS will take at most: the chain, about 1500 bytes of structure and signature, and a token with its chain.
fn room(identity: &Identity, stamped: bool) -> usize {
    let chain: usize = identity.chain.iter().map(Vec::len).sum();
    chain + 4096 + if stamped { 20 << 10 } else { 0 }
}

/// One walk for the digest, one for the copy, at the same time: both are about as long as the disk lets them be.
fn digest_and_copy(
    document: &Document,
    prepared: &Prepared,
    identity: &Identity,
    output: &mut Output,
) -> Result<Vec<u8>, Refused> {
    let algorithm = identity.key.algorithm();
    let base = document.source().clone();
    let (state, copied): (Option<Midstate>, std::io::Result<()>) = std::thread::scope(|scope| {
        let hasher = scope.spawn(|| prepared.base_midstate(algorithm));
        let file = output.file();
        let copied = (*base)
            .as_ref()
            .chunks(1 << 20)
            .try_for_each(|chunk| file.write_all(chunk));
        (hasher.join().ok(), copied)
    });
    copied.map_err(|error| output.failed(&error))?;
    let internal = |what: &str| {
        Refused::new(
            "internal",
            format!("the digest could not be made ({what}); try again"),
        )
    };
    let state = state.ok_or_else(|| internal("thread"))?;
    prepared
        .digest_from(&state)
        .map_err(|error| internal(&error.to_string()))
}

fn sign(args: &SealArgs, identity: &Identity, digest: &[u8]) -> Result<Vec<u8>, Refused> {
    let failed = |error: gm_pki::Error| {
        Refused::new(
            "signing",
            format!("the signature could not be made: {error}"),
        )
    };
    let chain: Vec<&[u8]> = identity.chain.iter().map(Vec::as_slice).collect();
    let algorithm = identity.key.algorithm();
    let own = chain.first().copied().unwrap_or_default();
    let attributes = cms::signed_attributes(algorithm, digest, own).map_err(failed)?;
    let signature = identity.key.sign(&attributes).map_err(failed)?;
    // A fault while signing must not leave this process: it could tell the key, and nobody could use the file.
    gm_pki::public_key::verify(
        identity.key.public_key_der(),
        algorithm,
        &attributes,
        &signature,
    )
    .map_err(failed)?;
    let token = match &args.tsa {
        Some(url) => {
            let mut nonce = [0_u8; 8];
            getrandom::fill(&mut nonce)
                .map_err(|error| Refused::new("internal", error.to_string()))?;
            // DER has no leading zeros, and a service may echo the number in its shortest form.
            nonce[0] |= 1;
            Some(tsa::stamp(url, algorithm, &signature, &nonce)?)
        }
        None => None,
    };
    let parts = cms::Parts {
        algorithm,
        signed_attributes: &attributes,
        signature: &signature,
        certificates: &chain,
        timestamp_token: token.as_deref(),
    };
    cms::assemble(&parts).map_err(failed)
}

fn said(
    args: &SealArgs,
    prepared: &Prepared,
    identity: &Identity,
    (pages, notes): (&[u32], Vec<String>),
) -> Said {
    let level = if args.tsa.is_some() { "t" } else { "b" };
    let visible = args.seal.is_some();
    let json = json!({
        "out": args.output.to_string_lossy(), "field": prepared.field(), "level": level,
        "algorithm": identity.key.algorithm().name(), "signer": identity.name, "visible": visible,
        "pages": if visible { pages } else { &[] },
        "base_len": prepared.base_len(), "len": prepared.base_len() + prepared.increment().len() as u64,
        "byte_range": prepared.byte_range(), "notes": notes,
    });
    let seal = if visible {
        format!("a seal on {} page(s)", pages.len())
    } else {
        "an invisible signature".to_owned()
    };
    let mut lines = vec![format!(
        "{}: {seal}, {}, level {level}",
        args.output.display(),
        identity.key.algorithm().name()
    )];
    lines.extend(notes.iter().map(|note| format!("note: {note}")));
    Said {
        exit: 0,
        json,
        lines,
    }
}
