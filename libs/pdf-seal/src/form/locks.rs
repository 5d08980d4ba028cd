//! What earlier signatures forbid: DocMDP (12.8.2.2), FieldMDP (12.8.2.4) and field locks (12.7.5.5).

use super::Form;
use crate::document::Document;
use crate::object::{Dict, Object};
use crate::refusal::Refusal;

/// Refuses when a further seal would break an earlier signature. A visible one in a field of its own may cover what was
/// certified ("sneaky signature" attack), so that verifiers take it for one.
pub(crate) fn check(document: &Document, form: &Form, visible: bool) -> Result<(), Refusal> {
    if form.xfa_dynamic {
        return Err(Refusal::Xfa);
    }
    for signed in &form.signed {
        if let Some(lock) = &signed.lock {
            check_rule(document, lock, visible)?;
        }
        check_references(document, &signed.value, visible)?;
    }
    // A certification signature counts even when no field leads to it.
    let catalog = document.catalog()?;
    let Some(catalog) = catalog.dict() else {
        return Ok(());
    };
    if let Object::Dict(permissions) = document.value(catalog, b"Perms")?
        && let Object::Dict(signature) = document.value(&permissions, b"DocMDP")?
    {
        check_references(document, &signature, visible)?;
    }
    Ok(())
}

fn check_references(document: &Document, signature: &Dict, visible: bool) -> Result<(), Refusal> {
    let references = document.value(signature, b"Reference")?;
    for item in references.as_array().unwrap_or_default() {
        let reference = document.resolve(&item.object)?;
        let Some(reference) = reference.as_dict() else {
            continue;
        };
        let method = document.value(reference, b"TransformMethod")?;
        let parameters = document.value(reference, b"TransformParams")?;
        if let (Some(b"DocMDP" | b"FieldMDP"), Object::Dict(parameters)) =
            (method.as_name(), &parameters)
        {
            check_rule(document, parameters, visible)?;
        }
        // Table 257: without /P it is 2.
        if visible && method.as_name() == Some(b"DocMDP") {
            return Err(Refusal::DocmdpVisible);
        }
    }
    Ok(())
}

/// Transform parameters and `/Lock` dictionaries share `/P` and `/Action`.
fn check_rule(document: &Document, rule: &Dict, visible: bool) -> Result<(), Refusal> {
    match document.value(rule, b"P")?.as_int() {
        Some(1) => return Err(Refusal::DocmdpNoChanges),
        Some(_) if visible => return Err(Refusal::DocmdpVisible),
        _ => {}
    }
    match document.value(rule, b"Action")?.as_name() {
        // "All", and "all but the named ones", cover a field that does not exist yet. "Include" names fields, and
        // ours has a name of its own.
        Some(b"All" | b"Exclude") => Err(Refusal::FieldsLocked),
        _ => Ok(()),
    }
}
