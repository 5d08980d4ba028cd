//! Distinguished names as this project writes them, and as others do.

use crate::wire::{Cursor, PRINTABLE, SEQUENCE, SET, UTF8, bound, oid as oid_der, sequence, tlv};
use crate::{Error, oid};
use der::asn1::ObjectIdentifier as Oid;

/// The longest name that is read, in bytes.
pub const MAX_NAME_BYTES: usize = 8 * 1024;
/// The most relative names that are read.
const MAX_PARTS: usize = 32;
/// Upper bound of names in characters (RFC 5280 appendix A.1: `ub-organization-name`, `ub-common-name`).
const MAX_CHARACTERS: usize = 64;

/// The attributes of a subject that the project uses; absent ones are `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// countryName, two letters.
    pub country: Option<String>,
    /// stateOrProvinceName.
    pub province: Option<String>,
    /// localityName.
    pub locality: Option<String>,
    /// organizationName: the unit's full name.
    pub organization: Option<String>,
    /// organizationalUnitName.
    pub organizational_unit: Option<String>,
    /// organizationIdentifier, 2.5.4.97: the unit's USCC.
    pub organization_identifier: Option<String>,
    /// serialNumber of the subject, not of the certificate.
    pub serial_number: Option<String>,
    /// commonName: a person or a unit.
    pub common_name: Option<String>,
}

impl Subject {
    /// DER `Name`: one attribute in each relative name, from country to common name.
    ///
    /// # Errors
    /// [`Error::Value`] for an empty, too long or unprintable value, and when nothing is set.
    pub fn to_der(&self) -> Result<Vec<u8>, Error> {
        let mut parts = Vec::new();
        for (attribute, field, value) in self.fields() {
            let Some(value) = value else { continue };
            let printable = attribute == oid::COUNTRY || attribute == oid::SERIAL_NUMBER;
            check(field, value, printable)?;
            if attribute == oid::COUNTRY
                && !(value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_uppercase()))
            {
                return Err(Error::Value {
                    field,
                    reason: "is not two capital letters",
                });
            }
            let tag = if printable { PRINTABLE } else { UTF8 };
            let pair = sequence(&[&oid_der(attribute), &tlv(tag, value.as_bytes())]);
            parts.extend(tlv(SET, &pair));
        }
        if parts.is_empty() {
            return Err(Error::Value {
                field: "subject",
                reason: "is empty",
            });
        }
        Ok(tlv(SEQUENCE, &parts))
    }

    /// Reads a DER `Name`. Attributes that [`Subject`] does not know are passed over; of repeated ones the last
    /// (the most specific) is kept.
    ///
    /// # Errors
    /// [`Error::Malformed`] when the bytes are no name.
    pub fn from_der(der: &[u8]) -> Result<Self, Error> {
        bound(der, "name", MAX_NAME_BYTES)?;
        let mut subject = Subject::default();
        let mut names = Cursor::sequence(der, "name")?;
        let mut count = 0;
        while !names.is_empty() {
            let mut set = names.enter(SET)?;
            while !set.is_empty() {
                count += 1;
                if count > MAX_PARTS {
                    return Err(Error::TooLarge {
                        what: "name",
                        limit: MAX_PARTS,
                    });
                }
                let mut pair = set.enter(SEQUENCE)?;
                let attribute = pair.oid()?;
                let value = pair.next()?;
                pair.finish()?;
                if let (Some(slot), Some(text)) =
                    (subject.slot(attribute), text_of(value.tag, value.content))
                {
                    *slot = Some(text);
                }
            }
        }
        Ok(subject)
    }

    /// The name that a screen shows: common name, else organization.
    pub fn display_name(&self) -> Option<&str> {
        self.common_name.as_deref().or(self.organization.as_deref())
    }

    fn fields(&self) -> [(Oid, &'static str, Option<&str>); 8] {
        [
            (oid::COUNTRY, "country", self.country.as_deref()),
            (oid::PROVINCE, "province", self.province.as_deref()),
            (oid::LOCALITY, "locality", self.locality.as_deref()),
            (
                oid::ORGANIZATION,
                "organization",
                self.organization.as_deref(),
            ),
            (
                oid::ORGANIZATIONAL_UNIT,
                "organizational_unit",
                self.organizational_unit.as_deref(),
            ),
            (
                oid::ORGANIZATION_IDENTIFIER,
                "organization_identifier",
                self.organization_identifier.as_deref(),
            ),
            (
                oid::SERIAL_NUMBER,
                "serial_number",
                self.serial_number.as_deref(),
            ),
            (oid::COMMON_NAME, "common_name", self.common_name.as_deref()),
        ]
    }

    fn slot(&mut self, attribute: Oid) -> Option<&mut Option<String>> {
        match attribute {
            oid::COUNTRY => Some(&mut self.country),
            oid::PROVINCE => Some(&mut self.province),
            oid::LOCALITY => Some(&mut self.locality),
            oid::ORGANIZATION => Some(&mut self.organization),
            oid::ORGANIZATIONAL_UNIT => Some(&mut self.organizational_unit),
            oid::ORGANIZATION_IDENTIFIER => Some(&mut self.organization_identifier),
            oid::SERIAL_NUMBER => Some(&mut self.serial_number),
            oid::COMMON_NAME => Some(&mut self.common_name),
            _ => None,
        }
    }
}

/// What is wrong with a value, if anything: the same rule for making names and for linting them.
pub(crate) fn fault(value: &str, printable: bool) -> Option<&'static str> {
    if value.is_empty() {
        return Some("is empty");
    }
    if value.chars().count() > MAX_CHARACTERS {
        return Some("is longer than 64 characters");
    }
    if value.trim() != value {
        return Some("begins or ends with white space");
    }
    // Control characters and those that reorder text would let a name look like another one.
    let invisible = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffd}')
    };
    if value.chars().any(invisible) {
        return Some("holds an invisible character");
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || " '()+,-./:=?".contains(c);
    if printable && !value.chars().all(allowed) {
        return Some("holds a character outside PrintableString");
    }
    None
}

fn check(field: &'static str, value: &str, printable: bool) -> Result<(), Error> {
    fault(value, printable).map_or(Ok(()), |reason| Err(Error::Value { field, reason }))
}

/// Text of the string types that names use; `None` for others and for bytes that are not their type's text.
fn text_of(tag: u8, content: &[u8]) -> Option<String> {
    const IA5: u8 = 0x16;
    const TELETEX: u8 = 0x14;
    const BMP: u8 = 0x1e;
    match tag {
        UTF8 | PRINTABLE | IA5 => core::str::from_utf8(content).ok().map(str::to_owned),
        TELETEX => Some(content.iter().map(|byte| char::from(*byte)).collect()),
        BMP => {
            let units = content.chunks_exact(2).map(|pair| {
                pair.iter()
                    .fold(0_u16, |sum, byte| (sum << 8) | u16::from(*byte))
            });
            char::decode_utf16(units)
                .collect::<Result<String, _>>()
                .ok()
        }
        _ => None,
    }
}
