//! Enrolment: this device makes its half, the certificate is issued (PROTOCOL section 7).

use super::store::{Pending, Share};
use super::{Phone, request_id, rng};
use crate::Error;
use cosign::password::Unlocked;
use protocol::{Base64Url, Statement, keygen_context, sha256};
use serde::Deserialize;
use serde_json::json;
use zeroize::Zeroizing;

/// A certificate that this device can now co-sign with.
#[derive(Clone, Debug, Deserialize)]
pub struct Installed {
    /// Its id.
    pub certificate_id: String,
    /// DER.
    pub certificate: Base64Url,
    /// Issuing and root certificate, DER.
    pub chain: Vec<Base64Url>,
}

#[derive(Deserialize)]
struct Begun {
    install_id: String,
    sid: Base64Url,
    message: Base64Url,
    subject: Base64Url,
}

#[derive(Deserialize)]
struct KeyAnswer {
    message: Base64Url,
}

/// The device's side of one key generation, whatever the algorithm.
enum Start {
    Sm2(Box<cosign::sm2::keygen::ClientStart>),
    Rsa(Box<cosign::rsa::ClientStart>),
}

impl Phone {
    /// Installs the certificate of `holding_id` (`algorithm` `rsa` or `sm2`) on this device. Can be called again after any
    /// interruption: a finished signature whose answer was lost is sent again, anything earlier begins anew.
    pub async fn install(
        &mut self,
        holding_id: &str,
        algorithm: &str,
        password: &str,
    ) -> Result<Installed, Error> {
        self.enrol("install", holding_id, algorithm, password).await
    }

    /// Moves the certificate here from another device, or brings it back to one that lost its half; takes one of the
    /// holding's reissues.
    pub async fn reissue(
        &mut self,
        holding_id: &str,
        algorithm: &str,
        password: &str,
    ) -> Result<Installed, Error> {
        self.enrol("reissue", holding_id, algorithm, password).await
    }

    async fn enrol(
        &mut self,
        way: &str,
        holding_id: &str,
        algorithm: &str,
        password: &str,
    ) -> Result<Installed, Error> {
        if let Some(pending) = self
            .store
            .share(holding_id)
            .and_then(|share| share.pending.clone())
        {
            match self.finish_install(holding_id, &pending).await {
                Err(Error::Problem { .. }) => {}
                other => return other,
            }
        }
        let request = request_id()?;
        let context = keygen_context(&request, "sign", self.device_id()?);
        let (start, commit) = begin(algorithm, context).await?;
        let begun = self
            .begin_install(way, holding_id, &request, &commit, password)
            .await?;
        let pending = self.make_key(holding_id, algorithm, start, &begun).await?;
        self.finish_install(holding_id, &pending).await
    }

    async fn begin_install(
        &mut self,
        way: &str,
        holding_id: &str,
        request_id: &str,
        commit: &[u8],
        password: &str,
    ) -> Result<Begun, Error> {
        let unlock = self.unlock(password, "use").await?;
        let counter = self.store.next_counter()?;
        let message_sha256 = Base64Url::encode(&sha256(commit));
        let device_id = self.device_id()?;
        let statement = Statement::Install {
            holding_id,
            request_id,
            device_id,
            usage: "sign",
            message_sha256: &message_sha256,
            counter,
        };
        let password_proof = Base64Url::encode(&unlock.keys.prove(&statement.to_bytes()?));
        let body = json!({
            "request_id": request_id, "usage": "sign", "message": Base64Url::encode(commit), "counter": counter,
            "password_proof": password_proof, "device_signature": self.sign(&statement)?, "encryption": null, "way": way,
        });
        let path = format!("/api/v1/holdings/{holding_id}/installs");
        let begun = self.api.post(self.auth(), &path, &body, None).await?;
        self.unlocked = Some(unlock.keys);
        Ok(begun)
    }

