//! Who may carry over and confirm, and what is kept back from a blind reviewer.

use credway_model::{ReviewPart, ReviewScope, Role};
use credway_workflow::{AssignRequest, ConfirmRequest, DEFAULT_LIMITS, WorkflowError};

use crate::college::{College, FULL, NEW, OLD, account};
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
