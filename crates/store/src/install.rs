//! Installs: one way of a certificate to a device, with the answers that were given on it.

use domain::Instant;
use domain::holding::Way;
use domain::id::{CertificateId, DeviceId, HoldingId, InstallId};

use crate::{Exec, Result, Row, Tx, sql};

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT id, holding_id, device_id, usage, way, request_id, state, sid, subject, start_sha256, start_answer, server_start,
            key_sha256, key_answer, server_key, spki, certificate_sha256, certificate_id, created_us, expires_us, version FROM install ",
            $tail
        )
    };
}

/// How far an install has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The first message is answered.
    Started,
    /// The joint key exists.
    Keyed,
    /// The key's possession is proven, and what will be signed is recorded.
    Recorded,
    /// The certificate is there.
    Done,
    /// Not finished in time; its server half is gone.
    Void,
}

impl State {
    const ALL: [Self; 5] = [
        Self::Started,
        Self::Keyed,
        Self::Recorded,
        Self::Done,
        Self::Void,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Keyed => "keyed",
            Self::Recorded => "recorded",
            Self::Done => "done",
            Self::Void => "void",
        }
    }
}

impl std::str::FromStr for State {
    type Err = domain::product::UnknownWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == word)
            .ok_or(domain::product::UnknownWord)
    }
}

/// An install. The digests are of the requests whose answers stand beside them.
#[derive(Clone, PartialEq, Eq)]
pub struct Install {
    /// Its id.
    pub id: InstallId,
    /// For which holding.
    pub holding_id: HoldingId,
    /// On which device.
    pub device_id: DeviceId,
    /// `sign`.
    pub usage: String,
    /// By which way the certificate comes.
    pub way: Way,
    /// 16 random bytes of the device.
    pub request_id: [u8; 16],
    /// How far it has come.
    pub state: State,
    /// The session of the co-signature over the request info.
    pub sid: [u8; 16],
    /// DER Name that the certificate will carry.
    pub subject: Vec<u8>,
    /// Digest of the first request.
    pub start_sha256: [u8; 32],
    /// The message that answered it.
    pub start_answer: Vec<u8>,
    /// Sealed state of the key generation.
    pub server_start: Option<Vec<u8>>,
    /// Digest of the second request.
    pub key_sha256: Option<[u8; 32]>,
    /// The message that answered it.
    pub key_answer: Option<Vec<u8>>,
    /// Sealed server half.
    pub server_key: Option<Vec<u8>>,
    /// The joint public key.
    pub spki: Option<Vec<u8>>,
    /// Digest of the third request.
    pub certificate_sha256: Option<[u8; 32]>,
    /// What came of it.
    pub certificate_id: Option<CertificateId>,
    /// When it began.
    pub created_at: Instant,
    /// When it becomes void.
    pub expires_at: Instant,
    /// Raised with each change.
    pub version: u32,
}

fn digest(row: &Row, column: &'static str) -> Result<Option<[u8; 32]>> {
    row.opt_blob(column)?
        .is_some()
        .then(|| row.array(column))
        .transpose()
}

fn way(row: &Row) -> Result<Way> {
    Way::parse(&row.text("way")?).ok_or_else(|| crate::Error::Column {
        column: "way".to_owned(),
        expected: "a way",
    })
}

fn from_row(row: &Row) -> Result<Install> {
    Ok(Install {
        id: row.parse("id")?,
        holding_id: row.parse("holding_id")?,
        device_id: row.parse("device_id")?,
        usage: row.text("usage")?,
        way: way(row)?,
        request_id: row.array("request_id")?,
        state: row.parse("state")?,
        sid: row.array("sid")?,
        subject: row.blob("subject")?,
        start_sha256: row.array("start_sha256")?,
        start_answer: row.blob("start_answer")?,
        server_start: row.opt_blob("server_start")?,
        key_sha256: digest(row, "key_sha256")?,
        key_answer: row.opt_blob("key_answer")?,
        server_key: row.opt_blob("server_key")?,
        spki: row.opt_blob("spki")?,
        certificate_sha256: digest(row, "certificate_sha256")?,
        certificate_id: row.opt_parse("certificate_id")?,
        created_at: row.instant("created_us")?,
        expires_at: row.instant("expires_us")?,
        version: row.u32("version")?,
    })
}

/// One by id.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, id: InstallId) -> Result<Option<Install>> {
    let row = sql!("install.find", select!("WHERE id = $1"), id)
        .optional(at)
        .await?;
    row.as_ref().map(from_row).transpose()
}

