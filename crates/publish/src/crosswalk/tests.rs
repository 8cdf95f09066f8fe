//! One report, read again from each of its files.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use credway_model::{
    Decision, OutcomeLevel, Person, Probability, Standing, Strength, Text, Verdict, WeightRange, standing,
};

use super::*;
use crate::{PublishError, unguard_cell};

fn decision(person: &str, verdict: Verdict, reason: Option<&str>) -> Decision {
    Decision {
        statement: "ce-00000000-0000-4000-8000-000000000001".parse().unwrap(),
        target: "ce-00000000-0000-4000-8000-000000000002".parse().unwrap(),
        person: Person(Text::new(person).unwrap()),
        verdict,
        level: None,
        reason: reason.map(|reason| Text::new(reason).unwrap()),
        at: "2026-11-20T14:05:09Z".parse().unwrap(),
        settles: false,
        undoes: false,
        judged: credway_model::Judged {
            statement: Text::new("Read a tide table").unwrap(),
            target: Text::new("Tides").unwrap(),
        },
    }
}

fn row(objective: usize, course: usize, statement: &str, decisions: Vec<Decision>) -> CrosswalkRow {
    CrosswalkRow {
        objective,
        course,
        outcome_code: Some("O1".to_owned()),
        statement: statement.to_owned(),
        standing: standing(&decisions),
        level: Some(OutcomeLevel::Reinforced),
        assessed_by: None,
        probability: Probability::new(0.625).ok(),
        suggested: true,
        proposed_by: Some("default 1".to_owned()),
        evidence: vec![("quick".to_owned(), "quickly".to_owned())],
        decisions,
    }
}

fn domain(title: &str, weight: &str, coverage: f64) -> DomainCoverage {
    let published = WeightRange::exactly(weight.parse().unwrap());
    let (code, weight) = (None, Some(published.middle()));
    DomainCoverage {
        code,
        title: title.to_owned(),
        weight_published: Some(published),
        weight,
        coverage,
        assessed_coverage: 0.0,
    }
}

pub(crate) fn report() -> CrosswalkReport {
    let objective = |domain, code: &str, text: &str, nesting| ReportObjective {
        domain,
        code: (!code.is_empty()).then(|| code.to_owned()),
        text: text.to_owned(),
        nesting,
    };
    let course = |code: &str, title: &str| ReportCourse { code: code.to_owned(), title: title.to_owned() };
    let full = Verdict::Accepted(Strength::Full);
    let words = vec![decision("Dana Okafor", full, Some("Taught & tested.")), decision("Luis Treviño", full, None)];
    let against = vec![decision("Dana Okafor", full, None), decision("@Eve", Verdict::Rejected, Some("=1+1"))];
    CrosswalkReport {
        institution: None,
        program: "Harbor Work AAS & Certificate".to_owned(),
        blueprint: "Harbor Pilot HP-2".to_owned(),
        effective: Some("2026-01-06".parse().unwrap()),
        retires: None,
        generated: "2026-11-23".parse().unwrap(),
        engine: "test engine 1".to_owned(),
        total: Some(26.25),
        total_assessed: Some(0.0),
        weighting: "Weights as published.".to_owned(),
        formula: "Coverage = what counts ÷ all.".to_owned(),
        domains: vec![domain("Tides", "26.25", 100.0), domain("Signals, lights", "73.75", 0.0)],
        objectives: vec![
            objective(0, "1.1", "Read a tide table.", 0),
            objective(1, "2.1", "=HYPERLINK(\"http://example.invalid\",\"x\")", 0),
            objective(1, "", "Name \"quick\" lights.", 1),
        ],
        courses: vec![course("TIDE 1301", "Tides"), course("TIDE 1302", "+Signals")],
        rows: vec![
            row(0, 0, "Predict high water.", words),
            row(1, 1, "-2 degrees of leeway", against),
            CrosswalkRow { level: None, outcome_code: None, ..row(2, 0, "Course description.", vec![]) },
            CrosswalkRow {
                probability: None,
                suggested: false,
                proposed_by: None,
                evidence: Vec::new(),
                ..row(2, 1, "No", vec![decision("Ada", Verdict::Rejected, None)])
            },
        ],
        gaps: vec![
            Gap { objective: 1, lost: Some(36.875), score: 0.0 },
            Gap { objective: 2, lost: Some(36.875), score: 0.0 },
        ],
    }
}

