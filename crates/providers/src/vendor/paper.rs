//! What vendors read from papers, under this service's names.

use domain::check_digit::{IdCard, Uscc};
use domain::time::Day;

use super::date;
use crate::ocr::{Document, Field, Reading, Retake};

/// Longest field that is taken over, in characters.
const FIELD_CHARS_MAX: usize = 200;

/// Collects the fields of one paper.
pub(super) struct Paper {
    document: Document,
    today: Day,
    fields: Vec<Field>,
}

impl Paper {
    pub const fn new(document: Document, today: Day) -> Self {
        Self {
            document,
            today,
            fields: Vec::new(),
        }
    }

    /// A field as printed. Sure is only what its own check character confirms: vendors are as wrong as anybody.
    pub fn text(&mut self, name: &'static str, text: Option<&str>) {
        let text = text.unwrap_or_default().trim();
        if text.is_empty() || text.chars().count() > FIELD_CHARS_MAX {
            return;
        }
        let text = match name {
            "id_number" | "uscc" => text.to_ascii_uppercase(),
            "nation" => text.trim_end_matches('族').to_owned(),
            _ => text.to_owned(),
        };
        let sure = match name {
            "id_number" => IdCard::parse(&text, self.today).is_ok(),
            "uscc" => Uscc::parse(&text).is_ok(),
            _ => false,
        };
        self.fields.push(Field { name, text, sure });
    }

    /// A date, however it is printed.
    pub fn date(&mut self, name: &'static str, text: Option<&str>) {
        self.text(name, text.and_then(date::printed).as_deref());
    }

    /// Both ends of a term.
    pub fn term(&mut self, text: Option<&str>) {
        let (from, to) = date::term(text.unwrap_or_default());
        self.text("valid_from", from.as_deref());
        self.text("valid_to", to.as_deref());
    }

    /// The reading, or a wish for another photo when something is missing without which the paper is of no use.
    pub fn finish(self) -> Reading {
        let required: &[&str] = match self.document {
            Document::IdCardFront => &["name", "id_number"],
            Document::IdCardBack => &["authority", "valid_from", "valid_to"],
            Document::BusinessLicence => &["uscc", "name", "legal_representative"],
            Document::PowerOfAttorney => &["company", "agent", "agent_id_number"],
        };
        let has = |name: &&str| self.fields.iter().any(|field| field.name == *name);
        if self.fields.is_empty() {
            Reading::Retake(Retake::NothingFound, self.fields)
        } else if required.iter().all(has) {
            Reading::Read(self.fields)
        } else {
            Reading::Retake(Retake::FieldsMissing, self.fields)
        }
    }
}

/// What a vendor's complaint about a photo asks for.
pub(super) const fn again(why: Retake) -> Reading {
    Reading::Retake(why, Vec::new())
}