/// One by id, held until the transaction ends.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find_for_update(tx: &mut Tx, id: InstallId) -> Result<Option<Install>> {
    let row = sql!("install.lock", select!("WHERE id = $1"), id)
        .for_update()
        .optional(tx)
        .await?;
    row.as_ref().map(from_row).transpose()
}

/// The one that a device began under a request id.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find_by_request(
    at: impl Into<Exec<'_>>,
    holding: HoldingId,
    device: DeviceId,
    request_id: &[u8; 16],
) -> Result<Option<Install>> {
    let text = select!("WHERE holding_id = $1 AND device_id = $2 AND request_id = $3");
    let row = sql!("install.find_by_request", text, holding, device, request_id)
        .optional(at)
        .await?;
    row.as_ref().map(from_row).transpose()
}

/// Adds one that has just begun.
///
/// # Errors
/// [`crate::Error::Conflict`] when the device already began one under the same request id.
pub async fn insert(tx: &mut Tx, install: &Install) -> Result<()> {
    let text = "INSERT INTO install (id, holding_id, device_id, usage, way, request_id, state, sid, subject, start_sha256,
        start_answer, server_start, created_us, expires_us) VALUES ($1, $2, $3, $4, $5, $6, 'started', $7, $8, $9, $10, $11, $12, $13)";
    sql!(
        "install.insert",
        text,
        install.id,
        install.holding_id,
        install.device_id,
        &install.usage,
        install.way.as_str(),
        install.request_id,
        install.sid,
        &install.subject,
        install.start_sha256,
        &install.start_answer,
        install.server_start.clone(),
        install.created_at,
        install.expires_at
    )
    .execute_one(tx)
    .await
}

/// Writes everything that changes after the beginning over the row of the same version.
///
/// # Errors
/// [`crate::Error::Conflict`] when the row moved on.
pub async fn update(tx: &mut Tx, install: &Install, now: Instant) -> Result<()> {
    let text = "UPDATE install SET state = $1, server_start = $2, key_sha256 = $3, key_answer = $4, server_key = $5, spki = $6,
        certificate_sha256 = $7, certificate_id = $8, done_us = $9, version = version + 1 WHERE id = $10 AND version = $11";
    sql!(
        "install.update",
        text,
        install.state.as_str(),
        install.server_start.clone(),
        install.key_sha256,
        install.key_answer.clone(),
        install.server_key.clone(),
        install.spki.clone(),
        install.certificate_sha256,
        install.certificate_id,
        (install.state == State::Done).then_some(now),
        install.id,
        install.version
    )
    .execute_one(tx)
    .await
}

/// Makes void what was not finished in time, `most` of it, and forgets its secrets. An install whose certificate may have been signed
/// is left alone: a repeat of the last step still finishes it.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn sweep(at: impl Into<Exec<'_>>, now: Instant, most: u32) -> Result<u64> {
    // The state is asked again outside: an install that moves on meanwhile is not touched.
    let text = "UPDATE install SET state = 'void', server_start = NULL, server_key = NULL, version = version + 1
        WHERE state IN ('started', 'keyed') AND id IN
        (SELECT id FROM install WHERE state IN ('started', 'keyed') AND expires_us <= $1 LIMIT $2)";
    sql!("install.sweep", text, now, most).execute(at).await
}

/// A certificate that came to a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// By which way.
    pub way: Way,
    /// To which device.
    pub device_id: DeviceId,
    /// What the device calls itself.
    pub device_name: String,
    /// When.
    pub at: Instant,
    /// The certificate's serial number, hexadecimal.
    pub serial: String,
}

/// The finished installs of a holding, newest first, `most` of them.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn records(
    at: impl Into<Exec<'_>>,
    holding: HoldingId,
    most: u32,
) -> Result<Vec<Record>> {
    let text = "SELECT install.way, install.device_id, device.name, install.done_us, certificate.serial FROM install
        JOIN device ON device.id = install.device_id JOIN certificate ON certificate.id = install.certificate_id
        WHERE install.holding_id = $1 AND install.state = 'done' ORDER BY install.done_us DESC, install.id DESC LIMIT $2";
    sql!("install.records", text, holding, most)
        .all(at)
        .await?
        .iter()
        .map(|row| {
            Ok(Record {
                way: way(row)?,
                device_id: row.parse("device_id")?,
                device_name: row.text("name")?,
                at: row.instant("done_us")?,
                serial: row.text("serial")?,
            })
        })
        .collect()
}
