//! Second step: the device opens its commitment, the joint key exists, and the server co-signs the request info.

use cosign::{rsa, sm2};
use domain::Instant;
use domain::id::InstallId;
use domain::product::Algorithm;
use store::install::{Install, State};

use super::start::{START_PURPOSE, start_aad};
use super::{expired, find, is_live, mismatch, refused, request_digest};
use crate::key_half::ServerKey;
use crate::{App, Caller, Draw, Error, Result};

/// What the device sends.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// The key generation's third message.
    pub message: Vec<u8>,
    /// The co-signature's first message.
    pub request: Vec<u8>,
}

/// The key half and the co-signature's second message.
struct Made {
    key: ServerKey,
    spki: Vec<u8>,
    answer: Vec<u8>,
}

/// Makes the joint key and answers the co-signature, or answers as the first time.
///
/// # Errors
/// `install_not_found`, `install_expired`, `install_mismatch`, `cosign_refused`.
pub async fn key(app: &App, caller: &Caller, id: InstallId, new: NewKey) -> Result<Vec<u8>> {
    let digest = request_digest(&[&new.message, &new.request]);
    let install = find(app, caller, id).await?;
    if install.state != State::Started {
        return again(install, &digest);
    }
    if !is_live(&install, app.now()) {
        return Err(expired());
    }
    let made = make(app, &install, new).await?;
    match keep(app, install, digest, made).await {
        // A repeat of this very request was quicker; its answer counts, ours never leaves.
        Err(error) if error.code() == "conflict" => again(find(app, caller, id).await?, &digest),
        other => other,
    }
}

fn again(install: Install, digest: &[u8; 32]) -> Result<Vec<u8>> {
    match (install.state, install.key_sha256, install.key_answer) {
        (State::Void, ..) | (State::Started, ..) => Err(expired()),
        (_, Some(earlier), Some(answer)) if earlier == *digest => Ok(answer),
        _ => Err(mismatch()),
    }
}

async fn make(app: &App, install: &Install, new: NewKey) -> Result<Made> {
    let holding = store::holding::find(&app.db, install.holding_id).await?;
    let holding = holding.ok_or(store::Error::NotFound("holding.find"))?;
    let product = store::product::find(&app.db, holding.product_id).await?;
    let algorithm = product
        .ok_or(store::Error::NotFound("product.find"))?
        .algorithm;
    let sealed = install.server_start.as_deref().ok_or_else(expired)?;
    let state = app.vault.unwrap(
        START_PURPOSE,
        &start_aad(install.holding_id, install.id),
        sealed,
    )?;
    let (subject, sid, mut rng) = (install.subject.clone(), install.sid, app.rng());
    let work = move || match algorithm {
        Algorithm::Sm2 => make_sm2(&state, &subject, sid, &new, &mut rng),
        Algorithm::Rsa => make_rsa(&state, &subject, sid, &new, &mut rng),
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::internal)?
}

/// What is co-signed is what the server builds itself: the subject it chose, the key it computed.
fn request_info(subject: &[u8], spki: &[u8]) -> Result<Vec<u8>> {
    gm_pki::csr::request_info(subject, spki).map_err(Error::internal)
}

fn make_sm2(
    state: &[u8],
    subject: &[u8],
    sid: [u8; 16],
    new: &NewKey,
    rng: &mut Draw,
) -> Result<Made> {
    let state = sm2::keygen::ServerStart::from_bytes(state).map_err(Error::internal)?;
    let key = sm2::keygen::Open::decode(&new.message)
        .and_then(|open| state.finish(&open))
        .map_err(refused)?;
    let spki = key.public_key().to_spki_der();
    let digest = sm2::digest(key.public_key(), &request_info(subject, &spki)?);
    let request = sm2::sign::Request::decode(&new.request).map_err(refused)?;
    let reply = sm2::sign::server_answer(&key, sid, &digest, &request, rng).map_err(refused)?;
    Ok(Made {
        key: ServerKey::Sm2(key),
        spki,
        answer: reply.encode(),
    })
}

fn make_rsa(
    state: &[u8],
    subject: &[u8],
    sid: [u8; 16],
    new: &NewKey,
    rng: &mut Draw,
) -> Result<Made> {
    let state = rsa::keygen::ServerStart::from_bytes(state).map_err(Error::internal)?;
    let key = rsa::keygen::Open::decode(&new.message)
        .and_then(|open| state.finish(&open))
        .map_err(refused)?;
    let spki = key.public_key().to_spki_der();
    let digest = protocol::sha256(&request_info(subject, &spki)?);
    let request = rsa::sign::Request::decode(&new.request).map_err(refused)?;
    let reply = rsa::sign::server_answer(&key, sid, &digest, &request, rng).map_err(refused)?;
    Ok(Made {
        key: ServerKey::Rsa(key),
        spki,
        answer: reply.encode(),
    })
}

/// Half and answer are written together, over the row as it was read: an answer that leaves is the only one there is.
async fn keep(app: &App, mut install: Install, digest: [u8; 32], made: Made) -> Result<Vec<u8>> {
    let now: Instant = app.now();
    install.server_key = Some(made.key.seal(&app.vault, install.holding_id, install.id)?);
    install.server_start = None;
    install.spki = Some(made.spki);
    install.key_sha256 = Some(digest);
    install.key_answer = Some(made.answer.clone());
    install.state = State::Keyed;
    let mut tx = app.db.begin_write("install.key").await?;
    store::install::update(&mut tx, &install, now).await?;
    tx.commit().await?;
    Ok(made.answer)
}
