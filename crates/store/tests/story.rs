//! The story of a college, told to SQLite and to PostgreSQL: what is put comes back, what changes is told, what is
//! decided stays.

#[path = "story/aligned.rs"]
mod aligned;
#[path = "story/imported.rs"]
mod imported;
mod support;
#[path = "story/together.rs"]
mod together;

use credway_model::{Change, ChangeKind, Verdict};
use credway_store::{ChangeFilter, Store, StoreError, Written};
use support::*;

#[tokio::test(flavor = "multi_thread")]
async fn the_same_story_on_every_database() {
    for bench in Bench::all().await {
        let store = bench.store().await;
        imported::files_and_findings(&store).await;
        imported::organizations_and_credentials(&store).await;
        imported::frameworks(&store).await;
        imported::blueprints(&store).await;
        imported::courses(&store).await;
        what_is_not_committed_never_was(&store).await;
        imported::programs(&store).await;
        aligned::proposals(&store).await;
        aligned::decisions(&store).await;
        aligned::what_is_gone_but_decided_on_is_retired(&store).await;
        history(&store).await;
        profiles_and_settings(&store).await;
        together::together(&store).await;
        let health = store.health().await.unwrap();
        assert_eq!(health.problems, Vec::<String>::new());
        assert_eq!(health.schema_version, health.newest_version);
        assert!(health.counts.contains(&("course".to_owned(), 4)), "{:?}", health.counts);
        store.close().await.unwrap();
        let again = Store::open_existing(&bench.url).await.unwrap();
        assert_eq!(again.read().await.unwrap().course_count().await.unwrap(), 4);
        again.close().await.unwrap();
        bench.remove().await;
    }
}

async fn what_is_not_committed_never_was(store: &Store) {
    let work = store.write().await.unwrap();
    work.put_courses(&[course("GONE 1", "Gone", Vec::new())], &stamp(14)).await.unwrap();
    assert_eq!(work.course_count().await.unwrap(), 5);
    drop(work);
    let read = store.read().await.unwrap();
    assert_eq!(read.course_count().await.unwrap(), 4);
    assert!(matches!(read.put_setting("a", "b").await, Err(StoreError::ReadOnly)));
    // A reader sees one state, whatever a writer commits meanwhile.
    let writer = store.write().await.unwrap();
    writer.put_setting("seen", "no").await.unwrap();
    writer.commit().await.unwrap();
    assert_eq!(read.setting("seen").await.unwrap(), None);
    drop(read);
    assert_eq!(store.read().await.unwrap().setting("seen").await.unwrap().as_deref(), Some("no"));
    // After a statement that failed nothing can be committed.
    let broken = store.write().await.unwrap();
    let nowhere = ctid("crosswalk", "nowhere");
    let lost = decision(nowhere, nowhere, "Ada", Verdict::Rejected, 1);
    let failed = async {
        broken.put_setting("half", "done").await?;
        broken.append_decisions(&nowhere, &[lost]).await
    };
    assert!(matches!(failed.await, Err(StoreError::Reference { .. })));
    assert!(matches!(broken.commit().await, Err(StoreError::Broken)));
    assert_eq!(store.read().await.unwrap().setting("half").await.unwrap(), None);
}

async fn history(store: &Store) {
    let work = store.write().await.unwrap();
    let change = Change {
        at: at(60),
        person: person("Cy Im"),
        kind: ChangeKind::Aligned,
        subject_kind: "crosswalk".to_owned(),
        subject: crosswalk("701").ctid,
        summary: text("4 candidates"),
        reason: Some(text("new engine")),
        origin: None,
        content: None,
    };
    work.append_change(&change).await.unwrap();
    work.commit().await.unwrap();
    let work = store.read().await.unwrap();
    let all = work.changes(&ChangeFilter::default()).await.unwrap();
    assert_eq!(all[0].1, change);
    let numbers: Vec<u64> = all.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, (1..=all.len() as u64).rev().collect::<Vec<_>>(), "numbered without gaps, newest first");
    let by_cy = ChangeFilter { person: Some(person("Cy Im")), ..ChangeFilter::default() };
    assert_eq!(work.changes(&by_cy).await.unwrap().len(), 1);
    let of_course = ChangeFilter { subject: Some(ctid("course", "SEC 110")), ..ChangeFilter::default() };
    let told: Vec<_> = work
        .changes(&of_course)
        .await
        .unwrap()
        .into_iter()
        .map(|(_, one)| (one.kind, one.summary.to_string()))
        .collect();
    let revised = (ChangeKind::Revised, "SEC 110 Defence: outcomes".to_owned());
    assert_eq!(told, [revised.clone(), revised, (ChangeKind::Created, "SEC 110 Defence".to_owned())]);
    let created =
        ChangeFilter { kind: Some(ChangeKind::Created), limit: Some(3), before: Some(9), ..ChangeFilter::default() };
    let page = work.changes(&created).await.unwrap();
    assert_eq!(page.len(), 3);
    assert!(page.iter().all(|(number, one)| *number < 9 && one.kind == ChangeKind::Created));
    let third = work.revision(&ctid("course", "SEC 110"), 3).await.unwrap().unwrap();
    assert_eq!(third.digest.len(), 64);
    assert_eq!(work.revision(&ctid("course", "SEC 110"), 4).await.unwrap(), None);
}

async fn profiles_and_settings(store: &Store) {
    let work = store.write().await.unwrap();
    assert_eq!(work.put_setting("namespace", "ce-1").await.unwrap(), Written::Created);
    assert_eq!(work.put_setting("namespace", "ce-2").await.unwrap(), Written::Revised);
    assert_eq!(work.put_setting("namespace", "ce-2").await.unwrap(), Written::Unchanged);
    assert_eq!(work.setting("namespace").await.unwrap().as_deref(), Some("ce-2"));
    assert_eq!(work.put_profile("Registrar", "courses", "{\"code\":\"Kurs\"}").await.unwrap(), Written::Created);
    assert_eq!(work.profile("Registrar").await.unwrap().unwrap().content, "{\"code\":\"Kurs\"}");
    assert_eq!(work.profiles().await.unwrap().len(), 1);
    work.commit().await.unwrap();
    let work = store.write().await.unwrap();
    assert!(matches!(work.put_setting("a", "\u{0}").await, Err(StoreError::Nul { .. })));
}
