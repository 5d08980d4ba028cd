//! Raising a signed file that is being written to the levels lt and lta: revisions are appended, nothing is changed.

use std::path::Path;

use gm_pki::{Algorithm, tsp};
use pdf_seal::longterm::{Gathered, Missing, Need, gather};
use pdf_seal::{Document, Midstate};

use super::fetch::Web;
use super::output::Output;
use super::refused::Refused;
use super::tsa;

/// Bytes kept for the token of a document time stamp: a token with its chain takes 3 000 to 12 000.
const TOKEN_BYTES: usize = 16 << 10;
/// Rounds of stamping: a service with several certificates may answer with one whose material is not in the file yet.
const ROUNDS: usize = 3;

/// The levels beyond a time stamp over the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Lt,
    Lta,
}

impl Level {
    /// Reads `lt` or `lta`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "lt" => Some(Self::Lt),
            "lta" => Some(Self::Lta),
            _ => None,
        }
    }
}

/// What a raise needs to know.
pub(super) struct Raise<'a> {
    /// For messages.
    pub input: &'a Path,
    /// Reopens what was written so far.
    pub reopen: &'a dyn Fn(&Path) -> Result<Document, Refused>,
    pub level: Level,
    pub tsa: Option<&'a str>,
    /// DER roots that chains must end at; none means any that signed itself.
    pub roots: &'a [Vec<u8>],
    pub now: i64,
    /// The field of a signature that was just made: it alone is proved then, since those of others are not its maker's
    /// to answer for, and a revoked signer stands against it. In an old file that may have happened afterwards.
    pub new: Option<&'a str>,
}

/// What was appended.
#[derive(Debug, Default)]
pub(super) struct Raised {
    /// Bytes.
    pub added: u64,
    /// Fields of document time stamps.
    pub time_stamps: Vec<String>,
    /// What a person should know.
    pub notes: Vec<String>,
}

/// Appends to `output`, which holds a whole signed file.
pub(super) fn raise(
    wish: &Raise<'_>,
    web: &mut Web,
    output: &mut Output,
) -> Result<Raised, Refused> {
    let mut run = Run {
        wish,
        web,
        output,
        raised: Raised::default(),
        state: None,
        algorithm: Algorithm::P256Sha256,
    };
    run.all()?;
    Ok(run.raised)
}

struct Run<'a> {
    wish: &'a Raise<'a>,
    web: &'a mut Web,
    output: &'a mut Output,
    raised: Raised,
    /// Of everything that was written, once it was needed.
    state: Option<Midstate>,
    algorithm: Algorithm,
}

