//! Who may sign what: by role and place, in quorums, by delegation.

use credway_model::{Ctid, Grant, Role, SignoffPlan, SignoffStep, StepAsks};
use credway_workflow::{Actor, DelegateRequest, SignRequest, SigningRight, Workbench, WorkflowError};

use crate::college::*;

#[tokio::test]
async fn who_may_sign_what() {
    let college = College::new().await;
    let people = college.people().await;
    let [fay, lee, rae, dee] = &people;
    let advisor = college.member("Avi", &[Role::Advisor]).await;
    assert!(matches!(fay.begin_signoff(&college.crosswalk, None, None).await, Err(WorkflowError::Forbidden { .. })));
    refused(lee.begin_signoff(&college.crosswalk, Some("0"), None).await, "no longer what would be signed");
    let id = lee.begin_signoff(&college.crosswalk, None, None).await.unwrap();
    assert_eq!(fay.signoffs().await.unwrap().waiting.len(), 1);
    let waits = "Security × Guard waits for your signature, step “Faculty”";
    assert_eq!(told(fay).await, [waits]);
    assert_eq!((told(lee).await.len(), told(rae).await.len(), told(dee).await.len()), (0, 0, 0));
    assert_eq!((dee.signoffs().await.unwrap().waiting.len(), lee.signoffs().await.unwrap().begun.len()), (0, 1));
    refused(sign(dee, &id, None).await, "this step is signed by Faculty reviewer");
    assert!(matches!(sign(&advisor, &id, None).await, Err(WorkflowError::Forbidden { .. })));
    let stale = SignRequest { digest: "0".repeat(64), ..request(fay, &id, None).await };
    refused(fay.sign_signoff(&id, stale).await, "what you read is no longer what would be signed");
    let other = SignRequest { step: 3, ..request(dee, &id, None).await };
    refused(dee.sign_signoff(&id, other).await, "not this step’s turn");
    sign(fay, &id, None).await.unwrap();
    let again = SignRequest { step: 0, ..request(fay, &id, None).await };
    refused(fay.sign_signoff(&id, again).await, "not this step’s turn");
    assert_eq!(told(lee).await, ["Security × Guard waits for your signature, step “Program lead”"]);
    sign(lee, &id, None).await.unwrap();
    // At another institution, or in another program, the role counts for nothing.
    let elsewhere: Ctid = "ce-00000000-0000-4000-8000-000000000009".parse().unwrap();
    for grant in [
        Grant { role: Role::Registrar, institution: elsewhere, program: None },
        Grant { role: Role::Registrar, institution: college.institution, program: Some(elsewhere) },
    ] {
        let stranger = college.workbench.acting(Actor::member(person("Sol"), account("Sol"), vec![grant], None));
        assert!(matches!(stranger.signoff(&id).await, Err(WorkflowError::Hidden)));
        let given = request(rae, &id, None).await;
        assert!(matches!(stranger.sign_signoff(&id, given).await, Err(WorkflowError::Forbidden { .. })));
    }
    sign(rae, &id, None).await.unwrap();
    sign(dee, &id, None).await.unwrap();
    refused(sign(dee, &id, None).await, "asks for the day");
    refused(sign(dee, &id, Some("2026-11-24")).await, "is to come");
    sign(dee, &id, Some("2026-11-20")).await.unwrap();
    refused(sign(dee, &id, None).await, "waits for no signature");
    assert!(told(lee).await.contains(&"Security × Guard is approved".to_owned()));
    assert_eq!(told(fay).await, [waits], "once");
}

/// What somebody was told, newest first.
async fn told(who: &Workbench) -> Vec<String> {
    let told = who.notifications().await.unwrap().notifications;
    told.into_iter().map(|one| one.words.to_string()).collect()
}

#[tokio::test]
async fn a_quorum_takes_as_many_people_and_nobody_twice() {
    let college = College::new().await;
    let people = college.people().await;
    let [fay, lee, ..] = &people;
    let gus = college.member("Gus", &[Role::FacultyReviewer, Role::Dean]).await;
    let step = |title: &str, role, quorum| SignoffStep {
        title: text(title),
        roles: vec![role],
        quorum,
        asks: StepAsks::Signature,
    };
    let steps = vec![step("Faculty", Role::FacultyReviewer, 2), step("Dean", Role::Dean, 1)];
    let plan = SignoffPlan::new(steps.clone(), false).unwrap();
    assert!(matches!(fay.set_signoff_plan(&college.institution, &plan).await, Err(WorkflowError::Forbidden { .. })));
    lee.set_signoff_plan(&college.institution, &plan).await.unwrap();
    assert!(lee.signoff_plans().await.unwrap()[0].set);
    let id = lee.begin_signoff(&college.crosswalk, None, None).await.unwrap();
    // The plan may change: this sign-off keeps the one it began with.
    lee.set_signoff_plan(&college.institution, &SignoffPlan::new(steps[..1].to_vec(), true).unwrap()).await.unwrap();
    sign(fay, &id, None).await.unwrap();
    assert_eq!(fay.signoffs().await.unwrap().waiting.len(), 0, "it waits for others");
    refused(sign(fay, &id, None).await, "Fay has signed this step already");
    sign(&gus, &id, None).await.unwrap();
    assert_eq!(gus.signoff(&id).await.unwrap().turn, Some(1));
    refused(sign(&gus, &id, None).await, "Gus has signed step “Faculty”");
    sign(&people[3], &id, None).await.unwrap();
    assert_eq!(fay.signoff(&id).await.unwrap().head.state, "approved");
}

