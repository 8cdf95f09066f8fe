//! What every fuzz target does with its bytes, in one place: `cargo fuzz` runs it under libFuzzer, and
//! `crates/workflow/tests/fuzz.rs` replays the corpus and some thousands of mutations on the stable toolchain.
//!
//! Each body must return whatever the bytes are: no panic, every finding has a known code and a sentence, and what is
//! written is read back as the same. Bytes of a packed form (DOCX, XLSX, a backup) may also be given unpacked, so that a
//! change in them gets past the checksums: see [`packed`] and [`signed`].

use std::collections::BTreeSet;
use std::io::{Cursor, Write};

use credway_import::{
    Context, Correction, Kind, Mapping, NoProgress, Reading, SourceFile, codes, guess_in, lines_of, read,
    read_requisite, template,
};
use credway_model::{CourseCode, Requisite, Text};
use credway_workflow::{MetricsRequest, Options, Workbench, curriculum_metrics, finding_codes};
use sha2::{Digest, Sha256};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

/// A target's name and body.
pub type Body = (&'static str, fn(&[u8]));

/// The bodies by the names of their targets.
pub const BODIES: [Body; 14] = [
    ("table", table),
    ("json_table", json_table),
    ("outline", outline),
    ("decode", decode),
    ("workbook", workbook),
    ("pdf", pdf),
    ("docx", docx),
    ("html", html),
    ("requisites", requisites),
    ("mapping", mapping),
    ("place", place),
    ("archive", archive),
    ("course_code", course_code),
    ("curriculum", curriculum),
];

fn every_kind(name: &str, bytes: &[u8]) {
    for kind in Kind::ALL {
        one(kind, name, bytes, None);
    }
}

/// Hypertext and printed documents hold catalogues and outlines.
fn document(name: &str, bytes: &[u8]) {
    one(Kind::Courses, name, bytes, None);
    one(Kind::Blueprint, name, bytes, None);
}

fn one(kind: Kind, name: &str, bytes: &[u8], mapping: Option<&Mapping>) -> Reading {
    let ctid = |last: u32| format!("ce-00000000-0000-4000-8000-{last:012}").parse().expect("an identifier");
    let file = SourceFile::new(name, bytes);
    let reading = read(kind, file, &Context::new(ctid(1), ctid(2)), mapping, &NoProgress);
    for finding in &reading.findings {
        assert!(codes().iter().any(|(code, _)| *code == finding.code), "{} is no known code", finding.code);
        assert!(!finding.message.is_empty() && !finding.hint.is_empty(), "{finding:?}");
        assert!(!finding.message.contains(char::is_control), "{finding:?}");
    }
    for course in &reading.records.courses {
        course.requisites.as_ref().inspect(|tree| reads_itself_back(tree));
    }
    if let Some(finding) = reading.findings.first() {
        let _ = lines_of(&reading.source, Some(&finding.place.to_string()));
    }
    reading
}

fn reads_itself_back(tree: &Requisite) {
    assert_eq!(tree.to_string().parse::<Requisite>().as_ref(), Ok(tree), "{tree} reads itself back");
    let json = serde_json::to_string(tree).expect("a tree can be written");
    assert_eq!(serde_json::from_str::<Requisite>(&json).as_ref().ok(), Some(tree), "{json} reads itself back");
    assert!(!tree.plain().is_empty(), "{tree} in plain words");
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
    one(Kind::Blueprint, "fuzz.txt", bytes, None);
}

/// Bytes of any encoding.
pub fn decode(bytes: &[u8]) {
    one(Kind::Courses, "fuzz", bytes, None);
}

/// A workbook, packed or not.
pub fn workbook(bytes: &[u8]) {
    document("fuzz.xlsx", &packed(bytes));
}

/// A PDF.
pub fn pdf(bytes: &[u8]) {
    document("fuzz.pdf", bytes);
}

/// A DOCX, packed or not.
pub fn docx(bytes: &[u8]) {
    document("fuzz.docx", &packed(bytes));
}

/// Hypertext.
pub fn html(bytes: &[u8]) {
    document("fuzz.html", bytes);
}

/// The parts of an archive, each behind a line `=== NAME`, packed; bytes that begin as an archive as they are.
fn packed(bytes: &[u8]) -> Vec<u8> {
    if bytes.starts_with(b"PK") {
        return bytes.to_vec();
    }
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut open = false;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if let Some(name) = line.strip_prefix(b"=== ") {
            open = out.start_file(String::from_utf8_lossy(name).trim_end(), options).is_ok();
        } else if open {
            out.write_all(line).expect("memory takes everything");
        }
    }
    out.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// Words about requisites, and the one line a requisite is written in.
pub fn requisites(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for corequisite in [false, true] {
        let reading = read_requisite(&text, corequisite);
        if let Some(tree) = &reading.tree {
            reads_itself_back(tree);
            nothing_is_invented(&text, tree);
        }
        if let Some(prose) = &reading.prose {
            assert!(words(&text).is_superset(&words(prose)), "{prose:?} is in {text:?}");
        }
    }
    if let Ok(tree) = text.parse::<Requisite>() {
        reads_itself_back(&tree);
    }
}

/// What a tree quotes stands in the text.
fn nothing_is_invented(text: &str, tree: &Requisite) {
    if let Requisite::Condition { words: quoted, .. } | Requisite::NotUnderstood(quoted) = tree
        && text.is_ascii()
    {
        assert!(letters(text).contains(&letters(quoted.as_str())), "{quoted} is in {text:?}");
    }
    tree.parts().iter().for_each(|part| nothing_is_invented(text, part));
}

fn letters(text: &str) -> String {
    text.replace("&nbsp;", " ").chars().filter(char::is_ascii_alphanumeric).collect()
}

fn words(text: &str) -> BTreeSet<String> {
    let plain = text.replace("&nbsp;", " ");
    let words = plain.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A saved mapping, corrections to it and a table: a line of JSON is a mapping, any other a correction; what follows an
/// empty line is the table, the template where nothing does.
pub fn mapping(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (head, table) = text.split_once("\n\n").unwrap_or((&text, ""));
    let mut mapping = Mapping::empty(Kind::Courses);
    for line in head.lines() {
        if let Ok(read) = serde_json::from_str::<Mapping>(line) {
            mapping = read;
        }
        let _ = mapping.correct(line);
        if let Ok(correction) = Correction::parse(mapping.kind, line) {
            mapping.put_right(correction);
        }
    }
    let json = serde_json::to_string(&mapping).expect("a mapping can be written");
    assert_eq!(serde_json::from_str::<Mapping>(&json).ok().as_ref(), Some(&mapping), "{json} reads itself back");
    let table = if table.is_empty() { template(mapping.kind) } else { table };
    let reading = one(mapping.kind, "fuzz", table.as_bytes(), Some(&mapping));
    if let Some(made) = reading.mapping {
        one(made.kind, "fuzz", table.as_bytes(), Some(&made));
    }
    let file = SourceFile::new("fuzz", table);
    let _ = guess_in(mapping.kind, &file, mapping.sheet.as_deref());
}

/// A place in the words of the first line, looked up in the file behind it.
pub fn place(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (words, file) = (String::from_utf8_lossy(&bytes[..end]), bytes.get(end + 1..).unwrap_or_default());
    let mut source = one(Kind::Organization, "fuzz", file, None).source;
    for name in ["fuzz.txt", "fuzz.html"] {
        source.name = Text::new(name).expect("a name");
        let located = lines_of(&source, Some(&words));
        if let Some((first, last)) = located.marked {
            assert!(1 <= first && first <= last, "{words:?} marks {first} to {last}");
        }
    }
}

/// A backup to restore.
pub fn archive(bytes: &[u8]) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let options = Options { database: "sqlite::memory:".to_owned(), create: true };
        drop(Workbench::restore(&options, &mut signed(bytes).as_slice()).await);
    });
}

