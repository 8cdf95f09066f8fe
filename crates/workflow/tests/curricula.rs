//! The structure of real curricula: NuAnalytics' own values course by course (its `samples/correct`, MIT), and several
//! hundred curricula of which those with a circle are known. The files lie beside the project where the shared data is;
//! elsewhere the test says that it is skipped.

#![expect(clippy::print_stderr, reason = "a skip must be seen")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use credway_workflow::{CurriculumMetrics, MetricsRequest, SourceFile, curriculum_metrics};

fn planning() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/planning");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: {} is not here", folder.display());
    None
}

fn metrics(path: &Path) -> CurriculumMetrics {
    let name = path.file_name().unwrap().to_string_lossy();
    measured(&name, std::fs::read(path).unwrap())
}

fn measured(name: &str, bytes: impl Into<Vec<u8>>) -> CurriculumMetrics {
    curriculum_metrics(&SourceFile::new(name, bytes.into()), &MetricsRequest::default()).unwrap()
}

fn tables(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|ending| ending == "csv") {
                found.push(entry);
            }
        }
    }
    found.sort();
    found
}

fn has(metrics: &CurriculumMetrics, code: &str) -> bool {
    metrics.findings.iter().any(|finding| finding.code == code)
}

/// Complexity, blocking, delay, centrality of a course.
type Figures = [u64; 4];

/// The values that stand at the end of each row of a golden file, by Course ID.
fn golden(text: &str) -> BTreeMap<String, Figures> {
    let rows = text.lines().skip_while(|line| !line.starts_with("Course ID")).skip(1);
    let row = |line: &str| {
        let cells: Vec<&str> = line.rsplitn(5, ',').take(4).collect();
        let figure = |at: usize| {
            let (whole, rest) = cells[at].split_once('.').unwrap_or((cells[at], "0"));
            assert_eq!(rest, "0", "{line}");
            whole.parse().unwrap()
        };
        (line.split(',').next().unwrap().to_owned(), [figure(3), figure(2), figure(1), figure(0)])
    };
    rows.filter(|line| !line.trim().is_empty()).map(row).collect()
}

fn figures(metrics: &CurriculumMetrics) -> BTreeMap<String, Figures> {
    let course = |course: &credway_workflow::CourseStructure| {
        let centrality = u64::try_from(course.centrality.unwrap()).unwrap();
        let complexity = course.complexity.unwrap().to_string().parse().unwrap();
        (course.id.clone(), [complexity, course.blocking.unwrap(), course.delay.unwrap(), centrality])
    };
    metrics.courses.iter().map(course).collect()
}

#[test]
fn every_course_has_the_values_that_nuanalytics_gives() {
    let Some(folder) = planning() else { return };
    // Sums of delay, blocking, centrality and complexity as NuAnalytics prints them.
    let sums = [
        ("BSCS_Hawaii_Manoa", [137, 99, 399, 236]),
        ("California_Berkely_V2", [70, 30, 127, 100]),
        ("Colostate_CSDegree", [114, 61, 147, 175]),
        ("Colostate_CSDegree_2017", [134, 74, 521, 208]),
        ("Metropolitan_State_University_CS", [108, 64, 228, 172]),
        ("U_of_Colorado_Boulder_CS", [118, 75, 356, 193]),
    ];
    for (name, expected) in sums {
        let path = |end: &str| folder.join(format!("curricula/nuanalytics/{name}{end}.csv"));
        let metrics = metrics(&path(""));
        let golden = golden(&std::fs::read_to_string(path("_w_metrics")).unwrap());
        assert!(golden.len() > 20, "{name} has {} golden courses", golden.len());
        assert_eq!(figures(&metrics), golden, "{name}");
        let total = metrics.total.unwrap();
        let centrality = u64::try_from(total.centrality.unwrap()).unwrap();
        let complexity: u64 = total.complexity.unwrap().to_string().parse().unwrap();
        assert_eq!([total.delay.unwrap(), total.blocking.unwrap(), centrality, complexity], expected, "{name}");
    }
}

/// The curricula with a circle, as a topological sort by another program finds them.
const CIRCLES: [&str; 4] = [
    "Chemical Engineering (B.S.Ch.E.) 2021 - Curric.csv",
    "BS-CYR-basic-c.csv",
    "BSCP-ECP-basic-c.csv",
    "BSCS-BCS-basic-c.csv",
];

#[test]
fn all_curricula_are_read_and_exactly_those_with_a_circle_are_told() {
    let Some(folder) = planning() else { return };
    let (mut curricula, mut circles) = (0, Vec::new());
    for path in tables(&folder.join("curricula/ca_notebooks")) {
        let bytes = std::fs::read(&path).unwrap();
        let begin = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let is_curriculum = begin.starts_with(b"Curriculum,") || begin.starts_with(b"\"Curriculum\",");
        let metrics = metrics(&path);
        assert_eq!(metrics.total.is_some(), is_curriculum, "{} {:?}", path.display(), metrics.findings);
        assert_eq!(has(&metrics, "curriculum.form"), !is_curriculum, "{}", path.display());
        curricula += usize::from(is_curriculum);
        if has(&metrics, "curriculum.circle") {
            circles.push(path.file_name().unwrap().to_string_lossy().into_owned());
            assert!(metrics.courses.iter().all(|course| course.delay.is_none() && course.complexity.is_none()));
        } else {
            assert!(metrics.courses.iter().all(|course| course.centrality.is_some()), "{}", path.display());
        }
    }
    assert!(curricula > 400, "{curricula} curricula");
    assert_eq!(circles, CIRCLES);
}

