//! Certificate products: what a certificate authority sells.

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

    /// The algorithm of a stored word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.as_str() == word)
    }
}
