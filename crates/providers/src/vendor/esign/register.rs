//! The register's three facts: name, USCC, legal representative.

use super::{Account, Facts};
use crate::Provider;
use crate::answer::Answer;
use crate::register::{Field, Register, Stated, Verdict};
use crate::vendor::http::Fault;

/// The business register behind e签宝.
pub struct EsignRegister {
    /// The account.
    pub account: Account,
}

impl EsignRegister {
    async fn ask(&self, stated: Stated<'_>) -> Result<Verdict, Fault> {
        let facts = Facts {
            name: stated.name,
            uscc: stated.uscc,
            legal_representative: stated.legal_representative,
        };
        Ok(match self.account.three_factors(facts).await? {
            Ok(_) => Verdict::Match,
            Err(why) => judge(&why),
        })
    }
}

/// One code stands for every fact that is wrong; the words say at most that there is no such unit.
fn judge(why: &str) -> Verdict {
    let unknown = ["不存在", "未查询到", "查无"];
    if unknown.iter().any(|words| why.contains(words)) {
        Verdict::NotFound
    } else {
        Verdict::Mismatch(vec![Field::Name, Field::LegalRepresentative])
    }
}

impl Provider for EsignRegister {
    fn is_sandbox(&self) -> bool {
        false
    }

    fn name(&self) -> &'static str {
        "esign-register"
    }
}

impl Register for EsignRegister {
    fn check<'a>(&'a self, stated: Stated<'a>) -> Answer<'a, Verdict> {
        let work = self.ask(stated);
        Box::pin(self.account.outside.within(self.name(), work))
    }
}
