//! The chain of the history: what was done behind its back is named, line by line; what may be taken away can be.

mod support;

use credway_model::{Change, ChangeKind, Person, Strength, Verdict};
use credway_store::{ChangeFilter, Store};
use sea_orm::{ConnectionTrait, Database};
use support::*;

async fn kept(bench: &Bench) -> Store {
    let store = bench.store().await;
    furnish(&store).await;
    let work = store.write().await.unwrap();
    let pair = (ctid("outcome", "SEC 110/1"), ctid("objective", "701-2"));
    for (minute, verdict) in [Verdict::Rejected, Verdict::Accepted(Strength::Full)].into_iter().enumerate() {
        let mut one = decision(pair.0, pair.1, "Ada", verdict, minute as i64);
        one.reason = Some(text("told by Jane Roe"));
        decide(&work, &crosswalk("701").ctid, &[one]).await;
    }
    work.commit().await.unwrap();
    store
}

async fn broken(store: &Store) -> Option<(u64, String)> {
    let audit = store.read().await.unwrap().audit().await.unwrap();
    audit.broken.map(|line| (line.number, line.why))
}

/// What somebody may do who can write to the database itself, and what the audit then says of which line.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_by_hand_is_named() {
    let last = |number: u64| move |lines: u64| lines + 1 - number;
    type Number = Box<dyn Fn(u64) -> u64>;
    let cases: Vec<(&str, &str, Number, &str)> = vec![
        ("change", "UPDATE change SET summary = 'other' WHERE number = 2", Box::new(|_| 2), "words"),
        ("change", "UPDATE change SET person = '2' WHERE number = 1", Box::new(|_| 1), "not what was written"),
        ("change", "DELETE FROM change WHERE number = 3", Box::new(|_| 4), "line 3 is missing"),
        ("change", "UPDATE change SET at = '2026-01-01T00:00:00Z' WHERE number = 3", Box::new(|_| 3), "not what"),
        ("change", "UPDATE change SET salt = '' WHERE number = 2", Box::new(|_| 2), "no later line says so"),
        (
            "decision",
            "UPDATE decision SET verdict = 'rejected', strength = NULL WHERE number = 2",
            Box::new(last(1)),
            "decisions 2 to 2",
        ),
        ("decision", "UPDATE decision SET reason = 'other' WHERE number = 1", Box::new(last(2)), "decisions 1 to 1"),
        ("decision", "DELETE FROM decision WHERE number = 1", Box::new(last(2)), "decisions 1 to 1"),
        (
            "decision",
            "INSERT INTO decision SELECT 3, crosswalk, statement, target, person, verdict, strength, level, reason, at, settles, undoes, judged_statement, judged_target FROM decision WHERE number = 2",
            Box::new(|lines| lines + 1),
            "3",
        ),
        ("revision", "UPDATE revision SET content = '{}' WHERE number = 1", Box::new(|_| 1), "revision 1"),
    ];
    for (table, statement, number, why) in cases {
        for bench in Bench::all().await {
            let store = kept(&bench).await;
            let lines = store.read().await.unwrap().audit().await.unwrap().lines;
            assert_eq!(broken(&store).await, None);
            let connection = Database::connect(&bench.url).await.unwrap();
            let rules: &[&str] = if bench.url.starts_with("sqlite") {
                &["no_update", "only_erased", "only_taken", "no_delete"]
            } else {
                &["append_only", "no_update", "only_erased", "only_taken"]
            };
            for rule in rules {
                let asleep = if bench.url.starts_with("sqlite") {
                    format!("DROP TRIGGER IF EXISTS {table}_{rule}")
                } else {
                    format!("DROP TRIGGER IF EXISTS {table}_{rule} ON {table}")
                };
                connection.execute_unprepared(&asleep).await.unwrap();
            }
            connection.execute_unprepared(statement).await.unwrap();
            connection.close().await.unwrap();
            let (line, said) = broken(&store).await.unwrap_or_else(|| panic!("{statement}: not seen"));
            assert_eq!(line, number(lines), "{statement}: {said}");
            assert!(said.contains(why), "{statement}: {said}");
            store.close().await.unwrap();
            bench.remove().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_go_by_age_and_their_words_can_still_be_checked() {
    for bench in Bench::all().await {
        let store = kept(&bench).await;
        let line = |minute, origin: Option<&str>, content: Option<String>| Change {
            at: at(minute),
            person: person("Ada"),
            kind: if content.is_some() { ChangeKind::Erased } else { ChangeKind::Configured },
            subject_kind: "crosswalk".to_owned(),
            subject: crosswalk("701").ctid,
            summary: text("told"),
            reason: None,
            origin: origin.map(text),
            content,
        };
        let work = store.write().await.unwrap();
        for (minute, origin) in [(20, "browser at 192.0.2.1"), (21, "terminal"), (30, "browser at 192.0.2.1")] {
            work.append_change(&line(minute, Some(origin), None)).await.unwrap();
        }
        work.commit().await.unwrap();
        let lines = store.read().await.unwrap().audit().await.unwrap().lines;
        let work = store.write().await.unwrap();
        assert!(work.has_origins(at(25)).await.unwrap());
        assert_eq!(work.erase_origins(at(25)).await.unwrap(), Some(lines - 2));
        assert!(!work.has_origins(at(25)).await.unwrap());
        assert_eq!(work.erase_origins(at(25)).await.unwrap(), None);
        // Nobody may take one away in silence.
        let audit = work.audit().await.unwrap().broken.unwrap();
        assert_eq!((audit.number, audit.why.contains("no later line says so")), (lines - 2, true));
        work.append_change(&line(40, None, Some(format!("origins:{}", lines - 2)))).await.unwrap();
        work.commit().await.unwrap();
        let work = store.read().await.unwrap();
        assert_eq!(work.audit().await.unwrap().broken, None);
        let shown: Vec<Option<String>> = work
            .changes(&ChangeFilter::default())
            .await
            .unwrap()
            .into_iter()
            .filter(|(number, _)| (lines - 2..=lines).contains(number))
            .map(|(_, change)| change.origin.map(|origin| origin.to_string()))
            .collect();
        let mut expected = [None, Some("terminal".to_owned()), Some("browser at 192.0.2.1".to_owned())];
        if shown[0].is_some() {
            expected.reverse();
        }
        assert_eq!(shown, expected);
        drop(work);
        // Neither another address nor none can be put there by hand.
        let connection = Database::connect(&bench.url).await.unwrap();
        for origin in ["NULL", "'browser at 192.0.2.9'"] {
            let bent = format!("UPDATE change SET origin = {origin} WHERE number = {lines}");
            assert!(connection.execute_unprepared(&bent).await.is_err(), "{bent}");
        }
        connection.close().await.unwrap();
        store.close().await.unwrap();
        bench.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn personal_data_can_be_taken_away_and_the_chain_holds() {
    for bench in Bench::all().await {
        let store = kept(&bench).await;
        let before = store.read().await.unwrap().audit().await.unwrap();
        let work = store.write().await.unwrap();
        work.rename_person(&person("Ada"), &person("Former member 2")).await.unwrap();
        assert!(work.erase_details(before.lines, &text("taken away on request")).await.unwrap());
        assert!(!work.erase_details(before.lines + 9, &text("taken away on request")).await.unwrap());
        let told = Change {
            at: at(20),
            person: person("Ada Vale"),
            kind: ChangeKind::Erased,
            subject_kind: "crosswalk".to_owned(),
            subject: crosswalk("701").ctid,
            summary: text("Details of a line taken away"),
            reason: Some(text("asked for by the person")),
            origin: None,
            content: Some(format!("line:{}", before.lines)),
        };
        work.append_change(&told).await.unwrap();
        work.commit().await.unwrap();
        let work = store.read().await.unwrap();
        let audit = work.audit().await.unwrap();
        assert_eq!((audit.broken, audit.lines, audit.erased), (None, before.lines + 1, 1));
        let decisions = work.decisions(&crosswalk("701").ctid).await.unwrap();
        assert!(decisions.iter().all(|decision| decision.person == Person(text("Former member 2"))));
        assert_eq!(decisions[1].reason, None);
        assert_eq!(decisions[0].reason, Some(text("told by Jane Roe")), "only what was asked for");
        let everything = String::from_utf8({
            let mut bytes = Vec::new();
            work.backup(&mut bytes).await.unwrap();
            bytes
        })
        .unwrap();
        assert!(!everything.contains("\"Ada\""));
        drop(work);
        store.close().await.unwrap();
        bench.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_without_a_line_of_the_history_is_not_kept() {
    let bench = Bench::sqlite();
    let store = kept(&bench).await;
    let work = store.write().await.unwrap();
    let one = decision(ctid("outcome", "SEC 110/1"), ctid("objective", "701-2"), "Ada", Verdict::Rejected, 9);
    work.append_decisions(&crosswalk("701").ctid, &[one]).await.unwrap();
    assert!(matches!(work.commit().await, Err(credway_store::StoreError::Untold)));
    assert_eq!(store.read().await.unwrap().decision_count(&crosswalk("701").ctid).await.unwrap(), 2);
    store.close().await.unwrap();
}
