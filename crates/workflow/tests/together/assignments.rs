//! Reviews are given, followed, ended; disagreements come to who settles them.

use credway_model::{ReviewPart, Role, Verdict};
use credway_workflow::AssignRequest;

use crate::college::{College, FULL, account, is_forbidden, is_missing, is_refused};

#[tokio::test]
async fn a_review_is_given_done_and_settled() {
    let college = College::new().await;
    let lead = college.member("Lena Lead", Role::ProgramLead).await;
    let ann = college.member("Ann First", Role::FacultyReviewer).await;
    let ben = college.member("Ben Second", Role::FacultyReviewer).await;
    let first = college.give(&lead, "Ann First", ReviewPart::First).await;
    let second = college.give(&lead, "Ben Second", ReviewPart::Second).await;
    let judge = college.give(&lead, "Lena Lead", ReviewPart::Adjudicate).await;

    let waiting = ann.waiting_reviews().await.unwrap();
    assert_eq!((waiting.len(), waiting[0].decided, waiting[0].place.as_str()), (1, 0, "the whole crosswalk"));
    assert!(waiting[0].of >= 2, "the engine suggests both pairs that are alike: {}", waiting[0].of);
    assert_eq!(ann.unread_notifications().await.unwrap(), 1);
    assert_eq!(lead.crosswalk_assignments(&college.crosswalk).await.unwrap().lines.len(), 3);
    assert_eq!(ben.crosswalk_assignments(&college.crosswalk).await.unwrap().lines.len(), 1, "others’ are not shown");

    assert!(is_missing(&ben.end_assignment(&first).await), "somebody else’s review");
    assert!(is_refused(&ben.end_assignment(&second).await), "a blind review is not done while pairs are left");
    college.say_all(&ann, FULL).await;
    college.say_all(&ben, Verdict::Rejected).await;
    let waiting = ben.waiting_reviews().await.unwrap();
    assert_eq!(waiting[0].decided, waiting[0].of);
    assert!(lead.disagreements_to_settle().await.unwrap().is_empty(), "reviews are under way");
    ann.end_assignment(&first).await.unwrap();
    let told = lead.unread_notifications().await.unwrap();
    ben.end_assignment(&second).await.unwrap();
    assert!(college.end_of(&second).await.unwrap().done);
    assert_eq!(lead.unread_notifications().await.unwrap(), told + 1, "the last review that ends is told");
    let open = lead.disagreements_to_settle().await.unwrap();
    assert_eq!(open.len(), 4);
    assert_eq!(open[0].words.len(), 2);

    assert!(is_forbidden(&college.say(&ben, ("O1", "1.1"), FULL, true).await), "settling is the lead’s");
    college.say(&lead, ("O1", "1.1"), FULL, true).await.unwrap();
    assert_eq!(lead.disagreements_to_settle().await.unwrap().len(), 3);
    let line = &lead.waiting_reviews().await.unwrap()[0];
    assert_eq!((line.id, line.decided, line.of), (judge, 1, 4));
    assert!(is_refused(&lead.end_assignment(&first).await), "it has ended already");
}

#[tokio::test]
async fn a_review_gives_no_right_and_needs_one() {
    let college = College::new().await;
    let lead = college.member("Lena Lead", Role::ProgramLead).await;
    let ann = college.member("Ann First", Role::FacultyReviewer).await;
    college.member("Ada Advisor", Role::Advisor).await;
    let stranger = college.member_of("Eve Elsewhere", Role::ProgramLead, college.crosswalk).await;
    let ask = |to: &str, part| AssignRequest { scope: college.whole(), account: account(to), part, due: None };
    assert!(is_forbidden(&ann.assign(&ask("Ann First", ReviewPart::First)).await));
    assert!(is_forbidden(&stranger.assign(&ask("Ann First", ReviewPart::First)).await));
    for (to, part) in [
        ("Ada Advisor", ReviewPart::First),
        ("Eve Elsewhere", ReviewPart::Second),
        ("Ann First", ReviewPart::Adjudicate),
        ("Nobody", ReviewPart::First),
    ] {
        assert!(is_refused(&lead.assign(&ask(to, part)).await), "{to} {part:?}");
    }
    let past = AssignRequest { due: Some("2026-11-22".parse().unwrap()), ..ask("Ann First", ReviewPart::First) };
    assert!(is_refused(&lead.assign(&past).await));
    let id = lead.assign(&ask("Ann First", ReviewPart::First)).await.unwrap();
    assert!(is_refused(&lead.assign(&ask("Ann First", ReviewPart::First)).await), "they have it already");
    assert!(is_refused(&lead.assign(&ask("Ann First", ReviewPart::Second)).await), "not blindly and openly at once");
    lead.end_assignment(&id).await.unwrap();
    assert!(!college.end_of(&id).await.unwrap().done, "taken back");
    lead.assign(&ask("Ann First", ReviewPart::Second)).await.unwrap();
    let nowhere = credway_model::ReviewScope { domain: Some(college.crosswalk), ..college.whole() };
    let ask = AssignRequest { scope: nowhere, ..ask("Lena Lead", ReviewPart::First) };
    assert!(is_missing(&lead.assign(&ask).await), "a domain of no blueprint");
}
