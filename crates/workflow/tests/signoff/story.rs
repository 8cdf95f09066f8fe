//! From begun to approved, returned, reopened, to the next revision, and what the reports say of it.

use credway_model::{Role, Verdict};
use credway_store::Store;
use credway_workflow::{DEFAULT_LIMITS, Kind, ReportForm, WorkflowError};

use crate::college::*;

#[tokio::test]
async fn from_begun_to_approved_and_to_the_next_revision() {
    let college = College::new().await;
    let people = college.people().await;
    let lead = &people[1];
    let ready = lead.prepare_signoff(&college.crosswalk).await.unwrap();
    assert!(ready.ready && ready.before.is_none(), "{:?}", ready.checks);
    let id = college.approved(&people).await;
    let page = people[0].signoff(&id).await.unwrap();
    assert_eq!((page.digest.as_str(), page.head.revision), (ready.digest.as_str(), 1));
    assert_eq!((page.since.len(), page.faults.len()), (0, 0));
    assert_eq!(page.steps[4].signatures[0].date.as_deref(), Some("2026-11-20"));
    assert_eq!(page.figures.as_ref().unwrap().coverage, Some(60.0));

    // Nothing of it can be changed while it is approved.
    refused(college.decide("Ada", "2.1", "O2", FULL).await, "is approved and stays as it is; reopen it");
    let owner = college.workbench.by(&person("Ada"));
    refused(owner.align("Security", "Guard", DEFAULT_LIMITS, &()).await, "is approved");
    let (statement, target) = (
        owner.find_outcome(&college.crosswalk, "SEC 110/O1").await.unwrap(),
        owner.find_objective(&college.crosswalk, "1.1").await.unwrap(),
    );
    refused(owner.undo(&college.crosswalk, statement, target).await, "is approved");
    let decisions = "program,blueprint,course,outcome,objective,decision,strength\n\
        Security,Guard,SEC 110,O2,2.1,accept,full\n";
    refused(college.import(Kind::Decisions, decisions).await, "is approved");
    refused(lead.begin_signoff(&college.crosswalk, None, None).await, "is approved");

    // A course that is edited does not change what was approved; the page says what differs.
    college.import(Kind::Outcomes, &OUTCOMES.replace("Read a log", "Read an event log")).await.unwrap();
    let page = people[0].signoff(&id).await.unwrap();
    let since = page.since.iter().filter(|one| one.part == "Course statements");
    let since: Vec<_> = since.map(|one| (one.what.as_str(), one.before.as_deref(), one.after.as_deref())).collect();
    assert_eq!(since, [("SEC 110 O2", Some("Read a log"), Some("Read an event log"))]);
    assert_eq!(page.digest, ready.digest);

    lead.reopen_signoff(&id, text("logs are taught now")).await.unwrap();
    refused(lead.reopen_signoff(&id, text("again")).await, "only what was approved is reopened");
    college.decide("Ada", "2.1", "O2", FULL).await.unwrap();
    let next = lead.prepare_signoff(&college.crosswalk).await.unwrap();
    let (revision, changes) = next.before.unwrap();
    assert_eq!(revision, 1);
    let said: Vec<String> =
        changes.iter().map(|one| format!("{}: {}: {:?} → {:?}", one.part, one.what, one.before, one.after)).collect();
    for expected in [
        "Course statements: SEC 110 O2: Some(\"Read a log\") → Some(\"Read an event log\")",
        "Decisions: SEC 110 O2 → 2.1: None → Some(\"accepted in full; by Ada (decision 2)\")",
        "Coverage: Whole exam: Some(\"60.0 %\") → Some(\"100.0 %\")",
        "Coverage: Domain 2: Some(\"0.0 %\") → Some(\"100.0 %\")",
    ] {
        assert!(said.iter().any(|line| line == expected), "{expected} is not in {said:#?}");
    }
    let second = lead.begin_signoff(&college.crosswalk, Some(&next.digest), None).await.unwrap();
    let page = lead.signoff(&second).await.unwrap();
    assert_eq!((page.head.revision, page.before.unwrap().0), (2, 1));
    let first = lead.signoff(&id).await.unwrap();
    assert_eq!((first.head.state, first.digest), ("reopened", ready.digest), "what was approved stays");
    let store = Store::open(&college.url).await.unwrap();
    let audit = store.read().await.unwrap().audit().await.unwrap();
    assert_eq!(audit.broken, None);
    assert!(lead.verify_signoffs(None).await.unwrap().iter().all(|one| one.faults.is_empty()));
}

