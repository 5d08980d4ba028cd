//! Certificate products: what a certificate authority sells.

use std::str::FromStr;

/// A word that stands for nothing here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown word")]
pub struct UnknownWord;

/// The key algorithm of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// Composite RSA-4096 of two halves, PKCS#1 v1.5 with SHA-256.
    Rsa,
    /// SM2 with SM3 (GB/T 32918).
    Sm2,
}

impl Algorithm {
    /// Every algorithm.
    pub const ALL: [Self; 2] = [Self::Rsa, Self::Sm2];

    /// The word that storage, wire and public addresses use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rsa => "rsa",
            Self::Sm2 => "sm2",
        }
    }
}

impl FromStr for Algorithm {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.as_str() == word)
            .ok_or(UnknownWord)
    }
}
