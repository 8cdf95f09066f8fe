//! What is imported: files, organizations, credentials, frameworks, blueprints, courses, programs.

use credway_model::{
    AwardedFor, Citation, Competency, CompetencyKind, Credential, CredentialType, Ctid, Figure, Finding, Framework,
    Months, Organization, OrganizationKind, Place, Severity,
};
use credway_store::{CourseFilter, FindingFilter, Store, StoreError, Written};

use crate::support::*;

pub(crate) async fn files_and_findings(store: &Store) {
    let work = store.write().await.unwrap();
    let (first, second) = (source("b.csv", "one"), source("a.csv", "two \u{0}\u{1}"));
    assert_eq!(work.put_source(&first).await.unwrap(), Written::Created);
    assert_eq!(work.put_source(&second).await.unwrap(), Written::Created);
    assert_eq!(work.put_source(&first).await.unwrap(), Written::Unchanged);
    assert_eq!(work.source(&second.id).await.unwrap(), Some(second.clone()));
    let heads = work.sources().await.unwrap();
    assert_eq!(
        heads.iter().map(|head| (head.name.as_str(), head.bytes)).collect::<Vec<_>>(),
        [("a.csv", 6), ("b.csv", 3)]
    );
    let finding = |code: &str, severity| {
        Finding::new(code, severity, Place::Row { row: 2, column: None }, "An odd \u{0} character", "Mend it")
            .in_file("a.csv")
    };
    let all = [finding("course.code", Severity::Error), finding("course.credits", Severity::Warning)];
    work.put_findings(&first.id, &all).await.unwrap();
    work.put_findings(&first.id, &all).await.unwrap();
    work.put_findings(&second.id, &all[1..]).await.unwrap();
    let count = async |filter: FindingFilter| work.findings(&filter).await.unwrap().len();
    assert_eq!(count(FindingFilter::default()).await, 3);
    assert_eq!(count(FindingFilter { severity: Some(Severity::Warning), ..FindingFilter::default() }).await, 2);
    assert_eq!(count(FindingFilter { code: Some("course.code".to_owned()), ..FindingFilter::default() }).await, 1);
    let of_first = FindingFilter { source: Some(first.id.clone()), ..FindingFilter::default() };
    let found: Vec<Finding> = work.findings(&of_first).await.unwrap().into_iter().map(|one| one.finding).collect();
    assert_eq!(found, all);
    work.commit().await.unwrap();
}

