//! Who owns what comes in: before the institution has a name, and where a file names an organization nobody knows.

use credway_import::{NoProgress, Progress};
use credway_model::{Person, Severity, Text};
use credway_workflow::{
    CollectionRequest, CoursesQuery, ImportAnswer, ImportRequest, Kind, Options, SourceFile, Workbench, WorkflowError,
};

fn ada() -> Person {
    Person(Text::new("Ada Ramos").unwrap())
}

async fn workbench(folder: &tempfile::TempDir) -> Workbench {
    let database = format!("sqlite:{}", folder.path().join("owners.db").display());
    Workbench::open(&Options { database, create: true }).await.unwrap()
}

fn request(text: &str, organization: Option<&str>) -> ImportRequest {
    ImportRequest {
        kind: Kind::Courses,
        file: SourceFile::new("courses.csv".to_owned(), text.as_bytes().to_vec()),
        mapping: None,
        organization: organization.map(str::to_owned),
        into: None,
        accept: Vec::new(),
        reason: None,
    }
}

async fn import(workbench: &Workbench, text: &str, organization: Option<&str>) -> ImportAnswer {
    let answer = workbench.by(&ada()).import(&request(text, organization), &NoProgress).await.unwrap();
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
    workbench.by(&ada()).make_collection(&all).await.unwrap();
    assert!(workbench.export_courses("All").await.is_ok());
    assert!(workbench.by(&ada()).load_sample(&()).await.is_err(), "the sample takes nobody's database");

    workbench.by(&ada()).begin_institution("Pier College", None).await.unwrap();
    assert_eq!(import(&workbench, courses, None).await.counts(), (0, 0, 2));
    let named = "organization,code,title\nPier College,ENGL 1301,Composition\nPier College,ENGL 1302,Argument\n";
    let again = import(&workbench, named, None).await;
    assert_eq!((again.counts(), codes(&again)), ((0, 0, 2), vec![]), "the institution by its name is the institution");
    let exported = String::from_utf8(workbench.export_courses("All").await.unwrap().bytes).unwrap();
    assert!(exported.contains("Pier College,ENGL 1301"), "{exported}");
    assert!(workbench.by(&ada()).begin_institution("Another", None).await.is_err());
}

#[tokio::test]
async fn an_organization_nobody_knows_is_added_with_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let workbench = workbench(&folder).await;
    workbench.by(&ada()).begin_institution("Pier College", None).await.unwrap();
    let answer = import(&workbench, "organization,code,title\nPeer College,ENGL 1301,Composition\n", None).await;
    assert_eq!(codes(&answer), [("reference.organization", Severity::Warning)]);
    assert!(answer.findings[0].place.to_string().contains("row 2"), "{}", answer.findings[0].place);
    let answer = import(&workbench, "code,title\nENGL 1301,Composition\n", Some("Coast University")).await;
    assert_eq!(codes(&answer), [("reference.organization", Severity::Note)]);
    let all = CollectionRequest { title: "All".to_owned(), ..CollectionRequest::default() };
    workbench.by(&ada()).make_collection(&all).await.unwrap();
    let exported = String::from_utf8(workbench.export_courses("All").await.unwrap().bytes).unwrap();
    assert!(exported.contains("Peer College") && exported.contains("Coast University"), "{exported}");
}

#[tokio::test]
async fn an_organization_without_letters_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let workbench = workbench(&folder).await;
    workbench.by(&ada()).begin_institution("Pier College", None).await.unwrap();
    for given in ["", "  ", "\t\n", "Pier\u{7}College"] {
        let request = request("code,title\nENGL 1301,Composition\n", Some(given));
        let refused = workbench.by(&ada()).import(&request, &NoProgress).await.unwrap_err();
        let WorkflowError::Refused { message, hint } = refused else { panic!("{refused}") };
        assert!(message.contains("cannot be taken") && hint.contains("leave the organization out"), "{message}");
    }
    assert_eq!(workbench.courses(&CoursesQuery::default()).await.unwrap().1, 0);
}

/// Renames the institution from another connection as soon as the file is read.
struct Meanwhile(String);

impl Progress for Meanwhile {
    fn advance(&self, done: u64, total: u64) {
        if done < total {
            return;
        }
        let database = self.0.clone();
        let write = move || {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let other = Workbench::open(&Options { database, create: false }).await.unwrap();
                let file = SourceFile::new("o.csv".to_owned(), b"name\nCoast University\n".to_vec());
                let request = ImportRequest { kind: Kind::Organization, file, ..request("", None) };
                assert!(other.by(&ada()).import(&request, &NoProgress).await.unwrap().written);
                other.close().await.unwrap();
            });
        };
        std::thread::spawn(write).join().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn organizations_that_change_while_a_file_is_read_are_not_overlooked() {
    let folder = tempfile::tempdir().unwrap();
    let workbench = workbench(&folder).await;
    workbench.by(&ada()).begin_institution("Pier College", None).await.unwrap();
    let meanwhile = Meanwhile(format!("sqlite:{}", folder.path().join("owners.db").display()));
    let request = request("organization,code,title\nCoast University,ENGL 1301,Composition\n", None);
    let refused = workbench.by(&ada()).import(&request, &meanwhile).await.unwrap_err();
    assert!(refused.to_string().ends_with("import the file again"), "{refused}");
    assert_eq!(workbench.courses(&CoursesQuery::default()).await.unwrap().1, 0, "nothing is written");
    assert!(workbench.by(&ada()).import(&request, &NoProgress).await.unwrap().written);
}