/// A backup whose digest is `-` with the right one in its place.
fn signed(bytes: &[u8]) -> Vec<u8> {
    let mark = b"\"sha256\":\"-\"";
    let end = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1);
    let (head, rest) = bytes.split_at(end);
    let Some(at) = head.windows(mark.len()).position(|window| window == mark) else { return bytes.to_vec() };
    let digest: String = Sha256::digest(rest).iter().map(|byte| format!("{byte:02x}")).collect();
    [&head[..at + mark.len() - 2], digest.as_bytes(), &head[at + mark.len() - 1..], rest].concat()
}

/// A course's code.
pub fn course_code(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(code) = text.parse::<CourseCode>() {
        assert_eq!(code.to_string().parse::<CourseCode>(), Ok(code), "a code reads itself back");
    }
}

/// A curriculum or degree plan, measured.
pub fn curriculum(bytes: &[u8]) {
    for quarter in [false, true] {
        let request = MetricsRequest { quarter, major: vec!["BW".to_owned()] };
        let metrics = curriculum_metrics(&SourceFile::new("fuzz.csv", bytes), &request).expect("no defect");
        assert_eq!(metrics.total.is_some(), !metrics.courses.is_empty());
        assert!(metrics.total.is_some() || !metrics.findings.is_empty(), "why there is nothing is said");
        let circle = metrics.findings.iter().any(|finding| finding.code == "curriculum.circle");
        for course in &metrics.courses {
            assert_eq!(course.delay.is_none(), circle, "measured unless there is a circle");
        }
        for finding in &metrics.findings {
            assert!(finding_codes().iter().any(|(code, _)| *code == finding.code), "{} is no known code", finding.code);
            assert!(!finding.message.contains(char::is_control) && !finding.hint.is_empty(), "{finding:?}");
        }
        serde_json::to_string(&metrics).expect("it can be written");
    }
}
