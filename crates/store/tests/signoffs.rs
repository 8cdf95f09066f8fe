//! Sign-offs and delegations on both databases: read back as they were written, in backups, bound to the history.

mod support;

use credway_model::{
    Account, AccountState, Change, ChangeKind, Ctid, Delegation, Role, Signature, Signoff, SignoffAct, SignoffEntry,
    SignoffPlan,
};
use credway_store::{Credentials, Stamp, Store, Written};
use sea_orm::{ConnectionTrait, Database};
use serde_json::json;
use support::*;

fn told(words: &str) -> Change {
    Change {
        at: at(5),
        person: person("Dee"),
        kind: ChangeKind::Signed,
        subject_kind: "crosswalk".to_owned(),
        subject: crosswalk("701").ctid,
        summary: text(words),
        reason: None,
        origin: None,
        content: None,
    }
}

fn entries() -> Vec<SignoffEntry> {
    let signature = Signature {
        step: 0,
        role: Role::FacultyReviewer,
        on_behalf_of: Some(person("Ada")),
        account: Some("8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11".parse().unwrap()),
        digest: "d".repeat(64),
        date: Some("2026-11-20".parse().unwrap()),
        note: Some(text("read in full")),
    };
    let plain = Signature { on_behalf_of: None, account: None, date: None, note: None, ..signature.clone() };
    [
        SignoffAct::Signed(signature),
        SignoffAct::Signed(plain),
        SignoffAct::Returned { to: Some(1), reason: text("credits") },
        SignoffAct::Returned { to: None, reason: text("statements") },
        SignoffAct::Reopened { reason: text("a new year") },
    ]
    .into_iter()
    .map(|act| SignoffEntry { at: at(7), person: person("Dee"), act })
    .collect()
}

