//! Migrations come in twins: the same number and name for SQLite and for PostgreSQL.

use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::path::Path;

const FOLDER: &str = "crates/store/migrations";
const ENGINES: [&str; 2] = ["sqlite", "postgres"];

/// Fails when a migration has no twin, a number is used twice, or a file lies beside the two folders.
pub fn check() -> Result<String> {
    check_in(Path::new(FOLDER))
}

fn check_in(folder: &Path) -> Result<String> {
    let [sqlite, postgres] = ENGINES.map(|engine| names_in(&folder.join(engine)));
    let (sqlite, postgres) = (sqlite?, postgres?);
    let mut faults: Vec<String> = sqlite
        .symmetric_difference(&postgres)
        .map(|name| format!("{name} has no twin for the other engine"))
        .collect();
    let strays = names_in(folder)?
        .into_iter()
        .filter(|name| name.ends_with(".sql"));
    faults.extend(strays.map(|name| format!("{name} lies outside sqlite/ and postgres/")));
    let mut numbers = BTreeSet::new();
    for name in &sqlite {
        let number = name.split('_').next().unwrap_or_default();
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            faults.push(format!(
                "{name} does not start with a number and an underscore"
            ));
        } else if !numbers.insert(number) {
            faults.push(format!("number {number} is used twice"));
        }
    }
    if !faults.is_empty() {
        bail!("{}: {}", folder.display(), faults.join("; "));
    }
    Ok(format!("{} pairs", sqlite.len()))
}

/// The files of a folder by name; a folder that is not there has none.
fn names_in(folder: &Path) -> Result<BTreeSet<String>> {
    if !folder.is_dir() {
        return Ok(BTreeSet::new());
    }
    let mut names = BTreeSet::new();
    for entry in
        std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?
    {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            names.insert(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, files: &[&str]) -> Result<String> {
        let folder =
            std::env::temp_dir().join(format!("xtask-migrations-{name}-{}", std::process::id()));
        for file in files {
            let path = folder.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let result = check_in(&folder);
        std::fs::remove_dir_all(&folder).ok();
        result
    }

    #[test]
    fn twins_pass() {
        assert_eq!(
            check("twins", &["sqlite/0001_a.sql", "postgres/0001_a.sql"]).unwrap(),
            "1 pairs"
        );
    }

    #[test]
    fn a_single_child_fails() {
        let error = check("single", &["sqlite/0001_a.sql", "postgres/0001_b.sql"]).unwrap_err();
        assert!(error.to_string().contains("no twin"), "{error}");
    }

    #[test]
    fn a_number_used_twice_fails() {
        let files = [
            "sqlite/0001_a.sql",
            "postgres/0001_a.sql",
            "sqlite/0001_b.sql",
            "postgres/0001_b.sql",
        ];
        assert!(
            check("twice", &files)
                .unwrap_err()
                .to_string()
                .contains("twice")
        );
    }

    #[test]
    fn a_stray_file_fails() {
        assert!(
            check("stray", &["0001_a.sql"])
                .unwrap_err()
                .to_string()
                .contains("outside")
        );
    }
}
