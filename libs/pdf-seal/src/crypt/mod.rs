//! Encrypted files: the standard security handler of ISO 32000-2, 7.6 (and of ISO 32000-1), revisions 2 to 6.
//!
//! Above this module everything is plain: the loader hands out objects whose strings are decrypted, and the increment
//! encrypts what it is given. So placing, comparing and verifying know nothing of encryption, and an object that moves
//! out of an object stream, or a list that is copied from one object into another, is encrypted under its new number.
//!
//! AES wants an initialization vector that was not used before. This crate takes no random numbers: the vector is drawn
//! by HMAC-SHA-256 under the key of the file from the object's number and from the data itself, so that it is the same
//! only where object and data are the same, and tells nothing to those who do not have the key.

mod cipher;
mod facts;
mod handler;
mod legacy;
mod modern;
mod password;
#[cfg(test)]
mod tests;
mod text;

use std::borrow::Cow;
use std::sync::Arc;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

pub use facts::{Encryption, OpenedBy};
pub(crate) use text::Replaced;

use crate::object::{Dict, Item, Object, Ref};
use crate::refusal::Refusal;
use cipher::Method;
use handler::{Filters, Handler};

/// What a password opened.
struct Opened {
    /// The key of the file.
    key: Zeroizing<Vec<u8>>,
    /// A user password, or for revisions 5 and 6 the one given, that opens the file again.
    password: Zeroizing<Vec<u8>>,
}

/// What the keys of a file come from.
pub(crate) struct KeySource<'a> {
    /// The encryption dictionary, and its number when it is an object of its own.
    pub dict: &'a Dict,
    pub own_number: Option<u32>,
    /// The first half of `/ID`.
    pub id: &'a [u8],
}

/// The keys of an encrypted file that was opened.
pub(crate) struct Crypt {
    key: Zeroizing<Vec<u8>>,
    password: Zeroizing<Vec<u8>>,
    filters: Filters,
    /// The number of the encryption dictionary, whose own strings are never encrypted.
    own_number: Option<u32>,
    /// What the keys came from.
    handler: Handler,
    facts: Encryption,
    permissions_agree: bool,
}

impl Crypt {
    /// Opens a file by its encryption dictionary, the first half of its `/ID`, and a password if there is one. The empty
    /// user password is tried in any case.
    pub(crate) fn open(source: &KeySource<'_>, password: Option<&[u8]>) -> Result<Self, Refusal> {
        Self::unlock(
            Handler::read(source.dict, source.id)?,
            source.own_number,
            password,
        )
    }

    fn unlock(
        handler: Handler,
        own_number: Option<u32>,
        password: Option<&[u8]>,
    ) -> Result<Self, Refusal> {
        let opened = unlock(&handler, password);
        let filters = handler.filters.clone();
        // Where only attachments are encrypted everything that a seal touches is plain without a password.
        let only_attachments =
            filters.strings == Method::Identity && filters.streams == Method::Identity;
        let (opened_by, opened, filters) = match opened {
            Some((opened_by, opened)) => (opened_by, opened, filters),
            None if only_attachments && password.is_none() => {
                let nothing = Opened {
                    key: Zeroizing::default(),
                    password: Zeroizing::default(),
                };
                (OpenedBy::Nothing, nothing, Filters::all(Method::Identity))
            }
            None if password.is_some() => return Err(Refusal::PasswordWrong),
            None => return Err(Refusal::PasswordNeeded),
        };
        let Opened { key, password } = opened;
        let facts = Encryption::new(&handler, &filters, key.len(), opened_by);
        let permissions_agree = handler.revision < 5 || modern::permissions_agree(&handler, &key);
        Ok(Self {
            key,
            password,
            filters,
            own_number,
            handler,
            facts,
            permissions_agree,
        })
    }

    /// These keys again when they came from the same dictionary, else those that the same password opens.
    pub(crate) fn again(this: &Arc<Self>, source: &KeySource<'_>) -> Result<Arc<Self>, Refusal> {
        let handler = Handler::read(source.dict, source.id)?;
        if this.own_number == source.own_number && this.handler == handler {
            return Ok(Arc::clone(this));
        }
        Self::unlock(handler, source.own_number, Some(&this.password)).map(Arc::new)
    }

    /// Whether two states of a file are encrypted alike, so that the same bytes mean the same in both.
    pub(crate) fn alike(one: Option<&Arc<Self>>, other: Option<&Arc<Self>>) -> bool {
        match (one, other) {
            (None, None) => true,
            (Some(one), Some(other)) => {
                one.own_number == other.own_number && one.handler == other.handler
            }
            _ => false,
        }
    }

    pub(crate) fn facts(&self) -> Encryption {
        self.facts
    }