#[test]
fn plans_have_the_totals_that_were_computed_elsewhere() {
    let Some(folder) = planning() else { return };
    // docs/scale.md §A.4 of the shared folder; computed by another program that enumerates nothing either.
    let expected = [
        ("Arizona Curricula/programs/college_of_engineering/Univ_of_Arizona-Aero.csv", [250, 210, 3366, 460]),
        ("Introduction To Curricular Analytics/Univ_of_Arizona-CS.csv", [81, 31, 78, 112]),
        ("Optimizing Degree Plans/Sample_EE_degree_plan.csv", [301, 208, 5717, 509]),
        ("GaTech Curricula/programs/engineering/Ga_Tech-EE-2017-18.csv", [176, 111, 462, 287]),
        ("GaTech Curricula/programs/engineering/Ga_Tech-EE-2020-21.csv", [185, 127, 792, 312]),
    ];
    for (name, expected) in expected {
        let total = metrics(&folder.join("curricula/ca_notebooks").join(name)).total.unwrap();
        let centrality = u64::try_from(total.centrality.unwrap()).unwrap();
        let complexity: u64 = total.complexity.unwrap().to_string().parse().unwrap();
        assert_eq!([total.delay.unwrap(), total.blocking.unwrap(), centrality, complexity], expected, "{name}");
    }
}

#[test]
fn the_unsatisfiable_curriculum_is_told_with_its_courses() {
    let Some(folder) = planning() else { return };
    let metrics = metrics(&folder.join("ca_tests/big_unsatisfiable_curric.csv"));
    let told = metrics.findings.iter().find(|finding| finding.code == "curriculum.contradiction").unwrap();
    // Rows 40, 42 and 44 of the file say so: 301B strictly with 305, 301A in or before the term of 301B's prerequisite.
    assert_eq!(
        told.message,
        "No order of terms meets the requisites: CHEE 301A (40) before CHEE 301B (44); CHEE 301B (44) together with CHEE \
         305 (42); CHEE 305 (42) before or with CHEE 301A (40)."
    );
}

const HEAD: &str = "Curriculum,Boats\nSystem Type,semester\nCourses\nCourse ID,Course Name,Prefix,Number,Prerequisites,Corequisites,Strict-Corequisites,Credit Hours,Term\n";

#[test]
fn witnesses_and_plans_are_told_in_sentences() {
    let check = |rows: &str, expected: &[&str]| {
        let metrics = measured("boats.csv", format!("{HEAD}{rows}"));
        let told: Vec<String> = metrics
            .findings
            .iter()
            .map(|finding| format!("{} {}: {}", finding.code, finding.place, finding.message))
            .collect();
        assert_eq!(told, expected);
        metrics
    };
    check(
        "1,Lofting,BOAT,101,2,,,3,\n2,Planking,,,1,,,3,\n",
        &[
            "curriculum.circle row 5: The requisites go round in a circle: BOAT 101 (1) before “Planking” (2); “Planking” (2) \
         before BOAT 101 (1). No order of terms meets this, and chains have no beginning, so that nothing is measured.",
        ],
    );
    check(
        "1,A,B,1,3,,,3,\n2,B,B,2,1,,3,3,\n3,C,B,3,,,,3,\n",
        &[
            "curriculum.contradiction row 5: No order of terms meets the requisites: B 1 (1) before B 2 (2); B 2 (2) together \
         with B 3 (3); B 3 (3) before B 1 (1).",
        ],
    );
    let metrics = check(
        "1,A,B,1,,,,3,2\n2,B,B,2,1,,,3,2\n3,C,B,3,1;2,,,1.5,3\n",
        &[
            "curriculum.terms-broken row 6, column “Term”: B 2 (2) in term 2 requires B 1 (1) in an earlier term, but that \
         stands in term 2.",
            "curriculum.extraneous row 7, column “Prerequisites”: That B 3 (3) requires B 1 (1) follows from its other \
         requisites.",
        ],
    );
    let total = metrics.total.unwrap();
    assert_eq!((total.credits, total.requisite_distance, total.extraneous_requisites), (Some(7.5), Some(2), Some(1)));
    let terms = total.terms.unwrap();
    assert_eq!(
        (terms.average, terms.min, terms.max_term, terms.deviation),
        (Some(3.75), Some(1.5), Some(2), Some(2.25))
    );
}

#[test]
fn quarters_and_dead_ends_are_told() {
    let text = format!("{HEAD}1,Calculus I,MATH,241,,,,4,\n2,Calculus II,MATH,242,1,,,4,\n3,Boats,BOAT,1,1,,,3,\n");
    let request = MetricsRequest { quarter: true, major: vec!["boat".to_owned()] };
    let file = SourceFile::new("boats.csv", text.clone().into_bytes());
    let metrics = curriculum_metrics(&file, &request).unwrap();
    assert!(
        metrics
            .findings
            .iter()
            .map(|finding| finding.message.as_str())
            .eq(["MATH 242 (2) ends a chain outside the major."])
    );
    let quarters = serde_json::to_value(metrics.total.unwrap()).unwrap();
    // (2 + 2) · ⅔ = 2.7, twice (2 + 0) · ⅔ = 1.3.
    assert_eq!((&quarters["complexity"], &quarters["quarter"]), (&serde_json::json!(5.3), &serde_json::json!(true)));
    let said = measured("boats.csv", text.replace("semester", "quarter"));
    assert!(has(&said, "curriculum.quarter"));
    assert_eq!(said.total.unwrap().complexity.unwrap().to_string(), "5.3");
}
