//! What a file tells about itself.

use std::collections::BTreeMap;

use super::Document;
use crate::crypt::Encryption;
use crate::form::{Form, decode_text};
use crate::object::Object;
use crate::page::PageInfo;
use crate::refusal::Refusal;
use crate::sign::parse_date;
use crate::tail::XrefKind;
use crate::verify::{Ranges, pages_of_signatures};

/// Facts about a PDF, for people and for choosing where a seal goes.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Info {
    /// The version after `%PDF-`; a catalog may raise it.
    pub version: String,
    /// Bytes.
    pub len: u64,
    /// How the newest cross-reference section is written.
    pub xref: XrefKind,
    /// Cross-reference sections; a file that was never changed has one, a linearized one two.
    pub sections: usize,
    /// Pages in order.
    pub pages: Vec<PageInfo>,
    /// One for each signature dictionary, in the order of the form.
    pub signatures: Vec<SignatureInfo>,
    /// How the file is encrypted; `None` when it is not.
    pub encryption: Option<Encryption>,
    /// What may surprise a person: plain sentences.
    pub warnings: Vec<String>,
}

/// A signature as the file describes it; nothing here is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignatureInfo {
    /// Full name of the field.
    pub field: String,
    /// `/M` in seconds since 1970: a claim.
    pub claimed_time: Option<i64>,
    /// Where the second signed range ends.
    pub covered_len: Option<u64>,
    /// Length of the file before this seal, when the seal was made by this crate.
    pub own_base_len: Option<u64>,
    /// The tag that was given in [`crate::Request::seal_tag`].
    pub seal_tag: Option<Vec<u8>>,
    /// What the seal is called, by [`crate::Request::seal_name`].
    pub seal_name: Option<String>,
    /// What kind of seal it is, by [`crate::Request::seal_kind`].
    pub seal_kind: Option<String>,
    /// Pages that show it, from 1, ascending.
    pub pages: Vec<u32>,
    /// The CMS as it stands in the file: DER, without the zeros that fill up its hole. `None` when its ranges or its
    /// contents are not sound.
    pub cms: Option<Vec<u8>>,
}

impl Document {
    /// Facts about the file.
    ///
    /// # Errors
    /// A [`Refusal`] when the form cannot be read.
    pub fn info(&self) -> Result<Info, Refusal> {
        let form = Form::read(self)?;
        let mut warnings = Vec::new();
        if form.need_appearances {
            warnings.push("readers draw the form fields of this file anew (NeedAppearances), which some take for a change".to_owned());
        }
        if form.xfa {
            warnings.push(
                "the file holds an XFA form beside its pages; readers that use it may not show the seal".to_owned(),
            );
        }
        if let Some(index) = self.pages.iter().position(|page| page.listed_twice) {
            warnings.push(format!(
                "page {} is listed more than once, and a seal on it shows each time",
                index + 1
            ));
        }
        if self.has_usage_rights()? {
            warnings.push(
                "the file carries usage rights of its maker, which readers drop when it is changed"
                    .to_owned(),
            );
        }
        if self.tail.origin > 0 {
            warnings.push(format!(
                "{} bytes stand before the PDF header",
                self.tail.origin
            ));
        }
        warnings.extend(self.crypt.iter().flat_map(|crypt| crypt.warnings()));
        let mut signatures = Vec::with_capacity(form.signed.len());
        let mut shown = if form.signed.is_empty() {
            BTreeMap::new()
        } else {
            pages_of_signatures(self)
        };
        for signed in &form.signed {
            let ranges = Ranges::read(self, signed).ok();
            let cms = ranges.as_ref().and_then(|ranges| ranges.cms().ok());
            signatures.push(SignatureInfo {
                pages: shown.remove(&signed.id).unwrap_or_default(),
                cms: cms.map(<[u8]>::to_vec),
                ..self.signature_claims(signed)?
            });
        }
        Ok(Info {
            version: self.tail.version.clone(),
            len: self.len(),
            xref: self.tail.kind(),
            sections: self.tail.sections.len(),
            pages: (1_u32..)
                .zip(&self.pages)
                .map(|(number, page)| page.info(number))
                .collect(),
            signatures,
            encryption: self.crypt.as_ref().map(|crypt| crypt.facts()),
            warnings,
        })
    }

    /// A usage rights signature (12.8.2.3), which a seal makes void like any other change.
    fn has_usage_rights(&self) -> Result<bool, Refusal> {
        let catalog = self.catalog()?;
        let Some(catalog) = catalog.dict() else {
            return Ok(false);
        };
        let permissions = self.value(catalog, b"Perms")?;
        let permissions = permissions.as_dict();
        Ok(permissions.is_some_and(|it| it.get(b"UR3").or_else(|| it.get(b"UR")).is_some()))
    }

    /// What the signature dictionary says of itself, without the pages and the CMS.
    pub(crate) fn signature_claims(
        &self,
        signed: &crate::form::SigField,
    ) -> Result<SignatureInfo, Refusal> {
        let value = &signed.value;
        // Only what stands in the dictionary itself: what a reference leads to may lie outside the signed part.
        let own = value.get(b"HLSeal").and_then(Object::as_dict);
        let own = own.filter(|own| own.int(b"V") == Some(1));
        let text = |key: &[u8]| Some(decode_text(own?.get(key)?.as_string()?));
        let unsigned = |n: i64| u64::try_from(n).ok();
        let range = self.value(value, b"ByteRange")?;
        let numbers: Vec<u64> = range
            .as_array()
            .unwrap_or_default()
            .iter()
            .filter_map(|item| item.object.as_int().and_then(unsigned))
            .collect();
        let covered_len = match numbers.as_slice() {
            [_, _, start, len] => start.checked_add(*len),
            _ => None,
        };
        Ok(SignatureInfo {
            field: signed.name.clone(),
            claimed_time: self.value(value, b"M")?.as_string().and_then(parse_date),
            covered_len,
            own_base_len: own.and_then(|own| own.int(b"Base")).and_then(unsigned),
            seal_tag: own
                .and_then(|own| own.get(b"Tag"))
                .and_then(Object::as_string)
                .map(<[u8]>::to_vec),
            seal_name: text(b"Name"),
            seal_kind: text(b"Kind"),
            pages: Vec::new(),
            cms: None,
        })
    }
}
