//! The business register.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::Provider;
use crate::answer::{Answer, Unavailable};
use crate::shelf::Shelf;
use crate::specimen::{self, Behaviour};

/// A fact that the register compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The unit's name.
    Name,
    /// Its legal representative.
    LegalRepresentative,
}

impl Field {
    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::LegalRepresentative => "legal_representative",
        }
    }
}

/// What the register says of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All facts are as registered.
    Match,
    /// No unit has this USCC.
    NotFound,
    /// These facts are registered otherwise; never empty.
    Mismatch(Vec<Field>),
}

/// A unit as somebody states it.
pub struct Stated<'a> {
    /// Unified social credit code.
    pub uscc: &'a str,
    /// Name.
    pub name: &'a str,
    /// The legal representative's name.
    pub legal_representative: &'a str,
}

/// Compares what somebody states with what is registered.
pub trait Register: Provider {
    /// Asks for one unit.
    fn check<'a>(&'a self, stated: Stated<'a>) -> Answer<'a, Verdict>;
}

/// The embedded register: knows the specimen companies and those that were admitted. What stands in it can be changed, as real companies
/// change their names and representatives.
pub struct SandboxRegister {
    /// How long it thinks.
    pub delay: Duration,
    /// What was changed.
    pub shelf: Arc<dyn Shelf>,
}

/// What the embedded register says of a company now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// Name.
    pub name: String,
    /// The legal representative's name.
    pub legal_representative: String,
}

impl SandboxRegister {
    /// The entry of a specimen company.
    ///
    /// # Errors
    /// [`Unavailable`] when what was changed cannot be read.
    pub async fn entry(&self, company: &specimen::Company) -> Result<Registered, Unavailable> {
        let changed = self.kept(company.uscc).await?;
        Ok(changed.unwrap_or_else(|| Registered {
            name: company.name.to_owned(),
            legal_representative: company.legal_representative.to_owned(),
        }))
    }

    /// Changes the entry of a specimen company.
    ///
    /// # Errors
    /// [`Unavailable`] when it cannot be kept.
    pub async fn change(
        &self,
        company: &specimen::Company,
        to: &Registered,
    ) -> Result<(), Unavailable> {
        self.admit(company.uscc, to).await
    }
}

impl SandboxRegister {
    async fn kept(&self, uscc: &str) -> Result<Option<Registered>, Unavailable> {
        let text = self.shelf.read(&shelf_name(uscc)).await?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Registers a company that is no specimen.
    ///
    /// # Errors
    /// [`Unavailable`] when it cannot be kept.
    pub async fn admit(&self, uscc: &str, entry: &Registered) -> Result<(), Unavailable> {
        let text = serde_json::to_string(entry).map_err(|error| Unavailable {
            provider: self.name(),
            reason: error.to_string(),
        })?;
        self.shelf.write(&shelf_name(uscc), &text).await
    }
}

fn shelf_name(uscc: &str) -> String {
    format!("sandbox.register:{uscc}")
}

/// What "no answer" means for the specimen that gets none: longer than any caller waits.
const SILENCE: Duration = Duration::from_secs(120);

impl Provider for SandboxRegister {
    fn is_sandbox(&self) -> bool {
        true
    }

    fn name(&self) -> &'static str {
        "sandbox-register"
    }
}

impl Register for SandboxRegister {
    fn check<'a>(&'a self, stated: Stated<'a>) -> Answer<'a, Verdict> {
        Box::pin(async move {
            tokio::time::sleep(self.delay).await;
            let specimen = specimen::COMPANIES
                .iter()
                .find(|company| company.uscc == stated.uscc);
            let behaviour = specimen.map_or(Behaviour::Match, |company| company.behaviour);
            if behaviour == Behaviour::Silence {
                tokio::time::sleep(SILENCE).await;
                return Err(Unavailable {
                    provider: self.name(),
                    reason: "the specimen that gets no answer".to_owned(),
                });
            }
            let entry = match specimen {
                Some(company) => Some(self.entry(company).await?),
                None => self.kept(stated.uscc).await?,
            };
            let Some(entry) = entry else {
                return Ok(Verdict::NotFound);
            };
            let mut wrong = Vec::new();
            if entry.name != stated.name {
                wrong.push(Field::Name);
            }
            if entry.legal_representative != stated.legal_representative
                || behaviour == Behaviour::Mismatch
            {
                wrong.push(Field::LegalRepresentative);
            }
            Ok(if wrong.is_empty() {
                Verdict::Match
            } else {
                Verdict::Mismatch(wrong)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shelf::MemoryShelf;

    #[tokio::test]
    async fn unit_3_the_embedded_register_can_be_changed() {
        let register = SandboxRegister {
            delay: Duration::ZERO,
            shelf: Arc::new(MemoryShelf::default()),
        };
        let company = &specimen::COMPANIES[0];
        let renamed = Registered {
            name: "样本更名有限公司".to_owned(),
            legal_representative: "李样本".to_owned(),
        };
        register.change(company, &renamed).await.expect("kept");
        assert_eq!(register.entry(company).await, Ok(renamed.clone()));
        for (name, verdict) in [
            (renamed.name.as_str(), Verdict::Match),
            (company.name, Verdict::Mismatch(vec![Field::Name])),
        ] {
            let stated = Stated {
                uscc: company.uscc,
                name,
                legal_representative: &renamed.legal_representative,
            };
            assert_eq!(register.check(stated).await, Ok(verdict));
        }
    }

    #[tokio::test]
    async fn unit_3_the_embedded_register_compares_each_fact() {
        let register = SandboxRegister {
            delay: Duration::ZERO,
            shelf: Arc::new(MemoryShelf::default()),
        };
        let first = &specimen::COMPANIES[0];
        for (uscc, name, legal_representative, verdict) in [
            (
                first.uscc,
                first.name,
                first.legal_representative,
                Verdict::Match,
            ),
            (
                first.uscc,
                "别的有限公司",
                first.legal_representative,
                Verdict::Mismatch(vec![Field::Name]),
            ),
            (
                first.uscc,
                first.name,
                "何某人",
                Verdict::Mismatch(vec![Field::LegalRepresentative]),
            ),
            (
                first.uscc,
                "别的有限公司",
                "何某人",
                Verdict::Mismatch(vec![Field::Name, Field::LegalRepresentative]),
            ),
            (
                "91350100M000100Y43",
                first.name,
                first.legal_representative,
                Verdict::NotFound,
            ),
        ] {
            let stated = Stated {
                uscc,
                name,
                legal_representative,
            };
            assert_eq!(register.check(stated).await, Ok(verdict));
        }
    }
}
