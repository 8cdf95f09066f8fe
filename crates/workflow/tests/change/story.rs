//! From a new version to a crosswalk that is carried over, confirmed, and taken back: the same on SQLite and PostgreSQL.

use credway_model::Verdict;
use credway_workflow::{
    ConfirmRequest, HistoryFilter, Kind, ReportForm, ReviewFilter, ReviewShow, StandingWord, WorkflowError,
};
use sea_orm::{ConnectionTrait, Database};

use crate::college::{College, FULL, NEW, OLD, OUTCOMES, PARTIAL, import, person, rows};

#[tokio::test]
async fn the_story_on_sqlite() {
    story(&College::sqlite().await).await;
}

#[tokio::test]
async fn the_story_on_postgresql() {
    let Ok(server) = std::env::var("CREDWAY_TEST_POSTGRES") else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "CI must set CREDWAY_TEST_POSTGRES");
        return;
    };
    let admin = Database::connect(&server).await.unwrap();
    let name = format!("credway_change_{}", uuid::Uuid::new_v4().simple());
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    let college = College::at(&format!("{base}/{name}"), None).await;
    story(&college).await;
    college.owner.clone().close().await.unwrap();
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
}

fn row(
    course: &str,
    old: &str,
    new: Option<&str>,
    state: &'static str,
) -> (String, String, Option<String>, &'static str) {
    (course.to_owned(), old.to_owned(), new.map(str::to_owned), state)
}

async fn story(college: &College) {
    let change = college.change().await;
    let kinds: Vec<(&str, usize)> = change.difference.counts.iter().map(|one| (one.kind, one.count)).collect();
    assert_eq!(
        kinds,
        [("same", 1), ("reworded", 1), ("moved", 0), ("split", 1), ("merged", 0), ("new", 1), ("gone", 1)]
    );
    assert_eq!(
        rows(&change),
        [
            row("SEC 110 O1", "1.1", Some("1.2"), "can be carried over"),
            row("SEC 110 O2", "2.1", Some("2.1"), "to confirm"),
            row("SEC 210 O1", "1.2", Some("1.3"), "to confirm"),
            row("SEC 210 O1", "1.2", Some("1.4"), "to confirm"),
            row("SEC 210 O2", "2.2", None, "lost"),
        ]
    );
    // By hand. Old: networks 60 in two, firewalls partial (the lower of two words) 15, encryption partial 15; logs 40 in
    // two, both full 40. New: networks 50 in four, firewalls partial 6.25; all confirmed: two partial 12.5, logs 50.
    let program = &change.programs[0];
    assert_eq!(program.before, Some(70.0));
    assert_eq!((program.today, program.carried, program.confirmed), (Some(0.0), Some(6.25), Some(68.75)));
    assert_eq!(program.lost, Some(63.75));
    assert!(!program.begun && program.may_carry && program.locked.is_none());

    carried_and_taken_back(college).await;
    confirmed(college).await;
    memo(college).await;
    catalogue(college).await;
    let audit = college.owner.audit(None).await.unwrap();
    assert!(audit.holds(), "{:?}", audit.broken);
}

async fn carried_and_taken_back(college: &College) {
    let cy = college.owner.by(&person("Cy"));
    let carried = cy.carry_over(OLD, NEW, "Security").await.unwrap();
    assert_eq!((carried.decisions, carried.pairs), (2, 1));
    let program = &college.change().await.programs[0];
    assert_eq!((program.today, program.begun), (Some(6.25), true));

    // Each word is still its reviewer's, on the new words, with its reason and where it comes from.
    let objective = college.owner.find_objective(&carried.crosswalk, "1.2").await.unwrap();
    let filter = ReviewFilter { show: ReviewShow::All, focus: Some(objective), ..ReviewFilter::default() };
    let page = college.owner.review(&carried.crosswalk, &filter).await.unwrap();
    let words: Vec<(String, String, Option<String>)> = page
        .candidates
        .iter()
        .flat_map(|card| &card.decisions)
        .map(|line| (line.person.clone(), line.verdict.clone(), line.reason.clone()))
        .collect();
    let reason = Some("Carried over from Guard G-1, 1.1: seen in the lab".to_owned());
    assert_eq!(
        words,
        [
            ("Ada".to_owned(), "accepted (full)".to_owned(), reason.clone()),
            ("Ben".to_owned(), "accepted (partial)".to_owned(), reason),
        ]
    );
    // The history says who did it.
    let lines = college.owner.history(&HistoryFilter::default()).await.unwrap();
    let line = lines.iter().find(|line| line.summary.contains("carried over from Guard G-1")).unwrap();
    assert_eq!((line.person.as_str(), line.kind.as_str()), ("Cy", "decided"));

    refused(cy.carry_over(OLD, NEW, "Security").await, "no decision is left");
    let back = cy.take_back_carried(OLD, NEW, "Security").await.unwrap();
    assert_eq!(back.decisions, 2);
    assert_eq!(college.change().await.programs[0].today, Some(0.0));
    refused(cy.take_back_carried(OLD, NEW, "Security").await, "nothing that was carried over");
    assert_eq!(cy.carry_over(OLD, NEW, "Security").await.unwrap().decisions, 2, "and it can be carried over again");
    assert_eq!(college.change().await.programs[0].today, Some(6.25));

    // What somebody says on the new words themselves is theirs: nothing is carried over it, or taken back with it.
    college.say("Ben", &carried.crosswalk, ("SEC 110/O1", "1.2"), FULL).await.unwrap();
    assert_eq!(college.change().await.programs[0].today, Some(12.5));
    assert_eq!(cy.take_back_carried(OLD, NEW, "Security").await.unwrap().decisions, 1, "Ada's alone");
    assert_eq!(cy.carry_over(OLD, NEW, "Security").await.unwrap().decisions, 1);
}

