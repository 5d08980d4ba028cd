//! A revision with validation material: what the file has already is referred to, what it has not is written, and only
//! the smallest objects are touched.

use super::store::{Kind, Store, StorePlace};
use super::{Material, Proof};
use crate::document::{Document, Loaded};
use crate::object::{Dict, Object, Ref, Splice};
use crate::refusal::{Refusal, damaged};
use crate::write::{Increment, deflate};

/// What a revision adds.
#[derive(Default)]
struct Added {
    /// New streams of each list, in the order of [`Kind::ALL`].
    lists: [Vec<Ref>; 3],
    /// New entries of `/VRI`.
    vri: Vec<(String, Ref)>,
}

impl Added {
    fn is_empty(&self) -> bool {
        self.lists.iter().all(Vec::is_empty) && self.vri.is_empty()
    }

    fn list(&self, kind: Kind) -> &[Ref] {
        let [certificates, crls, ocsps] = &self.lists;
        match kind {
            Kind::Certificates => certificates,
            Kind::Crls => crls,
            Kind::Ocsps => ocsps,
        }
    }
}

impl Document {
    /// The bytes to append to the file so that it carries the material, or `None` when it has all of it already. Earlier
    /// signatures stay valid: the revision touches the store and nothing else (ISO 32000-2 12.8.4.3). An entry of `/VRI`
    /// that is there is never changed, since readers take that for tampering; its new material goes to the common lists.
    ///
    /// # Errors
    /// A [`Refusal`] when the file cannot be read, or not be written to.
    pub fn append_material(&self, proofs: &[Proof]) -> Result<Option<Vec<u8>>, Refusal> {
        let store = Store::read(self)?;
        let mut out = Increment::new(self);
        let mut added = Added::default();
        let mut written: Vec<(Kind, &[u8], Ref)> = Vec::new();
        for proof in proofs {
            let mut lines = String::new();
            for kind in Kind::ALL {
                let references = place(
                    &store,
                    kind,
                    &proof.material,
                    &mut written,
                    &mut added,
                    &mut out,
                )?;
                if !references.is_empty() {
                    lines.push_str(&format!("/{}[{}]", kind.vri_key(), joined(&references)));
                }
            }
            let Some(key) = proof.vri_key.as_ref().filter(|_| !lines.is_empty()) else {
                continue;
            };
            let is_known = store.vri.contains(key.as_bytes())
                || added.vri.iter().any(|(added, _)| added == key);
            if !is_known {
                check_key(key)?;
                let reference = out.allocate()?;
                out.object(reference, format!("<</Type/VRI{lines}>>").as_bytes());
                added.vri.push((key.clone(), reference));
            }
        }
        if added.is_empty() {
            return Ok(None);
        }
        enter(self, &store, &added, &mut out)?;
        out.finish().map(Some)
    }
}

/// Keys are names that we write: hexadecimal digits in capitals, as they are made here.
fn check_key(key: &str) -> Result<(), Refusal> {
    let digits = key
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F'));
    if digits && key.len() == 40 {
        Ok(())
    } else {
        Err(Refusal::BadRequest(
            "the key of a signature's material is a SHA-1 in capitals",
        ))
    }
}

/// References to all material of a kind: streams of the store, of this revision, or new ones.
fn place<'a>(
    store: &Store,
    kind: Kind,
    material: &'a Material,
    written: &mut Vec<(Kind, &'a [u8], Ref)>,
    added: &mut Added,
    out: &mut Increment<'_>,
) -> Result<Vec<Ref>, Refusal> {
    let mut references = Vec::new();
    for der in kind.of(material) {
        let old = store.list(kind).iter().find(|(_, there)| there == der);
        let new = || {
            let same = written
                .iter()
                .find(|(k, there, _)| *k == kind && there == der);
            same.map(|(_, _, reference)| *reference)
        };
        let reference = match old.map(|(reference, _)| *reference).or_else(new) {
            Some(reference) => reference,
            None => {
                let reference = out.allocate()?;
                out.stream(reference, "/Filter/FlateDecode", &deflate(der));
                written.push((kind, der, reference));
                let [certificates, crls, ocsps] = &mut added.lists;
                match kind {
                    Kind::Certificates => certificates.push(reference),
                    Kind::Crls => crls.push(reference),
                    Kind::Ocsps => ocsps.push(reference),
                }
                reference
            }
        };
        if !references.contains(&reference) {
            references.push(reference);
        }
    }
    Ok(references)
}