    /// Finishes the key, keeps the wrapped half, and proves possession by co-signing the certificate request.
    async fn make_key(
        &mut self,
        holding_id: &str,
        algorithm: &str,
        start: Start,
        begun: &Begun,
    ) -> Result<Pending, Error> {
        let sid: [u8; 16] = begun
            .sid
            .0
            .as_slice()
            .try_into()
            .map_err(|_| Error::Shape("sid"))?;
        let (share, open, message, signing) = match start {
            Start::Sm2(start) => {
                let (key, open) =
                    start.finish(&cosign::sm2::keygen::Reply::decode(&begun.message.0)?)?;
                let info =
                    gm_pki::csr::request_info(&begun.subject.0, &key.public_key().to_spki_der())?;
                let e = cosign::sm2::digest(key.public_key(), &info);
                let (signing, request) =
                    cosign::sm2::sign::ClientSign::start(&key, sid, e, &mut rng())?;
                (
                    key.to_bytes(),
                    open.encode(),
                    request.encode(),
                    Signing::Sm2(Box::new(key), Box::new(signing)),
                )
            }
            Start::Rsa(start) => {
                let (key, open) =
                    start.finish(&cosign::rsa::Reply::decode(&begun.message.0)?, &mut rng())?;
                let info =
                    gm_pki::csr::request_info(&begun.subject.0, &key.public_key().to_spki_der())?;
                let (signing, request) =
                    cosign::rsa::ClientSign::start(&key, sid, sha256(&info), &mut rng())?;
                (
                    key.to_bytes(),
                    open.encode(),
                    request.encode(),
                    Signing::Rsa(Box::new(key), Box::new(signing)),
                )
            }
        };
        let keys = self.unlocked.take().ok_or(Error::Local("not unlocked"))?;
        let wrapped = self.wrap(&keys, holding_id, &share)?;
        let share = Share {
            algorithm: algorithm.to_owned(),
            wrapped: Base64Url(wrapped),
            pending: None,
            certificate: None,
        };
        self.store.put_share(holding_id, share.clone())?;
        let body =
            json!({"message": Base64Url::encode(&open), "request": Base64Url::encode(&message)});
        let path = format!("/api/v1/installs/{}/key", begun.install_id);
        let answer: KeyAnswer = self.api.post(self.auth(), &path, &body, None).await?;
        let signature = signing.finish(&answer.message.0)?;
        let pending = Pending {
            install_id: begun.install_id.clone(),
            signature: Base64Url(signature),
        };
        self.store.put_share(
            holding_id,
            Share {
                pending: Some(pending.clone()),
                ..share
            },
        )?;
        Ok(pending)
    }

    async fn finish_install(
        &mut self,
        holding_id: &str,
        pending: &Pending,
    ) -> Result<Installed, Error> {
        let path = format!("/api/v1/installs/{}/certificate", pending.install_id);
        let body = json!({"signature": pending.signature});
        let installed: Installed = self.api.post(self.auth(), &path, &body, None).await?;
        let share = self
            .store
            .share(holding_id)
            .cloned()
            .ok_or(Error::NoShare)?;
        let certificate = Some(installed.certificate.clone());
        self.store.put_share(
            holding_id,
            Share {
                pending: None,
                certificate,
                ..share
            },
        )?;
        Ok(installed)
    }

    pub(super) fn wrap(
        &self,
        keys: &Unlocked,
        holding_id: &str,
        share: &[u8],
    ) -> Result<Vec<u8>, Error> {
        let secret = self.store.device_secret()?;
        Ok(keys.wrap(&secret, &self.share_context(holding_id)?, share, &mut rng())?)
    }

    /// Opens this device's half. Only the right password can, and only with the server's counted help.
    pub(super) fn unwrap(
        &self,
        keys: &Unlocked,
        holding_id: &str,
        attempts_left: i64,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        let share = self.store.share(holding_id).ok_or(Error::NoShare)?;
        let secret = self.store.device_secret()?;
        keys.unwrap(&secret, &self.share_context(holding_id)?, &share.wrapped.0)
            .map_err(|_| Error::PasswordWrong { attempts_left })
    }

    fn share_context(&self, holding_id: &str) -> Result<Vec<u8>, Error> {
        Ok(format!(
            "v1|share|{}|{}|sign|{holding_id}",
            self.person_id()?,
            self.device_id()?
        )
        .into_bytes())
    }
}

/// A co-signature that waits for the server's part.
pub(super) enum Signing {
    Sm2(
        Box<cosign::sm2::ClientKey>,
        Box<cosign::sm2::sign::ClientSign>,
    ),
    Rsa(Box<cosign::rsa::ClientKey>, Box<cosign::rsa::ClientSign>),
}

impl Signing {
    /// Checks the server's part, completes and verifies.
    pub fn finish(self, reply: &[u8]) -> Result<Vec<u8>, Error> {
        match self {
            Self::Sm2(key, signing) => {
                let signature = signing.finish(&key, &cosign::sm2::sign::Reply::decode(reply)?)?;
                Ok(signature.to_bytes().to_vec())
            }
            Self::Rsa(key, signing) => {
                Ok(signing.finish(&key, &cosign::rsa::sign::Reply::decode(reply)?)?)
            }
        }
    }
}

/// The first message. An RSA half takes its time to find; it must not hold up the runtime.
async fn begin(algorithm: &str, context: Vec<u8>) -> Result<(Start, Vec<u8>), Error> {
    match algorithm {
        "sm2" => {
            let (start, commit) = cosign::sm2::keygen::ClientStart::start(&context, &mut rng())?;
            Ok((Start::Sm2(Box::new(start)), commit.encode()))
        }
        "rsa" => {
            let made = tokio::task::spawn_blocking(move || {
                cosign::rsa::ClientStart::start(&context, &mut rng())
            });
            let (start, commit) = made.await.map_err(|_| Error::Local("no RSA half"))??;
            Ok((Start::Rsa(Box::new(start)), commit.encode()))
        }
        _ => Err(Error::Local("an algorithm that this phone does not know")),
    }
}
