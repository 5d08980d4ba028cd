//! A PDF that was opened: strict, lazy, and never changed.

mod dangling;
mod info;
mod load;

pub use info::{Info, SignatureInfo};
pub(crate) use load::Loaded;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use crate::object::{Dict, Object, Ref};
use crate::page::{self, PageRecord};
use crate::refusal::{Refusal, damaged};
use crate::tail::{self, Tail};
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
    cache: Mutex<Cache>,
    /// Numbers that are referred to and that no revision has used.
    dangling: Mutex<BTreeSet<u32>>,
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
    /// Opens a PDF.
    ///
    /// # Errors
    /// A [`Refusal`] with the code `not_pdf`, `damaged`, `encrypted`, `no_pages` or `limits`.
    pub fn open(source: Source) -> Result<Self, Refusal> {
        let tail = tail::read((*source).as_ref())?;
        if tail.trailer_with(b"Encrypt").is_some() {
            return Err(Refusal::Encrypted);
        }
        let root = tail
            .trailer_with(b"Root")
            .and_then(|trailer| trailer.dict.get(b"Root")?.as_ref());
        let root = root.ok_or_else(|| damaged("it does not name its catalog"))?;
        let mut document = Self {
            source,
            tail,
            root,
            pages: Vec::new(),
            cache: Mutex::default(),
            dangling: Mutex::default(),
        };
        document.pages = page::read_all(&document)?;
        if document.pages.is_empty() {
            return Err(Refusal::NoPages);
        }
        Ok(document)
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
