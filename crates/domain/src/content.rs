//! What operators write for everybody to read (ACC-10, OPS-1): questions and answers, contacts, agreements, versions.

use crate::review::words;

words! {
    /// What a text is.
    ContentKind {
        /// A common question with its answer; the key is its category.
        Question = "question",
        /// A way to reach customer service; the key says which: `phone`, `group`, `mail` or `hours`.
        Contact = "contact",
        /// An agreement; the key says which: `user`, `privacy` or `service`. The newest published one counts.
        Agreement = "agreement",
        /// What is new in a version; the key is its number.
        Release = "release",
    }
}

words! {
    /// Whether people see it.
    ContentState {
        /// Being written.
        Draft = "draft",
        /// Seen by everybody.
        Published = "published",
        /// Seen once, and kept.
        Withdrawn = "withdrawn",
    }
}

/// Most characters of a title.
pub const TITLE_CHARS_MAX: usize = 80;
/// Most characters of a body: an agreement is long.
pub const BODY_CHARS_MAX: usize = 40_000;
/// Most characters of a key.
pub const KEY_CHARS_MAX: usize = 20;

impl ContentKind {
    /// Whether a key of this kind may be that.
    #[must_use]
    pub fn takes(self, key: &str) -> bool {
        match self {
            Self::Question => (1..=KEY_CHARS_MAX).contains(&key.chars().count()),
            Self::Contact => matches!(key, "phone" | "group" | "mail" | "hours"),
            Self::Agreement => matches!(key, "user" | "privacy" | "service"),
            Self::Release => is_version(key),
        }
    }
}

/// Three numbers with points between them.
fn is_version(text: &str) -> bool {
    let parts: Vec<_> = text.split('.').collect();
    let is_number = |part: &&str| {
        (1..=5).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && (part.len() == 1 || !part.starts_with('0'))
    };
    parts.len() == 3 && parts.iter().all(is_number)
}

/// Why a text does not change so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotChanged {
    /// What people have read stays as it was: a new text takes its place.
    #[error("published texts stay as they are")]
    Published,
    /// It is so already.
    #[error("it is so already")]
    AlreadySo,
}

/// Whether the words may still be changed. Agreements are proof of what was agreed to, so once they were published they stay.
///
/// # Errors
/// [`NotChanged::Published`].
pub fn edit(kind: ContentKind, state: ContentState) -> Result<(), NotChanged> {
    match (kind, state) {
        (ContentKind::Agreement, ContentState::Published | ContentState::Withdrawn) => {
            Err(NotChanged::Published)
        }
        _ => Ok(()),
    }
}

/// Shows a text to everybody, or takes it back.
///
/// # Errors
/// [`NotChanged::AlreadySo`]; [`NotChanged::Published`] for an agreement that was taken back: it does not come back by
/// itself.
pub fn turn(kind: ContentKind, from: ContentState, to: ContentState) -> Result<(), NotChanged> {
    match (kind, from, to) {
        (_, from, to) if from == to => Err(NotChanged::AlreadySo),
        (ContentKind::Agreement, ContentState::Withdrawn, _) => Err(NotChanged::Published),
        (_, ContentState::Draft, ContentState::Withdrawn) | (_, _, ContentState::Draft) => {
            Err(NotChanged::AlreadySo)
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn acc_10_keys_are_of_their_kind() {
        for (kind, key, right) in [
            (ContentKind::Question, "证书", true),
            (ContentKind::Question, "", false),
            (ContentKind::Contact, "phone", true),
            (ContentKind::Contact, "fax", false),
            (ContentKind::Agreement, "privacy", true),
            (ContentKind::Agreement, "other", false),
            (ContentKind::Release, "1.20.3", true),
            (ContentKind::Release, "1.2", false),
            (ContentKind::Release, "01.2.3", false),
            (ContentKind::Release, "1.2.3.4", false),
            (ContentKind::Release, "1.a.3", false),
        ] {
            assert_eq!(kind.takes(key), right, "{kind:?} {key}");
        }
    }

    proptest! {
        /// Whatever is tried, an agreement that people have read never changes its words.
        #[test]
        fn ops_1_agreements_stay_as_they_were_read(tries in prop::collection::vec((any::<bool>(), prop::sample::select(ContentState::ALL)), 1..20)) {
            let (mut state, mut read) = (ContentState::Draft, false);
            for (edits, to) in tries {
                if edits {
                    prop_assert_eq!(edit(ContentKind::Agreement, state).is_ok(), !read);
                } else if turn(ContentKind::Agreement, state, to).is_ok() {
                    state = to;
                    read |= state == ContentState::Published;
                }
            }
        }
    }
}
