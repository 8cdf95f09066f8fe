//! Workbooks as colleges write them: titles above the heads, heads on two lines, several sheets, cells merged downwards.
//! Whatever a CSV can bring, a workbook can.

use credway_import::{
    Context, Kind, Mapping, NoProgress, Reading, SourceFile, guess_in, lines_of, read, template, template_rows,
};
use credway_model::Severity;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

fn context() -> Context {
    let ctid = |last: u32| format!("ce-00000000-0000-4000-8000-{last:012}").parse().unwrap();
    Context::new(ctid(1), ctid(2))
}

fn made(build: impl FnOnce(&mut Workbook) -> Result<(), XlsxError>) -> SourceFile {
    let mut workbook = Workbook::new();
    build(&mut workbook).unwrap();
    SourceFile::new("file.xlsx".to_owned(), workbook.save_to_buffer().unwrap())
}

fn rows(sheet: &mut Worksheet, from: u32, rows: &[&[&str]]) -> Result<(), XlsxError> {
    for (row, cells) in (from..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            if !cell.is_empty() {
                sheet.write(row, column, *cell)?;
            }
        }
    }
    Ok(())
}

fn reading(kind: Kind, file: &SourceFile, mapping: Option<&Mapping>) -> Reading {
    read(kind, file.clone(), &context(), mapping, &NoProgress)
}

fn said(reading: &Reading) -> Vec<(&str, String)> {
    reading.findings.iter().map(|finding| (finding.code.as_str(), finding.place.to_string())).collect()
}

fn courses(reading: &Reading) -> Vec<(String, String, Option<String>)> {
    let one = |course: &credway_model::Course| {
        (course.code.to_string(), course.title.to_string(), course.credits.map(|credits| credits.to_string()))
    };
    reading.records.courses.iter().map(one).collect()
}

