//! One report, read again from each of its forms: no word more, no word less.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::process::Command;

use calamine::{Data, Reader, Xlsx};

use super::*;

fn statement(name: &str, share: f64, score: f64, courses: &[&str]) -> CoverageStatement {
    CoverageStatement {
        name: name.to_owned(),
        domain: "1 Tides & <currents>".to_owned(),
        share: Some(share),
        score,
        score_assessed: 0.0,
        courses: courses.iter().map(|course| (*course).to_owned()).collect(),
    }
}

/// Small, and with everything that markup could trip over.
pub(crate) fn answer() -> CoverageAnswer {
    let domain = |name: &str, weight: f64, published: Option<&str>, coverage| CoverageDomain {
        name: name.to_owned(),
        weight_published: published.map(str::to_owned),
        weight: Some(weight),
        coverage,
        assessed: 0.0,
        statements: 2,
        covered: 1,
        partly: 1,
    };
    CoverageAnswer {
        institution: Some("Example Coast College".to_owned()),
        program: "Harbor Piloting AAS".to_owned(),
        blueprint: "Harbor Pilot HP-2".to_owned(),
        effective: Some("2026-01-06".parse().unwrap()),
        retires: Some("2026-10-31".parse().unwrap()),
        retired: true,
        made: "2026-11-23".parse().unwrap(),
        computed: "Nov 23, 2026, 09:05 UTC".to_owned(),
        total: Some(57.84),
        total_assessed: Some(0.01),
        weighting: "Weights as published.".to_owned(),
        formula: "Coverage = what counts ÷ all.".to_owned(),
        open: 1_200,
        disputed: 1,
        domains: vec![
            domain("1 Tides & <currents>", 40.0, Some("40 %"), 75.0),
            domain("2 =Signals* _lights_ #3 $x$", 60.0, Some("55–65 %"), 46.4),
        ],
        gaps: vec![CoverageGap {
            name: "1.2 Name \"quick\" lights \\ @here ~ `code` // not a comment".to_owned(),
            domain: "1 Tides & <currents>".to_owned(),
            lost: Some(21.08),
            score: 0.5,
            open: 3,
        }],
        untested: vec![statement("1.1 Read a tide table.", 20.0, 1.0, &["TIDE 1301"])],
        redundant: vec![],
        orphans: vec![CoverageOrphan {
            course: "TIDE 1302".to_owned(),
            outcome: None,
            statement: "=HYPERLINK(\"http://example.invalid\",\"x\")".to_owned(),
        }],
        agreement: vec![CoverageAgreement {
            first: "Dana Okafor".to_owned(),
            second: "@Eve".to_owned(),
            pairs: 12,
            observed: 91.7,
            kappa: "0.61, substantial agreement beyond chance".to_owned(),
            disagreements: vec![CoverageDisagreement {
                statement: "TIDE 1301: Predict high water.".to_owned(),
                objective: "1.1 Read a tide table.".to_owned(),
                first: "accepted in full".to_owned(),
                second: "rejected".to_owned(),
            }],
        }],
        statements: vec![
            statement("1.1 Read a tide table.", 20.0, 1.0, &["TIDE 1301", "TIDE 1302"]),
            statement("1.2 Name lights.", 20.0, 0.5, &[]),
        ],
    }
}

/// A change with a program that can be told of and one that cannot.
fn change() -> ChangeAnswer {
    let row = |words: [&str; 4]| words.map(str::to_owned);
    ChangeAnswer {
        institution: Some("Example Coast College".to_owned()),
        old: "Harbor Pilot HP-2".to_owned(),
        new: "Harbor Pilot HP-3".to_owned(),
        retires: Some("2026-10-31".parse().unwrap()),
        effective: None,
        made: "2026-11-23".parse().unwrap(),
        computed: "Nov 23, 2026, 09:05 UTC".to_owned(),
        counts: vec![("reworded".to_owned(), "other words for it".to_owned(), 1)],
        domains: vec![row(["1 Tides & <currents>", "40 %", "1 Tides", "35–40 %"]), row(["", "", "2 Ice", "5 %"])],
        statements: vec![row(["reworded", "1.1 Read a tide table.", "1.1 Use a tide table.", "=1+1"])],
        programs: vec![
            ChangeAnswerProgram {
                name: "Harbor Piloting AAS".to_owned(),
                hidden: None,
                before: Some(57.84),
                today: None,
                carried: Some(40.0),
                confirmed: Some(57.84),
                rows: [0, 2, 0, 1, 1],
                courses: vec![("TIDE 1301 Tides".to_owned(), 1, 1)],
                to_look_at: vec![
                    ["TIDE 1301: Predict", "1.1", "1.1", "full", "Dana Okafor", "confirm"].map(str::to_owned),
                ],
                rests: vec!["Revision 1 of the crosswalk is approved.".to_owned()],
            },
            ChangeAnswerProgram {
                name: "Ice Piloting".to_owned(),
                hidden: Some("You review it blindly.".to_owned()),
                before: None,
                today: None,
                carried: None,
                confirmed: None,
                rows: [0; 5],
                courses: Vec::new(),
                to_look_at: Vec::new(),
                rests: Vec::new(),
            },
        ],
    }
}

