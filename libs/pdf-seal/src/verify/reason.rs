//! Why a verdict is what it is: a stable code for programs, a sentence for people.

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reason {
    /// Stable, lower case with underscores.
    pub code: &'static str,
    /// A plain sentence.
    pub text: String,
}

impl Reason {
    pub(super) fn new(code: &'static str, text: impl Into<String>) -> Self {
        Self {
            code,
            text: text.into(),
        }
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// What is wrong with the form of a signature, before any cryptography.
impl From<&'static str> for Reason {
    fn from(text: &'static str) -> Self {
        Self::new("malformed", text)
    }
}
