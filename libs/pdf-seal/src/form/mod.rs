//! The interactive form (12.7): where it stands, what its fields are called, which of them are signed.

mod fields;
mod locks;
mod text;

pub(crate) use fields::{SigField, SigId};
pub(crate) use locks::check as check_locks;
pub(crate) use text::{decode as decode_text, encode as encode_text};

use std::collections::HashSet;

use crate::document::{Document, Loaded};
use crate::object::{Dict, Object};
use crate::refusal::Refusal;

/// Where `/AcroForm` stands, which decides what the writer touches.
pub(crate) enum FormPlace {
    Absent,
    /// Inside the catalog.
    Direct(Dict),
    /// An object of its own.
    Indirect(Loaded),
}

/// The form with everything that placing and verifying need of it.
pub(crate) struct Form {
    pub place: FormPlace,
    /// Partial names of the fields at the top.
    pub names: HashSet<String>,
    /// Signed signature fields, one for each signature dictionary, in the order of the field tree.
    pub signed: Vec<SigField>,
    pub sig_flags: i64,
    pub need_appearances: bool,
    pub xfa: bool,
    /// The pages are made from the XFA form by the reader; what stands in the file is a stand-in.
    pub xfa_dynamic: bool,
}

impl Form {
    pub(crate) fn read(document: &Document) -> Result<Self, Refusal> {
        let catalog = document.catalog()?;
        let place = match catalog.dict().and_then(|dict| dict.get(b"AcroForm")) {
            None => FormPlace::Absent,
            Some(Object::Dict(dict)) => FormPlace::Direct(dict.clone()),
            Some(Object::Ref(reference)) => {
                let loaded = document.load(*reference)?;
                match loaded.item.object {
                    Object::Dict(_) => FormPlace::Indirect(loaded),
                    // What is no dictionary is no form, for every reader.
                    _ => FormPlace::Absent,
                }
            }
            Some(_) => FormPlace::Absent,
        };
        let mut form = Self {
            place,
            names: HashSet::new(),
            signed: Vec::new(),
            sig_flags: 0,
            need_appearances: false,
            xfa: false,
            xfa_dynamic: false,
        };
        if let Some(dict) = form.dict().cloned() {
            form.sig_flags = document.value(&dict, b"SigFlags")?.as_int().unwrap_or(0);
            form.need_appearances = document
                .value(&dict, b"NeedAppearances")?
                .as_bool()
                .unwrap_or(false);
            form.xfa = !matches!(document.value(&dict, b"XFA")?, Object::Null);
            fields::read(document, &dict, &mut form)?;
            // A static XFA form lies over pages and fields that every reader shows; a dynamic one says so, or has
            // nothing beside it.
            let renders = match catalog.dict() {
                Some(catalog) => document.value(catalog, b"NeedsRendering")?.as_bool(),
                None => None,
            };
            let alone = form.names.is_empty() && form.signed.is_empty();
            form.xfa_dynamic = form.xfa && (renders == Some(true) || alone);
        }
        Ok(form)
    }

    pub(crate) fn dict(&self) -> Option<&Dict> {
        match &self.place {
            FormPlace::Absent => None,
            FormPlace::Direct(dict) => Some(dict),
            FormPlace::Indirect(loaded) => loaded.dict(),
        }
    }

    /// Field names that are not taken; `prefix` is without a full stop, which would separate levels (12.7.4.2).
    pub(crate) fn free_names(&self, prefix: &str, count: usize) -> Vec<String> {
        let all = (1_usize..).map(|n| format!("{prefix}{n}"));
        all.filter(|name| !self.names.contains(name))
            .take(count)
            .collect()
    }
}
