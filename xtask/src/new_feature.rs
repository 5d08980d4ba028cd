//! `cargo xtask new-feature NOUN`: where a new noun leaves its marks, from the ground up.

use anyhow::{Result, bail};

const CHECKLIST: &str = "\
A new noun: NOUN. One page, from the ground up; leave out what it does not need.

[ ] docs/rows.md                            the rows it serves, state `begun`
[ ] crates/domain/src/NOUN.rs               types and pure rules; tests named by row id
[ ] crates/store/migrations/{sqlite,postgres}/NNNN_NOUN.sql
                                            twins; version column, CHECK on every enum, index on every foreign key
[ ] crates/store/src/NOUN.rs                find, list (bounded), insert, update (tests the version)
[ ] crates/store tests                      one body, both engines
[ ] crates/app/src/NOUN/VERB.rs             check, decide, write; one short named transaction, no network in it
[ ] crates/app: jobs                        enqueued in the transaction that caused them; repeatable without harm
[ ] crates/http/src/NOUN.rs                 DTOs of its own, limits on every field, `code` of every refusal
[ ] crates/http: route x role matrix        who may not; Idempotency-Key on creating posts
[ ] cargo xtask openapi                     read the difference before you commit it
[ ] crates/client/src/NOUN.rs               where desk, demo or tests call it
[ ] crates/tests/src/NOUN.rs                through the front door: the rule, its limit, two at once, somebody else's
[ ] personal data?                          ciphertext with key id, keyed hash for search, masked views, audit of opening
[ ] web apps                                features/NOUN/: composable, screen, words in both languages, tests
[ ] e2e                                     the row in a real browser, title `[ROW-1] ...`
[ ] docs/rows.md                            `done`; CHANGELOG.md; docs/limits.md if something could not be checked
[ ] cargo xtask test
";

/// Prints the checklist with the noun filled in.
pub fn run(noun: &str) -> Result<()> {
    print!("{}", checklist(noun)?);
    Ok(())
}

fn checklist(noun: &str) -> Result<String> {
    let is_module_name = noun.starts_with(|first: char| first.is_ascii_lowercase())
        && noun
            .chars()
            .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_');
    if !is_module_name {
        bail!("{noun:?} is not a noun in the singular, in lower case, as a module is named");
    }
    Ok(CHECKLIST.replace("NOUN", noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_noun_names_the_files() {
        assert!(
            checklist("seal")
                .unwrap()
                .contains("crates/domain/src/seal.rs")
        );
        assert!(checklist("Seal").is_err());
        assert!(checklist("../seal").is_err());
    }
}
