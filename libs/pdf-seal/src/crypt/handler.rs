//! The encryption dictionary (ISO 32000-2, 7.6.2 table 20, 7.6.4.2 table 21, 7.6.6).

use super::cipher::Method;
use crate::object::{Dict, Object};
use crate::refusal::{Refusal, damaged};

/// What the standard security handler says.
#[derive(PartialEq, Eq)]
pub(super) struct Handler {
    /// 2 to 6.
    pub revision: u8,
    /// `/O`, `/U`, and from revision 5 on `/OE`, `/UE` and `/Perms`.
    pub owner: Vec<u8>,
    pub user: Vec<u8>,
    pub owner_key: Vec<u8>,
    pub user_key: Vec<u8>,
    pub perms: Vec<u8>,
    /// `/P` as 32 bits.
    pub permissions: u32,
    /// The first half of `/ID`.
    pub id: Vec<u8>,
    pub encrypt_metadata: bool,
    /// Bytes that the key may have, the likeliest first. Writers disagree on where the length of a version 4 key stands;
    /// the one that fits the password is right.
    pub key_lengths: Vec<usize>,
    pub filters: Filters,
}

/// How each kind of data is encrypted.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Filters {
    pub strings: Method,
    pub streams: Method,
    pub embedded: Method,
    /// The crypt filters by name, for streams that name one.
    pub named: Vec<(Box<[u8]>, Method)>,
}

fn unsupported(what: impl Into<String>) -> Refusal {
    Refusal::EncryptedUnsupported(what.into())
}

impl Handler {
    pub(super) fn read(dict: &Dict, id: &[u8]) -> Result<Self, Refusal> {
        match dict.name(b"Filter") {
            Some(b"Standard") => {}
            Some(other) => {
                let name = String::from_utf8_lossy(other).into_owned();
                return Err(unsupported(format!(
                    "for certificates or by another handler, {name:.40}"
                )));
            }
            None => return Err(unsupported("without a handler")),
        }
        let version = dict.int(b"V").unwrap_or(0);
        let revision = dict.int(b"R").unwrap_or(0);
        let revision = match (version, revision) {
            (1 | 2, 2 | 3) | (4, 4) | (5, 5 | 6) => u8::try_from(revision).unwrap_or(0),
            _ => {
                return Err(unsupported(format!(
                    "by version {version}, revision {revision}"
                )));
            }
        };
        let bytes = if revision >= 5 { 48 } else { 32 };
        let filters = Filters::read(dict, version)?;
        Ok(Self {
            revision,
            owner: string(dict, b"O", bytes)?,
            user: string(dict, b"U", bytes)?,
            owner_key: if revision >= 5 {
                string(dict, b"OE", 32)?
            } else {
                Vec::new()
            },
            user_key: if revision >= 5 {
                string(dict, b"UE", 32)?
            } else {
                Vec::new()
            },
            perms: string(dict, b"Perms", 16).unwrap_or_default(),
            permissions: permissions(dict)?,
            id: id.to_vec(),
            encrypt_metadata: dict
                .get(b"EncryptMetadata")
                .and_then(Object::as_bool)
                .unwrap_or(true),
            key_lengths: key_lengths(dict, version, &filters),
            filters,
        })
    }

    /// Whether whoever opens the file by the user password is asked not to seal it.
    pub(super) fn is_restricted(&self) -> bool {
        !super::facts::permits_seal(self.permissions)
    }
}

/// The first `len` bytes of a string, which some writers fill up with zeros.
fn string(dict: &Dict, key: &[u8], len: usize) -> Result<Vec<u8>, Refusal> {
    let value = dict
        .get(key)
        .and_then(Object::as_string)
        .and_then(|value| value.get(..len));
    value
        .map(<[u8]>::to_vec)
        .ok_or_else(|| damaged("its encryption dictionary is incomplete"))
}

/// `/P` is a signed number of 32 bits; some write it unsigned, or as a real.
fn permissions(dict: &Dict) -> Result<u32, Refusal> {
    let number = match dict.get(b"P") {
        Some(Object::Int(number)) => Some(*number),
        #[expect(
            clippy::cast_possible_truncation,
            reason = "checked to be whole and small"
        )]
        Some(Object::Real(x)) if x.fract() == 0.0 && x.abs() < 1e15 => Some(*x as i64),
        _ => None,
    };
    let number = number.ok_or_else(|| damaged("its encryption dictionary is incomplete"))?;
    let [a, b, c, d, ..] = number.to_le_bytes();
    Ok(u32::from_le_bytes([a, b, c, d]))
}

fn key_lengths(dict: &Dict, version: i64, filters: &Filters) -> Vec<usize> {
    let bits = dict
        .int(b"Length")
        .filter(|bits| (40..=128).contains(bits) && bits % 8 == 0);
    let told = bits.and_then(|bits| usize::try_from(bits / 8).ok());
    match version {
        1 => vec![5],
        2 => vec![told.unwrap_or(5)],
        // AES-128 has no other.
        4 if filters
            .named
            .iter()
            .any(|(_, method)| *method == Method::Aes128) =>
        {
            vec![16]
        }
        4 => std::iter::once(16)
            .chain(told.filter(|length| *length != 16))
            .collect(),
        _ => vec![32],
    }
}

impl Filters {
    fn read(dict: &Dict, version: i64) -> Result<Self, Refusal> {
        let mut filters = Self::all(Method::Rc4);
        if version < 4 {
            return Ok(filters);
        }
        for (name, item) in dict
            .get(b"CF")
            .and_then(Object::as_dict)
            .into_iter()
            .flat_map(Dict::items)
        {
            let Some(filter) = item.object.as_dict() else {
                continue;
            };
            let method = match (filter.name(b"CFM"), version) {
                (Some(b"V2"), 4) => Method::Rc4,
                (Some(b"AESV2"), 4) => Method::Aes128,
                (Some(b"AESV3"), 5) => Method::Aes256,
                // A filter that nothing uses does not matter.
                _ => continue,
            };
            filters.named.push((name.into(), method));
        }
        filters.streams = filters.find(dict.name(b"StmF").unwrap_or(b"Identity"))?;
        filters.strings = filters.find(dict.name(b"StrF").unwrap_or(b"Identity"))?;
        filters.embedded = match dict.name(b"EFF") {
            Some(name) => filters.find(name)?,
            None => filters.streams,
        };
        Ok(filters)
    }

    pub(super) fn all(method: Method) -> Self {
        Self {
            strings: method,
            streams: method,
            embedded: method,
            named: Vec::new(),
        }
    }

    pub(super) fn find(&self, name: &[u8]) -> Result<Method, Refusal> {
        if name == b"Identity" {
            return Ok(Method::Identity);
        }
        let found = self.named.iter().rev().find(|(known, _)| **known == *name);
        found
            .map(|(_, method)| *method)
            .ok_or_else(|| unsupported("by a crypt filter that is not known"))
    }
}
