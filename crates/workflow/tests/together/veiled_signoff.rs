//! Sign-offs, revisions, printed packets and shared sheets tell a blind reviewer nothing of what others said, and nobody
//! signs what they may not read.

use credway_model::{ReviewPart, Role, Text, Verdict};
use credway_workflow::{SignRequest, Workbench};

use crate::college::{College, FULL, account, is_refused};

fn words(words: &str) -> Text {
    Text::new(words).unwrap()
}

/// Begins a sign-off and returns it to the beginning, so that it can be decided on.
async fn begun_and_returned(lead: &Workbench, college: &College) -> credway_model::Ctid {
    let id = lead.begin_signoff(&college.crosswalk, None, Some(words("qwertyreason"))).await.unwrap();
    lead.return_signoff(&id, None, words("qwertyreason")).await.unwrap();
    id
}

#[tokio::test]
async fn a_blind_reviewer_learns_nothing_from_a_sign_off_and_signs_none() {
    let college = College::new().await;
    let lead = college.member("Lena Lead", Role::ProgramLead).await;
    let first = college.member("Zephyrine Quill", Role::FacultyReviewer).await;
    let second = college.member("Ben Second", Role::ProgramLead).await;
    college.member("Eli Employer", Role::EmployerReviewer).await;
    college.say_all(&first, FULL).await;
    let until = "2026-12-01".parse().unwrap();
    let share = lead.share_sheet(&college.crosswalk, account("Eli Employer"), until).await.unwrap();
    let one = begun_and_returned(&lead, &college).await;
    let review = college.give(&lead, "Ben Second", ReviewPart::Second).await;
    // One pair stays accepted: where nothing is, no sign-off begins.
    for pair in [("O1", "2.1"), ("O2", "1.1"), ("O2", "2.1")] {
        college.say(&first, pair, Verdict::Rejected, false).await.unwrap();
    }
    assert!(lead.coverage_preview(&college.crosswalk).await.unwrap().html.contains("What this report prints differs"));
    let two = lead.begin_signoff(&college.crosswalk, None, None).await.unwrap();

    let open = lead.signoff(&one).await.unwrap();
    assert!(!open.hidden && open.figures.is_some() && !open.since.is_empty());
    assert!(!lead.revisions(&college.crosswalk, Some(2)).await.unwrap().differences.is_empty());

    for id in [&one, &two] {
        let page = second.signoff(id).await.unwrap();
        assert!(page.hidden && page.figures.is_none() && page.since.is_empty() && page.before.is_none());
        assert!(page.rights.is_empty() && !page.may_begin);
        let told = serde_json::to_string(&page).unwrap();
        assert!(!["Zephyrine", "qwertyreason", "rejected"].iter().any(|word| told.contains(word)), "{told}");
    }
    let revisions = second.revisions(&college.crosswalk, Some(2)).await.unwrap();
    assert!(revisions.hidden && revisions.differences.is_empty());
    let sheet = second.sheet(&share).await.unwrap();
    assert!(sheet.hidden && sheet.domains.iter().all(|domain| domain.skills.is_empty()));
    assert!(second.shares(&college.crosswalk).await.unwrap().hidden);
    let packet = second.coverage_preview(&college.crosswalk).await.unwrap().html;
    assert!(!packet.contains("What this report prints differs") && packet.contains("kept back"), "{packet}");
    let history = serde_json::to_string(&second.history(&Default::default()).await.unwrap()).unwrap();
    assert!(!history.contains("qwertyreason"), "{history}");

    let request =
        SignRequest { step: 0, digest: lead.signoff(&two).await.unwrap().digest, right: None, date: None, note: None };
    assert!(is_refused(&second.sign_signoff(&two, request).await));
    lead.return_signoff(&two, None, words("again")).await.unwrap();
    assert!(is_refused(&second.prepare_signoff(&college.crosswalk).await));
    let refused = second.begin_signoff(&college.crosswalk, None, None).await.unwrap_err().to_string();
    assert!(refused.contains("blindly"), "{refused}");
    lead.end_assignment(&review).await.unwrap();
    assert!(second.prepare_signoff(&college.crosswalk).await.is_ok());
    assert!(!second.signoff(&one).await.unwrap().hidden);
}
