//! Why a file, or a wish about it, is refused: stable codes for programs, plain sentences for people.

/// A refusal. Nothing was written and nothing needs to be undone.
///
/// [`Refusal::code`] is stable and made for programs; `Display` says what is wrong with the file and, where
/// there is a way out, what the person can do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The file has no PDF header within its first 1024 bytes.
    #[error("this file is not a PDF")]
    NotPdf,
    /// The file breaks the rules of ISO 32000 at a place that this crate has to rely on.
    #[error(
        "this PDF is damaged ({0}); open it in the program that made it and save it again as a new file"
    )]
    Damaged(String),
    /// The file is damaged and carries a signature, so that it can neither be appended to nor be written anew.
    #[error(
        "this PDF is damaged and already signed; repairing it would break the signature, so ask for an undamaged copy"
    )]
    DamagedSigned,
    /// The file is damaged and encrypted.
    #[error(
        "this PDF is damaged and encrypted; open it in the program that made it and save it again as a new file without a password"
    )]
    DamagedEncrypted,
    /// The file is encrypted and does not open without a password.
    #[error("this PDF has an open password (打开密码); give the password and try again")]
    PasswordNeeded,
    /// The password given is neither the user's nor the owner's.
    #[error(
        "the password does not open this PDF; give its open password (打开密码) or its owner password"
    )]
    PasswordWrong,
    /// The file is encrypted in a way that this crate does not handle.
    #[error(
        "this PDF is encrypted {0}, which is not handled; save it without encryption and try again"
    )]
    EncryptedUnsupported(String),
    /// The page tree holds no page.
    #[error("this PDF has no pages")]
    NoPages,
    /// A mark names a page that the file does not have.
    #[error("page {page} does not exist; the file has {pages} pages")]
    PageOutOfRange {
        /// The page asked for, from 1.
        page: u32,
        /// How many pages the file has.
        pages: u32,
    },
    /// The pages are made from an XFA form by the reader, so that what is signed is not what is seen. A form that only
    /// accompanies real pages and fields is not refused.
    #[error(
        "the pages of this PDF are made by its reader from an XFA form, which cannot carry a seal safely; print it to a plain PDF first"
    )]
    Xfa,
    /// An earlier signature certifies the file with "no changes allowed" (DocMDP, P = 1).
    #[error("an earlier signature forbids any change of this PDF, a further seal would break it")]
    DocmdpNoChanges,
    /// An earlier signature certifies the file (DocMDP, P = 2 or 3), and a visible seal could cover what it certifies.
    #[error(
        "an earlier signature certifies this PDF, and a visible seal would make it fail; seal without a picture"
    )]
    DocmdpVisible,
    /// An earlier signature locks the form fields (FieldMDP), so that no field can be added.
    #[error(
        "an earlier signature locks the form fields of this PDF, a further seal would break it"
    )]
    FieldsLocked,
    /// The page object stands more than once in the page tree, and each time another mark was asked for; what is on
    /// it shows each time.
    #[error(
        "page {0} is listed more than once in this PDF and cannot carry a seal of its own; place the seal alike on each, or print the file to a plain PDF first"
    )]
    PageListedTwice(u32),
    /// File and increment together do not fit what the cross-reference table can address.
    #[error("this PDF is too large to append a seal to")]
    TooLarge,
    /// A bound of this crate was reached; a file that needs more is taken for hostile.
    #[error("this PDF goes beyond a limit ({0})")]
    Limits(&'static str),
    /// A mark has a size or place that cannot be drawn or would not be seen.
    #[error("the seal cannot be placed on page {page}: {why}")]
    BadMark {
        /// The page asked for, from 1.
        page: u32,
        /// What is wrong.
        why: &'static str,
    },
    /// The seal picture cannot be used.
    #[error("the seal picture cannot be used: {0}")]
    BadArtwork(String),
    /// A text or a size in the request cannot be used.
    #[error("the request cannot be used: {0}")]
    BadRequest(&'static str),
    /// The pages cannot be read for text, though they may be sound enough for a seal.
    #[error("the text of this PDF cannot be read; place the seal by hand")]
    TextUnreadable,
    /// The page cannot be drawn, though it may be sound enough for a seal.
    #[error("page {0} of this PDF cannot be drawn; open the file in another program")]
    PageUnreadable(u32),
    /// There is no signature to take away.
    #[error("this PDF carries no seal")]
    NoSeal,
    /// The last signature was not made by this crate, or its record does not fit the file.
    #[error("the last signature of this PDF was not made here and cannot be taken away ({0})")]
    NotOwnSeal(&'static str),
    /// Something was appended after the last own seal.
    #[error("the PDF was changed after its last seal, which can therefore not be taken away")]
    LaterRevision,
}

impl Refusal {
    /// The stable code, lower case with underscores.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotPdf => "not_pdf",
            Self::Damaged(_) => "damaged",
            Self::DamagedSigned => "damaged_signed",
            Self::DamagedEncrypted => "damaged_encrypted",
            Self::PasswordNeeded => "password_needed",
            Self::PasswordWrong => "password_wrong",
            Self::EncryptedUnsupported(_) => "encrypted_unsupported",
            Self::NoPages => "no_pages",
            Self::PageOutOfRange { .. } => "page_out_of_range",
            Self::Xfa => "xfa",
            Self::DocmdpNoChanges => "docmdp_no_changes",
            Self::DocmdpVisible => "docmdp_visible",
            Self::FieldsLocked => "fields_locked",
            Self::PageListedTwice(_) => "page_listed_twice",
            Self::TooLarge => "too_large",
            Self::Limits(_) => "limits",
            Self::BadMark { .. } => "bad_mark",
            Self::BadArtwork(_) => "bad_artwork",
            Self::BadRequest(_) => "bad_request",
            Self::TextUnreadable => "text_unreadable",
            Self::PageUnreadable(_) => "page_unreadable",
            Self::NoSeal => "no_seal",
            Self::NotOwnSeal(_) => "not_own_seal",
            Self::LaterRevision => "later_revision",
        }
    }
}