/// The template of every kind, written as a workbook, gives the same records as the CSV.
#[test]
fn every_kind_comes_in_from_a_workbook() {
    let sheet = regex::Regex::new(r#"Sheet \{ sheet: "[^"]*", "#).unwrap();
    for kind in Kind::ALL {
        let csv = SourceFile::new("file.csv".to_owned(), template(kind).as_bytes().to_vec());
        let cells = template_rows(kind);
        let lines: Vec<Vec<&str>> = cells.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
        let xlsx = made(|book| rows(book.add_worksheet(), 0, &lines));
        let (from_csv, from_xlsx) = (reading(kind, &csv, None), reading(kind, &xlsx, None));
        assert_eq!(from_xlsx.source.encoding, "XLSX");
        assert_eq!(from_csv.mapping, from_xlsx.mapping, "{kind:?}");
        // The places differ by the sheet's name, the sources by their digest; nothing else does.
        let plain = |reading: &Reading| {
            let records = format!("{:?}", reading.records).replace(reading.source.id.as_str(), "");
            sheet.replace_all(&records, "Row { ").into_owned()
        };
        assert_eq!(plain(&from_csv), plain(&from_xlsx), "{kind:?}");
        let codes = |reading: &Reading| reading.findings.iter().map(|one| one.code.clone()).collect::<Vec<_>>();
        assert_eq!(codes(&from_csv), codes(&from_xlsx));
    }
}

#[test]
fn titles_blank_rows_and_heads_on_two_lines() {
    let file = made(|book| {
        let plain = Format::new();
        let sheet = book.add_worksheet().set_name("Courses")?;
        sheet.merge_range(0, 0, 0, 4, "Lantern Bay Community College: course list", &plain)?;
        sheet.merge_range(3, 0, 4, 0, "Code", &plain)?;
        sheet.merge_range(3, 1, 4, 1, "Title", &plain)?;
        sheet.merge_range(3, 2, 3, 3, "Hours", &plain)?;
        sheet.write(3, 4, "Credits")?;
        rows(
            sheet,
            4,
            &[&["", "", "Lecture", "Lab"], &["ITSY 1300", "Basics", "2", "2"], &[], &["ITSY 2301", "Walls"]],
        )?;
        sheet.write(5, 4, 3)?;
        sheet.write(7, 4, Formula::new("=#REF!").set_result("#REF!"))?;
        sheet.write(7, 7, "stray")?;
        Ok(())
    });
    let reading = reading(Kind::Courses, &file, None);
    let mapping = reading.mapping.as_ref().unwrap();
    assert_eq!(mapping.selector("lecture_hours"), Some("Hours Lecture"));
    assert_eq!(mapping.selector("lab_hours"), Some("Hours Lab"));
    let expected = [("ITSY 1300", "Basics", Some("3")), ("ITSY 2301", "Walls", None)];
    let expected =
        expected.map(|(code, title, credits)| (code.to_owned(), title.to_owned(), credits.map(str::to_owned)));
    assert_eq!(courses(&reading), expected);
    let place = |row: u32, column: &str| format!("sheet “Courses”, row {row}{column}");
    assert_eq!(
        said(&reading),
        [
            ("table.title-line", place(4, "")),
            ("sheet.no-head", place(8, "")),
            ("sheet.error-cell", place(8, ", column “Credits”")),
        ]
    );
    let place = reading.findings[2].place.to_string();
    let located = lines_of(&reading.source, Some(&place));
    assert_eq!(located.marked, Some((8, 8)));
    assert_eq!(located.lines[7], "ITSY 2301 | Walls | stray");
    assert_eq!(lines_of(&reading.source, None).marked, None);
}

#[test]
fn sheets_of_one_form_are_read_together_and_the_choice_is_said() {
    let file = made(|book| {
        rows(book.add_worksheet().set_name("Notes")?, 0, &[&["How to fill this in"], &["Ask the registrar."]])?;
        rows(book.add_worksheet().set_name("Autumn")?, 0, &[&["Code", "Title"], &["ITSY 1300", "Basics"]])?;
        rows(book.add_worksheet().set_name("Spring")?, 0, &[&["Title", "Code"], &["Walls", "ITSY 2301"]])?;
        rows(book.add_worksheet().set_name("Old")?.set_hidden(true), 0, &[&["Code", "Title"], &["ITSY 1100", "Past"]])
    });
    let first = reading(Kind::Courses, &file, None);
    let codes = |reading: &Reading| courses(reading).into_iter().map(|(code, ..)| code).collect::<Vec<_>>();
    assert_eq!(codes(&first), ["ITSY 1300", "ITSY 2301"]);
    let messages: Vec<&str> = first.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(messages, ["Sheets read: “Autumn”, “Spring”; left out: “Notes”.", "Hidden sheets are not read: “Old”."]);
    assert!(first.findings.iter().all(|finding| finding.severity == Severity::Note));
    for (name, expected) in [("Spring", "ITSY 2301"), ("Old", "ITSY 1100")] {
        let mut mapping = guess_in(Kind::Courses, &file, Some(name)).unwrap();
        assert_eq!(codes(&reading(Kind::Courses, &file, Some(&mapping))), [expected]);
        mapping.correct("sheet=").unwrap();
        assert_eq!(codes(&reading(Kind::Courses, &file, Some(&mapping))), ["ITSY 1300", "ITSY 2301"]);
        mapping.correct("sheet='Summer'").unwrap();
        let missing = reading(Kind::Courses, &file, Some(&mapping));
        assert!(missing.records.courses.is_empty());
        assert!(missing.findings[0].message.contains("no sheet “Summer”"), "{:?}", missing.findings);
    }
}

#[test]
fn blueprints_and_decisions_come_with_their_dates_and_shares() {
    let blueprint = made(|book| {
        let plain = Format::new();
        let sheet = book.add_worksheet();
        rows(
            sheet,
            0,
            &[
                &["Domain", "Weight", "Objective", "Effective"],
                &[],
                &["", "", "Tie a line"],
                &["", "", "Read the wind"],
            ],
        )?;
        sheet.merge_range(1, 0, 3, 0, "Mooring", &plain)?;
        sheet.write_with_format(1, 1, 0.4, &Format::new().set_num_format("0%"))?;
        rows(sheet, 4, &[&["Cargo", "", "Fill in a manifest"]])?;
        sheet.write_with_format(4, 1, 0.6, &Format::new().set_num_format("0%"))?;
        let date = Format::new().set_num_format("d/m/yyyy");
        for row in 1..5 {
            sheet.write_with_format(row, 3, &ExcelDateTime::from_ymd(2026, 1, 2)?, &date)?;
        }
        Ok(())
    });
    let read = reading(Kind::Blueprint, &blueprint, None);
    let [exam] = &read.records.blueprints[..] else { panic!("{:?}", read.findings) };
    let domains: Vec<_> = exam
        .domains
        .iter()
        .map(|one| (one.title.as_str(), one.weight.map(|weight| weight.middle()), one.objectives.len()))
        .collect();
    assert_eq!(domains, [("Mooring", Some(40.0), 2), ("Cargo", Some(60.0), 1)]);
    assert_eq!(exam.effective.unwrap().to_string(), "2026-01-02");

    let decisions = made(|book| {
        let sheet = book.add_worksheet();
        rows(
            sheet,
            0,
            &[
                &["program", "blueprint", "course", "objective", "decision", "strength", "date"],
                &["Cyber", "HT-2", "ITSY 1300", "", "accept", "partial"],
            ],
        )?;
        sheet.write(1, 3, 2.1)?;
        let moment = ExcelDateTime::from_ymd(2026, 3, 2)?.and_hms(9, 30, 0)?;
        sheet.write_with_format(1, 6, &moment, &Format::new().set_num_format("yyyy-mm-dd hh:mm"))?;
        Ok(())
    });
    let read = reading(Kind::Decisions, &decisions, None);
    let [one] = &read.records.decisions[..] else { panic!("{:?}", read.findings) };
    assert_eq!((one.objective.as_str(), one.at.unwrap().to_string().as_str()), ("2.1", "2026-03-02T00:00:00Z"));
    assert_eq!(one.place.to_string(), "sheet “Sheet1”, row 2");
}

#[test]
fn workbooks_without_rows_say_so() {
    let check = |file: &SourceFile, code: &str| {
        let reading = reading(Kind::Courses, file, None);
        assert!(reading.findings.iter().any(|finding| finding.code == code), "{code}: {:?}", reading.findings);
        assert!(reading.records.courses.is_empty());
    };
    check(&made(|book| book.add_worksheet().write(0, 0, "").map(|_| ())), "table.no-rows");
    check(&made(|book| rows(book.add_worksheet(), 0, &[&["Code", "Title"]])), "table.no-rows");
    check(&made(|book| rows(book.add_worksheet(), 0, &[&["Room", "Teacher"], &["101", "Ada"]])), "mapping.missing");
    let twice = made(|book| rows(book.add_worksheet(), 0, &[&["Code", "Title", "Title"], &["A 1", "B", "C"]]));
    assert!(said(&reading(Kind::Courses, &twice, None)).iter().any(|(code, _)| *code == "table.repeated-head"));
    let formula = made(|book| rows(book.add_worksheet(), 0, &[&["Code", "Title"], &["A 1", "=1+1"]]));
    assert_eq!(said(&reading(Kind::Courses, &formula, None))[0].0, "text.formula");
}
