//! Workbooks as colleges write them, made here cell by cell, and what must be read from them. Expected words are what the
//! program that shows the workbook shows.

use std::io::{Cursor, Write};

use credway_documents::{
    Area, CellFault, Limits, Refusal, Sheet, Workbook, WorkbookError, check_archive, read_workbook,
};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook as Made, XlsxError};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn made(build: impl FnOnce(&mut Made) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut workbook = Made::new();
    build(&mut workbook).unwrap();
    workbook.save_to_buffer().unwrap()
}

fn read(bytes: &[u8]) -> Workbook {
    read_workbook(bytes, &Limits::USUAL).unwrap()
}

fn row(sheet: &Sheet, number: u32) -> Vec<&str> {
    sheet.rows[&number].values().map(String::as_str).collect()
}

#[test]
fn cells_are_what_is_shown() {
    let bytes = made(|book| {
        let sheet = book.add_worksheet();
        let as_format = |code: &str| Format::new().set_num_format(code);
        sheet.write(0, 0, 3)?.write(0, 1, 0.1)?.write(0, 2, 0.1 + 0.2)?.write(0, 3, "007")?.write(0, 4, true)?;
        sheet.write_with_format(1, 0, 0.07, &as_format("0%"))?;
        sheet.write_with_format(1, 1, 0.125, &as_format("0.0%"))?;
        sheet.write_with_format(1, 2, 1.03, &as_format("00.0000"))?;
        sheet.write_with_format(1, 3, 7, &as_format("000"))?;
        let day = ExcelDateTime::from_ymd(2026, 3, 2)?;
        sheet.write_with_format(2, 0, &day, &as_format("d mmm yyyy"))?;
        sheet.write_with_format(2, 1, &day.and_hms(14, 30, 0)?, &as_format("yyyy-mm-dd hh:mm"))?;
        sheet.write_with_format(2, 2, &ExcelDateTime::from_hms(9, 5, 0)?, &as_format("hh:mm"))?;
        sheet.write(3, 0, Formula::new("=1+2").set_result("3"))?;
        sheet.write(3, 1, Formula::new("=UPPER(\"a\")").set_result("A"))?;
        sheet.write(3, 2, Formula::new("=#REF!").set_result("#REF!"))?;
        sheet.write(3, 3, "   ")?.write(3, 4, "two\nlines")?;
        Ok(())
    });
    let book = read(&bytes);
    let sheet = &book.sheets[0];
    assert_eq!(row(sheet, 1), ["3", "0.1", "0.3", "007", "true"]);
    assert_eq!(row(sheet, 2), ["7%", "12.5%", "01.0300", "007"]);
    assert_eq!(row(sheet, 3), ["2026-03-02", "2026-03-02T14:30:00", "09:05:00"]);
    assert_eq!(row(sheet, 4), ["3", "A", "two\nlines"]);
    assert_eq!(sheet.faults, [CellFault { row: 4, column: 2, shows: Some("#REF!".to_owned()) }]);
}

#[test]
fn merged_cells_repeat_downwards_and_hidden_sheets_are_marked() {
    let bytes = made(|book| {
        let centre = Format::new();
        let sheet = book.add_worksheet().set_name("Plan")?;
        sheet.merge_range(0, 1, 0, 2, "Hours", &centre)?;
        sheet.merge_range(2, 0, 4, 0, "Cybersecurity", &centre)?;
        sheet.write(2, 1, "ITSY 1300")?.write(3, 1, "ITSY 2301")?.write(7, 1, "last")?;
        book.add_worksheet().set_name("Old")?.set_hidden(true).write(0, 0, "x")?;
        book.add_worksheet().set_name("Empty")?;
        Ok(())
    });
    let book = read(&bytes);
    let [plan, old, empty] = &book.sheets[..] else { panic!("{book:?}") };
    assert_eq!(row(plan, 3), ["Cybersecurity", "ITSY 1300"]);
    assert_eq!(row(plan, 4), ["Cybersecurity", "ITSY 2301"]);
    assert!(!plan.rows.contains_key(&5), "nothing else stands there");
    assert_eq!(
        plan.merged,
        [Area { top: 1, bottom: 1, left: 1, right: 2 }, Area { top: 3, bottom: 5, left: 0, right: 0 }]
    );
    assert!(!plan.hidden && old.hidden && empty.rows.is_empty());
}

