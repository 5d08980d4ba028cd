//! Third step: possession is proven, what will be signed is recorded, signed, and put in force.

use domain::Instant;
use domain::id::{CertificateId, InstallId};
use domain::product::Algorithm;
use gm_pki::name::Subject;
use issuer::{LeafProfile, LeafRequest, PreparedLeaf};
use store::install::{Install, State};

use super::finish::finish;
use super::start::installable;
use super::{expired, find, is_live, mismatch, request_digest};
use crate::certificate::{chain, family};
use crate::holding::{Seen, Where, usable_here};
use crate::{App, Caller, Error, Result};

/// A certificate with what stands above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// Its id.
    pub certificate_id: CertificateId,
    /// DER.
    pub certificate: Vec<u8>,
    /// Issuing, root, DER.
    pub chain: [Vec<u8>; 2],
}

/// Issues the certificate, or answers as the first time. `signature` is the finished co-signature over the request info:
/// 64 bytes `r || s` for SM2, 512 bytes for RSA.
///
/// # Errors
/// `install_not_found`, `install_expired`, `install_mismatch`, `cosign_refused` when the signature does not verify, and what
/// bars the holding meanwhile, as at the start.
pub async fn certificate(
    app: &App,
    caller: &Caller,
    id: InstallId,
    signature: &[u8],
) -> Result<Issued> {
    let digest = request_digest(&[signature]);
    let mut taken = take(app, caller, id, signature, digest).await;
    if matches!(&taken, Err(error) if error.code() == "conflict") {
        // The same request was quicker on another connection: its record, or its certificate, is there now.
        taken = take(app, caller, id, signature, digest).await;
    }
    let (install, prepared) = match taken? {
        Step::Done(issued) => return Ok(issued),
        Step::Sign(install, prepared) => (install, prepared),
    };
    let issuer = app.issuer.clone();
    let signing = prepared.clone();
    let der = tokio::task::spawn_blocking(move || issuer.sign_leaf(&signing));
    let der = der
        .await
        .map_err(Error::internal)?
        .map_err(Error::internal)?;
    match finish(app, *install, &prepared, der).await {
        Err(error) if error.code() == "conflict" => {
            again(app, &find(app, caller, id).await?, &digest).await
        }
        other => other,
    }
}

/// What is left to do.
enum Step {
    /// Nothing: this is the first answer.
    Done(Issued),
    /// To sign what is recorded.
    Sign(Box<Install>, PreparedLeaf),
}

async fn take(
    app: &App,
    caller: &Caller,
    id: InstallId,
    signature: &[u8],
    digest: [u8; 32],
) -> Result<Step> {
    let install = find(app, caller, id).await?;
    let (install, prepared) = match install.state {
        State::Void | State::Started => return Err(expired()),
        State::Done => return again(app, &install, &digest).await.map(Step::Done),
        // Killed between record and signature, or the answer was lost on the way: the record decides what is signed.
        State::Recorded => recorded(app, install, &digest).await?,
        State::Keyed if is_live(&install, app.now()) => {
            record(app, caller, install, signature, digest).await?
        }
        State::Keyed => return Err(expired()),
    };
    Ok(Step::Sign(Box::new(install), prepared))
}

async fn again(app: &App, install: &Install, digest: &[u8; 32]) -> Result<Issued> {
    if install.certificate_sha256 != Some(*digest) {
        return Err(mismatch());
    }
    let id = install
        .certificate_id
        .ok_or_else(|| Error::conflict("conflict"))?;
    let certificate = store::certificate::find(&app.db, id)
        .await?
        .ok_or(store::Error::NotFound("certificate.find"))?;
    Ok(Issued {
        certificate_id: id,
        chain: chain(app, certificate.ca),
        certificate: certificate.der,
    })
}

async fn recorded(
    app: &App,
    install: Install,
    digest: &[u8; 32],
) -> Result<(Install, PreparedLeaf)> {
    if install.certificate_sha256 != Some(*digest) {
        return Err(mismatch());
    }
    let (ca, tbs) = store::certificate::recorded(&app.db, install.id)
        .await?
        .ok_or(store::Error::NotFound("issued"))?;
    let prepared = PreparedLeaf::from_recorded(family(ca), tbs).map_err(Error::internal)?;
    Ok((install, prepared))
}

/// A short transaction of its own: when anything is signed, its record is already on the disk.
async fn record(
    app: &App,
    caller: &Caller,
    mut install: Install,
    signature: &[u8],
    digest: [u8; 32],
) -> Result<(Install, PreparedLeaf)> {
    let now = app.now();
    let mut tx = app.db.begin_write("install.record").await?;
    store::holding::find_for_update(&mut tx, install.holding_id).await?;
    let present = store::install::find_for_update(&mut tx, install.id).await?;
    if present.is_none_or(|present| present.version != install.version) {
        return Err(Error::conflict("conflict"));
    }
    let seen = usable_here(
        app,
        &mut tx,
        caller,
        install.holding_id,
        Where::DocumentSealing,
        now,
    )
    .await?;
    installable(install.way, &seen)?;
    prove_possession(&install, seen.product.algorithm, signature)?;
    let until = latest_end(
        &store::entitlement::list(&mut tx, install.holding_id).await?,
        now,
    );
    let prepared = prepare(app, &install, &seen, now, until)?;
    let serial = hex::encode(prepared.serial());
    install.state = State::Recorded;
    install.certificate_sha256 = Some(digest);
    store::install::update(&mut tx, &install, now).await?;
    let ca = seen.product.algorithm;
    store::certificate::record(&mut tx, ca, &serial, install.id, prepared.tbs(), now).await?;
    tx.commit().await?;
    install.version = install.version.saturating_add(1);
    Ok((install, prepared))
}

/// The certificate is valid until the latest end of what is in force.
fn latest_end(entitlements: &[store::entitlement::Stored], now: Instant) -> Instant {
    let in_force = entitlements
        .iter()
        .filter(|stored| stored.entitlement.in_force(now));
    in_force
        .map(|stored| stored.entitlement.period.until)
        .max()
        .unwrap_or(now)
}

fn prove_possession(install: &Install, algorithm: Algorithm, signature: &[u8]) -> Result<()> {
    let refused = || Error::invalid("cosign_refused");
    let spki = install.spki.as_deref().ok_or_else(expired)?;
    let info = gm_pki::csr::request_info(&install.subject, spki).map_err(Error::internal)?;
    let signature = match algorithm {
        Algorithm::Rsa => signature.to_vec(),
        Algorithm::Sm2 => cosign::sm2::Signature::from_bytes(signature)
            .map_err(|error| refused().because(error))?
            .to_der(),
    };
    let algorithm = family(algorithm).algorithm();
    gm_pki::public_key::verify(spki, algorithm, &info, &signature)
        .map_err(|error| refused().because(error))
}

fn prepare(
    app: &App,
    install: &Install,
    seen: &Seen,
    now: Instant,
    until: Instant,
) -> Result<PreparedLeaf> {
    let request = LeafRequest {
        family: family(seen.product.algorithm),
        profile: LeafProfile::Signing,
        subject: Subject::from_der(&install.subject).map_err(Error::internal)?,
        spki_der: install.spki.clone().ok_or_else(expired)?,
        not_before: now.seconds(),
        not_after: until.seconds(),
    };
    app.issuer
        .prepare_leaf(&request, &mut app.rng())
        .map_err(Error::internal)
}
