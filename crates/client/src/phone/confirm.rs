//! Confirm and finish: the phone signs what it shows (PROTOCOL section 9).

use super::enrol::Signing;
use super::scan::{Chosen, Prepared, View};
use super::{Phone, rng};
use crate::Error;
use gm_pki::Algorithm;
use protocol::{Base64Url, Confirm, Scope, Statement, Unseal, marks_sha256, sha256};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct ConfirmAnswer {
    message: Base64Url,
}

#[derive(Deserialize)]
struct FinishAnswer {
    operation_id: String,
}

impl Phone {
    /// Signs the prepared session with the certificate password, after the person has seen [`View::prepared`].
    /// Answers the operation's id.
    pub async fn confirm(&mut self, view: &View, password: &str) -> Result<String, Error> {
        let chosen = view.chosen.as_ref().and_then(Picked::of);
        let (Some(chosen), Some(prepared)) = (chosen, &view.prepared) else {
            return Err(Error::Differs("nothing is prepared"));
        };
        self.check_certificate(&chosen)?;
        let unlock = self.unlock(password, "use").await?;
        let share = self.unwrap(&unlock.keys, chosen.holding_id, unlock.attempts_left)?;
        let attributes = signed_attributes(view, &chosen, prepared)?;
        let sid = Base64Url::decode_array::<16>(&view.code)?;
        let (signing, message) = start(chosen.algorithm, &share, sid, &attributes)?;
        let counter = self.store.next_counter()?;
        let statement = self.statement(view, &chosen, prepared, &attributes, &message, counter)?;
        let body = json!({
            "message": Base64Url::encode(&message), "counter": counter,
            "password_proof": Base64Url::encode(&unlock.keys.prove(&statement.bytes)),
            "device_signature": statement.device_signature,
        });
        let path = format!("/api/v1/scans/{}/confirm", view.code);
        let answer: ConfirmAnswer = self.api.post(self.auth(), &path, &body, None).await?;
        let signature = signing.finish(&answer.message.0)?;
        self.finish(&view.code, &signature).await
    }

    async fn finish(&self, code: &str, signature: &[u8]) -> Result<String, Error> {
        let body = json!({"signature": Base64Url::encode(signature)});
        let done: FinishAnswer = self
            .api
            .post(
                self.auth(),
                &format!("/api/v1/scans/{code}/finish"),
                &body,
                None,
            )
            .await?;
        Ok(done.operation_id)
    }

    /// The certificate that the server names must be the one this device enrolled.
    fn check_certificate(&self, chosen: &Picked<'_>) -> Result<(), Error> {
        let share = self.store.share(chosen.holding_id).ok_or(Error::NoShare)?;
        if share.certificate.as_ref() != Some(chosen.certificate)
            || share.algorithm != chosen.algorithm
        {
            return Err(Error::Differs("the certificate"));
        }
        Ok(())
    }

    fn statement(
        &self,
        view: &View,
        chosen: &Picked<'_>,
        prepared: &Prepared,
        attributes: &[u8],
        message: &[u8],
        counter: i64,
    ) -> Result<Signed, Error> {
        let scope = view
            .scope
            .get("platform_id")
            .and_then(serde_json::Value::as_str);
        let statement = Statement::Confirm(Confirm {
            code: &view.code,
            kind: &view.kind,
            purpose: &view.purpose,
            asker_id: &view.asker.asker_id,
            asker_name: &view.asker.name,
            scope: scope.map_or(Scope::DOCUMENT_SEALING, Scope),
            person_id: self.person_id()?,
            unit_id: chosen.unit_id,
            device_id: self.device_id()?,
            holding_id: chosen.holding_id,
            certificate_sha256: &Base64Url::encode(&sha256(&chosen.certificate.0)),
            seal_id: &prepared.seal_id,
            digest: &Base64Url::encode(&prepared.digest.0),
            file_name: &prepared.file_name,
            page_count: prepared.page_count,
            mode: &prepared.mode,
            mark_count: u32::try_from(prepared.marks.len()).map_err(|_| Error::Shape("marks"))?,
            marks_sha256: &Base64Url::encode(&marks_sha256(&prepared.marks)?),
            time_us: prepared.time_us,
            attributes_sha256: &Base64Url::encode(&sha256(attributes)),
            message_sha256: &Base64Url::encode(&sha256(message)),
            counter,
        });
        Ok(Signed {
            bytes: statement.to_bytes()?,
            device_signature: self.sign(&statement)?,
        })
    }
}

struct Signed {
    bytes: Vec<u8>,
    device_signature: String,
}

/// The certificate that signs.
struct Picked<'a> {
    holding_id: &'a str,
    unit_id: Option<&'a str>,
    algorithm: &'a str,
    certificate: &'a Base64Url,
}

impl<'a> Picked<'a> {
    /// None when no certificate was chosen, as in a login.
    fn of(chosen: &'a Chosen) -> Option<Self> {
        Some(Self {
            holding_id: chosen.holding_id.as_deref()?,
            unit_id: chosen.unit_id.as_deref(),
            algorithm: chosen.algorithm.as_deref()?,
            certificate: chosen.certificate.as_ref()?,
        })
    }
}

fn signed_attributes(
    view: &View,
    chosen: &Picked<'_>,
    prepared: &Prepared,
) -> Result<Vec<u8>, Error> {
    let algorithm = match chosen.algorithm {
        "sm2" => Algorithm::Sm2Sm3,
        "rsa" => Algorithm::RsaSha256,
        _ => return Err(Error::Shape("algorithm")),
    };
    check_unseal(view, prepared, algorithm)?;
    Ok(gm_pki::cms::signed_attributes(
        algorithm,
        &prepared.digest.0,
        &chosen.certificate.0,
    )?)
}

/// In an un-seal the digest is that of a statement which this phone makes itself; nothing else may pass for one.
fn check_unseal(view: &View, prepared: &Prepared, algorithm: Algorithm) -> Result<(), Error> {
    match (view.kind.as_str(), &prepared.unseal) {
        ("seal", None) => Ok(()),
        ("unseal", Some(unseal)) if prepared.marks.is_empty() && prepared.seal_id.is_empty() => {
            let statement = Statement::Unseal(Unseal {
                code: &view.code,
                field: &unseal.field,
                signature_sha256: &unseal.signature_sha256,
                file_name: &prepared.file_name,
                page_count: prepared.page_count,
                time_us: prepared.time_us,
            });
            if algorithm.digest(&statement.to_bytes()?) == prepared.digest.0 {
                Ok(())
            } else {
                Err(Error::Differs("the digest"))
            }
        }
        _ => Err(Error::Differs("what is prepared")),
    }
}

/// Starts the co-signature over the attributes that this phone itself has built.
fn start(
    algorithm: &str,
    share: &[u8],
    sid: [u8; 16],
    attributes: &[u8],
) -> Result<(Signing, Vec<u8>), Error> {
    if algorithm == "sm2" {
        let key = cosign::sm2::ClientKey::from_bytes(share)?;
        let e = cosign::sm2::digest(key.public_key(), attributes);
        let (signing, request) = cosign::sm2::sign::ClientSign::start(&key, sid, e, &mut rng())?;
        Ok((
            Signing::Sm2(Box::new(key), Box::new(signing)),
            request.encode(),
        ))
    } else {
        let key = cosign::rsa::ClientKey::from_bytes(share)?;
        let (signing, request) =
            cosign::rsa::ClientSign::start(&key, sid, sha256(attributes), &mut rng())?;
        Ok((
            Signing::Rsa(Box::new(key), Box::new(signing)),
            request.encode(),
        ))
    }
}
