//! The published files as they are, put into a database.

use std::path::{Path, PathBuf};

use credway_model::{Person, Text};
use credway_workflow::{ImportAnswer, ImportRequest, Kind, Options, SourceFile, Workbench};

/// The catalogue year that is looked at.
pub(crate) const YEAR: &str = "2021-2022";

/// The folder of the published catalogue, where the shared data is.
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/catalogs/mwsu");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: {} is not here", folder.display());
    None
}

/// The requirements of a published program: each a course, or several of which one is taken.
pub(crate) fn published(xml: &str) -> Vec<Vec<String>> {
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
pub(crate) fn tables(requirements: &[Vec<String>]) -> (String, String) {
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

/// Imports a file, which must be written.
pub(crate) async fn import(workbench: &Workbench, kind: Kind, name: &str, bytes: Vec<u8>) -> ImportAnswer {
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

/// A database with the catalogue, the program and its requirements, and the requirements as they are published.
pub(crate) async fn college(data: &Path) -> (Workbench, Vec<Vec<String>>) {
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
    (workbench, requirements)
}
