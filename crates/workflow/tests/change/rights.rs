//! Who may carry over and confirm, and what is kept back from a blind reviewer.

use credway_model::{ReviewPart, ReviewScope, Role, Verdict};
use credway_workflow::{AssignRequest, ConfirmRequest, DEFAULT_LIMITS, DecideRequest, WorkflowError};

use crate::college::{College, FULL, NEW, OLD, account, person, rows};
use crate::story::refused;

#[tokio::test]
async fn each_role_does_what_it_may_and_no_more() {
    let college = College::sqlite().await;
    let lead = college.member("Lena", Role::ProgramLead).await;
    let reviewer = college.member("Rae", Role::FacultyReviewer).await;
    let advisor = college.member("Ann", Role::Advisor).await;
    let change = reviewer.blueprint_change(OLD, NEW).await.unwrap();
    let program = &change.programs[0];
    assert_eq!((program.may_carry, program.may_confirm), (false, true));
    let row = program.rows.iter().find(|row| row.new_name.as_deref() == Some("2.1")).unwrap();
    let request = ConfirmRequest {
        program: program.program.id,
        statement: row.statement,
        old_target: row.old_target,
        new_target: row.new_target.unwrap(),
        verdict: FULL,
    };
    for who in [&reviewer, &advisor] {
        assert!(who.carry_over(OLD, NEW, "Security").await.is_err());
        assert!(who.take_back_carried(OLD, NEW, "Security").await.is_err());
    }
    assert!(matches!(advisor.confirm_row(OLD, NEW, &request).await, Err(WorkflowError::Forbidden { .. })));
    reviewer.confirm_row(OLD, NEW, &request).await.unwrap();
    lead.carry_over(OLD, NEW, "Security").await.unwrap();
}

#[tokio::test]
async fn a_settlement_in_the_new_crosswalk_is_not_opened_again() {
    let college = College::sqlite().await;
    let next = college.owner.align("Security", NEW, DEFAULT_LIMITS, &()).await.unwrap().crosswalk;
    college.say("Cy", &next, ("SEC 110/O1", "1.2"), FULL).await.unwrap();
    college.say("Dee", &next, ("SEC 110/O1", "1.2"), Verdict::Rejected).await.unwrap();
    let settled = DecideRequest {
        statement: college.owner.find_outcome(&next, "SEC 110/O1").await.unwrap(),
        target: college.owner.find_objective(&next, "1.2").await.unwrap(),
        verdict: Verdict::Rejected,
        level: None,
        reason: None,
        settles: true,
    };
    college.owner.by(&person("Eve")).decide(&next, settled).await.unwrap();
    // Somebody who comes round afterwards settles nothing, and leaves it settled.
    college.say("Cy", &next, ("SEC 110/O1", "1.2"), Verdict::Rejected).await.unwrap();
    // Ada and Ben accepted the pair in the old crosswalk, with the same words; it is the only one that would go on.
    refused(college.owner.carry_over(OLD, NEW, "Security").await, "no decision is left");
    let change = college.change().await;
    let row = rows(&change).into_iter().find(|row| row.2.as_deref() == Some("1.2")).unwrap();
    assert_eq!(row.3, "decided");
}

#[tokio::test]
async fn a_blind_reviewer_is_told_nothing_and_carries_nothing() {
    let college = College::sqlite().await;
    let lead = college.member("Lena", Role::ProgramLead).await;
    let blind = college.member("Bo", Role::ProgramLead).await;
    let next = lead.align("Security", NEW, DEFAULT_LIMITS, &()).await.unwrap().crosswalk;
    let scope = ReviewScope { crosswalk: next, domain: None, course: None };
    let given = AssignRequest { scope, account: account("Bo"), part: ReviewPart::Second, due: None };
    lead.assign(&given).await.unwrap();
    // What the lead may see would reach the second reviewer with the words that go on.
    refused(lead.carry_over(OLD, NEW, "Security").await, "second review");
    let seen = lead.blueprint_change(OLD, NEW).await.unwrap();
    assert!(!seen.programs[0].hidden && seen.programs[0].rows.iter().any(|row| !row.by.is_empty()));
    let kept = blind.blueprint_change(OLD, NEW).await.unwrap();
    let program = &kept.programs[0];
    assert!(program.hidden && program.rows.is_empty() && program.before.is_none(), "{program:?}");
    let memo = blind.change_preview(OLD, NEW).await.unwrap().html;
    assert!(!memo.contains("Ben") && memo.contains("blindly"), "{memo}");
    refused(blind.carry_over(OLD, NEW, "Security").await, "blindly");
    refused(blind.take_back_carried(OLD, NEW, "Security").await, "blindly");
}