impl Run<'_> {
    fn all(&mut self) -> Result<(), Refused> {
        let document = self.open()?;
        let held = document.held().map_err(|refusal| self.of_file(&refusal))?;
        let parsed = held
            .iter()
            .filter_map(|it| gm_pki::cms::parse(&it.cms).ok());
        let mut digests = parsed
            .flat_map(|cms| cms.signers)
            .map(|signer| signer.digest_oid);
        if digests.any(|digest| digest == Algorithm::Sm2Sm3.digest_oid()) {
            self.algorithm = Algorithm::Sm2Sm3;
        }
        let needs = self.needs(&document)?;
        let unproved = needs
            .iter()
            .any(|need| !need.is_stamper && need.at.is_none());
        drop(document);
        match (self.wish.level, self.wish.tsa) {
            (Level::Lta, None) => Err(needs_service("lta")),
            (Level::Lta, Some(tsa)) => self.stamp(tsa),
            (Level::Lt, Some(tsa)) if unproved => {
                // The level includes a time stamp; one over the document serves signatures that have none.
                self.stamp(tsa)
            }
            (Level::Lt, _) => {
                if unproved {
                    let note = "no time stamp proves when a signature was made; add --tsa URL";
                    self.raised.notes.push(note.to_owned());
                }
                self.prove(&[]).map(|_| ())
            }
        }
    }

    fn needs(&self, document: &Document) -> Result<Vec<Need>, Refused> {
        let mut needs = document.needs().map_err(|refusal| self.of_file(&refusal))?;
        needs.retain(|need| self.wish.new.is_none_or(|new| need.field == new));
        Ok(needs)
    }

    /// Material for everything that is there and for `more`; whether there was something to append.
    fn prove(&mut self, more: &[Need]) -> Result<bool, Refused> {
        let document = self.open()?;
        let mut needs = self.needs(&document)?;
        needs.extend_from_slice(more);
        let known = document
            .material()
            .map_err(|refusal| self.of_file(&refusal))?;
        let found = gather(&needs, &known, self.wish.roots, self.wish.now, self.web);
        let found = found.map_err(|missing| self.missing(&missing))?;
        self.revoked(&found)?;
        let bytes = document.append_material(&found.proofs);
        let bytes = bytes.map_err(|refusal| self.of_file(&refusal))?;
        drop(document);
        let Some(bytes) = bytes else {
            return Ok(false);
        };
        self.append(&bytes)?;
        Ok(true)
    }

    /// A document time stamp, under which lies what proves its own stamper.
    fn stamp(&mut self, url: &str) -> Result<(), Refused> {
        let mut more = Vec::new();
        self.prove(&more)?;
        for _ in 0..ROUNDS {
            let document = self.open()?;
            let prepared = document.prepare_time_stamp(TOKEN_BYTES);
            let mut prepared = prepared.map_err(|refusal| self.of_file(&refusal))?;
            let digest = match &self.state {
                Some(state) => prepared.digest_from(state).map_err(internal)?,
                None => {
                    let state = prepared.base_midstate(self.algorithm);
                    let digest = prepared.digest_from(&state).map_err(internal)?;
                    self.state = Some(state);
                    digest
                }
            };
            let imprint = tsp::Imprint {
                digest_oid: self.algorithm.digest_oid(),
                digest: digest.clone(),
            };
            let token = tsa::stamp(self.web, url, &imprint)?;
            let unfit = |why: String| {
                Refused::new(
                    "time_stamp",
                    format!("the time stamp from {url} is of no use: {why}; try another service"),
                )
            };
            let need = Need::of_token(&token).map_err(|refusal| unfit(refusal.to_string()))?;
            more = vec![need];
            if self.prove(&more)? {
                continue;
            }
            prepared
                .embed_token(&token, &digest)
                .map_err(|error| unfit(error.to_string()))?;
            self.raised.time_stamps.push(prepared.field().to_owned());
            let increment = prepared.increment().to_vec();
            drop((document, prepared));
            return self.append(&increment);
        }
        Err(Refused::new(
            "time_stamp",
            format!(
                "the service at {url} stamps with ever other certificates; try again or another service"
            ),
        ))
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), Refused> {
        self.output.write(bytes)?;
        self.raised.added += bytes.len() as u64;
        if let Some(state) = &mut self.state {
            state.update(bytes);
        }
        Ok(())
    }

    fn open(&mut self) -> Result<Document, Refused> {
        (self.wish.reopen)(self.output.temporary())
    }

    fn revoked(&mut self, found: &Gathered) -> Result<(), Refused> {
        for it in &found.revoked {
            let since = jiff::Timestamp::from_second(it.at).map(|at| at.to_string());
            let words = format!(
                "the certificate \"{}\" (signature {}) was revoked at {}",
                it.subject,
                it.field,
                since.unwrap_or_default()
            );
            if self.wish.new.is_some() {
                return Err(Refused::new(
                    "revoked",
                    format!("{words}; sign with a certificate that is in force"),
                ));
            }
            if !self.raised.notes.contains(&words) {
                self.raised.notes.push(words);
            }
        }
        Ok(())
    }

    fn missing(&self, missing: &Missing) -> Refused {
        Refused::new(
            "material_missing",
            format!("{}: {missing}", self.wish.input.display()),
        )
    }

    fn of_file(&self, refusal: &pdf_seal::Refusal) -> Refused {
        Refused::of_file(self.wish.input, refusal)
    }
}

pub(super) fn needs_service(level: &str) -> Refused {
    Refused::new(
        "bad_level",
        format!("level {level} needs a time stamp service: add --tsa URL"),
    )
}

fn internal(error: pdf_seal::Error) -> Refused {
    Refused::new(
        "internal",
        format!("the digest could not be made ({error}); try again"),
    )
}
