//! Two institutions on one site: what one imports, saves and puts together says nothing of the other to its people.

use credway_import::NoProgress;
use credway_model::{AccountState, Ctid, Role};
use credway_workflow::{
    CollectionRequest, DEFAULT_LIMITS, DecideRequest, HistoryFilter, ImportAnswer, ImportRequest, Kind, ReviewFilter,
    SourceFile, Workbench,
};

use crate::college::{College, FULL, account, imported, is_missing, is_refused, noon};

const BLUEPRINT: &str = "credential,domain_code,domain,weight,objective_code,objective\n\
    Guard,1,Networks,60%,,\nGuard,1,Networks,,1.1,Configure every kind of firewall\n\
    Guard,2,Logs,40%,,\nGuard,2,Logs,,2.1,Read logs\n";

fn request(kind: Kind, text: &str) -> ImportRequest {
    ImportRequest {
        kind,
        file: SourceFile::new("bay.csv".to_owned(), text.as_bytes().to_vec()),
        mapping: None,
        organization: Some("Bay College".to_owned()),
        into: None,
        accept: Vec::new(),
        reason: None,
    }
}

async fn import(who: &Workbench, kind: Kind, text: &str) -> ImportAnswer {
    who.import(&request(kind, text), &NoProgress).await.unwrap()
}

/// A second institution with a program of its own: its identifier, and its crosswalk.
async fn bay(college: &College) -> (Ctid, Ctid) {
    for (kind, text) in [
        (Kind::Courses, "code,title,credits\nBAY 1,Bay defence,3\n"),
        (Kind::Outcomes, "course,code,statement\nBAY 1,O1,Configure a firewall\n"),
        (Kind::Program, "program,course\nBay Secrets,BAY 1\n"),
    ] {
        assert!(import(&college.owner, kind, text).await.written);
    }
    let crosswalk = college.owner.align("Bay Secrets", "Guard", DEFAULT_LIMITS, &()).await.unwrap().crosswalk;
    let programs = college.store.read().await.unwrap().programs().await.unwrap();
    (programs.iter().find(|one| one.title.as_str() == "Bay Secrets").unwrap().organization, crosswalk)
}

async fn accept_first(who: &Workbench, crosswalk: &Ctid) {
    let card = who.review(crosswalk, &ReviewFilter::default()).await.unwrap().candidates.remove(0);
    let request = DecideRequest {
        statement: card.statement,
        target: card.objective.id,
        verdict: FULL,
        level: None,
        reason: None,
        settles: false,
    };
    who.decide(crosswalk, request).await.unwrap();
}

#[tokio::test]
async fn what_an_import_does_to_decisions_is_told_to_those_who_may_read_them() {
    let college = College::new().await;
    let (bay, crosswalk) = bay(&college).await;
    let lead = college.member("Lena Lead", Role::ProgramLead).await;
    let theirs = college.member_of("Bea Bay", Role::ProgramLead, bay).await;
    for pair in [("O1", "1.1"), ("O2", "1.1")] {
        college.say(&lead, pair, FULL, false).await.unwrap();
    }
    accept_first(&theirs, &crosswalk).await;
    let answer = imported(&lead, Kind::Blueprint, BLUEPRINT).await;
    assert!(answer.written, "{:?}", answer.findings);
    let told = serde_json::to_string(&answer.findings).unwrap();
    assert!(told.contains("of Security × Guard have other words"), "{told}");
    assert!(told.contains("1 decided pair(s) of a crosswalk of another institution have other words"), "{told}");
    let listed = |findings| serde_json::to_string(&findings).unwrap();
    let own = listed(lead.findings().await.unwrap());
    assert!(own.contains("Security × Guard") && !own.contains("Bay") && !own.contains("another institution"), "{own}");
    let own = listed(theirs.findings().await.unwrap());
    assert!(own.contains("Bay Secrets × Guard") && !own.contains("Security"), "{own}");
    assert!(!told.contains("Bay Secrets") && !told.contains(&crosswalk.to_string()), "{told}");
}