async fn confirmed(college: &College) {
    let change = college.change().await;
    let program = &change.programs[0];
    let row = program.rows.iter().find(|row| row.new_name.as_deref() == Some("2.1")).unwrap();
    let request = ConfirmRequest {
        program: program.program.id,
        statement: row.statement,
        old_target: row.old_target,
        new_target: row.new_target.unwrap(),
        verdict: FULL,
    };
    let dee = college.owner.by(&person("Dee"));
    assert_eq!(dee.confirm_row(OLD, NEW, &request).await.unwrap(), StandingWord::Full);
    let change = college.change().await;
    let program = &change.programs[0];
    assert_eq!(program.today, Some(62.5), "12.5 and the logs' 50");
    let row = program.rows.iter().find(|row| row.new_name.as_deref() == Some("2.1")).unwrap();
    assert_eq!((row.state.words(), row.said_by.as_slice()), ("decided", ["Dee".to_owned()].as_slice()));
    // It is Dee's own word and can be taken back as any other.
    dee.undo(&program.new_crosswalk, row.statement, row.new_target.unwrap()).await.unwrap();
    assert_eq!(college.change().await.programs[0].today, Some(12.5));
    // No row leads from the firewalls to the logs.
    let firewall = program.rows.iter().find(|row| row.new_name.as_deref() == Some("1.2")).unwrap();
    let astray = ConfirmRequest { old_target: firewall.old_target, verdict: PARTIAL, ..request.clone() };
    assert!(matches!(dee.confirm_row(OLD, NEW, &astray).await, Err(WorkflowError::NotFound { what: "row", .. })));
    // Nor does one lead anywhere from a pair nobody had a word on.
    let unheard = ConfirmRequest { statement: firewall.statement, ..request.clone() };
    assert!(matches!(dee.confirm_row(OLD, NEW, &unheard).await, Err(WorkflowError::NotFound { what: "row", .. })));
    dee.confirm_row(OLD, NEW, &ConfirmRequest { verdict: Verdict::Rejected, ..request }).await.unwrap();
}

async fn memo(college: &College) {
    let preview = college.owner.change_preview(OLD, NEW).await.unwrap();
    for words in
        ["From Guard G-1 to Guard G-2", "Read and interpret server logs", "SEC 210 Watch", "Send reports by fax"]
    {
        assert!(preview.html.contains(words), "{words} is not in {}", preview.html);
    }
    for (form, beginning) in [
        (ReportForm::Pdf, &b"%PDF-"[..]),
        (ReportForm::Docx, b"PK"),
        (ReportForm::Xlsx, b"PK"),
        (ReportForm::Html, b"<!DOCTYPE"),
    ] {
        let file = college.owner.export_change(OLD, NEW, form).await.unwrap();
        assert!(file.bytes.starts_with(beginning), "{form:?} begins {:?}", &file.bytes[..9]);
        assert!(file.losses.is_empty(), "{:?}", file.losses);
    }
}

async fn catalogue(college: &College) {
    assert!(college.owner.catalogue_changes().await.unwrap().is_empty());
    import(&college.owner, Kind::Outcomes, &OUTCOMES.replace("Read a log", "Read an event log")).await;
    let stale = college.owner.catalogue_changes().await.unwrap();
    let old = stale.iter().find(|one| one.id == college.old).unwrap();
    assert_eq!(old.rows.len(), 1);
    let row = &old.rows[0];
    let marked = |pieces: &[credway_workflow::ChangePiece]| -> Vec<String> {
        pieces.iter().filter(|piece| piece.differs).map(|piece| piece.text.clone()).collect()
    };
    assert_eq!((marked(&row.read), marked(&row.today)), (vec!["a".to_owned()], vec!["an event".to_owned()]));
    assert_eq!(row.objective.code.as_deref(), Some("2.1"));
    // What rests on words that are gone is not carried over.
    let change = college.change().await;
    assert!(rows(&change).iter().any(|row| row.0 == "SEC 110 O2"), "{:?}", rows(&change));
    assert_eq!(change.programs[0].before, Some(50.0), "the reworded outcome's 20 are gone");
}

#[track_caller]
pub(crate) fn refused<T: std::fmt::Debug>(answer: Result<T, WorkflowError>, words: &str) {
    match answer {
        Err(error @ WorkflowError::Refused { .. }) => assert!(error.to_string().contains(words), "{error}"),
        other => panic!("not refused: {other:?}"),
    }
}
