//! PDF objects as values that remember where their bytes stand (ISO 32000-2, 7.3).
//!
//! The writer changes a dictionary by splicing bytes, never by writing it anew from values: what it does not
//! understand stays as it was. So every value carries a span.

mod dict;
mod filter;
mod lexer;
mod parser;

pub(crate) use dict::{Dict, Splice};
pub(crate) use filter::decode;
pub(crate) use lexer::{is_white, skip_white};
pub(crate) use parser::{Parser, parse_indirect, stream_data};

/// The name of an indirect object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Ref {
    pub number: u32,
    pub generation: u16,
}

impl std::fmt::Display for Ref {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} R", self.number, self.generation)
    }
}

/// Bytes of a value, counted from the beginning of the text that was parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub start: u32,
    pub end: u32,
}

/// A value and its bytes.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub object: Object,
    pub span: Span,
}

/// A value. Streams are dictionaries whose data is told by [`Indirect`].
#[derive(Debug, Clone)]
pub(crate) enum Object {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    String(Box<[u8]>),
    Name(Box<[u8]>),
    Array(Vec<Item>),
    Dict(Dict),
    Ref(Ref),
    /// A token that is none of the above, as broken numbers; it can be copied but not used.
    Unknown,
}

impl Object {
    pub(crate) fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(n) => Some(*n),
            _ => None,
        }
    }

    pub(crate) fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(b) => Some(*b),
            _ => None,
        }
    }

    pub(crate) fn as_f64(&self) -> Option<f64> {
        match self {
            #[expect(
                clippy::cast_precision_loss,
                reason = "lengths on a page are far below 2^52"
            )]
            Self::Int(n) => Some(*n as f64),
            Self::Real(x) => Some(*x),
            _ => None,
        }
    }

    pub(crate) fn as_name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(n) => Some(n),
            _ => None,
        }
    }

    pub(crate) fn as_string(&self) -> Option<&[u8]> {
        match self {
            Self::String(s) => Some(s),
            _ => None,
        }
    }

    pub(crate) fn as_array(&self) -> Option<&[Item]> {
        match self {
            Self::Array(a) => Some(a),
            _ => None,
        }
    }

    pub(crate) fn as_dict(&self) -> Option<&Dict> {
        match self {
            Self::Dict(d) => Some(d),
            _ => None,
        }
    }

    pub(crate) fn as_ref(&self) -> Option<Ref> {
        match self {
            Self::Ref(r) => Some(*r),
            _ => None,
        }
    }

    /// Tells every reference inside; the parser keeps values shallow.
    pub(crate) fn references(&self, tell: &mut impl FnMut(Ref)) {
        match self {
            Self::Ref(reference) => tell(*reference),
            Self::Array(items) => items.iter().for_each(|item| item.object.references(tell)),
            Self::Dict(dict) => dict
                .items()
                .for_each(|(_, item)| item.object.references(tell)),
            _ => {}
        }
    }
}
