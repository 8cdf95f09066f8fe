//! What every fuzz target does with its bytes, in one place: `cargo fuzz` runs it under libFuzzer, and
//! `crates/workflow/tests/fuzz.rs` replays the corpus and some thousands of mutations on the stable toolchain.
//!
//! Each body must return whatever the bytes are: no panic, and every finding has a known code and a sentence. Places for
//! more: `pdf`, `docx`, `html`, `requisites`.

use credway_import::{Context, Kind, NoProgress, SourceFile, codes, lines_of, read};
use credway_model::CourseCode;
use credway_workflow::{Options, Workbench};

/// A target's name and body.
pub type Body = (&'static str, fn(&[u8]));

/// The bodies by the names of their targets.
pub const BODIES: [Body; 7] = [
    ("table", table),
    ("json_table", json_table),
    ("outline", outline),
    ("decode", decode),
    ("workbook", workbook),
    ("archive", archive),
    ("course_code", course_code),
];

fn every_kind(name: &str, bytes: &[u8]) {
    for kind in Kind::ALL {
        one(kind, name, bytes);
    }
}

fn one(kind: Kind, name: &str, bytes: &[u8]) {
    let ctid = |last: u32| format!("ce-00000000-0000-4000-8000-{last:012}").parse().expect("an identifier");
    let file = SourceFile::new(name.to_owned(), bytes.to_vec());
    let reading = read(kind, file, &Context::new(ctid(1), ctid(2)), None, &NoProgress);
    for finding in &reading.findings {
        assert!(codes().iter().any(|(code, _)| *code == finding.code), "{} is no known code", finding.code);
        assert!(!finding.message.is_empty() && !finding.hint.is_empty(), "{finding:?}");
        assert!(!finding.message.contains(char::is_control), "{finding:?}");
    }
    if let Some(finding) = reading.findings.first() {
        let _ = lines_of(&reading.source, Some(&finding.place.to_string()));
    }
}

/// Delimited text as every kind.
pub fn table(bytes: &[u8]) {
    every_kind("fuzz.csv", bytes);
}

/// JSON as every kind.
pub fn json_table(bytes: &[u8]) {
    every_kind("fuzz.json", bytes);
}

/// A pasted outline.
pub fn outline(bytes: &[u8]) {
    one(Kind::Blueprint, "fuzz.txt", bytes);
}

/// Bytes of any encoding.
pub fn decode(bytes: &[u8]) {
    one(Kind::Courses, "fuzz", bytes);
}

/// A workbook.
pub fn workbook(bytes: &[u8]) {
    one(Kind::Courses, "fuzz.xlsx", bytes);
    one(Kind::Blueprint, "fuzz.xlsx", bytes);
}

/// A backup to restore.
pub fn archive(bytes: &[u8]) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let options = Options { database: "sqlite::memory:".to_owned(), create: true };
        drop(Workbench::restore(&options, &mut { bytes }).await);
    });
}

/// A course's code.
pub fn course_code(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(code) = text.parse::<CourseCode>() {
        assert_eq!(code.to_string().parse::<CourseCode>(), Ok(code), "a code reads itself back");
    }
}
