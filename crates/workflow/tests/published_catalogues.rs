//! The main job on real input with nothing prepared by hand: two published catalogues, a framework of 13,939 skills,
//! exam outlines and curricular guidelines, taken through the guessed mappings. The files lie beside the project where
//! the shared data is; elsewhere the test says that it is skipped.

#![expect(clippy::print_stderr, reason = "a skip must be seen")]

use std::path::{Path, PathBuf};

use credway_model::{Person, Severity, Text};
use credway_workflow::{
    CollectionRequest, CoursesQuery, CoverageReport, DEFAULT_LIMITS, ExportFormat, ImportAnswer, ImportRequest, Kind,
    Options, OutcomeRow, ReviewFilter, ReviewShow, SourceFile, Workbench,
};

const EXAM: &str = "Kubernetes and Cloud Native Security Associate (KCSA)";
const PROGRAM: &str = "Cybersecurity courses";

fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: {} is not here", folder.display());
    None
}

fn ada() -> Person {
    Person(Text::new("Ada Ramos").unwrap())
}

async fn workbench(folder: &tempfile::TempDir) -> Workbench {
    let database = format!("sqlite:{}", folder.path().join("real.db").display());
    let workbench = Workbench::open(&Options { database, create: true }).await.unwrap();
    workbench.by(&ada()).begin_institution("Acceptance College", None).await.unwrap();
    workbench
}

async fn import(workbench: &Workbench, kind: Kind, name: &str, bytes: Vec<u8>) -> ImportAnswer {
    let request = ImportRequest {
        kind,
        file: SourceFile::new(name.to_owned(), bytes),
        mapping: None,
        organization: None,
        into: None,
        accept: Vec::new(),
        reason: None,
    };
    let answer = workbench.by(&ada()).import(&request, &credway_import::NoProgress).await.unwrap();
    assert!(answer.written, "{name}: {:?}", answer.findings);
    answer
}

async fn import_file(workbench: &Workbench, kind: Kind, path: &Path) -> ImportAnswer {
    let name = path.file_name().unwrap().to_string_lossy();
    import(workbench, kind, &name, std::fs::read(path).unwrap()).await
}

