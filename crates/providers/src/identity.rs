//! The authority that knows who has which ID number.

use std::time::Duration;

use crate::Provider;
use crate::answer::{Answer, Unavailable};
use crate::specimen::{self, Behaviour};

/// What the authority says of a name and a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They belong together.
    Match,
    /// They do not, or there is no such number.
    Mismatch,
}

/// Checks a name against an ID number.
pub trait Identity: Provider {
    /// Asks for one person.
    fn check<'a>(&'a self, name: &'a str, id_number: &'a str) -> Answer<'a, Verdict>;
}

/// The embedded authority: knows the specimen people, and takes anybody else at their word, since both name and number
/// were found well formed before.
pub struct SandboxIdentity {
    /// How long it thinks.
    pub delay: Duration,
}

/// What "no answer" means for the specimen that gets none: longer than any caller waits.
const SILENCE: Duration = Duration::from_secs(120);

impl Provider for SandboxIdentity {
    fn is_sandbox(&self) -> bool {
        true
    }

    fn name(&self) -> &'static str {
        "sandbox-identity"
    }
}

impl Identity for SandboxIdentity {
    fn check<'a>(&'a self, name: &'a str, id_number: &'a str) -> Answer<'a, Verdict> {
        Box::pin(async move {
            tokio::time::sleep(self.delay).await;
            let specimen = specimen::PEOPLE
                .iter()
                .find(|person| person.id_number == id_number);
            match specimen.map(|person| person.behaviour) {
                Some(Behaviour::Silence) => {
                    tokio::time::sleep(SILENCE).await;
                    Err(Unavailable {
                        provider: self.name(),
                        reason: "the specimen that gets no answer".to_owned(),
                    })
                }
                Some(Behaviour::Mismatch) => Ok(Verdict::Mismatch),
                Some(Behaviour::Match) if specimen.is_none_or(|person| person.name != name) => {
                    Ok(Verdict::Mismatch)
                }
                _ => Ok(Verdict::Match),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn idv_1_the_embedded_authority_knows_its_specimens() {
        let authority = SandboxIdentity {
            delay: Duration::ZERO,
        };
        for (name, id_number, verdict) in [
            ("张样本", "10010119790312001X", Verdict::Match),
            ("李样本", "10010119790312001X", Verdict::Mismatch),
            ("吴不符", "10010119810606008X", Verdict::Mismatch),
            ("何某人", "11010519491231002X", Verdict::Match),
        ] {
            assert_eq!(
                authority.check(name, id_number).await,
                Ok(verdict),
                "{name}"
            );
        }
        let silent = authority.check("郑超时", "100101198404040095");
        assert!(
            tokio::time::timeout(Duration::from_millis(20), silent)
                .await
                .is_err()
        );
    }
}
