//! Broken files, one fault each: a clear finding comes out, the status is 1, and nothing is written.
//!
//! Here the check itself and the faults of tables and JSON; the faults of records and of bytes have files of their own.

use std::path::Path;

use crate::college::{College, Ran};

/// A broken file of ours.
pub(crate) fn path(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/broken").join(name).display().to_string()
}

/// What must be said about a file.
pub(crate) struct Fault<'a> {
    pub(crate) kind: &'a str,
    pub(crate) file: &'a str,
    pub(crate) code: &'a str,
    pub(crate) place: &'a str,
    /// Words that the sentence must hold.
    pub(crate) says: &'a str,
}

impl<'a> Fault<'a> {
    pub(crate) const fn new(kind: &'a str, file: &'a str, code: &'a str, place: &'a str, says: &'a str) -> Self {
        Self { kind, file, code, place, says }
    }
}

/// Imports the file into a college that has everything else, and makes sure of the finding and of the database.
pub(crate) fn refused(college: &College, file: &str, fault: &Fault<'_>) -> Ran {
    let before = college.digest().expect("the college has a database");
    let ran = college.run(&["--json", "import", fault.kind, file]).ended(1);
    let document = ran.json();
    let findings = document["findings"].as_array().unwrap();
    let about = findings.iter().filter(|finding| finding["code"] == fault.code).collect::<Vec<_>>();
    assert!(!about.is_empty(), "{}: no {} in {document}", fault.file, fault.code);
    let is = |finding: &&&serde_json::Value| {
        finding["place"] == fault.place && finding["message"].as_str().unwrap().contains(fault.says)
    };
    let finding = about.iter().find(is).unwrap_or_else(|| panic!("{}: {about:#?}", fault.file));
    assert_eq!(finding["severity"], "error", "{finding}");
    let name = Path::new(file).file_name().unwrap().to_string_lossy();
    assert_eq!(finding["file"], name.as_ref());
    assert!(finding["message"].as_str().unwrap().ends_with('.'), "a sentence: {finding}");
    assert!(finding["hint"].as_str().unwrap().ends_with('.'), "a hint: {finding}");
    assert!(!ran.out.contains("\\u0007") && !ran.out.contains("\\u001b"), "no control character is passed on");
    assert_eq!(document["written"], false);
    assert_eq!(document["changes"], serde_json::json!([]));
    assert_eq!(college.digest().as_ref(), Some(&before), "{}: something was written", fault.file);
    ran
}

/// As [`refused`], for several of our broken files.
pub(crate) fn all_refused(faults: &[Fault<'_>]) {
    let college = College::begun();
    for fault in faults {
        refused(&college, &path(fault.file), fault);
    }
}

#[test]
fn tables_that_cannot_be_read() {
    all_refused(&[
        Fault::new("courses", "only-a-head.csv", "table.no-rows", "whole file", "no rows"),
        Fault::new("courses", "unclosed-quote.csv", "table.unreadable", "line 2", "never closed"),
        Fault::new("courses", "rows-too-long.csv", "table.ragged-row", "row 2", "4 cells, the head has 3"),
        Fault::new("courses", "no-code-column.csv", "mapping.missing", "whole file", "“code”"),
    ]);
}

#[test]
fn json_that_cannot_be_read() {
    all_refused(&[
        Fault::new("courses", "truncated.json", "json.truncated", "line 3, column 27", "before it is complete"),
        Fault::new("courses", "wrong-shape.json", "json.shape", "pointer /1", "not an object"),
        Fault::new("courses", "scalar.json", "json.shape", "whole file", "not a list of objects"),
    ]);
}

#[test]
fn texts_that_are_not_taken() {
    all_refused(&[
        Fault::new("courses", "formula.csv", "text.formula", "row 2, column “title”", "formula"),
        Fault::new("courses", "markup.csv", "text.markup", "row 2, column “title”", "HTML"),
        Fault::new("courses", "control.csv", "text.control", "row 2, column “title”", "U+0007"),
    ]);
}

/// The words a person reads about a few of them, in full.
#[test]
fn findings_read_well() {
    let college = College::begun();
    let files = [
        ("blueprint", "weights-97.csv"),
        ("courses", "requisite-circle.csv"),
        ("courses", "rows-too-long.csv"),
        ("decisions", "decisions-astray.csv"),
    ];
    let mut shown = String::new();
    for (kind, file) in files {
        let ran = college.run_with(&["import", kind, &path(file)], &[("COLUMNS", "80")]).ended(1);
        shown.push_str(&ran.out);
        shown.push_str(&ran.talk);
    }
    insta::assert_snapshot!(shown);
}
