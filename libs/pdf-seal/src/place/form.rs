//! New fields into the form (12.7.3), touching the smallest object.

use crate::document::{Document, Loaded};
use crate::form::{Form, FormPlace};
use crate::object::{Dict, Object, Ref, Splice};
use crate::refusal::{Refusal, damaged};
use crate::write::Increment;

/// SignaturesExist and AppendOnly (table 225).
const SIG_FLAGS: i64 = 3;

/// Adds `fields` at the top of the form and sets its flags; the catalog names `metadata` if there are new ones.
pub(crate) fn add(
    document: &Document,
    form: &Form,
    fields: &[Ref],
    metadata: Option<Ref>,
    out: &mut Increment<'_>,
) -> Result<(), Refusal> {
    let list = fields
        .iter()
        .map(Ref::to_string)
        .collect::<Vec<_>>()
        .join(" ");
    match &form.place {
        FormPlace::Absent => {
            let reference = out.allocate()?;
            out.object(
                reference,
                format!("<</Fields[{list}]/SigFlags {SIG_FLAGS}>>").as_bytes(),
            );
            let catalog = document.catalog()?;
            let dict = catalog.dict().ok_or_else(no_dictionary)?;
            let mut splice = catalog.splice()?;
            splice.set(dict, b"AcroForm", reference.to_string().as_bytes())?;
            name(&mut splice, dict, metadata)?;
            out.object(catalog.reference, &splice.finish()?);
        }
        FormPlace::Direct(dict) => {
            let catalog = document.catalog()?;
            edit(document, &catalog, dict, (form, &list, metadata), out)?;
        }
        FormPlace::Indirect(holder) => {
            let dict = holder
                .dict()
                .ok_or_else(|| damaged("its form is not a dictionary"))?;
            edit(document, holder, dict, (form, &list, None), out)?;
            if metadata.is_some() {
                let catalog = document.catalog()?;
                let mut splice = catalog.splice()?;
                let dict = catalog.dict().ok_or_else(no_dictionary)?;
                name(&mut splice, dict, metadata)?;
                out.object(catalog.reference, &splice.finish()?);
            }
        }
    }
    Ok(())
}

fn no_dictionary() -> Refusal {
    damaged("its catalog is not a dictionary")
}

/// New metadata into the catalog, if there are any.
fn name(splice: &mut Splice<'_>, catalog: &Dict, metadata: Option<Ref>) -> Result<(), Refusal> {
    match metadata {
        Some(metadata) => splice.set(catalog, b"Metadata", metadata.to_string().as_bytes()),
        None => Ok(()),
    }
}

/// Changes the form `dict` inside the object `holder`, which is the catalog where there are new metadata.
fn edit(
    document: &Document,
    holder: &Loaded,
    dict: &Dict,
    (form, list, metadata): (&Form, &str, Option<Ref>),
    out: &mut Increment<'_>,
) -> Result<(), Refusal> {
    let mut splice = holder.splice()?;
    let mut changed = metadata.is_some();
    if let Some(holder) = holder.dict() {
        name(&mut splice, holder, metadata)?;
    }
    match dict.item(b"Fields") {
        Some(item) if matches!(item.object, Object::Array(_)) => {
            splice.append(item.span, list.as_bytes());
            changed = true;
        }
        Some(item) if matches!(item.object, Object::Ref(_)) => {
            let fields = document.resolve_loaded(&item.object)?;
            if matches!(fields.item.object, Object::Array(_)) {
                let mut inner = fields.splice()?;
                inner.append(fields.item.span, list.as_bytes());
                out.object(fields.reference, &inner.finish()?);
            } else {
                splice.set(dict, b"Fields", format!("[{list}]").as_bytes())?;
                changed = true;
            }
        }
        _ => {
            splice.set(dict, b"Fields", format!("[{list}]").as_bytes())?;
            changed = true;
        }
    }
    if form.sig_flags & SIG_FLAGS != SIG_FLAGS {
        splice.set(
            dict,
            b"SigFlags",
            (form.sig_flags | SIG_FLAGS).to_string().as_bytes(),
        )?;
        changed = true;
    }
    if changed {
        out.object(holder.reference, &splice.finish()?);
    }
    Ok(())
}