    /// What a person may want to know.
    pub(crate) fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if !self.facts.seal_permitted {
            warnings.push(
                "the author of this file asks readers not to let it be changed or signed; it can be sealed here all the \
                 same, or without this note by its owner password"
                    .to_owned(),
            );
        }
        if !self.permissions_agree {
            warnings.push("the permissions of this file do not agree with its key; somebody may have changed them".to_owned());
        }
        warnings
    }

    /// A password for another reader of the same file, that tries it as the user password or, from revision 5 on, as any.
    pub(crate) fn reader_password(&self) -> Result<&str, Refusal> {
        std::str::from_utf8(&self.password).map_err(|_| Refusal::TextUnreadable)
    }

    /// The text of a top-level object with its strings decrypted; `None` when it has none.
    pub(crate) fn open_strings(&self, object: Ref, text: &[u8], item: &Item) -> Option<Replaced> {
        let method = self.filters.strings;
        if method == Method::Identity || !self.covers(object, item.object.as_dict()) {
            return None;
        }
        Replaced::new(text, item, |_, value| {
            cipher::decrypt(method, &self.key, object, value)
        })
    }

    /// The text of an object to be written, with its strings encrypted; `None` when it has none.
    pub(crate) fn close_strings(&self, object: Ref, text: &[u8], item: &Item) -> Option<Replaced> {
        let method = self.filters.strings;
        if method == Method::Identity {
            return None;
        }
        Replaced::new(text, item, |number, value| {
            cipher::encrypt(
                method,
                &self.key,
                object,
                &self.vector(object, number, value),
                value,
            )
        })
    }

    /// The data of a stream, decrypted. Its filters but `/Crypt` are still on it.
    pub(crate) fn open_stream<'a>(
        &self,
        object: Ref,
        dict: &Dict,
        data: &'a [u8],
    ) -> Result<Cow<'a, [u8]>, Refusal> {
        let method = self.stream_method(object, dict)?;
        if method == Method::Identity {
            return Ok(Cow::Borrowed(data));
        }
        Ok(Cow::Owned(cipher::decrypt(method, &self.key, object, data)))
    }

    /// The data of a stream to be written, encrypted.
    pub(crate) fn close_stream<'a>(
        &self,
        object: Ref,
        dict: &Dict,
        data: &'a [u8],
    ) -> Result<Cow<'a, [u8]>, Refusal> {
        let method = self.stream_method(object, dict)?;
        if method == Method::Identity {
            return Ok(Cow::Borrowed(data));
        }
        let vector = self.vector(object, u32::MAX, data);
        Ok(Cow::Owned(cipher::encrypt(
            method, &self.key, object, &vector, data,
        )))
    }

    fn stream_method(&self, object: Ref, dict: &Dict) -> Result<Method, Refusal> {
        if !self.covers(object, Some(dict)) {
            return Ok(Method::Identity);
        }
        if let Some(name) = crypt_filter(dict) {
            return self.filters.find(name);
        }
        Ok(match dict.name(b"Type") {
            Some(b"Metadata") if !self.handler.encrypt_metadata => Method::Identity,
            Some(b"EmbeddedFile") => self.filters.embedded,
            _ => self.filters.streams,
        })
    }

    /// Neither the encryption dictionary nor a cross-reference stream is encrypted (7.6.2).
    fn covers(&self, object: Ref, dict: Option<&Dict>) -> bool {
        self.own_number != Some(object.number)
            && !dict.is_some_and(|dict| dict.is(b"Type", b"XRef"))
    }

    fn vector(&self, object: Ref, number: u32, data: &[u8]) -> [u8; cipher::BLOCK] {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.key) else {
            return [0; cipher::BLOCK];
        };
        mac.update(b"pdf-seal initialization vector");
        mac.update(&object.number.to_be_bytes());
        mac.update(&object.generation.to_be_bytes());
        mac.update(&number.to_be_bytes());
        mac.update(data);
        mac.finalize()
            .into_bytes()
            .first_chunk()
            .copied()
            .unwrap_or_default()
    }
}

/// The first password that fits, the owner's before the user's.
fn unlock(handler: &Handler, password: Option<&[u8]>) -> Option<(OpenedBy, Opened)> {
    let is_modern = handler.revision >= 5;
    let given = password.unwrap_or_default();
    let readings = if is_modern {
        password::modern(given)
    } else {
        password::legacy(given)
    };
    let owner = |reading: &[u8]| match is_modern {
        true => modern::owner(handler, reading),
        false => legacy::owner(handler, reading),
    };
    let user = |reading: &[u8]| match is_modern {
        true => modern::user(handler, reading),
        false => legacy::user(handler, reading),
    };
    // Who is the owner does not matter where nothing was given and nothing is restricted.
    let asks_owner = password.is_some() || handler.is_restricted();
    let as_owner = || readings.iter().find_map(|reading| owner(reading));
    if asks_owner && let Some(opened) = as_owner() {
        return Some((OpenedBy::Owner, opened));
    }
    if !given.is_empty()
        && let Some(opened) = readings.iter().find_map(|reading| user(reading))
    {
        return Some((OpenedBy::User, opened));
    }
    user(b"").map(|opened| (OpenedBy::Nothing, opened))
}

/// The crypt filter that a stream names for itself (7.4.10).
fn crypt_filter(dict: &Dict) -> Option<&[u8]> {
    // Only the first filter can be one, since decryption comes before all others.
    if first(dict.get(b"Filter"))?.as_name() != Some(b"Crypt") {
        return None;
    }
    let parameters = first(dict.get(b"DecodeParms")).and_then(Object::as_dict);
    Some(
        parameters
            .and_then(|parameters| parameters.name(b"Name"))
            .unwrap_or(b"Identity"),
    )
}

/// The first of a list, or the one that stands there without one.
fn first(object: Option<&Object>) -> Option<&Object> {
    match object {
        Some(Object::Array(items)) => items.first().map(|item| &item.object),
        other => other,
    }
}
