//! Who owns what comes in: before the institution has a name, and where a file names an organization nobody knows.

use credway_import::NoProgress;
use credway_model::{Person, Severity, Text};
use credway_workflow::{CollectionRequest, ImportAnswer, ImportRequest, Kind, Options, SourceFile, Workbench};

fn ada() -> Person {
    Person(Text::new("Ada Ramos").unwrap())
}

async fn workbench(folder: &tempfile::TempDir) -> Workbench {
    let database = format!("sqlite:{}", folder.path().join("owners.db").display());
    Workbench::open(&Options { database, create: true }).await.unwrap()
}

async fn import(workbench: &Workbench, text: &str, organization: Option<&str>) -> ImportAnswer {
    let request = ImportRequest {
        kind: Kind::Courses,
        file: SourceFile { name: "courses.csv".to_owned(), bytes: text.as_bytes().to_vec() },
        mapping: None,
        organization: organization.map(str::to_owned),
        into: None,
        accept: Vec::new(),
        reason: None,
    };
    let answer = workbench.import(&request, &ada(), &NoProgress).await.unwrap();
    assert!(answer.written, "{:?}", answer.findings);
    answer
}

fn codes(answer: &ImportAnswer) -> Vec<(&str, Severity)> {
    answer.findings.iter().map(|finding| (finding.code.as_str(), finding.severity)).collect()
}

#[tokio::test]
async fn courses_that_came_before_the_name_belong_to_whoever_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let workbench = workbench(&folder).await;
    let courses = "code,title\nENGL 1301,Composition\nENGL 1302,Argument\n";
    let first = import(&workbench, courses, None).await;
    assert_eq!(codes(&first), [("reference.institution", Severity::Note)]);
    let all = CollectionRequest { title: "All".to_owned(), ..CollectionRequest::default() };
    workbench.make_collection(&all, &ada()).await.unwrap();
    assert!(workbench.export_courses("All").await.is_ok());
    assert!(workbench.load_sample(&ada(), &()).await.is_err(), "the sample takes nobody's database");

    workbench.begin_institution("Pier College", None, &ada()).await.unwrap();
    assert_eq!(import(&workbench, courses, None).await.counts(), (0, 0, 2));
    let named = "organization,code,title\nPier College,ENGL 1301,Composition\nPier College,ENGL 1302,Argument\n";
    let again = import(&workbench, named, None).await;
    assert_eq!((again.counts(), codes(&again)), ((0, 0, 2), vec![]), "the institution by its name is the institution");
    let exported = String::from_utf8(workbench.export_courses("All").await.unwrap().bytes).unwrap();
    assert!(exported.contains("Pier College,ENGL 1301"), "{exported}");
    assert!(workbench.begin_institution("Another", None, &ada()).await.is_err());
}

#[tokio::test]
async fn an_organization_nobody_knows_is_added_with_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let workbench = workbench(&folder).await;
    workbench.begin_institution("Pier College", None, &ada()).await.unwrap();
    let answer = import(&workbench, "organization,code,title\nPeer College,ENGL 1301,Composition\n", None).await;
    assert_eq!(codes(&answer), [("reference.organization", Severity::Warning)]);
    assert!(answer.findings[0].place.to_string().contains("row 2"), "{}", answer.findings[0].place);
    let answer = import(&workbench, "code,title\nENGL 1301,Composition\n", Some("Coast University")).await;
    assert_eq!(codes(&answer), [("reference.organization", Severity::Note)]);
    let all = CollectionRequest { title: "All".to_owned(), ..CollectionRequest::default() };
    workbench.make_collection(&all, &ada()).await.unwrap();
    let exported = String::from_utf8(workbench.export_courses("All").await.unwrap().bytes).unwrap();
    assert!(exported.contains("Peer College") && exported.contains("Coast University"), "{exported}");
}
