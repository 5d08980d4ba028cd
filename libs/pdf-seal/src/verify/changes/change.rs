//! One change between two revisions, and how much of a change it is.

/// What later revisions did to a signed one, in the steps of ISO 32000-2, 12.8.2.2 and of the DocMDP levels; the names
/// are those of pyHanko's difference analysis.
///
/// The verdict about a file is pyHanko's too, but for what shows something else than what was signed though its form is
/// that of filling in. These are refused here: a field that looks different while its value is the same, or that is hidden
/// or shown; `/NeedAppearances` set later; a signature field with a drawing that nobody signed; an object that the signed
/// part refers to and that comes into being later. And where a certification allows annotations (P = 3), those are allowed
/// that readers draw themselves and that cannot cover anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Modification {
    /// No byte was added.
    #[default]
    None,
    /// Validation data, document time stamps, metadata: nothing that a reader of the document sees. No rule forbids it.
    LongTerm,
    /// Form fields were filled in, or further signatures made (P = 2 and 3, or no rule).
    FormFilling,
    /// Annotations that cannot cover anything were added or changed (P = 3 only).
    Annotations,
    /// Something else: what was signed is not what is seen.
    Other,
}

impl Modification {
    /// The word in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::LongTerm => "lta_updates",
            Self::FormFilling => "form_filling",
            Self::Annotations => "annotations",
            Self::Other => "other",
        }
    }
}

/// A change with what the rules of a signature ask about it.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub level: Modification,
    /// The code of the reason when the change is refused.
    pub code: &'static str,
    /// What was done, as the end of "a later revision …".
    pub text: String,
    /// The full name of the field, when it is one.
    pub field: Option<String>,
    /// Whether it is fine when the field is locked (12.8.2.4): nothing of the field is seen.
    pub when_locked: bool,
    /// A signature field that was not there before and shows on a page.
    pub new_and_visible: bool,
}

impl Change {
    /// A change that no rule allows.
    pub(super) fn refused(code: &'static str, text: impl Into<String>) -> Self {
        Self::new(Modification::Other, code, text)
    }

    pub(super) fn new(level: Modification, code: &'static str, text: impl Into<String>) -> Self {
        Self {
            level,
            code,
            text: text.into(),
            field: None,
            when_locked: true,
            new_and_visible: false,
        }
    }

    /// About the field of this name.
    pub(super) fn of_field(mut self, name: &str, when_locked: bool) -> Self {
        self.field = Some(name.to_owned());
        self.when_locked = when_locked;
        self
    }
}
