//! The certificate password: set once, then stretched, blinded and unlocked (PROTOCOL section 4).

use super::{Phone, rng};
use crate::Error;
use cosign::{oprf, password};
use protocol::{Base64Url, Statement};
use serde::Deserialize;
use serde_json::json;
use zeroize::Zeroizing;

#[derive(Deserialize)]
struct State {
    salt: Base64Url,
    stretch: Stretch,
}

#[derive(Deserialize)]
struct Stretch {
    memory_kib: u32,
    iterations: u32,
    parallelism: u32,
}

#[derive(Deserialize)]
struct Evaluation {
    evaluated: Base64Url,
    epoch: u32,
    attempts_left: i64,
}

/// What the right password, and the server's count, open: proof key and wrapping key.
pub(super) struct Unlock {
    pub keys: password::Unlocked,
    pub attempts_left: i64,
    pub epoch: u32,
}

impl Phone {
    /// Sets the first password. Weak ones are refused here, the only place that can see it (PWD-1).
    pub async fn set_password(
        &mut self,
        secret: &str,
        birth_date: Option<&str>,
        number: Option<&str>,
    ) -> Result<(), Error> {
        if password::is_weak(secret, birth_date, number).is_some() {
            return Err(Error::PasswordWeak(
                "repeated, a run, or part of a birth date or number",
            ));
        }
        let unlock = self.unlock(secret, "set").await?;
        let proof_public_key = Base64Url::encode(&unlock.keys.proof_public_key());
        let (person_id, device_id) = (self.person_id()?, self.device_id()?);
        let statement = Statement::Password {
            person_id,
            device_id,
            epoch: unlock.epoch,
            proof_public_key: &proof_public_key,
        };
        let proof = Base64Url::encode(&unlock.keys.prove(&statement.to_bytes()?));
        let device_signature = self.sign(&statement)?;
        let body = json!({
            "epoch": unlock.epoch, "proof_public_key": proof_public_key,
            "proof": proof, "device_signature": device_signature,
        });
        self.api.put(self.auth(), "/api/v1/password", &body).await
    }

    /// Turns the password into keys with the server's counted help. Whether it was right shows only afterwards.
    pub(super) async fn unlock(&self, secret: &str, purpose: &str) -> Result<Unlock, Error> {
        let state: State = self.api.get(self.auth(), "/api/v1/password").await?;
        let stretched = stretch(secret.to_owned(), &state).await?;
        let (blind, blinded) = oprf::Blind::start(stretched.as_slice(), &mut rng())?;
        let body = json!({"blinded": Base64Url::encode(&blinded), "purpose": purpose});
        let answer: Evaluation = self
            .api
            .post(self.auth(), "/api/v1/password/evaluations", &body, None)
            .await?;
        let output = blind.finish(stretched.as_slice(), &answer.evaluated.0)?;
        let keys = password::Unlocked::from_oprf(&output, self.person_id()?, answer.epoch)?;
        Ok(Unlock {
            keys,
            attempts_left: answer.attempts_left,
            epoch: answer.epoch,
        })
    }
}

/// Argon2id takes a while by design; it must not hold up the runtime.
async fn stretch(secret: String, state: &State) -> Result<Zeroizing<[u8; 32]>, Error> {
    let salt: [u8; 16] = state
        .salt
        .0
        .as_slice()
        .try_into()
        .map_err(|_| Error::Shape("salt"))?;
    let params = password::StretchParams {
        memory_kib: state.stretch.memory_kib,
        iterations: state.stretch.iterations,
        parallelism: state.stretch.parallelism,
    };
    let secret = Zeroizing::new(secret);
    tokio::task::spawn_blocking(move || password::stretch(&secret, &salt, &params))
        .await
        .map_err(|_| Error::Local("the password could not be stretched"))?
        .map_err(Error::from)
}
