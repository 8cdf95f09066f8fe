//! What the database itself refuses, and what opening refuses.

mod support;

use credway_model::Verdict;
use credway_store::{Store, StoreError};
use sea_orm::{ConnectionTrait, Database};
use support::*;

#[tokio::test(flavor = "multi_thread")]
async fn decisions_history_and_revisions_cannot_be_changed_or_removed() {
    for bench in Bench::all().await {
        let store = bench.store().await;
        furnish(&store).await;
        let work = store.write().await.unwrap();
        let one = decision(ctid("outcome", "SEC 110/1"), ctid("objective", "701-2"), "Ada", Verdict::Rejected, 1);
        decide(&work, &crosswalk("701").ctid, &[one]).await;
        work.commit().await.unwrap();
        let connection = Database::connect(&bench.url).await.unwrap();
        for table in ["decision", "change", "revision"] {
            for statement in [
                format!("UPDATE \"{table}\" SET person = 'Eve'"),
                format!("DELETE FROM \"{table}\""),
                format!("DELETE FROM \"{table}\" WHERE number = 1"),
            ] {
                let error = connection.execute_unprepared(&statement).await.unwrap_err().to_string();
                assert!(error.contains("append-only"), "{statement}: {error}");
            }
        }
        let (replace, empty) = if bench.url.starts_with("sqlite") {
            (
                "INSERT OR REPLACE INTO decision SELECT number, crosswalk, statement, target, 'Eve', verdict, strength, level, reason, at, settles, undoes, judged_statement, judged_target FROM decision",
                "DELETE FROM decision",
            )
        } else {
            (
                "INSERT INTO decision SELECT * FROM decision ON CONFLICT (number) DO UPDATE SET person = 'Eve'",
                "TRUNCATE decision",
            )
        };
        for statement in [replace, empty] {
            let error = connection.execute_unprepared(statement).await.unwrap_err().to_string();
            assert!(error.contains("append-only"), "{statement}: {error}");
        }
        connection.close().await.unwrap();
        let kept = store.read().await.unwrap().decisions(&crosswalk("701").ctid).await.unwrap();
        assert_eq!(kept[0].person.name(), "Ada");
        store.close().await.unwrap();
        bench.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_checkup_sees_what_was_done_behind_its_back() {
    for bench in Bench::all().await {
        let store = bench.store().await;
        furnish(&store).await;
        assert_eq!(store.health().await.unwrap().problems, Vec::<String>::new());
        let connection = Database::connect(&bench.url).await.unwrap();
        let drop_rule = if bench.url.starts_with("sqlite") {
            "DROP TRIGGER revision_no_update"
        } else {
            "DROP TRIGGER revision_append_only ON revision"
        };
        connection.execute_unprepared(drop_rule).await.unwrap();
        let subject = ctid("course", "SEC 210");
        for statement in [
            format!("UPDATE revision SET content = '{{}}' WHERE subject = '{subject}'"),
            "UPDATE course SET source = 'x', place = '\"whole\"' WHERE code = 'SEC 110'".to_owned(),
        ] {
            connection.execute_unprepared(&statement).await.unwrap();
        }
        connection.close().await.unwrap();
        let problems = store.health().await.unwrap().problems.join("\n");
        for expected in ["append-only", "1 rows of course name an imported file", &format!("Revision 1 of {subject}")] {
            assert!(problems.contains(expected), "{expected}: {problems}");
        }
        store.close().await.unwrap();
        bench.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_says_what_is_wrong() {
    let bench = Bench::sqlite();
    assert!(matches!(Store::open_existing(&bench.url).await, Err(StoreError::Missing { .. })));
    let file = bench.url.strip_prefix("sqlite:").unwrap();
    assert!(!std::path::Path::new(file).exists(), "asking for a missing database makes none");
    assert!(matches!(Store::open("sqlite:/no/such/folder/x.db").await, Err(StoreError::Open { .. })));
    std::fs::write(file, "just a letter, not a database at all, but long enough to be taken for one".repeat(20))
        .unwrap();
    let error = Store::open(&bench.url).await.unwrap_err();
    assert!(matches!(error, StoreError::Open { .. }), "{error:?}");
    std::fs::remove_file(file).unwrap();
    std::fs::write(file, "").unwrap();
    assert!(matches!(Store::open_existing(&bench.url).await, Err(StoreError::Missing { .. })));

    let memory = Store::open("sqlite::memory:").await.unwrap();
    furnish(&memory).await;
    assert_eq!(memory.read().await.unwrap().course_count().await.unwrap(), 2);
    assert_eq!(memory.url_without_secret(), "sqlite::memory:");
    let other = Store::open("sqlite::memory:").await.unwrap();
    assert_eq!(other.read().await.unwrap().course_count().await.unwrap(), 0, "each has its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_programs_database_is_left_alone() {
    for bench in Bench::all().await {
        if !bench.url.starts_with("sqlite") {
            assert!(matches!(Store::open_existing(&bench.url).await, Err(StoreError::Missing { .. })));
        }
        let url = if bench.url.starts_with("sqlite") { format!("{}?mode=rwc", bench.url) } else { bench.url.clone() };
        let connection = Database::connect(url).await.unwrap();
        connection.execute_unprepared("CREATE TABLE course (id integer)").await.unwrap();
        assert!(matches!(Store::open(&bench.url).await, Err(StoreError::Foreign { .. })));
        assert!(matches!(Store::open_existing(&bench.url).await, Err(StoreError::Foreign { .. })));
        connection.execute_unprepared("DROP TABLE course").await.unwrap();
        let store = Store::open(&bench.url).await.unwrap();
        let newest = store.health().await.unwrap().schema_version;
        store.close().await.unwrap();
        connection
            .execute_unprepared("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_future', 0)")
            .await
            .unwrap();
        let error = Store::open(&bench.url).await.unwrap_err();
        let StoreError::Newer { found, known, .. } = error else { panic!("{error:?}") };
        assert_eq!((found, known), (newest + 1, newest));
        connection.close().await.unwrap();
        bench.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_writer_who_does_not_finish_is_not_waited_for_for_ever() {
    for bench in Bench::all().await {
        let (one, two) = (bench.store().await, bench.store().await);
        let writing = one.write().await.unwrap();
        let started = std::time::Instant::now();
        assert!(matches!(two.write().await, Err(StoreError::Busy)), "another program's turn");
        assert!((9..20).contains(&started.elapsed().as_secs()), "{:?}", started.elapsed());
        drop(writing);
        two.write().await.unwrap().commit().await.unwrap();
        one.close().await.unwrap();
        two.close().await.unwrap();
        bench.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_not_there_is_told_by_what_the_network_says() {
    // A port nobody listens on: bound, then given back.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let error = Store::open(&format!("postgres://ada:secret@127.0.0.1:{port}/db")).await.unwrap_err();
    let said = format!("{error}");
    assert!(said.contains("refused") && !said.contains("pool") && !said.contains("secret"), "{said}");
    assert!(!format!("{error:?}").contains("secret"));
}
