//! The sample college's catalogue, set by six programs in seven layouts, reads as its table does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use credway_import::{Context, Kind, Mapping, NoProgress, Reading, SourceFile, guess, read};
use credway_model::{Course, Ctid, Place, Severity};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn file(path: &str) -> SourceFile {
    let path = root().join(path);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    SourceFile::new(path.file_name().unwrap().to_string_lossy().into_owned(), bytes)
}

fn import(file: SourceFile, mapping: Option<&Mapping>) -> Reading {
    let namespace: Ctid = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
    read(Kind::Courses, file, &Context::new(namespace, namespace), mapping, &NoProgress)
}

/// What layouts carry: code to title, credits, prerequisites, description.
type Carried = BTreeMap<String, [Option<String>; 4]>;

fn carried(courses: &[Course]) -> Carried {
    let of = |course: &Course| {
        let words = |text: &Option<credway_model::Text>| text.as_ref().map(ToString::to_string);
        let credits = course.credits.map(|credits| credits.to_string());
        let values =
            [Some(course.title.to_string()), credits, words(&course.prerequisites), words(&course.description)];
        (course.code.to_string(), values)
    };
    // The sample holds a second college's course, too.
    let own = |course: &&Course| course.organization == courses[0].organization;
    courses.iter().filter(own).map(of).collect()
}

fn check(document: &str, descriptions: bool) {
    let mut wanted = carried(&import(file("samples/lantern-bay/courses.csv"), None).records.courses);
    if !descriptions {
        wanted.values_mut().for_each(|values| values[3] = None);
    }
    let reading = import(file(document), None);
    let errors: Vec<_> = reading.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{document}: {errors:?}");
    let got = carried(&reading.records.courses);
    for (code, values) in &wanted {
        assert_eq!(got.get(code), Some(values), "{document}: {code}");
    }
    assert_eq!(got.len(), wanted.len(), "{document}");
    for course in &reading.records.courses {
        let origin = course.origin.as_ref().unwrap();
        for field in ["code", "title", "credits"] {
            let place = origin.field(field).unwrap_or_else(|| panic!("{document}: {} of {}", field, course.code));
            let paged = matches!(place, Place::Pages(areas) if !areas.is_empty() && areas[0].right > areas[0].left);
            assert_eq!(paged, document.ends_with(".pdf"), "{document}: {field} at {place}");
        }
    }
}

#[test]
fn two_columns_set_by_typst() {
    check("fixtures/documents/lantern-bay-typst.pdf", true);
}

#[test]
fn one_column_printed_by_a_browser() {
    check("fixtures/documents/lantern-bay-courseleaf.pdf", true);
}

#[test]
fn a_table_over_pages_printed_by_a_browser() {
    check("fixtures/documents/lantern-bay-table.pdf", false);
}

#[test]
fn two_columns_set_by_groff() {
    check("fixtures/documents/lantern-bay-groff.pdf", true);
}

#[test]
fn hypertext() {
    check("fixtures/documents/lantern-bay.html", true);
}

#[test]
fn an_office_document() {
    check("fixtures/documents/lantern-bay.docx", true);
}

#[test]
fn syllabi_with_a_box_of_facts_and_numbered_outcomes() {
    let wanted = carried(&import(file("samples/lantern-bay/courses.csv"), None).records.courses);
    for document in ["fixtures/documents/lantern-bay-syllabi.pdf", "fixtures/documents/lantern-bay-syllabi.docx"] {
        let courses = import(file(document), None).records.courses;
        let codes: Vec<&str> = courses.iter().map(|course| course.code.as_str()).collect();
        assert_eq!(codes, ["ITSC 1316", "ITNW 1309", "ITNW 2321", "ITSY 1342"], "{document}");
        for (code, values) in carried(&courses) {
            assert_eq!(Some(&values), wanted.get(&code), "{document}: {code}");
        }
        for course in &courses {
            let hours = [course.lecture_hours, course.lab_hours].map(|hours| hours.map(|hours| hours.to_string()));
            assert_eq!(hours, [Some("2".to_owned()), Some("4".to_owned())], "{document}: {}", course.code);
            assert!(!course.offered.is_empty(), "{document}: {}", course.code);
            let outcomes: Vec<String> = course.outcomes.iter().map(|one| one.statement.to_string()).collect();
            assert_eq!(outcomes, [course.description.as_ref().unwrap().to_string()], "{document}");
        }
    }
}

#[test]
fn corrections_are_made_again_where_the_file_says_the_same() {
    let document = || file("fixtures/documents/lantern-bay.html");
    let mut mapping = guess(Kind::Courses, &document()).unwrap();
    mapping.put_right(credway_import::Correction::parse(Kind::Courses, "ITSC 1325.credits=4").unwrap());
    let first = import(document(), Some(&mapping));
    let credits = |reading: &Reading| {
        let course = reading.records.courses.iter().find(|course| course.code.as_str() == "ITSC 1325").unwrap();
        course.credits.unwrap().to_string()
    };
    let codes = |reading: &Reading| {
        let codes = reading.findings.iter().map(|finding| finding.code.clone());
        codes.filter(|code| code.starts_with("correction.")).collect::<Vec<_>>()
    };
    assert_eq!((credits(&first).as_str(), codes(&first)), ("4", vec!["correction.made".to_owned()]));
    let kept = first.mapping.unwrap();
    assert_eq!(kept.corrections[0].read.as_deref(), Some("3"));

    let edition = |from: &str, to: &str| {
        let text = String::from_utf8(document().bytes.to_vec()).unwrap();
        let (before, after) = text.split_once("ITSC 1325 - ").unwrap();
        let bytes = format!("{before}ITSC 1325 - {}", after.replacen(from, to, 1)).into_bytes();
        import(SourceFile::new("next.html".to_owned(), bytes), Some(&kept))
    };
    let next = edition("Credit Hours:</strong> 3", "Credit Hours:</strong> 2");
    assert_eq!((credits(&next).as_str(), codes(&next)), ("2", vec!["correction.outdated".to_owned()]));
    let right = edition("Credit Hours:</strong> 3", "Credit Hours:</strong> 4");
    assert_eq!((credits(&right).as_str(), codes(&right)), ("4", vec!["correction.needless".to_owned()]));
    let renamed = edition("ITSC 1325", "ITSC 1325");
    assert_eq!(codes(&renamed), ["correction.made"]);
}
