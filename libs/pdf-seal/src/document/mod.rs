//! A PDF that was opened: strict, lazy, and never changed.

mod dangling;
mod info;
mod load;
mod offsets;

pub use info::{Info, SignatureInfo};
pub(crate) use load::Loaded;
pub(crate) use offsets::Care;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use crate::crypt::{Crypt, KeySource};
use crate::object::{Dict, Object, Ref};
use crate::page::{self, PageRecord};
use crate::refusal::{Refusal, damaged};
use crate::sign::{DigestAlgorithm, Midstate, Prefix};
use crate::tail::{self, Place, Tail};
use load::Cache;

/// Bytes of a whole file: a vector, a map, anything that lends them for as long as it lives.
pub type Source = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// A PDF whose tail, catalog and page tree were read and found sound.
///
/// Objects are read when they are needed, from the lent bytes; memory grows with the number of objects and pages
/// (about 24 and 130 bytes each), not with the length of the file.
pub struct Document {
    source: Source,
    pub(crate) tail: Tail,
    pub(crate) root: Ref,
    pub(crate) pages: Vec<PageRecord>,
    /// The keys, when the file is encrypted.
    pub(crate) crypt: Option<Arc<Crypt>>,
    cache: Mutex<Cache>,
    /// Numbers that are referred to and that no revision has used.
    dangling: Mutex<BTreeSet<u32>>,
}

/// Where the keys of an encrypted file come from.
enum Keys<'a> {
    Password(Option<&'a [u8]>),
    Like(&'a Arc<Crypt>),
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Document")
            .field("len", &self.len())
            .field("pages", &self.pages.len())
            .finish_non_exhaustive()
    }
}

impl Document {
    /// Opens a PDF that needs no password; encrypted ones with an empty user password are such.
    ///
    /// # Errors
    /// A [`Refusal`] with the code `not_pdf`, `damaged`, `password_needed`, `encrypted_unsupported`, `no_pages` or
    /// `limits`.
    pub fn open(source: Source) -> Result<Self, Refusal> {
        Self::open_with_password(source, None)
    }

    /// Opens a PDF, with the user or the owner password when there is one (ISO 32000-2, 7.6.4). A file that needs no
    /// password is opened whatever the password is.
    ///
    /// The password is UTF-8 text as a rule; bytes that are none are tried as they are.
    ///
    /// # Errors
    /// As [`Document::open`], and `password_wrong`.
    pub fn open_with_password(source: Source, password: Option<&[u8]>) -> Result<Self, Refusal> {
        Self::open_by(source, &Keys::Password(password))
    }

    /// The first `len` bytes as a file of their own, an earlier revision say, with the keys of this one.
    pub(crate) fn open_prefix(&self, len: usize) -> Result<Self, Refusal> {
        let source = Arc::clone(self.source());
        let keys = self.crypt.as_ref().map_or(Keys::Password(None), Keys::Like);
        Self::open_by(Arc::new(Prefix { source, len }), &keys)
    }

    fn open_by(source: Source, keys: &Keys<'_>) -> Result<Self, Refusal> {
        let tail = tail::read((*source).as_ref())?;
        let root = tail
            .trailer_with(b"Root")
            .and_then(|trailer| trailer.dict.get(b"Root")?.as_ref());
        let root = root.ok_or_else(|| damaged("it does not name its catalog"))?;
        let mut document = Self {
            source,
            tail,
            root,
            pages: Vec::new(),
            crypt: None,
            cache: Mutex::default(),
            dangling: Mutex::default(),
        };
        document.crypt = document.keys(keys)?;
        document.pages = page::read_all(&document)?;
        if document.pages.is_empty() {
            return Err(Refusal::NoPages);
        }
        Ok(document)
    }

