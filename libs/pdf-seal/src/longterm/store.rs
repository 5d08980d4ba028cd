//! The document security store as it stands in a file (ISO 32000-2 12.8.4.3, table 261).

use std::collections::HashSet;

use super::Material;
use crate::document::{Document, Loaded};
use crate::limits;
use crate::object::{Dict, Object, Ref, decode};
use crate::refusal::Refusal;

/// The lists of a store, by the key in `/DSS` and the key in an entry of `/VRI`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Certificates,
    Crls,
    Ocsps,
}

impl Kind {
    pub(super) const ALL: [Self; 3] = [Self::Certificates, Self::Crls, Self::Ocsps];

    pub(super) const fn key(self) -> &'static [u8] {
        match self {
            Self::Certificates => b"Certs",
            Self::Crls => b"CRLs",
            Self::Ocsps => b"OCSPs",
        }
    }

    pub(super) const fn vri_key(self) -> &'static str {
        match self {
            Self::Certificates => "Cert",
            Self::Crls => "CRL",
            Self::Ocsps => "OCSP",
        }
    }

    pub(super) fn of(self, material: &Material) -> &[Vec<u8>] {
        match self {
            Self::Certificates => &material.certificates,
            Self::Crls => &material.crls,
            Self::Ocsps => &material.ocsps,
        }
    }
}

/// Where the store stands, which decides what the writer touches.
pub(crate) enum StorePlace {
    Absent,
    /// Inside the catalog.
    Direct(Dict),
    /// An object of its own.
    Indirect(Loaded),
}

/// A store with all that could be read of it.
pub(crate) struct Store {
    pub(super) place: StorePlace,
    /// What each stream of the lists holds, in the order of [`Kind::ALL`].
    pub(super) lists: [Vec<(Ref, Vec<u8>)>; 3],
    /// The keys of `/VRI`.
    pub(super) vri: HashSet<Vec<u8>>,
}

impl Store {
    pub(crate) fn read(document: &Document) -> Result<Self, Refusal> {
        let catalog = document.catalog()?;
        let place = match catalog.dict().and_then(|dict| dict.get(b"DSS")) {
            Some(Object::Dict(dict)) => StorePlace::Direct(dict.clone()),
            Some(Object::Ref(reference)) => match document.load(*reference) {
                Ok(loaded) if loaded.dict().is_some() && !loaded.is_stream() => {
                    StorePlace::Indirect(loaded)
                }
                _ => StorePlace::Absent,
            },
            _ => StorePlace::Absent,
        };
        let mut store = Self {
            place,
            lists: Default::default(),
            vri: HashSet::new(),
        };
        let Some(dict) = store.dict().cloned() else {
            return Ok(store);
        };
        let mut left = limits::STORE_BYTES;
        store.lists = Kind::ALL.map(|kind| list(document, &dict, kind, &mut left));
        if let Ok(Object::Dict(vri)) = document.value(&dict, b"VRI") {
            store.vri = vri.keys().map(<[u8]>::to_vec).collect();
        }
        Ok(store)
    }

    pub(super) fn dict(&self) -> Option<&Dict> {
        match &self.place {
            StorePlace::Absent => None,
            StorePlace::Direct(dict) => Some(dict),
            StorePlace::Indirect(loaded) => loaded.dict(),
        }
    }

    pub(super) fn list(&self, kind: Kind) -> &[(Ref, Vec<u8>)] {
        let [certificates, crls, ocsps] = &self.lists;
        match kind {
            Kind::Certificates => certificates,
            Kind::Crls => crls,
            Kind::Ocsps => ocsps,
        }
    }

    pub(crate) fn material(&self) -> Material {
        let each = |kind| self.list(kind).iter().map(|(_, der)| der.clone()).collect();
        Material {
            certificates: each(Kind::Certificates),
            crls: each(Kind::Crls),
            ocsps: each(Kind::Ocsps),
        }
    }
}

/// The streams of one list as far as they can be read; what cannot be proves nothing.
fn list(document: &Document, dict: &Dict, kind: Kind, left: &mut usize) -> Vec<(Ref, Vec<u8>)> {
    let Ok(Object::Array(items)) = document.value(dict, kind.key()) else {
        return Vec::new();
    };
    let references = items.iter().filter_map(|item| item.object.as_ref());
    let mut all = Vec::new();
    for reference in references.take(limits::STORE_ITEMS) {
        let Some(der) = stream(document, reference, *left) else {
            continue;
        };
        *left -= der.len();
        all.push((reference, der));
    }
    all
}

fn stream(document: &Document, reference: Ref, limit: usize) -> Option<Vec<u8>> {
    let loaded = document.load(reference).ok()?;
    let raw = document.stream_bytes(&loaded).ok()??;
    decode(loaded.dict()?, &raw, limit).ok()
}