#[tokio::test]
async fn a_saved_mapping_is_its_institutions_alone() {
    let college = College::new().await;
    let (bay, _) = bay(&college).await;
    let lead = college.member("Lena Lead", Role::ProgramLead).await;
    let theirs = college.member_of("Bea Bay", Role::ProgramLead, bay).await;
    let file = request(Kind::Courses, "code,title,credits\nBAY 1,Bay defence,3\n");
    let heads: Vec<String> = ["code", "title", "credits"].map(str::to_owned).into();
    let mut mapping = theirs.preview_import(&file, &NoProgress).await.unwrap().mapping.unwrap();
    theirs.save_mapping("catalogue", &mapping).await.unwrap();
    theirs.remember_mapping(&mapping, &file, &heads).await.unwrap();
    assert!(is_missing(&lead.mapping("catalogue").await));
    assert!(lead.mappings().await.unwrap().is_empty() && lead.mappings_for(Kind::Courses).await.unwrap().is_empty());
    assert_eq!(theirs.mappings().await.unwrap().len(), 2);
    for organization in [None, Some("Bay College".to_owned())] {
        let file = ImportRequest { organization, ..file.clone() };
        assert!(lead.remembered_mapping(&file, &heads).await.is_none(), "what was right there may be wrong here");
        assert!(theirs.remembered_mapping(&file, &heads).await.is_some());
    }
    let told = async |who: &Workbench| {
        let lines = who.history(&HistoryFilter::default()).await.unwrap();
        lines.iter().filter(|line| line.subject_kind == "mapping profile").count()
    };
    assert_eq!((told(&lead).await, told(&theirs).await, told(&college.owner).await), (0, 2, 2));

    mapping.absent.push("credits".to_owned());
    lead.save_mapping("catalogue", &mapping).await.unwrap();
    assert_eq!(lead.mapping("catalogue").await.unwrap(), mapping);
    assert_ne!(theirs.mapping("catalogue").await.unwrap(), mapping, "each has one of this name");
    assert_eq!((told(&lead).await, told(&theirs).await), (1, 2));
    let named = format!("{bay} catalogue");
    assert!(is_refused(&lead.save_mapping(&named, &mapping).await), "no name reaches another institution's");
    assert!(is_missing(&lead.mapping(&named).await));
}

#[tokio::test]
async fn a_sheet_is_shared_with_employers_of_the_institution() {
    let college = College::new().await;
    let (bay, crosswalk) = bay(&college).await;
    let lead = college.member("Lena Lead", Role::ProgramLead).await;
    let theirs = college.member_of("Bea Bay", Role::ProgramLead, bay).await;
    college.member("Eli Employer", Role::EmployerReviewer).await;
    college.member_of("Bo Boatyard", Role::EmployerReviewer, bay).await;
    let names = async |who: &Workbench, crosswalk: &Ctid| -> Vec<String> {
        who.shares(crosswalk).await.unwrap().employers.into_iter().map(|one| one.name).collect()
    };
    assert_eq!(names(&lead, &college.crosswalk).await, ["Eli Employer"]);
    assert_eq!(names(&theirs, &crosswalk).await, ["Bo Boatyard"]);
    let until = "2026-12-01".parse().unwrap();
    assert!(is_refused(&lead.share_sheet(&college.crosswalk, account("Bo Boatyard"), until).await));
}

#[tokio::test]
async fn each_institution_has_its_own_collection_of_a_title() {
    let college = College::new().await;
    let (bay, _) = bay(&college).await;
    let lead = college.member("Lena Lead", Role::ProgramLead).await;
    let theirs = college.member_of("Bea Bay", Role::ProgramLead, bay).await;
    let all = CollectionRequest { title: "All".to_owned(), ..CollectionRequest::default() };
    let one = theirs.make_collection(&all).await.unwrap().id;
    let two = lead.make_collection(&all).await.unwrap().id;
    assert_ne!(one, two);
    assert_eq!(theirs.make_collection(&all).await.unwrap().id, one, "renewed");
    let into = ImportRequest { into: Some("All".to_owned()), ..request(Kind::Courses, "code,title\nBAY 2,Bay logs\n") };
    assert!(theirs.import(&into, &NoProgress).await.unwrap().written);
    let work = college.store.read().await.unwrap();
    for (id, owner, courses) in [(one, bay, 2), (two, college.institution, 1)] {
        let program = work.program(&id).await.unwrap().unwrap();
        assert_eq!((program.organization, program.courses.len()), (owner, courses));
    }
}

#[tokio::test]
async fn whose_history_is_short_finds_it_whatever_they_wish_for_at_once() {
    let college = College::new().await;
    let (bay, crosswalk) = bay(&college).await;
    let theirs = college.member_of("Bea Bay", Role::ProgramLead, bay).await;
    accept_first(&theirs, &crosswalk).await;
    let lead = college.member("Lena Lead", Role::ProgramLead).await;
    college.say_all(&lead, FULL).await;
    let filter = HistoryFilter { limit: 1, ..HistoryFilter::default() };
    let line = theirs.history(&filter).await.unwrap().remove(0);
    assert_eq!((line.kind.as_str(), line.subject), ("decided", crosswalk));
    let next = HistoryFilter { before: Some(line.number), ..filter };
    assert!(theirs.history(&next).await.unwrap().iter().all(|next| next.number < line.number));
}

#[tokio::test]
async fn who_signs_in_elsewhere_is_not_invited_by_being_suspended_and_let_in_again() {
    let college = College::new().await;
    let administrator = college.member("Dana Kim", Role::Administrator).await;
    college.member("Dee Dean", Role::Dean).await;
    college.member("Ned New", Role::Dean).await;
    let work = college.store.write().await.unwrap();
    work.put_identity(account("Dee Dean"), "https://id.example", "dee", noon()).await.unwrap();
    work.commit().await.unwrap();
    for (name, state) in [("Dee Dean", AccountState::Active), ("Ned New", AccountState::Invited)] {
        administrator.suspend(account(name), "on leave").await.unwrap();
        administrator.reinstate(account(name)).await.unwrap();
        let found = college.store.read().await.unwrap().account(account(name)).await.unwrap();
        assert_eq!(found.unwrap().0.state, state, "{name}");
    }
}