fn reports() -> Vec<Report> {
    vec![coverage_report(&answer()), crosswalk_report(&crate::crosswalk::sample()).unwrap(), change_report(&change())]
}

/// All letters, without the white space at which forms break their lines.
fn letters(texts: &[String]) -> String {
    texts.concat().chars().filter(|letter| !letter.is_whitespace()).collect()
}

fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Text between `open` and `close` tags, one after another.
fn between(xml: &str, open: &str, close: &str) -> String {
    let pieces = xml.split(open).skip(1).map(|piece| piece.split(close).next().unwrap());
    let pieces: String = pieces.map(|piece| piece.split_once('>').map_or("", |(_, words)| words)).collect();
    pieces.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn html_says_what_the_model_says() {
    for report in reports() {
        let document = scraper::Html::parse_document(&report_page(&report));
        let article = document.select(&scraper::Selector::parse("article").unwrap()).next().unwrap();
        let said: Vec<String> = article.text().map(str::to_owned).collect();
        assert_eq!(letters(&said), letters(&report.texts()));
        let html = report_html(&report);
        for outside in ["style=", "<script", "src=", "http-equiv", "onclick"] {
            assert!(!html.contains(outside), "{outside}");
        }
    }
}

#[test]
fn docx_says_what_the_model_says() {
    for report in reports() {
        let docx = report_docx(&report).unwrap();
        assert_eq!(docx, report_docx(&report).unwrap(), "the same report gives the same bytes");
        let document = part(&docx, "word/document.xml");
        assert_eq!(letters(&[between(&document, "<w:t ", "</w:t>")]), letters(&report.texts()));
        let tables = document.matches("<w:tbl>").count();
        assert_eq!(document.matches("<w:tblHeader/>").count(), tables);
        assert_eq!(document.matches("\"Caption\"").count(), tables);
        assert_eq!(document.contains("landscape"), report.wide);
        assert!(part(&docx, "docProps/core.xml").contains("<dc:language>en-US</dc:language>"));
        assert!(part(&docx, "word/styles.xml").contains("<w:lang w:val=\"en-US\""));
        assert!(part(&docx, "word/footer1.xml").contains(" NUMPAGES "));
    }
}

#[test]
fn the_workbook_says_what_the_model_says() {
    let report = coverage_report(&answer());
    let bytes = report_xlsx(&report).unwrap();
    assert_eq!(bytes, report_xlsx(&report).unwrap(), "the same report gives the same bytes");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut count: BTreeMap<String, i64> = BTreeMap::new();
    for name in book.sheet_names() {
        assert_eq!(book.worksheet_formula(&name).unwrap().used_cells().count(), 0, "{name} holds a formula");
        let range = book.worksheet_range(&name).unwrap();
        for (_, _, cell) in range.used_cells() {
            let words = match cell {
                Data::Float(value) => format!("{value}"),
                other => other.to_string(),
            };
            *count.entry(words).or_default() += 1;
        }
    }
    for words in workbook_texts(&report) {
        *count.entry(words).or_default() -= 1;
    }
    count.retain(|_, left| *left != 0);
    assert!(count.is_empty(), "{count:?}");
}

/// The report's texts, with figures as a workbook holds them.
fn workbook_texts(report: &Report) -> Vec<String> {
    let mut report = report.clone();
    for part in report.sections.iter_mut().flat_map(|section| &mut section.parts) {
        let Part::Table(table) = part else { continue };
        for cell in table.rows.iter_mut().chain(&mut table.total).flatten() {
            if let Cell::Figure { words, value } | Cell::Bar { words, value, .. } = cell
                && !words.contains('–')
            {
                *words = value.to_string();
            }
        }
    }
    report.texts()
}

#[test]
fn pdf_says_what_the_model_says_and_is_tagged() {
    for report in reports() {
        let file = report_pdf(&report).unwrap();
        assert!(file.losses.is_empty());
        assert_eq!(file, report_pdf(&report).unwrap(), "the same report gives the same bytes");
        let Some((facts, said)) = read_pdf(&file.bytes) else { continue };
        assert!(facts.contains("Tagged:          yes"), "{facts}");
        assert!(facts.contains(&format!("Title:           {}", report.title)), "{facts}");
        let heads = said.matches("TH <").count();
        assert!(heads > 10, "{heads} heads of tables");
        let words: Vec<String> = said
            .lines()
            .filter_map(|line| Some(line.trim().strip_prefix('"')?.strip_suffix('"')?.to_owned()))
            .collect();
        assert_eq!(letters(&words), letters(&report.texts()));
    }
}

/// What poppler says of the file and of its structure; nothing where poppler is not there.
fn read_pdf(bytes: &[u8]) -> Option<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.pdf");
    std::fs::write(&path, bytes).unwrap();
    let ask = |arguments: &[&str]| {
        let answer = Command::new("pdfinfo").args(arguments).arg(&path).output().ok()?;
        Some(String::from_utf8_lossy(&answer.stdout).into_owned())
    };
    let answers = ask(&[]).zip(ask(&["-struct-text"]));
    if answers.is_none() {
        println!("skipped: pdfinfo is not there, so the PDF's words are not read again");
    }
    answers
}

