//! Broken bytes: encodings, files that are no text, files that are not there, databases that are none.

use crate::broken::{Fault, refused};
use crate::college::College;

const ROWS: &str = "code,title\nHARB 1301,Café am Kai\n";

#[test]
fn bytes_of_two_encodings_are_refused() {
    let college = College::begun();
    let mut bytes = ROWS.as_bytes().to_vec();
    bytes.extend_from_slice(b"HARB 1302,Na\xefve \xff\xfe lines\n");
    let file = college.file("mixed.csv", bytes);
    refused(&college, file, &Fault::new("courses", file, "file.encoding", "line 3", "0xef"));
}

#[test]
fn broken_utf_16_is_refused() {
    let college = College::begun();
    // A lone low surrogate after the mark.
    let file = college.file("broken.csv", b"\xff\xfec\0o\0d\0e\0\x00\xdc\n\0");
    refused(&college, file, &Fault::new("courses", file, "file.encoding", "whole file", "UTF-16LE"));
}

#[test]
fn windows_1252_is_read_right_with_a_note() {
    let college = College::begun();
    college.file("old.csv", b"code,title\nHARB 1301,Caf\xe9 am Kai \x96 f\xfcr Matrosen\n");
    let document = college.json(&["import", "courses", "old.csv"], 0);
    assert_eq!(document["findings"][0]["code"], "file.encoding-guessed");
    assert_eq!(document["findings"][0]["severity"], "note");
    assert_eq!(title(&college), "Café am Kai – für Matrosen");
}

#[test]
fn utf_16_with_its_mark_is_read_right() {
    for big in [false, true] {
        let college = College::begun();
        let unit = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        let bytes: Vec<u8> = std::iter::once(0xfeff).chain(ROWS.encode_utf16()).flat_map(unit).collect();
        college.file("sixteen.csv", bytes);
        let document = college.json(&["import", "courses", "sixteen.csv"], 0);
        assert_eq!(document["findings"], serde_json::json!([]));
        assert_eq!(title(&college), "Café am Kai");
    }
}

fn title(college: &College) -> String {
    college.json(&["list", "courses", "--search", "HARB"], 0)[0]["course"]["title"].as_str().unwrap().to_owned()
}

#[test]
fn files_that_are_no_text() {
    let college = College::begun();
    let binaries: [(&str, &[u8], &str, &str); 4] = [
        (
            "outline.pdf",
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
            "document.damaged",
            "cannot be read",
        ),
        ("courses.xlsx", b"PK\x03\x04\x14\x00\x06\x00\x08\x00", "file.damaged", "cannot be read"),
        ("courses.csv", b"PK\x03\x04short", "file.damaged", "cannot be read"),
        ("unmarked.csv", b"c\0o\0d\0e\0,\0t\0i\0t\0l\0e\0\n\0", "file.binary", "NUL"),
    ];
    for (name, bytes, code, says) in binaries {
        let file = college.file(name, bytes);
        for kind in ["courses", "blueprint"] {
            refused(&college, file, &Fault::new(kind, file, code, "whole file", says));
        }
    }
}

#[test]
fn empty_files() {
    let college = College::begun();
    for (name, bytes) in [("empty.csv", ""), ("blank.csv", " \n\t\n"), ("empty.json", "")] {
        let file = college.file(name, bytes);
        for kind in ["courses", "blueprint"] {
            refused(&college, file, &Fault::new(kind, file, "file.empty", "whole file", "empty"));
        }
    }
}

#[test]
fn a_cell_of_a_million_letters() {
    let college = College::begun();
    let text = format!("code,title,description\nHARB 1301,Mooring,\"{}\"\n", "rope ".repeat(200_000));
    let file = college.file("huge.csv", text);
    let place = "row 2, column “description”";
    let ran = refused(&college, file, &Fault::new("courses", file, "text.too-long", place, "at most 20000"));
    assert!(ran.out.len() < 5_000, "the cell itself is not repeated");
}

#[test]
fn a_finding_cannot_command_the_terminal() {
    let college = College::begun();
    college.file("heads.csv", "Room\u{1b}[31m,\u{7}Teacher\n101,Ada\n");
    let ran = college.run(&["import", "courses", "heads.csv"]).ended(1);
    assert!(!ran.talk.contains(['\u{1b}', '\u{7}']), "{}", ran.talk);
}

#[test]
fn files_that_are_not_there() {
    let college = College::begun();
    let before = college.digest();
    std::fs::create_dir(college.path("folder")).unwrap();
    for (name, says) in [("nowhere.csv", "there is no file nowhere.csv"), ("folder", "folder is a folder")] {
        let good = college.file("good.csv", ROWS);
        let ran = college.run(&["import", "courses", good, name]).ended(2);
        assert!(ran.talk.contains(says), "{}", ran.talk);
    }
    assert_eq!(college.digest(), before, "nor is the file beside it written");
}

#[test]
fn a_failed_command_makes_no_database() {
    let college = College::empty();
    college.run(&["import", "courses", "nowhere.csv"]).ended(2);
    let ran = college.run(&["list", "courses"]).ended(2);
    assert!(ran.talk.contains("credway new NAME"), "the way out is named: {}", ran.talk);
    assert!(college.files().is_empty(), "{:?}", college.files());
}

#[test]
fn databases_that_are_none() {
    let college = College::empty();
    college.file("text.db", "This is a letter, not a database, however long it may be.\n".repeat(100));
    let before = std::fs::read(college.path("text.db")).unwrap();
    for words in
        [&["list", "courses"][..], &["new", "Harbor College"], &["doctor"], &["serve", "--address", "127.0.0.1:0"]]
    {
        let ran = college.run(&[&["--db", "sqlite:text.db"], words].concat()).ended(2);
        assert!(ran.talk.contains("text.db cannot be opened"), "{}", ran.talk);
        assert_eq!(ran.talk.matches("file is not a database").count(), 1, "said once: {}", ran.talk);
    }
    assert_eq!(std::fs::read(college.path("text.db")).unwrap(), before);
    for address in ["text.db", "mysql://ada:secret@host/x", "sqlite:"] {
        let ran = college.run(&["--db", address, "list", "courses"]).ended(2);
        assert!(ran.talk.contains("sqlite:") && !ran.talk.contains("secret"), "{}", ran.talk);
    }
}
