//! A published degree audited by course: MWSU's BS in cybersecurity of 2021-2022, its courses with their requisites and its requirements
//! taken from the files that lie beside the project where the shared data is; elsewhere the test says that it is skipped.
//!
//! The catalogue gives no credits. They are assumed for the audit, never written, and said wherever they count.

#![expect(clippy::print_stderr, reason = "a skip must be seen")]

use std::path::{Path, PathBuf};

use credway_model::{Person, Text};
use credway_workflow::{AuditRequest, ImportAnswer, ImportRequest, Kind, Options, SourceFile, Workbench};

const YEAR: &str = "2021-2022";

fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/catalogs/mwsu");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: {} is not here", folder.display());
    None
}

/// The requirements of a published program: each a course, or several of which one is taken.
fn published(xml: &str) -> Vec<Vec<String>> {
    let between = |text: &str, tag: &str| -> Vec<String> {
        text.split(&format!("<{tag}>"))
            .skip(1)
            .filter_map(|rest| rest.split(&format!("</{tag}>")).next())
            .map(str::to_owned)
            .collect()
    };
    let course = |course: &String| format!("{} {}", between(course, "subject")[0], between(course, "number")[0]);
    between(xml, "requirement").iter().map(|one| between(one, "course").iter().map(course).collect()).collect()
}

/// The program's courses, and its requirements, as tables.
fn tables(requirements: &[Vec<String>]) -> (String, String) {
    let mut program = "program,award,catalogue_year,course,group\n".to_owned();
    let mut rows = "program,award,catalogue_year,requirement,needs,courses\n".to_owned();
    let head = format!("Cybersecurity,BS,{YEAR}");
    let mut listed: Vec<&String> = Vec::new();
    let core: Vec<&str> = requirements.iter().filter(|one| one.len() == 1).map(|one| one[0].as_str()).collect();
    rows.push_str(&format!("{head},Core,all,\"{}\"\n", core.join(", ")));
    for (number, choice) in requirements.iter().filter(|one| one.len() > 1).enumerate() {
        rows.push_str(&format!("{head},Elective {},1 course,\"{}\"\n", number + 1, choice.join(", ")));
    }
    for one in requirements {
        for code in one.iter().filter(|code| !listed.contains(code)).collect::<Vec<_>>() {
            listed.push(code);
            program.push_str(&format!("{head},{code},{}\n", if one.len() == 1 { "Core" } else { "Electives" }));
        }
    }
    (program, rows)
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
    let answer = workbench.import(&request, &credway_import::NoProgress).await.unwrap();
    assert!(answer.written, "{name}: {:?}", answer.findings);
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_degree_is_audited_by_course() {
    let Some(data) = shared() else { return };
    let options = Options { database: "sqlite::memory:".to_owned(), create: true };
    let workbench = Workbench::open(&options).await.unwrap().by(&Person(Text::new("Ada Ramos").unwrap()));
    workbench.begin_institution("Western", None).await.unwrap();
    import(&workbench, Kind::Courses, "courses.json", std::fs::read(data.join("courses.json")).unwrap()).await;
    let xml = std::fs::read_to_string(data.join("programs/cybersecurity-bs.xml")).unwrap();
    let requirements = published(&xml);
    assert_eq!((requirements.len(), requirements.iter().filter(|one| one.len() == 1).count()), (18, 16));
    let (program, rows) = tables(&requirements);
    import(&workbench, Kind::Program, "program.csv", program.into_bytes()).await;
    let set = import(&workbench, Kind::Requirements, "requirements.csv", rows.into_bytes()).await;
    assert_eq!(set.findings, [], "every course is in the catalogue");

    // Everything but SEC 490, and both electives from the same four courses; ACT 301 failed once and taken again.
    let core = requirements.iter().filter(|one| one.len() == 1).map(|one| one[0].as_str());
    let mut taken = "code,grade\nACT 301,F\nCSC 450,A\nACT 476,B\n".to_owned();
    core.filter(|code| *code != "SEC 490").for_each(|code| taken.push_str(&format!("{code},B\n")));
    let request = AuditRequest {
        programs: vec!["Cybersecurity BS".to_owned()],
        taken: SourceFile::new("taken.csv", taken.into_bytes()),
        exceptions: None,
        share: Vec::new(),
        assume_credits: "3".parse().ok(),
    };
    let answer = workbench.audit_program(&request).await.unwrap();
    let told: Vec<(Option<&str>, &str, usize, Option<&str>)> = answer.programs[0]
        .requirements
        .iter()
        .map(|line| (line.name.as_deref(), line.state.word(), line.counted.len(), line.missing.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            (Some("Core"), "missing", 15, Some("1 course")),
            (Some("Elective 1"), "met", 1, None),
            (Some("Elective 2"), "met", 1, None),
        ]
    );
    assert_eq!(answer.programs[0].uncounted.len(), 1, "the failed attempt");
    assert!(answer.courses.iter().all(|course| course.is_assumed() && course.id.is_some()));
    assert_eq!(answer.findings.iter().filter(|one| one.code == "learner.credits-assumed").count(), 1);
    let course = workbench.program("Cybersecurity BS").await.unwrap().courses.into_iter().next().unwrap();
    assert_eq!(course.credits, None, "what is assumed is not written");
}
