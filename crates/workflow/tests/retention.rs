//! Network addresses stand in the history for so many days; a server then takes them away, and says so.

use std::time::Duration;

use credway_model::{Change, ChangeKind, Ctid, Person, Text};
use credway_store::{ChangeFilter, Store};
use credway_workflow::{JobFailure, Options, Pace, Workbench, Worker, WorkflowError};
use jiff::{SignedDuration, Timestamp};

fn text(words: &str) -> Text {
    Text::new(words).unwrap()
}

fn told(error: WorkflowError) -> JobFailure {
    panic!("nothing was queued: {error}")
}

#[tokio::test]
async fn a_server_takes_old_addresses_away_once_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("retention.db").display());
    let options = Options { database: database.clone(), create: true };
    let workbench = Workbench::open(&options).await.unwrap().by(&Person(text("Ada")));
    let store = Store::open_existing(&database).await.unwrap();
    let line = |days: i64, minutes: i64| Change {
        at: Timestamp::now() - SignedDuration::from_hours(24 * days) - SignedDuration::from_mins(minutes),
        person: Person(text("Ada")),
        kind: ChangeKind::Configured,
        subject_kind: "organization".to_owned(),
        subject: "ce-00000000-0000-4000-8000-000000000001".parse::<Ctid>().unwrap(),
        summary: text("something was set"),
        reason: None,
        origin: Some(text("browser at 192.0.2.1")),
        content: None,
    };
    let work = store.write().await.unwrap();
    for change in [line(400, 0), line(32, 0), line(3, 0)] {
        work.append_change(&change).await.unwrap();
    }
    work.commit().await.unwrap();

    let pace = Pace {
        poll: Duration::from_millis(20),
        addresses: Some(Duration::from_secs(30 * 24 * 3_600)),
        ..Pace::default()
    };
    let worker = Worker::new(workbench.clone(), told, pace);
    worker.set_out();
    let lines = loop {
        let lines = store.read().await.unwrap().changes(&ChangeFilter::default()).await.unwrap();
        if lines.iter().any(|(_, change)| change.kind == ChangeKind::Erased) {
            break lines;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    let addresses = |lines: &[(u64, Change)]| lines.iter().filter(|(_, change)| change.origin.is_some()).count();
    assert_eq!((lines.len(), addresses(&lines)), (4, 1));
    let erased = lines.iter().find(|(_, change)| change.kind == ChangeKind::Erased).unwrap();
    assert_eq!(erased.1.summary.as_str(), "network addresses up to line 2 taken away by age");
    // Several rounds later nothing was added.
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(store.read().await.unwrap().changes(&ChangeFilter::default()).await.unwrap().len(), 4);
    let audit = workbench.audit(None).await.unwrap();
    assert!(audit.holds(), "{:?}", audit.broken);
    worker.leave(Duration::from_secs(5)).await;
}
