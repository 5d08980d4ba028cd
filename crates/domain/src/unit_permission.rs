//! What the legal representative alone permits a unit's administrators: 授权法定代表人章管理 (UMG-5, SEAL-4).

/// A permission as it was written down, and what is true by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    /// Whether it was given.
    pub given: bool,
    /// Whoever said so is the unit's legal representative now.
    pub by_representative: bool,
}

/// Whether administrators may make, grant and use the legal representative's seal. Another legal representative has
/// permitted nothing yet.
#[must_use]
pub fn representative_seal(permission: Option<Permission>) -> bool {
    permission.is_some_and(|permission| permission.given && permission.by_representative)
}

/// Who wants to change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// They belong to the unit.
    pub inside: bool,
    /// They are its legal representative.
    pub representative: bool,
}

/// Only the legal representative may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the unit's legal representative")]
pub struct NotRepresentative;

/// Whether somebody may give or take it back.
///
/// # Errors
/// [`NotRepresentative`].
pub fn change(who: Person) -> Result<(), NotRepresentative> {
    if who.inside && who.representative {
        Ok(())
    } else {
        Err(NotRepresentative)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whoever tries, and whoever becomes legal representative between: it is in force only while the one who is
        /// legal representative now gave it last.
        #[test]
        fn umg_5_only_the_legal_representative_of_now_permits(
            acts in prop::collection::vec((0..4_usize, any::<bool>(), any::<bool>(), any::<bool>()), 0..30),
        ) {
            let (mut representative, mut last) = (0, None);
            for (who, inside, given, becomes) in acts {
                if becomes {
                    representative = who;
                }
                let person = Person { inside, representative: who == representative };
                if change(person).is_ok() {
                    prop_assert!(who == representative && inside);
                    last = Some((who, given));
                }
                let permission = last.map(|(by, given)| Permission { given, by_representative: by == representative });
                prop_assert_eq!(representative_seal(permission), last == Some((representative, true)));
            }
        }
    }
}