fn sheet(bytes: &[u8], name: &str) -> (Range<Data>, Range<String>) {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    (book.worksheet_range(name).unwrap(), book.worksheet_formula(name).unwrap())
}

fn words(range: &Range<Data>, row: u32) -> Vec<String> {
    let width = u32::try_from(range.width()).unwrap();
    (0..width).map(|column| range.get_value((row, column)).map(ToString::to_string).unwrap_or_default()).collect()
}

#[test]
fn the_workbook_shows_the_report_and_runs_nothing() {
    let bytes = crosswalk_xlsx(&report()).unwrap();
    let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    assert_eq!(book.sheet_names(), ["Summary", "Domains", "By objective", "Matrix", "Alignments", "Gaps", "Decisions"]);
    for name in book.sheet_names() {
        assert!(sheet(&bytes, &name).1.is_empty(), "{name} holds a formula");
    }
    let matrix = sheet(&bytes, "Matrix").0;
    assert_eq!(words(&matrix, 0), ["Domain", "Number", "Objective", "TIDE 1301 Tides", "TIDE 1302 +Signals"]);
    assert_eq!(words(&matrix, 1)[3..], ["full, reinforced", ""]);
    assert_eq!(words(&matrix, 2)[2..], ["=HYPERLINK(\"http://example.invalid\",\"x\")", "", "disputed"]);
    assert_eq!(words(&matrix, 3)[2..], ["\u{2003}Name \"quick\" lights.", "suggested", ""]);
    let alignments = sheet(&bytes, "Alignments").0;
    assert_eq!(alignments.height(), 5);
    assert_eq!(alignments.get_value((1, 12)), Some(&Data::Float(0.625)));
    assert_eq!(words(&alignments, 2)[7..10], ["-2 degrees of leeway", "disputed", ""]);
    assert_eq!(words(&alignments, 2)[13], "Dana Okafor: accepted full; @Eve: rejected (=1+1)");
    let summary = sheet(&bytes, "Summary").0;
    assert_eq!(words(&summary, 5)[..2], ["Covered, of the exam’s weight", "26.2\u{a0}% [2]"]);
    assert_eq!(words(&sheet(&bytes, "Gaps").0, 1)[3..], ["not at all", "36.875"]);
    let decisions = sheet(&bytes, "Decisions").0;
    assert_eq!(decisions.height(), 6);
    assert_eq!(words(&decisions, 1)[..3], ["2026-11-20 14:05:09", "Dana Okafor", "accepted full"]);
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    assert_eq!(crosswalk_xlsx(&report()).unwrap(), crosswalk_xlsx(&report()).unwrap());
}

#[test]
fn no_cell_of_the_csv_runs_as_a_formula() {
    let report = report();
    let file = crosswalk_csv(&report).unwrap();
    let mut reader = ::csv::Reader::from_reader(file.bytes.as_slice());
    assert_eq!(reader.headers().unwrap(), CROSSWALK_COLUMNS.to_vec());
    let rows: Vec<::csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    assert_eq!(rows.len(), report.rows.len());
    for cell in rows.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
    }
    assert_eq!(unguard_cell(&rows[1][3]), report.objectives[1].text);
    assert_eq!(unguard_cell(&rows[1][7]), report.rows[1].statement);
    insta::assert_snapshot!(String::from_utf8(file.bytes).unwrap());
}

#[test]
fn json_says_everything() {
    insta::assert_snapshot!(serde_json::to_string_pretty(&crosswalk_json(&report()).unwrap()).unwrap());
}

#[test]
fn the_level_a_reviewer_sets_goes_before_the_source() {
    let mut report = report();
    report.rows[0].standing = Standing::Accepted {
        strength: Strength::Partial,
        level: Some(OutcomeLevel::Mastered),
        strengths_differ: false,
    };
    let matrix = sheet(&crosswalk_xlsx(&report).unwrap(), "Matrix").0;
    assert_eq!(words(&matrix, 1)[3], "partial, mastered");
}

#[test]
fn a_row_that_points_nowhere_is_an_error() {
    let mut wrong = report();
    wrong.rows[0].course = 7;
    assert!(matches!(crosswalk_xlsx(&wrong), Err(PublishError::Dangling { what: "course", number: 7, length: 2 })));
    assert!(crosswalk_csv(&wrong).is_err() && crosswalk_json(&wrong).is_err());
    let mut wrong = report();
    wrong.objectives[1].domain = 2;
    assert!(matches!(crosswalk_xlsx(&wrong), Err(PublishError::Dangling { what: "domain", .. })));
}
