//! The doctor names what is damaged and says what to do, in a copy of the sample damaged in one way after the other.

use std::path::Path;

use credway_model::{Person, Text};
use credway_workflow::{Checkup, Options, Workbench};
use sea_orm::{ConnectionTrait, Database};

async fn sample(file: &Path) {
    let options = Options { database: format!("sqlite:{}", file.display()), create: true };
    let workbench = Workbench::open(&options).await.unwrap();
    workbench.by(&Person(Text::new("Ada Ramos").unwrap())).load_sample(&()).await.unwrap();
    workbench.close().await.unwrap();
}

async fn checkup(file: &Path) -> Checkup {
    let options = Options { database: format!("sqlite:{}", file.display()), create: false };
    let workbench = Workbench::open(&options).await.unwrap();
    let checkup = workbench.checkup().await.unwrap();
    workbench.close().await.unwrap();
    checkup
}

fn ill(checkup: &Checkup) -> String {
    checkup.lines.iter().filter(|line| !line.well).map(|line| line.detail.clone()).collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_damage_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole.db");
    sample(&whole).await;
    assert_eq!(ill(&checkup(&whole).await), "");
    let free = "DROP TRIGGER decision_no_update; DROP TRIGGER decision_no_delete; DROP TRIGGER revision_no_update; \
                DROP TRIGGER revision_no_delete; DROP TRIGGER change_no_update; ";
    let damages: [(&str, &[&str]); 15] = [
        ("", &["append-only (no_update) is missing"]),
        ("UPDATE course SET offered = '{'", &["of course cannot be read", "course.offered"]),
        ("UPDATE blueprint_item SET place = 'nowhere' WHERE position = 0", &["of blueprint_item cannot be read"]),
        ("UPDATE decision SET verdict = 'perhaps' WHERE number = 1", &["The row 1 of decision cannot be read"]),
        ("UPDATE decision SET at = 'yesterday' WHERE number = 2", &["The row 2 of decision cannot be read"]),
        (
            "PRAGMA foreign_keys = OFF; UPDATE decision SET crosswalk = 'ce-00000000-0000-4000-8000-000000000009' WHERE number = 1",
            &["A row of decision refers to a row of crosswalk"],
        ),
        (
            "UPDATE decision SET target = 'ce-00000000-0000-4000-8000-000000000009' WHERE number = 1",
            &["1 rows of decision name a target that is not there"],
        ),
        (
            "UPDATE decision SET statement = 'ce-00000000-0000-4000-8000-000000000009' WHERE number = 1",
            &["1 rows of decision name a statement that is not there"],
        ),
        (
            "UPDATE revision SET subject = 'ce-00000000-0000-4000-8000-000000000009' WHERE rowid = 1",
            &["revisions are of things that are not there"],
        ),
        (
            "UPDATE revision SET content = content || ' ' WHERE rowid = 1",
            &["is not what was written: its digest differs"],
        ),
        ("DELETE FROM revision", &["have no revision"]),
        (
            "UPDATE source SET bytes = x'00' WHERE name = 'courses.csv'",
            &["The kept file “courses.csv” is not what was imported"],
        ),
        (
            "UPDATE blueprint_item SET parent = 'ce-00000000-0000-4000-8000-000000000009' WHERE parent IS NOT NULL",
            &["stand below an objective that is not there"],
        ),
        (
            "PRAGMA foreign_keys = OFF; DELETE FROM source WHERE name = 'courses.csv'",
            &["name an imported file that is not kept"],
        ),
        ("UPDATE finding SET content = 'x'; UPDATE course SET offered = 'x'", &["of course cannot be read"]),
    ];
    for (index, (damage, expected)) in damages.iter().enumerate() {
        let copy = folder.path().join(format!("{index}.db"));
        std::fs::copy(&whole, &copy).unwrap();
        let connection = Database::connect(format!("sqlite:{}", copy.display())).await.unwrap();
        connection.execute_unprepared(&format!("{free}{damage}")).await.unwrap();
        connection.close().await.unwrap();
        let found = ill(&checkup(&copy).await);
        for words in *expected {
            assert!(found.contains(words), "{damage}: {words}: {found}");
        }
        assert!(found.contains("restore BACKUP"), "{found}");
    }
}

/// Bytes flipped inside pages: the doctor says so, or the database cannot be opened and that is said with a way out.
#[tokio::test(flavor = "multi_thread")]
async fn flipped_bytes_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole.db");
    sample(&whole).await;
    let bytes = std::fs::read(&whole).unwrap();
    let pages = bytes.len() / 4096;
    let mut ways = [0, 0];
    for page in [1, 2, 3, pages / 4, pages / 3, pages / 2, pages - 2] {
        let mut broken = bytes.clone();
        for byte in &mut broken[page * 4096..page * 4096 + 64] {
            *byte ^= 0xff;
        }
        let copy = folder.path().join(format!("page-{page}.db"));
        std::fs::write(&copy, &broken).unwrap();
        let options = Options { database: format!("sqlite:{}", copy.display()), create: false };
        let found = match Workbench::open(&options).await {
            Ok(workbench) => {
                ways[0] += 1;
                match workbench.checkup().await {
                    Ok(checkup) => ill(&checkup),
                    Err(error) => error.to_string(),
                }
            }
            Err(error) => {
                ways[1] += 1;
                error.to_string()
            }
        };
        assert!(found.to_lowercase().contains("restore"), "page {page}: {found}");
    }
    assert!(ways[0] > 0, "{ways:?}");
}

/// A program that was stopped leaves its log beside the file: the doctor says so, and what it holds is there.
#[tokio::test(flavor = "multi_thread")]
async fn a_log_left_behind_is_named_and_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let (open, left) = (folder.path().join("open.db"), folder.path().join("left.db"));
    let options = Options { database: format!("sqlite:{}", open.display()), create: true };
    let workbench = Workbench::open(&options).await.unwrap();
    workbench.by(&Person(Text::new("Ada Ramos").unwrap())).load_sample(&()).await.unwrap();
    // What stands on the disk at this moment is what a power cut would leave.
    for ending in ["", "-wal"] {
        let beside = |file: &Path| format!("{}{ending}", file.display());
        std::fs::copy(beside(&open), beside(&left)).unwrap();
    }
    workbench.close().await.unwrap();
    let log = |checkup: &Checkup| {
        checkup.lines.iter().find(|line| line.name == "log").map(|line| (line.well, line.detail.clone()))
    };
    let found = checkup(&left).await;
    let (well, detail) = log(&found).unwrap();
    assert!(well && detail.contains("left.db-wal") && detail.contains("taken in"), "{detail}");
    assert_eq!(ill(&found), "");
    assert_eq!(found.lines.iter().filter(|line| line.name.starts_with("crosswalk ")).count(), 3);
    // Closed properly since then, there is nothing to say any more.
    assert_eq!(log(&checkup(&left).await), None);
    assert_eq!(log(&checkup(&open).await), None);
}
