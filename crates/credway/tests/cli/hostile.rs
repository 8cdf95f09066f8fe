//! Files made to harm, run through the real binary: each gives a clear finding, writes nothing, and takes less memory
//! than a small machine has. The files themselves are built in `hostile_files`.
//!
//! To change what is expected of a file when more formats are read, change its line in the table.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::college::{College, program};
use crate::hostile_files as made;

/// Memory a file may take, in KiB.
const MOST_MEMORY: u64 = 300 << 10;
/// After this the program counts as hanging; no file takes a tenth of it.
const PATIENCE: Duration = Duration::from_secs(120);

type Hostile = (&'static str, fn() -> Vec<u8>, &'static str);

/// Name, content, and the code of the error that must be found.
const FILES: [Hostile; 51] = [
    ("zip-bomb.xlsx", made::zip_bomb, "file.refused"),
    ("zip-bomb-of-many.xlsx", made::many_large, "file.refused"),
    ("nested-bomb.xlsx", made::nested_bomb, "file.refused"),
    ("lying-length.xlsx", made::lying_length, "file.damaged"),
    ("many-entries.xlsx", made::many_entries, "file.refused"),
    ("xml-bomb.xlsx", || made::xml_bomb("xl/sharedStrings.xml"), "file.refused"),
    ("xml-bomb.docx", || made::xml_bomb("word/document.xml"), "document.too-large"),
    ("external-entity.xlsx", || made::external_entity("xl/workbook.xml"), "file.refused"),
    ("external-entity.docx", || made::external_entity("word/document.xml"), "document.too-large"),
    ("xml-depth.xlsx", || made::deep_xml("xl/worksheets/sheet1.xml"), "file.refused"),
    ("xml-depth.docx", || made::deep_xml("word/document.xml"), "document.too-large"),
    ("xml-cut.xlsx", made::cut_xml, "file.damaged"),
    ("upwards.xlsx", || made::named("../../../etc/cron.d/x"), "file.refused"),
    ("upwards-backslash.xlsx", || made::named("..\\..\\x"), "file.refused"),
    ("absolute.xlsx", || made::named("/etc/passwd"), "file.refused"),
    ("drive.xlsx", || made::named("C:\\x"), "file.refused"),
    ("twice.xlsx", made::twice, "file.refused"),
    ("encrypted.xlsx", made::encrypted_entry, "file.encrypted"),
    ("password.xlsx", made::compound, "file.binary"),
    ("old.xls", made::compound, "file.binary"),
    ("cut.xlsx", made::cut_workbook, "file.damaged"),
    ("only-a-mark.xlsx", || b"PK\x03\x04".to_vec(), "file.damaged"),
    ("empty-archive.xlsx", made::empty_archive, "file.binary"),
    ("text-document.docx", made::text_document, "document.scan"),
    ("open-document.ods", made::open_document, "file.binary"),
    ("large-cells.xlsx", made::large_cells, "text.too-long"),
    ("formulas.xlsx", made::formula_cells, "text.formula"),
    ("markup.xlsx", made::markup_cells, "text.markup"),
    ("million-columns.xlsx", made::million_columns, "file.refused"),
    ("far-cell.xlsx", || made::sheet(r#"<row r="1"><c r="ZZZZZZZZZ99999999999"><v>1</v></c></row>"#), "file.refused"),
    ("backward-area.xlsx", || made::sheet(r#"<row r="1"/><f ref="C9:A1"/>"#), "file.refused"),
    ("string-not-there.xlsx", || made::sheet(r#"<row r="1"><c r="A1" t="s"><v>99</v></c></row>"#), "file.damaged"),
    ("many-cells.xlsx", made::many_cells, "file."),
    ("script.html", made::script_page, "catalogue.no-course"),
    ("script.csv", made::script_table, "text.markup"),
    ("depth.json", made::deep_json, "json.invalid"),
    ("depth-of-objects.json", made::deep_objects, "json.invalid"),
    ("long-number.json", made::long_number, "number.invalid"),
    ("garbage.pdf", made::garbage, "document.damaged"),
    ("cut.pdf", made::cut_pdf, "document.damaged"),
    ("page-loop.pdf", made::page_loop, "document.damaged"),
    ("stream-loop.pdf", made::stream_loop, "document.damaged"),
    ("flate-bomb.pdf", made::flate_bomb, "document.damaged"),
    ("pieces.pdf", made::many_pieces, "document.damaged"),
    ("pages.pdf", made::many_pages, "document.too-large"),
    ("encrypted.pdf", made::encrypted_pdf, "document.encrypted"),
    ("javascript.pdf", made::script_pdf, "document.damaged"),
    ("large.txt", made::large_text, "file.too-large"),
    ("long-line.csv", made::long_line, "table.no-rows"),
    ("many-columns.csv", made::many_columns, "mapping.missing"),
    ("nul.csv", || b"code,title\n\0\0\0\n".to_vec(), "file.binary"),
];

/// The most memory a child had, read as long as it lives; the child is ended when it hangs.
fn watched(child: &mut Child, name: &str) -> u64 {
    let (begun, mut most) = (Instant::now(), 0);
    while child.try_wait().unwrap().is_none() {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        most = most.max(now.unwrap_or(0));
        if begun.elapsed() > PATIENCE {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("{name}: it hangs");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    most
}

#[test]
fn no_file_harms() {
    let college = College::begun();
    let before = college.digest();
    let (mut wrong, mut most) = (Vec::new(), (0, ""));
    for (name, content, code) in FILES {
        college.file(name, content());
        // Only texts and PDFs are read in another way as a blueprint.
        let kinds: &[&str] = if name.ends_with(".xlsx") { &["courses"] } else { &["courses", "blueprint"] };
        for kind in kinds.iter().copied() {
            let mut command = program(&college.path(""));
            command.args(["--json", "import", kind, name]);
            let out = std::fs::File::create(college.path("answer.json")).unwrap();
            let talk = std::fs::File::create(college.path("talk.txt")).unwrap();
            let mut child = command.stdin(Stdio::null()).stdout(out).stderr(talk).spawn().unwrap();
            let memory = watched(&mut child, name);
            let status = child.wait().unwrap();
            if memory > most.0 {
                most = (memory, name);
            }
            let answer = std::fs::read(college.path("answer.json")).unwrap();
            let talk = std::fs::read_to_string(college.path("talk.txt")).unwrap();
            let document: Value = serde_json::from_slice(&answer).unwrap_or_default();
            let findings = document["findings"].as_array().cloned().unwrap_or_default();
            let errors = findings.iter().filter(|finding| finding["severity"] == "error");
            let codes: Vec<&str> = errors.filter_map(|finding| finding["code"].as_str()).collect();
            // A mapping is asked for before texts are looked at, so the code is that of the courses.
            let found = kind == "blueprint" || codes.iter().any(|found| found.starts_with(code));
            let clear =
                findings.iter().all(|finding| finding["message"].as_str().is_some_and(|words| words.ends_with('.')));
            let panicked = talk.contains("panicked") || status.code().is_none();
            if status.code() != Some(1)
                || !found
                || !clear
                || panicked
                || memory > MOST_MEMORY
                || answer.len() > 1 << 20
            {
                wrong.push(format!("{name} as {kind}: {status}, {memory} KiB, {codes:?} for {code}: {talk:.300}"));
            }
        }
        std::fs::remove_file(college.path(name)).unwrap();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(college.digest(), before, "something was written");
    assert!(most.0 > 0, "the memory was measured: {most:?}");
}