pub(crate) async fn organizations_and_credentials(store: &Store) {
    let work = store.write().await.unwrap();
    let file = source("b.csv", "one");
    let mut organization = Organization {
        ctid: college(),
        name: text("Lantern Bay"),
        kind: Some(OrganizationKind::College),
        city: None,
        region: Some(text("Région")),
        url: None,
        origin: origin(&file, 2),
    };
    let put = async |one: &Organization, minute| {
        work.put_organizations(std::slice::from_ref(one), &stamp(minute)).await.unwrap()
    };
    assert_eq!(put(&organization, 1).await, [Written::Created]);
    assert_eq!(put(&organization, 2).await, [Written::Unchanged]);
    organization.origin = origin(&file, 3);
    assert_eq!(put(&organization, 2).await, [Written::Unchanged]);
    assert_eq!(work.organizations().await.unwrap(), std::slice::from_ref(&organization), "the place is the latest");
    organization.city = Some(text("Bay City"));
    assert_eq!(put(&organization, 3).await, [Written::Revised]);
    assert_eq!(work.organizations().await.unwrap(), [organization.clone()]);
    let revisions = work.revisions(&college()).await.unwrap();
    assert_eq!(revisions.iter().map(|revision| revision.number).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(serde_json::from_str::<Organization>(&revisions[1].content).unwrap(), organization);
    let twice = [organization.clone(), organization];
    assert!(matches!(work.put_organizations(&twice, &stamp(4)).await, Err(StoreError::Duplicate { .. })));
    let credential = Credential {
        ctid: ctid("credential", "guard"),
        title: text("Guard+"),
        kind: Some(CredentialType::Certification),
        issuer: Some(text("Guild")),
        awarded_for: Some(AwardedFor::Assessment),
        assessment: None,
        validity: Months::new(36).ok(),
        renewal: None,
        revocable: Some(false),
        accreditation: None,
        exam_code: Some(text("701")),
        exam_cost: Some(Figure {
            value: "$1,404.50".parse().unwrap(),
            citation: Citation { source: text("price list"), date: Some("2026-05-01".parse().unwrap()) },
        }),
        origin: None,
    };
    assert_eq!(work.put_credentials(std::slice::from_ref(&credential), &stamp(5)).await.unwrap(), [Written::Created]);
    assert_eq!(work.credentials().await.unwrap(), std::slice::from_ref(&credential));
    assert_eq!(work.credential(&credential.ctid).await.unwrap(), Some(credential));
    work.commit().await.unwrap();
}

pub(crate) async fn frameworks(store: &Store) {
    let work = store.write().await.unwrap();
    let competency = |key: &str, parent: Option<Ctid>, kind| Competency {
        ctid: ctid("competency", key),
        code: Some(text(key)),
        statement: text(&format!("Can do {key}")),
        description: None,
        alternatives: vec![text("déjà vu")],
        kind,
        parent,
        origin: None,
    };
    let parent = ctid("competency", "b");
    let mut framework = Framework {
        ctid: ctid("framework", "own"),
        title: text("Own skills"),
        version: None,
        competencies: vec![
            competency("b", None, Some(CompetencyKind::Skill)),
            competency("a", Some(parent), Some(CompetencyKind::Other(text("habit")))),
            competency("c", Some(parent), None),
        ],
        origin: None,
    };
    assert_eq!(work.put_framework(&framework, &stamp(6)).await.unwrap(), Written::Created);
    assert_eq!(work.framework(&framework.ctid).await.unwrap(), Some(framework.clone()));
    framework.competencies.remove(1);
    assert_eq!(work.put_framework(&framework, &stamp(7)).await.unwrap(), Written::Revised);
    assert_eq!(work.put_framework(&framework, &stamp(8)).await.unwrap(), Written::Unchanged);
    assert_eq!(work.framework(&framework.ctid).await.unwrap(), Some(framework.clone()));
    assert_eq!(work.frameworks().await.unwrap()[0].competencies, 2);
    let other = Framework { ctid: ctid("framework", "other"), ..framework };
    assert!(matches!(work.put_framework(&other, &stamp(9)).await, Err(StoreError::Taken { .. })));
    // A call that was refused may have left half of it in this work.
    assert!(matches!(work.commit().await, Err(StoreError::Broken)));
    let work = store.write().await.unwrap();
    let framework = Framework { ctid: ctid("framework", "own"), ..other };
    work.put_framework(&framework, &stamp(7)).await.unwrap();
    work.commit().await.unwrap();
}

pub(crate) async fn blueprints(store: &Store) {
    let work = store.write().await.unwrap();
    for version in ["701", "601"] {
        let blueprint = blueprint(version, nested(version));
        assert_eq!(work.put_blueprint(&blueprint, &stamp(10)).await.unwrap(), Written::Created);
        assert_eq!(work.put_blueprint(&blueprint, &stamp(10)).await.unwrap(), Written::Unchanged);
        assert_eq!(work.blueprint(&blueprint.ctid).await.unwrap(), Some(blueprint));
    }
    let heads = work.blueprints().await.unwrap();
    let told: Vec<_> = heads.iter().map(|head| (head.name(), head.domains, head.objectives)).collect();
    assert_eq!(told, [("Guard+ 601".to_owned(), 3, 6), ("Guard+ 701".to_owned(), 3, 6)]);
    let found = async |words: &str| {
        work.find_blueprint(words).await.unwrap().iter().map(|head| head.name()).collect::<Vec<_>>()
    };
    assert_eq!(found("guard+ 701").await, ["Guard+ 701"]);
    assert_eq!(found(&ctid("blueprint", "601").to_string()).await, ["Guard+ 601"]);
    assert_eq!(found(" GUARD+ ").await, ["Guard+ 601", "Guard+ 701"]);
    assert_eq!(found("701").await, ["Guard+ 701"]);
    assert_eq!(found("Guard").await, Vec::<String>::new());
    work.commit().await.unwrap();
}

pub(crate) async fn courses(store: &Store) {
    let work = store.write().await.unwrap();
    let all = [
        course("SEC 210", "Offence", vec![outcome("SEC 210", 1, "Test a network")]),
        course("SEC 110", "Defence", vec![outcome("SEC 110", 2, "Read a log"), outcome("SEC 110", 1, "Harden a host")]),
        course("SEC-105", "Writing", Vec::new()),
        course("SÉC 9", "Wächter", Vec::new()),
    ];
    assert_eq!(work.put_courses(&all, &stamp(11)).await.unwrap(), [Written::Created; 4]);
    assert_eq!(work.put_courses(&all, &stamp(12)).await.unwrap(), [Written::Unchanged; 4]);
    for one in &all {
        assert_eq!(work.course(&one.ctid).await.unwrap().as_ref(), Some(one));
    }
    let codes = async |filter: CourseFilter| {
        let courses = work.courses(&filter).await.unwrap();
        let any = CourseFilter { limit: None, offset: None, ..filter.clone() };
        if filter == any {
            assert_eq!(work.count_courses(&filter).await.unwrap(), courses.len() as u64);
        }
        courses.iter().map(|course| course.code.to_string()).collect::<Vec<_>>().join(", ")
    };
    let every = CourseFilter::default;
    // In the order of the letters' code points, on both databases.
    assert_eq!(codes(every()).await, "SEC 110, SEC 210, SEC-105, SÉC 9");
    assert_eq!(codes(CourseFilter { limit: Some(2), offset: Some(1), ..every() }).await, "SEC 210, SEC-105");
    assert_eq!(codes(CourseFilter { offset: Some(3), ..every() }).await, "SÉC 9");
    assert_eq!(codes(CourseFilter { codes: Some(vec!["sec210".parse().unwrap()]), ..every() }).await, "SEC 210");
    assert_eq!(codes(CourseFilter { codes: Some(Vec::new()), ..every() }).await, "");
    assert_eq!(codes(CourseFilter { organization: Some(ctid("x", "y")), ..every() }).await, "");
    for (search, expected) in [
        ("WÄCH", "SÉC 9"),
        ("offence sec", "SEC 210"),
        ("100% HOSTS_THEY own!", "SEC 110, SEC 210, SEC-105, SÉC 9"),
        ("10%0", ""),
        ("hosts%they", ""),
        ("ämter défence", ""),
        ("'; --", ""),
        ("\u{0}", ""),
    ] {
        assert_eq!(codes(CourseFilter { search: Some(search.to_owned()), ..every() }).await, expected, "{search:?}");
    }
    let stolen = course("SEC 300", "Theft", vec![outcome("SEC 210", 1, "Test a network")]);
    assert!(matches!(work.put_courses(&[stolen], &stamp(13)).await, Err(StoreError::Taken { kind: "outcome", .. })));
    assert!(matches!(work.commit().await, Err(StoreError::Broken)));
    let work = store.write().await.unwrap();
    work.put_courses(&all, &stamp(11)).await.unwrap();
    work.commit().await.unwrap();
}

pub(crate) async fn programs(store: &Store) {
    let work = store.write().await.unwrap();
    let mut security = program(&["SEC 210", "SEC 110"]);
    assert_eq!(work.put_program(&security, &stamp(15)).await.unwrap(), Written::Created);
    assert_eq!(work.put_program(&security, &stamp(15)).await.unwrap(), Written::Unchanged);
    security.courses.reverse();
    security.courses[0].group = None;
    assert_eq!(work.put_program(&security, &stamp(16)).await.unwrap(), Written::Revised);
    assert_eq!(work.program(&security.ctid).await.unwrap(), Some(security.clone()));
    assert_eq!(work.programs().await.unwrap(), std::slice::from_ref(&security));
    assert_eq!(work.find_program("network security aas").await.unwrap(), std::slice::from_ref(&security));
    assert_eq!(work.find_program("network").await.unwrap(), []);
    let of_program = CourseFilter { program: Some(security.ctid), ..CourseFilter::default() };
    assert_eq!(work.courses(&of_program).await.unwrap().len(), 2);
    work.commit().await.unwrap();
    let work = store.write().await.unwrap();
    let failed = work.put_program(&program(&["NONE 1"]), &stamp(16)).await;
    assert!(matches!(failed, Err(StoreError::Reference { .. })), "{failed:?}");
}