/// Parts of a workbook written by hand, for what no program writes.
fn by_hand(sheet: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts: Vec<(&str, Vec<u8>)> = vec![
        ("[Content_Types].xml", br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#.to_vec()),
        ("_rels/.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#.to_vec()),
        ("xl/workbook.xml", br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>"#.to_vec()),
        ("xl/_rels/workbook.xml.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#.to_vec()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes().to_vec()),
    ];
    parts.extend(more.iter().map(|(name, bytes)| (*name, bytes.to_vec())));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(&bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn sheet(data: &str) -> String {
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{data}</sheetData></worksheet>"#
    )
}

#[test]
fn a_formula_without_a_stored_value_is_listed() {
    let bytes = by_hand(&sheet(r#"<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><v>7</v></c></row>"#), &[]);
    let book = read(&bytes);
    assert_eq!(row(&book.sheets[0], 1), ["7"]);
    assert_eq!(book.sheets[0].faults, [CellFault { row: 1, column: 0, shows: None }]);
}

fn refused(bytes: &[u8], limits: &Limits) -> String {
    match read_workbook(bytes, limits) {
        Ok(book) => panic!("{book:?}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn workbooks_that_no_program_writes_are_refused() {
    let check = |data: &str, more: &[(&str, &[u8])], says: &str| {
        let error = refused(&by_hand(&sheet(data), more), &Limits::USUAL);
        assert!(error.contains(says), "{says}: {error}");
    };
    check(r#"<row r="1"><c r="XFE1"><v>1</v></c></row>"#, &[], "beyond the last column");
    check(r#"<row r="1"><c r="AAAAAAAAAAAA1"><v>1</v></c></row>"#, &[], "beyond the last column");
    check(r#"<row r="99999999"><c><v>1</v></c></row>"#, &[], "a row that no sheet has");
    check(&format!("<row>{}</row>", "<c><v>1</v></c>".repeat(16_385)), &[], "beyond the last column");
    check(r#"<row r="1"/><f ref="B2:A1"/>"#, &[], "an area that no sheet has");
    check(&format!("{}{}", "<a>".repeat(200), "</a>".repeat(200)), &[], "more than 128 levels deep");
    check("<row>", &[], "its XML ends in");
    check("", &[("xl/more.xml", b"<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>")], "document type declaration");
    check("", &[("../../etc/passwd", b"x")], "leads out of the document");
    check("", &[("C:\\autoexec.bat", b"x")], "leads out of the document");
    check("", &[("xl/SHEET.xml", b"<x/>"), ("xl/sheet.xml", b"<x/>")], "is there twice");
    check("", &[("xl/media/a.bin", b"PK\x03\x04")], "is an archive itself");
    check("", &[("xl/media/a.bin", &vec![0; 8 << 20])], "more than 200 times larger");
    check("", &[("word/document.xml", b"<x/>")], "a text document (DOCX)");
    check("", &[("xl/workbook.bin", b"x")], "XLSB");
    // An embedded document is common and never opened.
    let embedded = by_hand(&sheet("<row><c><v>1</v></c></row>"), &[("xl/embeddings/a.xlsx", b"PK\x03\x04")]);
    assert_eq!(row(&read(&embedded).sheets[0], 1), ["1"]);
}

#[test]
fn what_is_counted_is_what_comes_out() {
    let bytes = by_hand(&sheet("<row><c><v>1</v></c></row>"), &[("xl/media/a.bin", &[7; 3000])]);
    let summary = check_archive(&bytes, &Limits::USUAL).unwrap();
    assert!(summary.has("xl/media/a.bin") && summary.unpacked() > 3000);
    let check = |limits: Limits, says: &str| {
        let refusal = check_archive(&bytes, &limits).unwrap_err();
        assert!(refusal.to_string().contains(says), "{refusal}");
    };
    check(Limits { entries: 5, ..Limits::USUAL }, "more than 5 entries");
    check(Limits { entry: 2000, ..Limits::USUAL }, "“xl/media/a.bin” unpacks to more than");
    check(Limits { unpacked: 3500, ..Limits::USUAL }, "reached in the entry “xl/media/a.bin”");
    check(Limits { elements: 3, ..Limits::USUAL }, "more than 3 elements");
    // A directory that lies about the length changes nothing: the bytes themselves are counted.
    let mut lying = bytes.clone();
    let directory = lying.windows(4).rposition(|mark| mark == b"PK\x01\x02").unwrap();
    lying[directory + 24..directory + 28].copy_from_slice(&10_u32.to_le_bytes());
    assert!(matches!(
        check_archive(&lying, &Limits { entry: 2000, ..Limits::USUAL }),
        Err(Refusal::TooLarge { .. } | Refusal::Damaged { .. })
    ));
    for cut in [0, 1, 10, bytes.len() / 2, bytes.len() - 1] {
        assert!(matches!(read_workbook(&bytes[..cut], &Limits::USUAL), Err(WorkbookError::Refused(_))), "{cut}");
    }
}

#[test]
fn an_encrypted_entry_is_refused_by_its_name() {
    let mut bytes = by_hand(&sheet(""), &[("xl/secret.bin", b"secret")]);
    let directory = bytes.windows(4).rposition(|mark| mark == b"PK\x01\x02").unwrap();
    bytes[directory + 8] |= 1;
    assert_eq!(check_archive(&bytes, &Limits::USUAL), Err(Refusal::Encrypted("xl/secret.bin".to_owned())));
}