    /// The keys of an encrypted file. Nothing was decrypted before, so that the dictionary is read as it stands.
    fn keys(&self, keys: &Keys<'_>) -> Result<Option<Arc<Crypt>>, Refusal> {
        let Some(trailer) = self.tail.trailer_with(b"Encrypt") else {
            return Ok(None);
        };
        let entry = trailer.dict.get(b"Encrypt").unwrap_or(&Object::Null);
        let own_number = entry.as_ref().map(|reference| reference.number);
        if own_number
            .is_some_and(|number| matches!(self.tail.entries.place(number), Place::InStream(..)))
        {
            return Err(damaged(
                "its encryption dictionary stands in an object stream",
            ));
        }
        let Object::Dict(dict) = self.resolve(entry)? else {
            return Err(Refusal::EncryptedUnsupported(
                "without an encryption dictionary".to_owned(),
            ));
        };
        let id = match self.tail.trailer_with(b"ID") {
            Some(trailer) => self.value(&trailer.dict, b"ID")?,
            None => Object::Null,
        };
        let id = id
            .as_array()
            .and_then(|halves| halves.first()?.object.as_string());
        let source = KeySource {
            dict: &dict,
            own_number,
            id: id.unwrap_or_default(),
        };
        match keys {
            Keys::Password(password) => Crypt::open(&source, *password).map(Arc::new),
            Keys::Like(crypt) => Crypt::again(crypt, &source),
        }
        .map(Some)
    }

    /// A password with which another reader opens this file as it is; empty when it needs none.
    pub(crate) fn reader_password(&self) -> Result<&str, Refusal> {
        self.crypt
            .as_ref()
            .map_or(Ok(""), |crypt| crypt.reader_password())
    }

    /// Bytes of the file.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.data().len() as u64
    }

    /// Never: a file without bytes is not opened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.data().is_empty()
    }

    pub(crate) fn data(&self) -> &[u8] {
        (*self.source).as_ref()
    }

    /// What the document was opened from.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// As [`Prepared::base_midstate`](crate::Prepared::base_midstate), for who prepares the revision in the meantime.
    #[must_use]
    pub fn base_midstate(&self, algorithm: impl Into<DigestAlgorithm>) -> Midstate {
        Midstate::after(algorithm.into(), self.data())
    }

    pub(crate) fn catalog(&self) -> Result<Loaded, Refusal> {
        let catalog = self.load(self.root)?;
        match catalog.item.object {
            Object::Dict(_) => Ok(catalog),
            _ => Err(damaged("its catalog is not a dictionary")),
        }
    }

    /// The value of `key` in `dict`, with references followed.
    pub(crate) fn value(&self, dict: &Dict, key: &[u8]) -> Result<Object, Refusal> {
        match dict.get(key) {
            None => Ok(Object::Null),
            Some(Object::Ref(reference)) => Ok(self.load(*reference)?.item.object),
            Some(object) => Ok(object.clone()),
        }
    }

    /// As [`Document::value`], lent to `look` instead of copied: a list of kids has thousands of entries.
    pub(crate) fn with_value<T>(
        &self,
        dict: &Dict,
        key: &[u8],
        look: impl FnOnce(&Object) -> T,
    ) -> Result<T, Refusal> {
        Ok(match dict.get(key) {
            None => look(&Object::Null),
            Some(Object::Ref(reference)) => look(&self.load(*reference)?.item.object),
            Some(object) => look(object),
        })
    }

    /// `object`, or what it refers to.
    pub(crate) fn resolve(&self, object: &Object) -> Result<Object, Refusal> {
        match object {
            Object::Ref(reference) => Ok(self.load(*reference)?.item.object),
            other => Ok(other.clone()),
        }
    }

    /// As [`Document::resolve`] for a reference, with the bytes.
    pub(crate) fn resolve_loaded(&self, object: &Object) -> Result<Loaded, Refusal> {
        let reference = object
            .as_ref()
            .ok_or_else(|| damaged("a reference is missing"))?;
        self.load(reference)
    }
}