/// Short form for the reason "damaged".
pub(crate) fn damaged(why: impl Into<String>) -> Refusal {
    Refusal::Damaged(why.into())
}

/// What can go wrong after a revision was prepared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The CMS does not fit the hole that was left for it.
    #[error("the signature has {size} bytes, the place left for it holds {room}")]
    TooLarge {
        /// Bytes of the CMS.
        size: usize,
        /// Bytes that the hole can hold.
        room: usize,
    },
    /// The CMS is not a signature over what was prepared.
    #[error("the signature does not fit the prepared file: {0}")]
    Cms(String),
    /// A kept digest state belongs to a file of another length.
    #[error("the kept digest state covers {covers} bytes, the file has {base}")]
    Midstate {
        /// Bytes that the state covers.
        covers: u64,
        /// Bytes of the base file.
        base: u64,
    },
    /// The bytes given as a kept digest state are none.
    #[error("the kept digest state cannot be read")]
    MidstateFormat,
    /// The file changed between prepare and embed.
    #[error("the file is not the one that was prepared")]
    BaseChanged,
}

#[cfg(test)]
mod tests {
    /// The table in the README is what people read; a code that is not in it helps nobody.
    #[test]
    fn every_code_is_explained() {
        let (source, readme) = (include_str!("refusal.rs"), include_str!("../README.md"));
        let codes: Vec<&str> = source
            .lines()
            .filter_map(|line| line.trim().strip_prefix("Self::")?.split(" => \"").nth(1))
            .filter_map(|rest| rest.strip_suffix("\","))
            .collect();
        assert!(codes.len() > 15, "the codes were not found");
        for code in codes {
            assert!(readme.contains(&format!("`{code}`")), "{code}");
        }
    }
}
