//! What is read of well-made, careless and broken files.

use credway_import::{
    Context, CurriculumReading, Kind, NoProgress, Reading, RequisiteColumn, SourceFile, SystemType, read,
    read_curriculum,
};
use credway_model::{Ctid, has_errors};

fn reading(text: impl Into<Vec<u8>>) -> CurriculumReading {
    read_curriculum(&SourceFile::new("plan.csv", text.into()))
}

const HEAD: &str = "Curriculum,Boatbuilding,,\nInstitution,\"Pier, College\"\nDegree Type,AAS\nSystem Type,semester\nCIP,48.0703\nCourses\n";
const HEADS: &str = "Course ID,Course Name,Prefix,Number,Prerequisites,Corequisites,Strict-Corequisites,Credit Hours,Institution,Canonical Name,Term\n";

fn check(text: impl Into<Vec<u8>>, courses: usize, requisites: &[(usize, usize)], codes: &[&str]) -> CurriculumReading {
    let reading = reading(text);
    let said: Vec<&str> = reading.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(said, codes, "{:?}", reading.findings);
    let read = reading.curriculum.as_ref();
    assert_eq!(read.map_or(0, |read| read.courses.len()), courses);
    let pairs: Vec<_> =
        read.map(|read| read.requisites.iter().map(|one| (one.required, one.course)).collect()).unwrap_or_default();
    assert_eq!(pairs, requisites);
    reading
}

#[test]
fn a_degree_plan_is_read() {
    let rows = "1,Lofting,BOAT,101,,,,3,,,1\n2,\"Planking, carvel\",BOAT,110,1,,3,2.5,,,2\n3,Planking lab,BOAT,110L,,,,1,,,2\n";
    let more = format!("Additional Courses\n{HEADS}4,Mathematics,MATH,100,,1;2,,3,,,2\n");
    let found = check(
        format!("\u{feff}{HEAD}{HEADS}{rows}{more}"),
        4,
        &[(0, 1), (2, 1), (0, 3), (1, 3)],
        &["curriculum.additional"],
    );
    let read = found.curriculum.unwrap();
    assert_eq!(read.institution.unwrap().as_str(), "Pier, College");
    assert_eq!((read.system, read.degree_plan), (Some(SystemType::Semester), None));
    let planking = &read.courses[1];
    assert_eq!(
        (planking.name.as_ref().unwrap().as_str(), planking.credits.unwrap().steps()),
        ("Planking, carvel", 250)
    );
    assert_eq!((planking.term, planking.row, read.courses[3].additional), (Some(2), 9, true));
    let columns: Vec<_> = read.requisites.iter().map(|one| one.column).collect();
    use RequisiteColumn::{Corequisites, Prerequisites, StrictCorequisites};
    assert_eq!(columns, [Prerequisites, StrictCorequisites, Corequisites, Corequisites]);
}

#[test]
fn careless_files_are_read_and_what_is_odd_is_said() {
    // Requisites separated by commas, heads with underscores, leading zeros, quarters, an older encoding.
    let text = "\"Curriculum\",Boats\nSystem Type,Quarter\nCOURSES,,\nCourse_ID,Course_Name,Prerequisites,Strict-Corequistes,Credit_Hours\n01,R\u{e9}sum\u{e9},,,3\n2,B,\"1, 01\",,3\n3,C,\"1,2\",02,3\n";
    let latin: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let codes = ["file.encoding-guessed", "curriculum.requisite-repeated", "curriculum.requisite-repeated"];
    let found = check(latin, 3, &[(0, 1), (0, 2), (1, 2), (1, 2)], &codes);
    assert_eq!(found.curriculum.unwrap().system, Some(SystemType::Quarter));
    // Semicolons between cells.
    check(
        "Curriculum;A\nCourse ID;Course Name;Prerequisites;Credit Hours\n1;A;;1\n2;B;1;1\n",
        2,
        &[(0, 1)],
        &["curriculum.system-unknown"],
    );
}