#[test]
fn a_letter_without_a_glyph_is_reported() {
    let mut answer = answer();
    answer.program = "Harbor 港 Piloting".to_owned();
    let file = report_pdf(&coverage_report(&answer)).unwrap();
    assert_eq!(file.losses.len(), 1);
    assert!(file.losses[0].message.contains("港 (U+6E2F)"), "{}", file.losses[0].message);
}

#[test]
fn too_many_suggestions_are_counted_instead_of_shown() {
    let mut crosswalk = crate::crosswalk::sample();
    let open = crosswalk.rows.iter().find(|row| row.standing == credway_model::Standing::Open).unwrap().clone();
    crosswalk.rows.extend(std::iter::repeat_n(open, ROWS_WITH_SUGGESTIONS));
    let said = crosswalk_report(&crosswalk).unwrap().texts().join("\n");
    assert!(said.contains("2,001 open suggestions, too many to read here"), "{said}");
    assert!(!said.contains("suggested, open"));
}

#[test]
fn an_empty_answer_is_said_in_words() {
    let empty = CoverageAnswer {
        domains: vec![],
        gaps: vec![],
        untested: vec![],
        orphans: vec![],
        agreement: vec![],
        statements: vec![],
        total: None,
        total_assessed: None,
        ..answer()
    };
    let report = coverage_report(&empty);
    insta::assert_snapshot!(report.texts().join("\n"));
    report_pdf(&report).unwrap();
    report_docx(&report).unwrap();
    report_xlsx(&report).unwrap();
}

/// A crosswalk of a large college takes seconds, not minutes. Run by hand, for it measures.
#[test]
#[ignore = "measures; run it with --ignored --nocapture"]
fn a_large_crosswalk() {
    for count in [1_000, 4_000, 24_000] {
        let mut crosswalk = crate::crosswalk::sample();
        let row = crosswalk.rows[0].clone();
        crosswalk.rows = vec![row; count];
        let report = crosswalk_report(&crosswalk).unwrap();
        let began = std::time::Instant::now();
        let pdf = report_pdf(&report).unwrap().bytes.len();
        println!("{count} rows: PDF {:?}, {pdf} bytes", began.elapsed());
        let began = std::time::Instant::now();
        let docx = report_docx(&report).unwrap().len();
        println!("{count} rows: DOCX {:?}, {docx} bytes", began.elapsed());
    }
}