fn codes(answer: &ImportAnswer) -> Vec<(&str, Severity)> {
    answer.findings.iter().map(|finding| (finding.code.as_str(), finding.severity)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn catalogues_and_frameworks_come_in_whole_and_twice_is_once() {
    let Some(data) = shared() else { return };
    let folder = tempfile::tempdir().unwrap();
    let workbench = workbench(&folder).await;
    let duplicate = ("record.duplicate", Severity::Warning);
    let unread = ("mapping.unread", Severity::Note);
    let unlabelled = ("record.statement-missing", Severity::Warning);
    type Found = Vec<(&'static str, Severity)>;
    let cases: [(Kind, &str, &str, usize, Found); 4] = [
        (Kind::Courses, "catalogs/uh/uh_courses_2024-25.json", "course", 8522, vec![duplicate, unread]),
        (Kind::Courses, "catalogs/mwsu/courses.json", "course", 308, vec![duplicate; 38]),
        (Kind::Framework, "frameworks/esco/esco_skills_en.tsv", "competency", 13_939, vec![unlabelled; 5]),
        (
            Kind::Blueprint,
            "gold/mwsu_standard_items.tsv",
            "objective",
            3289,
            // Two of these guidelines have a topic that stands twice, word for word.
            [
                vec![unread],
                vec![("blueprint.weights-none", Severity::Warning); 6],
                vec![("blueprint.objective-repeated", Severity::Warning); 2],
            ]
            .concat(),
        ),
    ];
    for (kind, path, what, count, mut expected) in cases {
        let answer = import_file(&workbench, kind, &data.join(path)).await;
        assert_eq!(answer.records[what], count, "{path}");
        // How many requisites are understood is measured elsewhere; here their notes only must not flood.
        let mut found = codes(&answer);
        let all = found.len();
        found.retain(|(code, _)| !code.starts_with("requisite."));
        assert!(all - found.len() < 700, "{path}");
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{path}");
        let (created, revised, _) = answer.counts();
        assert!(created > 0 && revised == 0, "{path}");
        let (created, revised, unchanged) = import_file(&workbench, kind, &data.join(path)).await.counts();
        assert_eq!((created, revised), (0, 0), "{path}: a second import changes nothing");
        assert!(unchanged > 0);
    }
    let outcomes = statements(&workbench, "SEC 335", "2021-2022").await;
    assert!(!outcomes.is_empty() && outcomes.iter().all(|outcome| outcome.place.starts_with("pointer /")));
}

/// What a course teaches in one catalogue year.
async fn statements(workbench: &Workbench, code: &str, year: &str) -> Vec<OutcomeRow> {
    let query = CoursesQuery { search: code.to_owned(), offset: 0, limit: 50 };
    let found = workbench.courses(&query).await.unwrap().0;
    let head = found.iter().find(|head| head.catalogue_year.as_deref() == Some(year)).unwrap();
    workbench.course(&head.course.id.to_string()).await.unwrap().outcomes
}

/// Courses of the security department against the exam's outline, aligned.
async fn security(workbench: &Workbench, data: &Path) -> CoverageReport {
    import_file(workbench, Kind::Courses, &data.join("catalogs/mwsu/courses.json")).await;
    import_file(workbench, Kind::Blueprint, &data.join("exams/cncf/KCSA_Curriculum.txt")).await;
    let request = CollectionRequest {
        title: PROGRAM.to_owned(),
        courses: vec!["SEC *".to_owned()],
        catalogue_year: Some("2021-2022".to_owned()),
        organization: None,
    };
    workbench.by(&ada()).make_collection(&request).await.unwrap();
    workbench.by(&ada()).align(PROGRAM, EXAM, DEFAULT_LIMITS, &()).await.unwrap();
    workbench.coverage_of(PROGRAM, EXAM).await.unwrap()
}

/// Rows of decisions on the first statement of a course, by the domain's title and the objective's place in it.
fn rows(report: &CoverageReport, statement: &str, words: &[(&str, usize, &str, &str, &str)]) -> Vec<u8> {
    let mut table =
        csv_row(&["program", "blueprint", "course", "outcome", "objective", "decision", "strength", "reviewer"]);
    for (domain, index, decision, strength, reviewer) in words {
        let mut own = report.statements.iter().filter(|line| line.objective.domain == *domain);
        let objective = &own.nth(*index).unwrap().objective.text;
        table += &csv_row(&[PROGRAM, EXAM, "SEC 335", statement, objective, decision, strength, reviewer]);
    }
    table.into_bytes()
}

fn csv_row(cells: &[&str]) -> String {
    let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
    quoted.join(",") + "\n"
}

/// By hand, from the outline's weights: the overview weighs 14 % and has 6 competencies, one met in full: 14 ÷ 6 =
/// 2.333. The threat model weighs 16 % and has 7, one met in part: 16 ÷ 7 × ½ = 1.143. The components weigh 22 % and
/// have 11, two met in full, one rejected: 2 × 2 = 4. One competency of compliance is disputed and counts for nothing.
/// Together 7.476 %.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_counts_before_a_person_accepts_and_then_what_a_person_computes() {
    let Some(data) = shared() else { return };
    let folder = tempfile::tempdir().unwrap();
    let workbench = workbench(&folder).await;
    let before = security(&workbench, &data).await;
    assert_eq!(before.total, Some(0.0));
    assert!(before.crosswalk.open > 0);
    let all = ReviewFilter { show: ReviewShow::All, ..ReviewFilter::default() };
    let page = workbench.by(&ada()).review(&before.crosswalk.id, &all).await.unwrap();
    let marked = |segments: &[credway_workflow::Segment]| segments.iter().any(|segment| segment.mark.is_some());
    let evident =
        page.candidates.iter().filter(|card| marked(&card.statement_segments) && marked(&card.objective_segments));
    assert!(evident.count() > 0, "evidence is shown in both texts");

    let statement = statements(&workbench, "SEC 335", "2021-2022").await.remove(0).statement;
    let words = [
        ("Overview of Cloud Native Security", 0, "accept", "full", "Ada Ramos"),
        ("Kubernetes Threat Model", 0, "accept", "partial", "Ada Ramos"),
        ("Kubernetes Cluster Component Security", 0, "accept", "full", "Ada Ramos"),
        ("Kubernetes Cluster Component Security", 1, "accept", "full", "Ben Ito"),
        ("Kubernetes Cluster Component Security", 2, "reject", "", "Ben Ito"),
        ("Compliance and Security Frameworks", 0, "accept", "full", "Ada Ramos"),
        ("Compliance and Security Frameworks", 0, "reject", "", "Ben Ito"),
    ];
    import(&workbench, Kind::Decisions, "decisions.csv", rows(&before, &statement, &words)).await;
    let after = workbench.coverage_of(PROGRAM, EXAM).await.unwrap();
    let by_hand = 14.0 / 6.0 + 16.0 / 7.0 / 2.0 + 4.0;
    assert!((after.total.unwrap() - by_hand).abs() < 1e-5, "{:?} is not {by_hand}", after.total);
    assert_eq!(after.crosswalk.disputed, 1);
    assert_eq!(after.gaps.len(), 42 - 3, "all but the three met in full");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_catalogue_is_aligned_with_the_same_bytes_twice() {
    let Some(data) = shared() else { return };
    let folder = tempfile::tempdir().unwrap();
    let workbench = workbench(&folder).await;
    import_file(&workbench, Kind::Courses, &data.join("catalogs/uh/uh_courses_2024-25.json")).await;
    import_file(&workbench, Kind::Blueprint, &data.join("exams/cncf/CKS_Curriculum_v1.34.txt")).await;
    let everything = CollectionRequest {
        title: "Whole catalogue".to_owned(),
        courses: Vec::new(),
        catalogue_year: None,
        organization: None,
    };
    workbench.by(&ada()).make_collection(&everything).await.unwrap();
    let exam = "Certified Kubernetes Security Specialist (CKS) 1.34";
    let mut written = Vec::new();
    for _ in 0..2 {
        workbench.by(&ada()).align("Whole catalogue", exam, DEFAULT_LIMITS, &()).await.unwrap();
        let crosswalk = workbench.find_crosswalk("Whole catalogue", exam).await.unwrap();
        written.push(workbench.export_crosswalk(&crosswalk, ExportFormat::Json).await.unwrap().bytes);
    }
    assert!(written[0] == written[1] && written[0].len() > 10_000);
}