#[test]
fn broken_rows_are_said_with_their_place() {
    let rows = "1,A,,,,,,x,,,1\n1,B,,,9,,,3,,,\n,C,,,,,,3,,,1\n1.68E+11,D,,,,,,3,,,one,more\n5,<b>E</b>,,,,,,3,,,1\n";
    let text = format!("{HEAD}Advisor,Ann\n{HEADS}{rows}")
        .replace("semester", "semster")
        .replace("Courses\nAdvisor", "Advisor");
    let found = check(
        text,
        4,
        &[],
        &[
            "curriculum.system-unknown",
            "curriculum.line-unread",
            "number.invalid",
            "curriculum.id-missing",
            "table.ragged-row",
            "curriculum.id-not-whole",
            "number.invalid",
            "text.markup",
            "curriculum.id-repeated",
            "curriculum.requisite-unknown",
            "curriculum.credits-missing",
            "curriculum.name-missing",
            "curriculum.term-missing",
        ],
    );
    let unknown = found.findings.iter().find(|finding| finding.code == "curriculum.requisite-unknown").unwrap();
    assert_eq!(unknown.place.to_string(), "row 9, column “Prerequisites”");
    assert_eq!(unknown.message, "The course “1” requires “9”, which is not in the file; this is not counted.");
    assert_eq!(unknown.file.as_deref(), Some("plan.csv"));
}

#[test]
fn other_columns_of_requisites_are_not_counted() {
    let heads =
        "Course ID,Course Name,Prerequisites,Prerequisites (Text),CoPrerequisites,Credit Hours,Term,Complexity\n";
    let codes = ["curriculum.requisites-unread", "mapping.unread"];
    check(format!("{HEAD}{heads}1,A,,none,2,3,1,9\n2,B,1,A,,3,2,9\n"), 2, &[(0, 1)], &codes);
}

#[test]
fn what_is_no_curriculum_is_refused() {
    check("code,title\nA 1,B\n", 0, &[], &["curriculum.form"]);
    check("Curricula,A\n", 0, &[], &["curriculum.form"]);
    check("Curriculum,A\nSystem Type,semester\n", 0, &[], &["curriculum.form"]);
    check("Curriculum,A\nSystem Type,semester\nCourses\n1,A\n", 0, &[], &["curriculum.form"]);
    check(format!("{HEAD}{HEADS}"), 0, &[], &["curriculum.no-courses"]);
    check(format!("{HEAD}{HEADS}1,\"A,,\n"), 0, &[], &["table.unreadable"]);
    check("", 0, &[], &["file.empty"]);
    let many: String = (0..=5_000).map(|id| format!("{id},A,,,,,,3,,,1\n")).collect();
    check(format!("{HEAD}{HEADS}{many}"), 0, &[], &["curriculum.too-large"]);
}

fn as_program(text: impl Into<Vec<u8>>) -> Reading {
    let namespace: Ctid = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
    let context = Context::new(namespace, namespace);
    read(Kind::Program, SourceFile::new("plan.csv", text.into()), &context, None, &NoProgress)
}

#[test]
fn a_curriculum_becomes_a_program_with_its_courses() {
    let rows = "1,Lofting,BOAT,101,,,,3\n2,Planking,BOAT,110,1,4,3,2.5\n3,Planking lab,BOAT,110L,,,,1\n4,Mathematics,MATH,100,5,,,3\n\
                5,A humanities course,,,,,,3\n6,Lofting again,BOAT,101,,,,3\n";
    let found = as_program(format!("{HEAD}{HEADS}{rows}"));
    assert!(!has_errors(&found.findings), "{:?}", found.findings);
    let said: Vec<&str> = found.findings.iter().map(|finding| finding.code.as_str()).collect();
    for code in ["curriculum.institution", "curriculum.not-a-course", "record.duplicate"] {
        assert!(said.contains(&code), "{code}: {said:?}");
    }
    let [program] = found.records.programs.as_slice() else { panic!("{:?}", found.records.programs) };
    assert_eq!((program.title.as_str(), program.award.as_ref().unwrap().as_str()), ("Boatbuilding", "AAS"));
    assert_eq!(program.cip.as_ref().unwrap().as_str(), "48.0703");
    let codes: Vec<&str> = program.courses.iter().map(|entry| entry.code.as_str()).collect();
    assert_eq!(codes, ["BOAT 101", "BOAT 110", "BOAT 110L", "MATH 100"]);
    let requisites = |code: &str| {
        let course = found.records.courses.iter().find(|course| course.code.as_str() == code).unwrap();
        course.requisites.as_ref().map(ToString::to_string)
    };
    assert_eq!(
        requisites("BOAT 110").unwrap(),
        "BOAT 101 and BOAT 110L [concurrent] and MATH 100 [concurrent allowed]"
    );
    assert_eq!(requisites("MATH 100"), None, "it requires a place for a choice");
}

#[test]
fn a_curriculum_without_a_name_is_no_program() {
    let found = as_program(format!("{}{HEADS}1,Lofting,BOAT,101,,,,3\n", HEAD.replace("Boatbuilding", "")));
    assert!(has_errors(&found.findings) && found.records.programs.is_empty(), "{:?}", found.findings);
}