/// The college with a sign-off in which everything was done.
async fn signed(store: &Store) -> Signoff {
    furnish(store).await;
    let crosswalk = crosswalk("701").ctid;
    let work = store.write().await.unwrap();
    let stamp = Stamp { person: person("Lee"), at: at(4), reason: None, origin: None };
    let content = json!({"b": 2, "a": 1});
    let kept = |content: serde_json::Value| {
        let (work, stamp) = (&work, &stamp);
        async move { work.keep_revision(("crosswalk", crosswalk), &content, &text("Security × 701"), stamp).await.unwrap() }
    };
    let (number, digest, written) = kept(content.clone()).await;
    assert_eq!((number, written), (1, Written::Created));
    assert_eq!(kept(content).await, (1, digest.clone(), Written::Unchanged));
    assert_eq!(credway_store::kept_digest(r#"{"a":1,"b":2}"#), digest, "members are sorted");
    let (number, _, written) = kept(json!({"a": 2})).await;
    assert_eq!((number, written), (2, Written::Revised));
    let mut signoff = Signoff {
        id: Signoff::identify(&crosswalk, 1),
        crosswalk,
        number: 1,
        revision: 1,
        digest,
        plan: SignoffPlan::usual(),
        begun: at(4),
        by: person("Lee"),
        entries: Vec::new(),
    };
    work.begin_signoff(&signoff, &told("begun")).await.unwrap();
    for entry in entries() {
        work.append_signoff_entry(&signoff, &entry, &told("done")).await.unwrap();
        signoff.entries.push(entry);
    }
    work.commit().await.unwrap();
    signoff
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signoff_is_read_back_as_it_was_written() {
    for bench in Bench::all().await {
        let store = bench.store().await;
        let signoff = signed(&store).await;
        let work = store.read().await.unwrap();
        assert_eq!(work.signoff(&signoff.id).await.unwrap(), Some(signoff.clone()));
        assert_eq!(work.signoffs_of(&signoff.crosswalk).await.unwrap(), vec![signoff.clone()]);
        assert_eq!(work.signoffs().await.unwrap(), vec![signoff.clone()]);
        let other: Ctid = Signoff::identify(&signoff.crosswalk, 2);
        assert_eq!(work.signoff(&other).await.unwrap(), None);
        assert_eq!(work.unbound_signoffs().await.unwrap(), Vec::new());
        let audit = work.audit().await.unwrap();
        assert_eq!(audit.broken, None);
        let (line, head) = work.history_head().await.unwrap();
        assert_eq!((line, head), (audit.lines, audit.head));
        drop(work);
        // The words of a signature can be taken away; the signature stays, and so does what binds it.
        let work = store.write().await.unwrap();
        assert!(work.erase_details(line - 4, &text("taken away")).await.unwrap());
        let gone = Change { kind: ChangeKind::Erased, content: Some(format!("line:{}", line - 4)), ..told("erased") };
        work.append_change(&gone).await.unwrap();
        work.commit().await.unwrap();
        let work = store.read().await.unwrap();
        let mut without = signoff.clone();
        let SignoffAct::Signed(signature) = &mut without.entries[0].act else { panic!("a signature") };
        signature.note = None;
        assert_eq!(work.signoff(&signoff.id).await.unwrap(), Some(without));
        assert_eq!((work.unbound_signoffs().await.unwrap(), work.audit().await.unwrap().broken), (Vec::new(), None));
        drop(work);
        assert_eq!(store.health().await.unwrap().problems, Vec::<String>::new());
        store.close().await.unwrap();
        bench.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_signed_cannot_be_changed_and_by_hand_not_unseen() {
    for bench in Bench::all().await {
        let store = bench.store().await;
        let signoff = signed(&store).await;
        let sqlite = bench.url.starts_with("sqlite");
        let connection = Database::connect(&bench.url).await.unwrap();
        for table in ["signoff", "signoff_entry"] {
            for statement in [format!("UPDATE {table} SET digest = 'e'"), format!("DELETE FROM {table}")] {
                let error = connection.execute_unprepared(&statement).await.unwrap_err().to_string();
                assert!(error.contains("append-only"), "{statement}: {error}");
            }
            let rules: &[&str] = if sqlite { &["no_update", "no_delete"] } else { &["append_only"] };
            for rule in rules {
                let asleep = if sqlite {
                    format!("DROP TRIGGER {table}_{rule}")
                } else {
                    format!("ALTER TABLE {table} DISABLE TRIGGER {table}_{rule}")
                };
                connection.execute_unprepared(&asleep).await.unwrap();
            }
        }
        let problems = store.health().await.unwrap().problems.join("\n");
        assert!(problems.contains("The rule that keeps signoff_entry append-only"), "{problems}");
        let head = store.read().await.unwrap().history_head().await.unwrap().0;
        for (statement, undone, line) in [
            ("UPDATE signoff SET revision = 2", "UPDATE signoff SET revision = 1", head - 5),
            (
                "UPDATE signoff_entry SET role = 'dean' WHERE number = 1",
                "UPDATE signoff_entry SET role = 'faculty_reviewer' WHERE number = 1",
                head - 4,
            ),
            (
                "UPDATE signoff_entry SET digest = 'e' WHERE number = 2",
                &format!("UPDATE signoff_entry SET digest = '{}' WHERE number = 2", "d".repeat(64)),
                head - 3,
            ),
        ] {
            connection.execute_unprepared(statement).await.unwrap();
            let work = store.read().await.unwrap();
            let unbound = work.unbound_signoffs().await.unwrap();
            assert_eq!(unbound.len(), 1, "{statement}");
            assert!(unbound[0].0 == signoff.id.to_string() && unbound[0].1.contains(&format!("line {line} ")));
            let broken = work.audit().await.unwrap().broken.unwrap();
            assert_eq!(broken.number, line, "{statement}: {}", broken.why);
            drop(work);
            connection.execute_unprepared(undone).await.unwrap();
        }
        connection.execute_unprepared("DELETE FROM signoff_entry WHERE number = 5").await.unwrap();
        let broken = store.read().await.unwrap().audit().await.unwrap().broken.unwrap();
        assert!(broken.number == head && broken.why.contains("missing"), "{broken:?}");
        connection.close().await.unwrap();
        store.close().await.unwrap();
        bench.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn delegations_and_signoffs_are_in_the_backup() {
    for bench in Bench::all().await {
        let store = bench.store().await;
        let signoff = signed(&store).await;
        let account = |end: &str, name: &str| Account {
            id: format!("8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a1{end}").parse().unwrap(),
            person: person(name),
            email: None,
            state: AccountState::Active,
            created: at(1),
        };
        let (from, to) = (account("1", "Ada"), account("2", "Dee"));
        let mut given = Delegation {
            id: "one".to_owned(),
            from: from.id,
            to: to.id,
            role: Role::FacultyReviewer,
            institution: signoff.crosswalk,
            program: Some(signoff.crosswalk),
            first: "2026-07-01".parse().unwrap(),
            last: "2026-07-31".parse().unwrap(),
            given: at(3),
            withdrawn: None,
        };
        let work = store.write().await.unwrap();
        for account in [&from, &to] {
            work.put_account(account, &Credentials::default()).await.unwrap();
        }
        work.put_delegation(&given).await.unwrap();
        assert_eq!(work.delegations().await.unwrap(), vec![given.clone()]);
        given.withdrawn = Some(at(9));
        work.put_delegation(&given).await.unwrap();
        work.commit().await.unwrap();
        let mut archive = Vec::new();
        store.read().await.unwrap().backup(&mut archive).await.unwrap();
        let elsewhere = Bench::sqlite();
        let restored = elsewhere.store().await;
        let work = restored.write().await.unwrap();
        work.restore(&mut archive.as_slice()).await.unwrap();
        work.commit().await.unwrap();
        let work = restored.read().await.unwrap();
        assert_eq!(work.signoffs().await.unwrap(), vec![signoff]);
        assert_eq!(work.delegations().await.unwrap(), vec![given]);
        assert_eq!(work.audit().await.unwrap().broken, None);
        drop(work);
        restored.close().await.unwrap();
        store.close().await.unwrap();
        bench.remove().await;
    }
}
