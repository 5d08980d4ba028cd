//! What a signature allows to come after it: DocMDP (12.8.2.2), FieldMDP (12.8.2.4) and the lock of its field (12.7.5.5).

use super::change::{Change, Modification};
use crate::document::Document;
use crate::form::{SigField, decode_text};
use crate::object::{Dict, Object};
use crate::refusal::Refusal;

/// The rules of one signature.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// `/P`: 1 nothing, 2 forms and signatures, 3 annotations too.
    permission: Option<i64>,
    locks: Vec<Lock>,
}

#[derive(Debug)]
enum Lock {
    All,
    Include(Vec<String>),
    Exclude(Vec<String>),
}

impl Rules {
    pub(super) fn read(document: &Document, signed: &SigField) -> Result<Self, Refusal> {
        let mut rules = Self::default();
        let references = document.value(&signed.value, b"Reference")?;
        for item in references.as_array().unwrap_or_default() {
            let reference = document.resolve(&item.object)?;
            let Some(reference) = reference.as_dict() else {
                continue;
            };
            let method = document.value(reference, b"TransformMethod")?;
            let parameters = document.value(reference, b"TransformParams")?;
            let parameters = parameters.as_dict();
            match (method.as_name(), parameters) {
                // Table 257: without /P it is 2.
                (Some(b"DocMDP"), None) => rules.restrict(2),
                (Some(b"DocMDP"), Some(parameters)) => {
                    let permission = document.value(parameters, b"P")?;
                    rules.restrict(permission.as_int().unwrap_or(2));
                }
                (Some(b"FieldMDP"), Some(parameters)) => {
                    rules.locks.extend(lock(document, parameters)?);
                }
                _ => {}
            }
        }
        if let Some(dict) = &signed.lock {
            rules.locks.extend(lock(document, dict)?);
            if let Some(permission) = document.value(dict, b"P")?.as_int() {
                rules.restrict(permission);
            }
        }
        Ok(rules)
    }

    /// The strictest counts.
    fn restrict(&mut self, permission: i64) {
        let before = self.permission.unwrap_or(permission);
        self.permission = Some(before.min(permission));
    }

    /// Why the change is against the rules; `None` when it is not.
    pub(super) fn forbids(&self, change: &Change) -> Option<(&'static str, String)> {
        let text = &change.text;
        let allowed = match self.permission {
            None => Modification::FormFilling,
            Some(1) => Modification::LongTerm,
            Some(3) => Modification::Annotations,
            Some(_) => Modification::FormFilling,
        };
        if change.level == Modification::Other {
            return Some((change.code, format!("a later revision {text}")));
        }
        if change.level > allowed {
            let code = match change.level {
                Modification::Annotations => "annotation_added",
                _ => "docmdp_violated",
            };
            return Some((
                code,
                format!("a later revision {text}, which the signature does not allow"),
            ));
        }
        if self.permission.is_some() && change.new_and_visible {
            return Some((
                "sneaky_signature",
                format!("a later revision {text}, which may cover what was certified"),
            ));
        }
        match &change.field {
            Some(field) if !change.when_locked && self.locks(field) => Some((
                "field_locked",
                format!("a later revision {text}, which the signature had locked"),
            )),
            _ => None,
        }
    }

    /// Whether the rules can make a difference for changes that no general rule refuses.
    pub(super) fn are_plain(&self) -> bool {
        self.permission.is_none() && self.locks.is_empty()
    }

    fn locks(&self, field: &str) -> bool {
        let named = |names: &[String]| {
            names.iter().any(|name| {
                field
                    .strip_prefix(name.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        };
        self.locks.iter().any(|lock| match lock {
            Lock::All => true,
            Lock::Include(names) => named(names),
            Lock::Exclude(names) => !named(names),
        })
    }
}

fn lock(document: &Document, dict: &Dict) -> Result<Option<Lock>, Refusal> {
    let names = || -> Result<Vec<String>, Refusal> {
        let list = document.value(dict, b"Fields")?;
        let mut names = Vec::new();
        for item in list.as_array().unwrap_or_default() {
            let name = document.resolve(&item.object)?;
            names.extend(name.as_string().map(decode_text));
        }
        Ok(names)
    };
    Ok(match document.value(dict, b"Action")? {
        Object::Name(action) => match &*action {
            b"All" => Some(Lock::All),
            b"Include" => Some(Lock::Include(names()?)),
            b"Exclude" => Some(Lock::Exclude(names()?)),
            _ => None,
        },
        _ => None,
    })
}
