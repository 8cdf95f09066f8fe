//! Backup and restore, within one kind of database and from one to the other.

mod support;

use std::io::Cursor;

use credway_model::{Strength, Verdict};
use credway_store::{ArchiveError, Store, StoreError};
use support::*;

async fn archive(store: &Store) -> Vec<u8> {
    let mut bytes = Vec::new();
    let summary = store.read().await.unwrap().backup(&mut bytes).await.unwrap();
    let header: serde_json::Value = serde_json::from_slice(bytes.split(|byte| *byte == b'\n').next().unwrap()).unwrap();
    assert_eq!(header["sha256"], summary.digest);
    bytes
}

async fn restore(store: &Store, mut archive: &[u8]) -> Result<(), StoreError> {
    let work = store.write().await?;
    work.restore(&mut archive).await?;
    work.commit().await
}

/// A store with something in every table.
async fn full(bench: &Bench) -> Store {
    let store = bench.store().await;
    furnish(&store).await;
    let work = store.write().await.unwrap();
    let file = source("odd.csv", "caf\u{e9}\n\u{0}\u{7f}");
    work.put_source(&file).await.unwrap();
    work.put_findings(
        &file.id,
        &[credway_model::Finding::new(
            "a.b",
            credway_model::Severity::Note,
            credway_model::Place::Whole,
            "é \u{0}",
            "",
        )],
    )
    .await
    .unwrap();
    let organization = credway_model::Organization {
        ctid: college(),
        name: text("Bay"),
        kind: None,
        city: None,
        region: None,
        url: None,
        origin: origin(&file, 7),
    };
    work.put_organizations(&[organization], &stamp(1)).await.unwrap();
    let pair = (ctid("outcome", "SEC 110/1"), ctid("objective", "701-1.1.a"));
    for (minute, verdict) in [Verdict::Accepted(Strength::Partial), Verdict::Rejected].into_iter().enumerate() {
        let one = decision(pair.0, pair.1, "Ada", verdict, minute as i64);
        decide(&work, &crosswalk("701").ctid, &[one]).await;
    }
    // More rows than one page of any table, in an order of keys that the server's language would sort otherwise.
    let courses: Vec<_> = (0..2_100)
        .map(|number| course(&format!("X{}-{number}", number % 7), "Filler \u{2028} \\ \"", Vec::new()))
        .collect();
    work.put_courses(&courses, &stamp(2)).await.unwrap();
    for name in ["a", "B", "é", "-", "_a", "z"] {
        work.put_setting(name, name).await.unwrap();
        work.put_profile(name, "courses", "{}").await.unwrap();
    }
    work.commit().await.unwrap();
    store
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_the_same_bytes_from_every_database() {
    let mut archives: Vec<Vec<u8>> = Vec::new();
    for from in Bench::all().await {
        let store = full(&from).await;
        let original = archive(&store).await;
        assert_eq!(archive(&store).await, original, "the same again");
        for into in Bench::all().await {
            let restored = into.store().await;
            restore(&restored, &original).await.unwrap();
            assert!(archive(&restored).await == original, "{} restored into {}", from.url, into.url);
            assert_eq!(restored.health().await.unwrap().problems, store.health().await.unwrap().problems);
            // The restored database goes on from where the original was.
            let work = restored.write().await.unwrap();
            let one = decision(college(), college(), "Ben", Verdict::Withdrawn, 9);
            decide(&work, &crosswalk("701").ctid, &[one]).await;
            assert_eq!(work.decision_count(&crosswalk("701").ctid).await.unwrap(), 3);
            drop(work);
            restored.close().await.unwrap();
            into.remove().await;
        }
        archives.push(original);
        store.close().await.unwrap();
        from.remove().await;
    }
    assert!(archives.windows(2).all(|two| two[0] == two[1]), "SQLite and PostgreSQL tell the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_does_not_fit_changes_nothing() {
    let from = Bench::sqlite();
    let good = archive(&full(&from).await).await;
    let words = String::from_utf8(good.clone()).unwrap();
    let header: serde_json::Value = serde_json::from_str(words.lines().next().unwrap()).unwrap();
    let written = format!("\"schema_version\":{}", header["schema_version"]);
    let with = |was: &str, is: &str| {
        assert!(words.contains(was), "the backup has {was}");
        words.replacen(was, is, 1)
    };
    let again = |words: String| {
        // A well-made digest over something that does not fit.
        let (header, rest) = words.split_once('\n').unwrap();
        let mut header: serde_json::Value = serde_json::from_str(header).unwrap();
        header["sha256"] = source("x", rest).id.as_str().into();
        format!("{header}\n{rest}").into_bytes()
    };
    let cut = good[..good.len() - 40].to_vec();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("not a Credway backup", Vec::new()),
        ("not a Credway backup", b"PK\x03\x04".to_vec()),
        ("not a Credway backup", b"{}\n".to_vec()),
        ("format version 2", with("\"format_version\":1", "\"format_version\":2").into_bytes()),
        ("schema version 99", with(&written, "\"schema_version\":99").into_bytes()),
        ("damaged", cut),
        ("damaged", with("Harden a host", "Harden a ghost").into_bytes()),
        ("should begin", again(with("\"table\":\"outcome\"", "\"table\":\"outcomes\""))),
        ("wrong kind", again(with("[1,\"ce-", "[\"1\",\"ce-"))),
        ("not what the header says", again(with("[\"z\",\"z\"]\n", ""))),
        ("nothing should follow", again(format!("{words}{{\"more\":1}}\n"))),
    ];
    for bench in Bench::all().await {
        let store = bench.store().await;
        for (expected, bytes) in &cases {
            let work = store.write().await.unwrap();
            let error = work.restore(&mut Cursor::new(bytes)).await.unwrap_err();
            assert!(matches!(error, StoreError::Archive(_)), "{error:?}");
            assert!(error.to_string().contains(expected), "{expected}: {error}");
            assert!(matches!(work.commit().await, Err(StoreError::Broken)));
        }
        assert!(store.health().await.unwrap().counts.iter().all(|(_, rows)| *rows == 0));
        restore(&store, &good).await.unwrap();
        let error = restore(&store, &good).await.unwrap_err();
        assert!(matches!(error, StoreError::Archive(ArchiveError::NotEmpty { .. })), "{error}");
        store.close().await.unwrap();
        bench.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_the_schema_before_requisites_is_taken() {
    let from = Bench::sqlite();
    let words = String::from_utf8(archive(&full(&from).await).await).unwrap();
    let (header, rest) = words.split_once('\n').unwrap();
    let older = as_schema_2(rest);
    assert!(!older.contains("field_places"), "another column");
    assert!(
        !older.contains("requisites\",\"requisites") && older.contains("\"corequisites\",\"offered\""),
        "another column"
    );
    let mut header: serde_json::Value = serde_json::from_str(header).unwrap();
    header["schema_version"] = 2.into();
    header["sha256"] = source("x", &older).id.as_str().into();
    let bench = Bench::sqlite();
    let store = bench.store().await;
    restore(&store, format!("{header}\n{older}").as_bytes()).await.unwrap();
    let courses = store.read().await.unwrap().courses(&credway_store::CourseFilter::default()).await.unwrap();
    assert!(!courses.is_empty() && courses.iter().all(|course| course.requisites.is_none()));
    // Its history is bound from the first line, and names whom it named.
    let work = store.read().await.unwrap();
    let audit = work.audit().await.unwrap();
    assert_eq!((audit.broken, audit.decisions), (None, 2));
    assert!(audit.lines > 2_000 && audit.revisions > 2_000, "{} {}", audit.lines, audit.revisions);
    let decisions = work.decisions(&crosswalk("701").ctid).await.unwrap();
    assert!(decisions.iter().all(|decision| decision.person.name() == "Ada"));
    drop(work);
    store.close().await.unwrap();
    bench.remove().await;
}

/// The lines of a backup as schema 2 had them: courses without requisites and places of fields, persons by their names,
/// a history that is not bound.
fn as_schema_2(lines: &str) -> String {
    let (mut older, mut inside) = (String::new(), String::new());
    let mut names = std::collections::BTreeMap::new();
    for line in lines.lines() {
        let mut line: serde_json::Value = serde_json::from_str(line).unwrap();
        if let Some(table) = line.get("table") {
            table.as_str().unwrap().clone_into(&mut inside);
        }
        let is_row = line.is_array();
        let list = if is_row { &mut line } else { &mut line["columns"] };
        let list = list.as_array_mut().unwrap();
        let person = match inside.as_str() {
            "account" | "account_grant" | "recovery_code" | "api_token" | "identity" | "assignment" | "comment"
            | "comment_revision" | "notification" | "notification_wish" | "share" | "ballot" | "signoff"
            | "signoff_entry" | "delegation" => continue,
            "person" => {
                if is_row {
                    names.insert(list[0].to_string(), list[1].clone());
                }
                continue;
            }
            "course" => {
                // The places of fields came one step later than requisites.
                list.remove(16);
                list.remove(11);
                continue_with(&mut older, &line);
                continue;
            }
            "change" => {
                list.truncate(8);
                2
            }
            "decision" | "revision" => 4,
            _ => usize::MAX,
        };
        if is_row && let Some(id) = list.get_mut(person) {
            *id = names[&id.to_string()].clone();
        }
        continue_with(&mut older, &line);
    }
    older
}

fn continue_with(text: &mut String, line: &serde_json::Value) {
    text.push_str(&format!("{line}\n"));
}
