//! The embedded camera page: whoever stands before it says by a button what came of it.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::{Answer, Face, Failure, Opened, Subject, Verdict};
use crate::Provider;

/// Checks that are remembered; the oldest go first.
const CHECKS_MAX: usize = 10_000;

/// A check at the sandbox's camera page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SandboxCheck {
    /// Where the browser goes afterwards.
    pub return_url: String,
    /// What was said.
    pub verdict: Verdict,
}

/// The checks of this process: like the sandbox's messages they are gone when it ends.
#[derive(Default)]
pub struct SandboxFace {
    // Our numbers of checks rise with time, so the first is the oldest.
    checks: Mutex<BTreeMap<String, SandboxCheck>>,
}

impl SandboxFace {
    /// One check, for its page.
    #[must_use]
    pub fn check(&self, id: &str) -> Option<SandboxCheck> {
        self.with(|checks| checks.get(id).cloned())
    }

    /// Presses a button; the first one counts. `false` when there is no such check.
    pub fn decide(&self, id: &str, failure: Option<Failure>) -> bool {
        let verdict = failure.map_or(Verdict::Passed, Verdict::Failed);
        self.with(|checks| {
            let Some(check) = checks.get_mut(id) else {
                return false;
            };
            if check.verdict == Verdict::Pending {
                check.verdict = verdict;
            }
            true
        })
    }

    /// The query of the callback that reports a check.
    #[must_use]
    pub fn callback_query(id: &str) -> String {
        format!("check={id}")
    }

    fn with<T>(&self, act: impl FnOnce(&mut BTreeMap<String, SandboxCheck>) -> T) -> T {
        // A panic elsewhere leaves the map whole: every change is one insertion or assignment.
        act(&mut self.checks.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Provider for SandboxFace {
    fn is_sandbox(&self) -> bool {
        true
    }

    fn name(&self) -> &'static str {
        "sandbox-face"
    }
}

impl Face for SandboxFace {
    fn open<'a>(&'a self, subject: &'a Subject<'a>) -> Answer<'a, Opened> {
        let id = subject.check_id.to_owned();
        self.with(|checks| {
            checks.entry(id.clone()).or_insert_with(|| SandboxCheck {
                return_url: subject.return_url.to_owned(),
                verdict: Verdict::Pending,
            });
            while checks.len() > CHECKS_MAX {
                checks.pop_first();
            }
        });
        let url = format!(
            "{}/sandbox/face/{id}",
            subject.public_url.trim_end_matches('/')
        );
        Box::pin(async move {
            Ok(Opened {
                provider_ref: id,
                url,
            })
        })
    }

    fn find<'a>(&'a self, provider_ref: &'a str) -> Answer<'a, Verdict> {
        // One that was forgotten with its process is one whose page nobody can finish.
        let forgotten = Verdict::Failed(Failure::GivenUp);
        let verdict = self
            .check(provider_ref)
            .map_or(forgotten, |check| check.verdict);
        Box::pin(async move { Ok(verdict) })
    }

    fn read_callback(&self, query: &str) -> Option<String> {
        let id = query.strip_prefix("check=")?;
        self.check(id).map(|_| id.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(check_id: &str) -> Subject<'_> {
        Subject {
            check_id,
            name: "张样本",
            id_number: "10010119790312001X",
            return_url: "http://localhost/back",
            callback_url: "http://localhost/api/v1/callbacks/faces/sandbox-face",
            public_url: "http://localhost/",
            user_agent: "",
        }
    }

    #[tokio::test]
    async fn idv_1_the_first_button_counts_and_only_the_provider_tells() {
        let face = SandboxFace::default();
        let opened = face.open(&subject("1")).await.unwrap();
        assert_eq!(opened.url, "http://localhost/sandbox/face/1");
        assert_eq!(face.open(&subject("1")).await.unwrap(), opened);
        assert_eq!(face.find("1").await, Ok(Verdict::Pending));
        assert!(face.decide("1", Some(Failure::Mismatch)));
        assert!(face.decide("1", None));
        assert_eq!(face.find("1").await, Ok(Verdict::Failed(Failure::Mismatch)));
        assert_eq!(face.read_callback("check=1").as_deref(), Some("1"));
        assert_eq!(face.read_callback("check=2"), None);
        assert_eq!(face.read_callback("verdict=passed"), None);
        assert_eq!(face.find("2").await, Ok(Verdict::Failed(Failure::GivenUp)));
    }
}
