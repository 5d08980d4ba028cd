//! Everything that the service has written down, for tests that look for what must not be in it.

use store::sql;

use crate::TestApp;

/// Whether bytes have these in them.
#[must_use]
pub fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Everything the service has, with where it lies: the files of SQLite and of the blobs as they are on the disk, the rows of
/// PostgreSQL table by table. The keys are not among it.
pub async fn dump(app: &TestApp) -> Vec<(String, Vec<u8>)> {
    let mut found = files(app.folder.path());
    found.retain(|(path, _)| !path.contains("/keys/"));
    if app.app.db.is_postgres() {
        found.extend(tables(app).await);
    }
    found
}

/// What is in the files of a folder, however deep.
fn files(folder: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let inside = |path: std::path::PathBuf| {
        if path.is_dir() {
            return files(&path);
        }
        let bytes = std::fs::read(&path).expect("a file");
        vec![(path.display().to_string(), bytes)]
    };
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.flat_map(inside).collect()
}

async fn tables(app: &TestApp) -> Vec<(String, Vec<u8>)> {
    let names = "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()";
    let mut found = Vec::new();
    for row in sql!("test.tables", names)
        .all(&app.app.db)
        .await
        .expect("tables")
    {
        let table = row.text("name").expect("a name");
        // Bytes come as hexadecimal digits, so the rows are looked at in both forms.
        let text: &'static str = Box::leak(
            format!("SELECT coalesce(string_agg(t::text, ' '), '') AS rows FROM \"{table}\" t")
                .into_boxed_str(),
        );
        let rows = sql!("test.rows", text)
            .one(&app.app.db)
            .await
            .expect("rows")
            .text("rows")
            .expect("text");
        let hex_decoded = unhex(&rows);
        found.push((table.clone(), rows.into_bytes()));
        found.push((table, hex_decoded));
    }
    found
}

/// The bytes of every `\x…` in PostgreSQL's text form, one after another.
fn unhex(rows: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in rows.split("\\x").skip(1) {
        let digits: String = part.chars().take_while(char::is_ascii_hexdigit).collect();
        let pairs = digits
            .as_bytes()
            .chunks_exact(2)
            .filter_map(|pair| std::str::from_utf8(pair).ok());
        bytes.extend(pairs.filter_map(|pair| u8::from_str_radix(pair, 16).ok()));
        bytes.push(0);
    }
    bytes
}