/// Brings what was written into the store, or a store into the catalog.
fn enter(
    document: &Document,
    store: &Store,
    added: &Added,
    out: &mut Increment<'_>,
) -> Result<(), Refusal> {
    match &store.place {
        StorePlace::Absent => {
            let reference = out.allocate()?;
            let mut body = String::from("<</Type/DSS");
            for kind in Kind::ALL {
                let list = added.list(kind);
                if !list.is_empty() {
                    let key = String::from_utf8_lossy(kind.key());
                    body.push_str(&format!("/{key}[{}]", joined(list)));
                }
            }
            if !added.vri.is_empty() {
                body.push_str(&format!("/VRI<<{}>>", entries(added)));
            }
            body.push_str(">>");
            out.object(reference, body.as_bytes());
            let catalog = document.catalog()?;
            let dict = catalog
                .dict()
                .ok_or_else(|| damaged("its catalog is not a dictionary"))?;
            let mut splice = Splice::new(catalog.text(), catalog.item.span);
            splice.set(dict, b"DSS", reference.to_string().as_bytes())?;
            out.object(catalog.reference, &splice.finish()?);
            Ok(())
        }
        StorePlace::Direct(dict) => edit(document, &document.catalog()?, dict, added, out),
        StorePlace::Indirect(holder) => {
            let dict = holder
                .dict()
                .ok_or_else(|| damaged("its security store is not a dictionary"))?;
            edit(document, holder, dict, added, out)
        }
    }
}

/// Changes the store `dict` inside the object `holder`; lists that are objects of their own are changed there.
fn edit(
    document: &Document,
    holder: &Loaded,
    dict: &Dict,
    added: &Added,
    out: &mut Increment<'_>,
) -> Result<(), Refusal> {
    let mut splice = Splice::new(holder.text(), holder.item.span);
    let mut changed = false;
    for kind in Kind::ALL {
        let list = joined(added.list(kind));
        if list.is_empty() {
            continue;
        }
        let item = dict.item(kind.key());
        match item.map(|item| (&item.object, item.span)) {
            Some((Object::Array(_), span)) => splice.append(span, list.as_bytes()),
            Some((object @ Object::Ref(_), _)) => {
                let array = document.resolve_loaded(object)?;
                if matches!(array.item.object, Object::Array(_)) {
                    let mut inner = Splice::new(array.text(), array.item.span);
                    inner.append(array.item.span, list.as_bytes());
                    out.object(array.reference, &inner.finish()?);
                    continue;
                }
                splice.set(dict, kind.key(), format!("[{list}]").as_bytes())?;
            }
            _ => splice.set(dict, kind.key(), format!("[{list}]").as_bytes())?,
        }
        changed = true;
    }
    changed |= edit_vri(document, dict, added, &mut splice, out)?;
    if changed {
        out.object(holder.reference, &splice.finish()?);
    }
    Ok(())
}

/// New entries into `/VRI`; tells whether the store itself was changed.
fn edit_vri(
    document: &Document,
    dict: &Dict,
    added: &Added,
    splice: &mut Splice<'_>,
    out: &mut Increment<'_>,
) -> Result<bool, Refusal> {
    if added.vri.is_empty() {
        return Ok(false);
    }
    match dict.get(b"VRI") {
        Some(Object::Dict(vri)) => {
            for (key, reference) in &added.vri {
                splice.set(vri, key.as_bytes(), reference.to_string().as_bytes())?;
            }
            return Ok(true);
        }
        Some(object @ Object::Ref(_)) => {
            let loaded = document.resolve_loaded(object)?;
            if let Some(vri) = loaded.dict().filter(|_| !loaded.is_stream()) {
                let mut inner = Splice::new(loaded.text(), loaded.item.span);
                for (key, reference) in &added.vri {
                    inner.set(vri, key.as_bytes(), reference.to_string().as_bytes())?;
                }
                out.object(loaded.reference, &inner.finish()?);
                return Ok(false);
            }
        }
        _ => {}
    }
    splice.set(dict, b"VRI", format!("<<{}>>", entries(added)).as_bytes())?;
    Ok(true)
}

fn entries(added: &Added) -> String {
    let entry = |(key, reference): &(String, Ref)| format!("/{key} {reference}");
    added.vri.iter().map(entry).collect()
}

fn joined(references: &[Ref]) -> String {
    let each: Vec<String> = references.iter().map(Ref::to_string).collect();
    each.join(" ")
}