#[tokio::test]
async fn a_return_makes_later_signatures_void_and_the_beginning_opens_it() {
    let college = College::new().await;
    let people = college.people().await;
    let [fay, lee, rae, _] = &people;
    let id = lee.begin_signoff(&college.crosswalk, None, None).await.unwrap();
    refused(fay.return_signoff(&id, Some(0), text("x")).await, "a step before this one");
    sign(fay, &id, None).await.unwrap();
    sign(lee, &id, None).await.unwrap();
    refused(fay.return_signoff(&id, Some(0), text("x")).await, "signed by Registrar");
    rae.return_signoff(&id, Some(1), text("the credits are wrong")).await.unwrap();
    let page = rae.signoff(&id).await.unwrap();
    assert_eq!(page.turn, Some(1));
    assert_eq!((page.steps[0].signatures[0].void, page.steps[1].signatures[0].void), (false, true));
    assert_eq!(page.events[0].reason, "the credits are wrong");
    sign(lee, &id, None).await.unwrap();
    refused(college.decide("Ada", "2.1", "O2", FULL).await, "is being signed and waits for “Registrar”");
    rae.return_signoff(&id, None, text("logs are missing")).await.unwrap();
    assert_eq!(rae.signoff(&id).await.unwrap().head.state, "returned");
    let again = lee.begin_signoff(&college.crosswalk, None, None).await.unwrap();
    assert_eq!(lee.signoff(&again).await.unwrap().head.revision, 1, "the same content is the same revision");
    lee.return_signoff(&again, None, text("too early")).await.unwrap();
    college.decide("Ada", "2.1", "O2", FULL).await.unwrap();
    let third = lee.begin_signoff(&college.crosswalk, None, None).await.unwrap();
    let page = lee.signoff(&third).await.unwrap();
    assert_eq!((page.head.revision, page.before.is_none()), (2, true), "nothing was approved before");
}

#[tokio::test]
async fn what_is_known_to_bounce_does_not_begin() {
    let college = College::new().await;
    let lead = college.member("Lee", &[Role::ProgramLead]).await;
    college.decide("Ben", "1.1", "O1", Verdict::Rejected).await.unwrap();
    let error = lead.begin_signoff(&college.crosswalk, None, None).await.unwrap_err();
    let WorkflowError::Findings(findings) = error else { panic!("{error:?}") };
    let codes: Vec<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
    assert!(codes.contains(&"signoff.disputed") && codes.contains(&"signoff.nothing-accepted"), "{codes:?}");
    assert!(codes.iter().all(|code| credway_workflow::finding_codes().iter().any(|(known, _)| known == code)));
    college.decide("Ben", "1.1", "O1", FULL).await.unwrap();
    assert!(college.import(Kind::Blueprint, &BLUEPRINT.replace("40%", "30%")).await.unwrap());
    let checks = lead.prepare_signoff(&college.crosswalk).await.unwrap().checks;
    let weights = checks.iter().find(|check| check.code == "signoff.weights").unwrap();
    assert_eq!(weights.message, "The weights come to 90 %, not 100 %.");
}

#[tokio::test]
async fn the_reports_say_who_signed_what() {
    let college = College::new().await;
    let owner = college.workbench.by(&person("Ada"));
    let plain = owner.export_coverage(&college.crosswalk, ReportForm::Html).await.unwrap();
    assert!(!String::from_utf8(plain.bytes).unwrap().contains("Sign-off"), "none was begun");
    let people = college.people().await;
    let id = college.approved(&people).await;
    let page = owner.signoff(&id).await.unwrap();
    let coverage = owner.export_coverage(&college.crosswalk, ReportForm::Html).await.unwrap();
    let crosswalk = owner.crosswalk_preview(&college.crosswalk).await.unwrap();
    for html in [String::from_utf8(coverage.bytes).unwrap(), crosswalk.html] {
        for expected in
            ["Sign-off", "Revision 1: approved.", "Fay", "Registrar", "decided on", &page.digest, &page.history.1]
        {
            assert!(html.contains(expected), "{expected} is not in {html}");
        }
        assert!(!html.contains("differs from what was"));
    }
    college.import(Kind::Outcomes, &OUTCOMES.replace("Read a log", "Read an event log")).await.unwrap();
    let html = owner.coverage_preview(&college.crosswalk).await.unwrap().html;
    assert!(html.contains("differs from what was approved as revision 1"), "{html}");
    for form in [ReportForm::Pdf, ReportForm::Docx, ReportForm::Xlsx] {
        assert!(!owner.export_coverage(&college.crosswalk, form).await.unwrap().bytes.is_empty());
    }
}
