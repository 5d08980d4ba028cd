//! The schema at the start.

use hulian_tests::{TestApp, both};
use store::migrate::{MIGRATIONS, Migration, run, run_list};
use store::{Error, setting, sql};

both! {
    async fn running_twice_and_at_once_does_no_harm(app: TestApp) {
        let db = &app.app.db;
        setting::put(db, "kept", "yes").await.expect("written");
        let (first, second) = tokio::join!(run(db), run(db));
        first.expect("first");
        second.expect("second");
        assert_eq!(setting::find(db, "kept").await.expect("read").as_deref(), Some("yes"));
    }

    async fn a_newer_schema_is_refused(app: TestApp) {
        let db = &app.app.db;
        let insert = "INSERT INTO migration (number, name, sha256) VALUES ($1, '9999_later', '')";
        sql!("test.newer", insert, 9999i64).execute(db).await.expect("written");
        let known = MIGRATIONS.last().expect("some").number;
        let refused = run(db).await.expect_err("refused");
        assert!(matches!(refused, Error::NewerSchema { found: 9999, known: k } if k == known), "{refused}");
    }

    async fn a_changed_migration_is_refused(app: TestApp) {
        let mut list = MIGRATIONS.to_vec();
        list[0] = Migration { sqlite: "SELECT 1", postgres: "SELECT 1", ..list[0] };
        assert!(matches!(run_list(&app.app.db, &list).await, Err(Error::ChangedMigration("0001_base"))));
    }

    async fn a_migration_that_fails_leaves_nothing(app: TestApp) {
        let db = &app.app.db;
        let broken = "CREATE TABLE half (id TEXT PRIMARY KEY); INSERT INTO nowhere VALUES (1);";
        let mut list = MIGRATIONS.to_vec();
        list.push(Migration { number: 9000, name: "9000_broken", sqlite: broken, postgres: broken });
        run_list(db, &list).await.expect_err("broken");
        run(db).await.expect("still as before");
        sql!("test.half", "SELECT id FROM half").execute(db).await.expect_err("not there");
    }

    async fn settings_are_fixed_once(app: TestApp) {
        let db = &app.app.db;
        assert_eq!(setting::fix(db, "pki_url", "a").await.expect("written"), "a");
        assert_eq!(setting::fix(db, "pki_url", "b").await.expect("kept"), "a");
    }
}

#[test]
fn migrations_are_numbered_without_gaps_and_named_by_their_number() {
    for (at, migration) in MIGRATIONS.iter().enumerate() {
        assert_eq!(usize::try_from(migration.number).expect("positive"), at + 1);
        assert!(
            migration
                .name
                .starts_with(&format!("{:04}_", migration.number)),
            "{}",
            migration.name
        );
    }
}