#[tokio::test]
async fn a_delegation_lets_sign_between_its_days_for_as_long_as_it_stands() {
    let college = College::new().await;
    let people = college.people().await;
    let [fay, lee, rae, dee] = &people;
    let give = |to: &str, role, first: &str, last: &str| DelegateRequest {
        to: to.to_owned(),
        role,
        institution: college.institution,
        program: None,
        first: day(first),
        last: day(last),
    };
    refused(dee.delegate(&give("Lee", Role::Registrar, "2026-11-01", "2026-11-30")).await, "not yours to give");
    refused(dee.delegate(&give("Nobody", Role::Dean, "2026-11-01", "2026-11-30")).await, "nobody else here");
    refused(dee.delegate(&give("Rae", Role::Dean, "2026-12-01", "2026-11-30")).await, "run backwards");
    college.member("Avi", &[Role::Advisor]).await;
    refused(dee.delegate(&give("Avi", Role::Dean, "2026-11-01", "2026-11-30")).await, "does not sign at that");
    let id = lee.begin_signoff(&college.crosswalk, None, None).await.unwrap();
    for signer in [fay, lee, rae] {
        sign(signer, &id, None).await.unwrap();
    }
    let sub = college.member("Sub", &[Role::FacultyReviewer]).await;
    refused(sign(&sub, &id, None).await, "signed by Dean");
    dee.delegate(&give("Sub", Role::Dean, "2026-11-24", "2026-11-30")).await.unwrap();
    refused(sign(&sub, &id, None).await, "signed by Dean");
    dee.delegate(&give("Sub", Role::Dean, "2026-11-01", "2026-11-23")).await.unwrap();
    let rights = sub.signoff(&id).await.unwrap().rights;
    assert_eq!(rights.iter().map(|right| right.on_behalf_of.clone()).collect::<Vec<_>>(), [Some(person("Dee"))]);
    // Rae, who signed as registrar, may not be the dean's hand in the same sign-off.
    dee.delegate(&give("Rae", Role::Dean, "2026-11-01", "2026-11-30")).await.unwrap();
    refused(sign(rae, &id, None).await, "Rae has signed step “Registrar”");
    // Another's delegation is nobody else's.
    let stolen = SigningRight { on_behalf_of: None, ..rights[0].clone() };
    let wrong = SignRequest { right: Some(stolen), ..request(fay, &id, None).await };
    refused(fay.sign_signoff(&id, wrong).await, "signed by Dean");
    // Withdrawn, it holds no more; eight months later it is over.
    let lines = dee.delegations().await.unwrap().lines;
    let own = lines.iter().find(|line| line.to == "Sub" && line.holds).unwrap().delegation.id.clone();
    assert!(matches!(sub.withdraw_delegation(&own).await, Err(WorkflowError::NotFound { .. })));
    let then = College::open(&college.url, later).await;
    let grants = vec![Grant { role: Role::FacultyReviewer, institution: college.institution, program: None }];
    let sub_then = then.acting(Actor::member(person("Sub"), account("Sub"), grants, None));
    assert!(sub_then.signoff(&id).await.unwrap().rights.is_empty());
    let chosen = SignRequest { right: Some(rights[0].clone()), ..request(&sub, &id, None).await };
    sub.sign_signoff(&id, chosen).await.unwrap();
    let page = sub.signoff(&id).await.unwrap();
    let signature = &page.steps[3].signatures[0];
    assert_eq!((signature.person.as_str(), signature.on_behalf_of.as_deref()), ("Sub", Some("Dee")));
    dee.withdraw_delegation(&own).await.unwrap();
    refused(dee.withdraw_delegation(&own).await, "withdrawn already");
    assert!(sub.signoff(&id).await.unwrap().rights.is_empty());
    drop(college.folder);
}
