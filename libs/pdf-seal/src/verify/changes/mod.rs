//! What came after a signature: later revisions are compared, object by object, with what was signed.
//!
//! Everything that a later revision replaces must be one of the few things that filling in a form or adding a
//! signature touches, and there only in the keys that this touches. All else counts as forbidden, so that hiding
//! or replacing what was signed (shadow attacks) is told without knowing every trick.

mod roles;
mod same;

use super::Reason;
use super::report::{Changes, SignatureReport};
use crate::crypt::Crypt;
use crate::document::Document;
use crate::object::Ref;
use crate::refusal::Refusal;
use crate::tail::Place;
use roles::Roles;
use same::same;

/// Sets `changes` of every report and adds the reasons.
pub(super) fn judge(document: &Document, signatures: &mut [SignatureReport]) {
    for report in signatures {
        let (changes, reason) = one(document, report);
        report.changes = changes;
        report.reasons.extend(reason);
    }
}

fn one(document: &Document, report: &SignatureReport) -> (Changes, Option<Reason>) {
    if report.covers_whole_file {
        return (Changes::None, None);
    }
    let Some(len) = usize::try_from(report.covered_len)
        .ok()
        .filter(|len| *len > 0)
    else {
        return (Changes::Unexplained, None);
    };
    let revisions = document
        .tail
        .sections
        .iter()
        .filter(|section| section.position >= len)
        .count();
    let signed = match document.open_prefix(len) {
        Ok(signed) if revisions > 0 && continues(document, &signed, revisions) => signed,
        _ => {
            return (
                Changes::Unexplained,
                Some(Reason::new(
                    "not_a_revision",
                    "what is signed is not a whole revision of the file",
                )),
            );
        }
    };
    match forbidden(document, &signed) {
        Ok(None) => (Changes::Allowed { revisions }, None),
        Ok(Some(what)) => (
            Changes::Forbidden { revisions },
            Some(Reason::new(
                "changed_later",
                format!("a later revision changes {what}"),
            )),
        ),
        Err(error) => (
            Changes::Forbidden { revisions },
            Some(Reason::new(
                "changes_unknown",
                format!("later revisions cannot be compared: {error}"),
            )),
        ),
    }
}

/// Whether the sections that are older than the later ones are just those of the signed part.
fn continues(document: &Document, signed: &Document, revisions: usize) -> bool {
    let older = document
        .tail
        .sections
        .iter()
        .skip(revisions)
        .map(|section| section.position);
    older.eq(signed.tail.sections.iter().map(|section| section.position))
}

/// The first change that is not allowed, in words.
fn forbidden(document: &Document, signed: &Document) -> Result<Option<String>, Refusal> {
    if document.root != signed.root {
        return Ok(Some("which object is the catalog".to_owned()));
    }
    // The same bytes would mean something else.
    if !Crypt::alike(signed.crypt.as_ref(), document.crypt.as_ref()) {
        return Ok(Some("how the file is encrypted".to_owned()));
    }
    let roles = Roles::read(signed, document)?;
    for (number, old, new) in signed.tail.entries.differences(&document.tail.entries) {
        // New objects change nothing by themselves: they show only where something signed refers to them.
        if old == Place::Free {
            continue;
        }
        let was = signed.load(Ref {
            number,
            generation: old.generation(),
        })?;
        let is = document.load(Ref {
            number,
            generation: new.generation(),
        })?;
        if same(&was.item.object, &is.item.object)
            && signed.stream_bytes(&was)? == document.stream_bytes(&is)?
        {
            continue;
        }
        if let Some(what) = roles.judge(number, &was, &is)? {
            return Ok(Some(what));
        }
    }
    Ok(None)
}
