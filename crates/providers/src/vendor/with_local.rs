//! A vendor that reads cards and licences, with the embedded reader for what it does not read.

use std::sync::Arc;

use crate::Provider;
use crate::answer::Answer;
use crate::ocr::{Document, LocalOcr, Ocr, Reading};

/// Goes by the vendor's name; powers of attorney never leave this process.
pub struct WithLocal(Arc<dyn Ocr>);

impl WithLocal {
    /// This vendor, helped out.
    #[must_use]
    pub const fn new(vendor: Arc<dyn Ocr>) -> Self {
        Self(vendor)
    }
}

impl Provider for WithLocal {
    fn is_sandbox(&self) -> bool {
        self.0.is_sandbox()
    }

    fn name(&self) -> &'static str {
        self.0.name()
    }
}

impl Ocr for WithLocal {
    fn read<'a>(&'a self, document: Document, photo: &'a [u8]) -> Answer<'a, Reading> {
        match document {
            Document::PowerOfAttorney => LocalOcr.read(document, photo),
            _ => self.0.read(document, photo),
        }
    }
}
