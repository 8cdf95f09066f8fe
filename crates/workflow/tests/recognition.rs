//! Scanned pages: without `--ocr` they are refused; with it an outside program's text is read and said to be recognised.
//!
//! The program is a script of this test, which copies a document that has text.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use credway_import::NoProgress;
use credway_model::{Person, Severity, Text};
use credway_workflow::{ImportAnswer, ImportRequest, Kind, Ocr, Options, SourceFile, Workbench};

/// A PDF of one page with a grey square and no letter.
fn scan() -> Vec<u8> {
    let picture = "0.5 g 100 100 300 300 re f";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{picture}\nendstream", picture.len()),
    ];
    let mut pdf = String::from("%PDF-1.4\n");
    let mut table = String::from("0000000000 65535 f \n");
    for (number, object) in (1..).zip(&objects) {
        table.push_str(&format!("{:010} 00000 n \n", pdf.len()));
        pdf.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let at = pdf.len();
    pdf.push_str(&format!("xref\n0 5\n{table}trailer << /Size 5 /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n"));
    pdf.into_bytes()
}

fn script(folder: &Path, body: &str) -> String {
    let path = folder.join("recognise");
    std::fs::write(&path, format!("#!/bin/sh\nfor last in \"$@\"; do :; done\n{body}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Imports the scan as a catalogue with this program.
async fn imported(folder: &Path, ocr: Option<Ocr>) -> (Workbench, ImportAnswer) {
    let database = format!("sqlite:{}", folder.join("scans.db").display());
    let workbench = Workbench::open(&Options { database, create: true }).await.unwrap().with_ocr(ocr);
    let request = ImportRequest {
        kind: Kind::Courses,
        file: SourceFile::new("scan.pdf", scan()),
        mapping: None,
        organization: None,
        into: None,
        accept: Vec::new(),
        reason: None,
    };
    let answer = workbench.by(&Person(Text::new("Ada Ramos").unwrap())).import(&request, &NoProgress).await.unwrap();
    (workbench, answer)
}

fn codes(answer: &ImportAnswer) -> Vec<&str> {
    answer.findings.iter().map(|finding| finding.code.as_str()).collect()
}

#[tokio::test]
async fn recognised_text_is_read_with_its_pages_and_said_to_be_recognised() {
    let folder = tempfile::tempdir().unwrap();
    let (_, without) = imported(folder.path(), None).await;
    assert_eq!(codes(&without), ["document.scan"]);

    let document: PathBuf =
        [env!("CARGO_MANIFEST_DIR"), "../../fixtures/documents/lantern-bay-table.pdf"].iter().collect();
    // What the tests' own environment says must not be there, and the folder must go.
    let body = format!(
        "[ -z \"$CARGO_MANIFEST_DIR\" ] || exit 9\npwd > \"$0.where\"\n[ -f input.pdf ] && cp '{}' \"$last\"",
        document.canonicalize().unwrap().display()
    );
    let program = script(folder.path(), &body);
    let (workbench, answer) = imported(folder.path(), Some(Ocr::find(&program).unwrap())).await;
    assert!(answer.written, "{:?}", answer.findings);
    let first = &answer.findings[0];
    assert_eq!((first.code.as_str(), first.severity), ("document.ocr", Severity::Warning));
    assert!(first.message.contains("recognise"), "{}", first.message);
    let page = workbench.course(&answer.ids[0].to_string()).await.unwrap();
    let (_, file, place) = page.source.unwrap();
    assert!(file == "scan.pdf" && place.starts_with("page 1"), "{file}: {place}");
    let private = std::fs::read_to_string(format!("{program}.where")).unwrap();
    assert!(private.contains("credway-ocr-") && !Path::new(private.trim()).exists(), "{private}");
}

#[tokio::test]
async fn a_program_that_fails_or_does_not_end_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let program = script(folder.path(), "echo 'no such language' >&2\nexit 3");
    let (_, answer) = imported(folder.path(), Some(Ocr::find(&program).unwrap())).await;
    assert_eq!(codes(&answer), ["document.scan", "document.ocr-failed"]);
    assert!(answer.findings[1].message.contains("no such language"), "{}", answer.findings[1].message);

    let program = script(folder.path(), "sleep 60 & wait");
    let started = Instant::now();
    let ocr = Ocr::find(&program).unwrap().within(Duration::from_millis(200));
    let (_, answer) = imported(folder.path(), Some(ocr)).await;
    assert!(started.elapsed() < Duration::from_secs(30));
    assert!(answer.findings[1].message.contains("was not done"), "{}", answer.findings[1].message);
}

#[test]
fn a_program_that_is_not_there_is_said_at_once() {
    for name in ["no-such-program-anywhere", "/no/such/program"] {
        let said = Ocr::find(name).unwrap_err().to_string();
        assert!(said.contains(name) && said.contains("CREDWAY_OCR"), "{said}");
    }
}
