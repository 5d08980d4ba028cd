//! Why nothing was done: one line for people, a code for programs.

use std::path::Path;

use serde_json::{Value, json};

/// A refusal; nothing was written.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct Refused {
    pub code: &'static str,
    pub message: String,
    pub exit: u8,
}

impl Refused {
    /// Exit code 4.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        // One line, whatever the texts of others hold.
        let message = message
            .into()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        Self {
            code,
            message,
            exit: 4,
        }
    }

    /// What the PDF library says about a file.
    pub fn of_file(path: &Path, refusal: &pdf_seal::Refusal) -> Self {
        let way = match refusal {
            pdf_seal::Refusal::PasswordNeeded | pdf_seal::Refusal::PasswordWrong => {
                " (--password-file FILE)"
            }
            _ => "",
        };
        Self::new(
            refusal.code(),
            format!("{}: {refusal}{way}", path.display()),
        )
    }

    /// `docs/api/cli/refused.json`.
    pub fn json(&self) -> Value {
        json!({"refused": {"code": self.code, "message": self.message}})
    }
}
