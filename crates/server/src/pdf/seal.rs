//! `hulian pdf seal`: prepare and copy while the digest is made, sign, embed, publish.

use std::path::{Path, PathBuf};

use app::clock::{Clock as _, SystemClock};
use clap::Args;
use gm_pki::{Signer as _, cms, tsp};
use pdf_seal::{Artwork, Opened, Prepared, Request};
use serde_json::json;

use super::base::Base;
use super::fetch::Web;
use super::key::{self, Identity};
use super::longterm::{Level, Raise, Raised, needs_service, raise};
use super::mode::Mode;
use super::output::Output;
use super::picture::Picture;
use super::places::{self, PlaceArgs};
use super::refused::Refused;
use super::{Said, open_to_seal, open_with, tsa};

/// `hulian pdf seal IN OUT`.
#[derive(Debug, Args)]
pub struct SealArgs {
    /// The PDF to seal.
    input: PathBuf,
    /// The PDF to write; may be the same.
    output: PathBuf,
    /// The private key, SM2, P-256 or RSA: PEM, PKCS#8, or a PKCS#12 store with its certificates.
    #[arg(long)]
    key: PathBuf,
    /// A file with the password of the key.
    #[arg(long)]
    key_pass_file: Option<PathBuf>,
    /// The signer's certificate and those above it: PEM. May be left out when the store of the key brings them.
    #[arg(long)]
    cert: Option<PathBuf>,
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
    /// b, t, lt or lta; t with --tsa, else b.
    #[arg(long)]
    level: Option<String>,
    /// For lt and lta, a root that the chains must end at: PEM, may be repeated. Without one any root does.
    #[arg(long)]
    trust: Vec<PathBuf>,
    /// Say it as JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &SealArgs) -> Result<Said, Refused> {
    check_level(args)?;
    let now = SystemClock.now().micros().div_euclid(1_000_000);
    let mode = Mode::parse(&args.mode)?;
    let files = key::Files {
        key: &args.key,
        key_pass: args.key_pass_file.as_deref(),
        chain: args.cert.as_deref(),
    };
    let identity = key::load(&files, now)?;
    let picture = args.seal.as_deref().map(Picture::load).transpose()?;
    let Opened {
        document, repaired, ..
    } = open_to_seal(&args.input, args.password_file.as_deref())?;
    let info = document
        .info()
        .map_err(|refusal| Refused::of_file(&args.input, &refusal))?;
    let pages = info.pages;
    let file = places::File {
        path: &args.input,
        document: &document,
        pages: &pages,
    };
    let placed = places::place(&file, &mode, &args.place, picture.as_ref())?;
    let (marks, mut notes) = (placed.marks, placed.notes);
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
    let mut output = Output::create(&args.output)?;
    let base = Base {
        document: &document,
        path: &args.input,
        algorithm: identity.key.algorithm(),
    };
    let (mut prepared, digest) = base.prepare_and_digest(&request, &mut output)?;
    // The levels that ask the network all need a time stamp service.
    let mut web = args.tsa.is_some().then(Web::new).transpose()?;
    let cms = sign(args, web.as_mut(), &identity, &digest)?;
    prepared
        .embed(&cms)
        .map_err(|error| Refused::new("signature_too_large", error.to_string()))?;
    output.write(prepared.increment())?;
    let raised = match &mut web {
        Some(web) => raised(args, web, &mut output, prepared.field(), now)?,
        None => Raised::default(),
    };
    notes.extend(info.warnings);
    let told = Told {
        pages: &sealed_pages,
        notes,
        repaired,
        raised,
    };
    let said = said(args, &prepared, &identity, told);
    // The map goes before the rename, since some systems do not replace a file that is mapped.
    drop((document, prepared));
    output.publish()?;
    Ok(said)
}

/// What the levels lt and lta add.
fn raised(
    args: &SealArgs,
    web: &mut Web,
    output: &mut Output,
    field: &str,
    now: i64,
) -> Result<Raised, Refused> {
    let Some(level) = args.level.as_deref().and_then(Level::parse) else {
        return Ok(Raised::default());
    };
    let mut roots = Vec::new();
    for path in &args.trust {
        roots.extend(key::certificates(path)?);
    }
    let reopen = |path: &Path| open_with(path, args.password_file.as_deref());
    let wish = Raise {
        input: &args.input,
        reopen: &reopen,
        level,
        tsa: args.tsa.as_deref(),
        roots: &roots,
        now,
        new: Some(field),
    };
    raise(&wish, web, output)
}

fn check_level(args: &SealArgs) -> Result<(), Refused> {
    match (args.level.as_deref(), &args.tsa) {
        (None, _) | (Some("b"), None) | (Some("t"), Some(_)) => Ok(()),
        (Some("lt" | "lta"), Some(_)) => Ok(()),
        // Each level includes the one before it.
        (Some(level @ ("t" | "lt" | "lta")), None) => Err(needs_service(level)),
        (Some("b"), Some(_)) => Err(Refused::new(
            "bad_level",
            "level b has no time stamp: leave out --tsa or say --level t",
        )),
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

fn sign(
    args: &SealArgs,
    web: Option<&mut Web>,
    identity: &Identity,
    digest: &[u8],
) -> Result<Vec<u8>, Refused> {
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
    let token = match args.tsa.as_ref().zip(web) {
        Some((url, web)) => {
            let imprint = tsp::imprint_of(algorithm, &signature);
            Some(tsa::stamp(web, url, &imprint)?)
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

/// What is said of the seal beside the seal itself.
struct Told<'a> {
    pages: &'a [u32],
    /// Sentences for people.
    notes: Vec<String>,
    /// Why the file was written anew.
    repaired: Option<Vec<String>>,
    /// What the levels lt and lta added.
    raised: Raised,
}

fn said(args: &SealArgs, prepared: &Prepared, identity: &Identity, told: Told<'_>) -> Said {
    let Told {
        pages,
        mut notes,
        repaired,
        raised,
    } = told;
    notes.extend_from_slice(&raised.notes);
    if let Some(reasons) = &repaired {
        notes.push(format!(
            "the file was damaged ({}) and was written anew before it was sealed",
            reasons.join("; ")
        ));
    }
    let usual = if args.tsa.is_some() { "t" } else { "b" };
    let level = args.level.as_deref().unwrap_or(usual);
    let visible = args.seal.is_some();
    let json = json!({
        "out": args.output.to_string_lossy(), "field": prepared.field(), "level": level,
        "algorithm": identity.key.algorithm().name(), "signer": identity.name, "visible": visible,
        "pages": if visible { pages } else { &[] },
        "base_len": prepared.base_len(), "len": prepared.base_len() + prepared.increment().len() as u64 + raised.added,
        "byte_range": prepared.byte_range(), "time_stamps": raised.time_stamps, "notes": notes,
        "repaired": repaired.is_some(), "repair_reasons": repaired.unwrap_or_default(),
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
