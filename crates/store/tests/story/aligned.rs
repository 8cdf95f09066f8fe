//! What is aligned: proposals, decisions, and what becomes of them when their statements are gone.

use credway_model::{Ctid, Decision, EvidencePair, Probability, Proposal, Span, Strength, Verdict};
use credway_store::{
    CourseFilter, ProposalFilter, ProposedPairs, StatementKind, Store, StoreError, TaughtHead, Work, Written,
};

use crate::support::*;

fn proposal(statement: Ctid, target: Ctid, steps: u16) -> Proposal {
    Proposal {
        statement,
        target,
        probability: Probability::from_steps(steps),
        suggested: steps > 5_000,
        evidence: vec![EvidencePair {
            statement: Span { start: 0, end: 6 },
            target: Span { start: 8, end: 14 },
            likeness: Probability::from_steps(9_999),
        }],
        taught: Some(credway_model::BloomLevel::Apply),
        asked: None,
        engine: "story 1".to_owned(),
    }
}

pub(crate) async fn proposals(store: &Store) {
    let work = store.write().await.unwrap();
    let crosswalk = crosswalk("701");
    assert_eq!(work.put_crosswalk(&crosswalk).await.unwrap(), Written::Created);
    let later = credway_model::Crosswalk { begun: at(99), ..crosswalk.clone() };
    assert_eq!(work.put_crosswalk(&later).await.unwrap(), Written::Unchanged);
    assert_eq!(work.crosswalks().await.unwrap(), std::slice::from_ref(&crosswalk));
    let (one, two) = (ctid("outcome", "SEC 110/1"), ctid("outcome", "SEC 210/1"));
    let (left, right) = (ctid("objective", "701-1"), ctid("objective", "701-2"));
    let mut all = vec![
        proposal(one, left, 4_000),
        proposal(two, left, 9_000),
        proposal(one, right, 7_000),
        proposal(two, right, 7_000),
    ];
    work.replace_proposals(&crosswalk.ctid, &[proposal(one, left, 1)]).await.unwrap();
    work.replace_proposals(&crosswalk.ctid, &all).await.unwrap();
    all.sort_by_key(|one| (one.target, std::cmp::Reverse(one.probability), one.statement));
    assert_eq!(work.proposals(&crosswalk.ctid, &ProposalFilter::default()).await.unwrap(), all);
    let count = async |filter: ProposalFilter| work.proposals(&crosswalk.ctid, &filter).await.unwrap().len();
    assert_eq!(count(ProposalFilter { statements: Some(vec![two]), ..ProposalFilter::default() }).await, 2);
    assert_eq!(count(ProposalFilter { targets: Some(Vec::new()), ..ProposalFilter::default() }).await, 0);
    assert_eq!(count(ProposalFilter { suggested: Some(false), ..ProposalFilter::default() }).await, 1);
    assert_eq!(count(ProposalFilter { at_least: Probability::new(0.9).ok(), ..ProposalFilter::default() }).await, 1);
    let proposed: ProposedPairs = all.iter().map(|one| ((one.statement, one.target), one.suggested)).collect();
    assert_eq!(work.proposed_pairs(&crosswalk.ctid, false).await.unwrap(), proposed);
    let suggested: ProposedPairs = proposed.into_iter().filter(|(_, suggested)| *suggested).collect();
    assert_eq!(work.proposed_pairs(&crosswalk.ctid, true).await.unwrap(), suggested);
    in_brief_is_as_in_full(&work, &crosswalk.program).await;
    let many: Vec<Ctid> = (0..1_500).map(|number| ctid("x", &number.to_string())).chain([one]).collect();
    assert_eq!(count(ProposalFilter { statements: Some(many), ..ProposalFilter::default() }).await, 2);
    assert_eq!(work.proposal_count(&crosswalk.ctid).await.unwrap(), 4);
    let twice = [all[0].clone(), all[0].clone()];
    assert!(matches!(work.replace_proposals(&crosswalk.ctid, &twice).await, Err(StoreError::Duplicate { .. })));
    work.commit().await.unwrap();
}

/// What a program teaches, counted in brief, is what its courses say when they are read whole.
async fn in_brief_is_as_in_full(work: &Work, program: &Ctid) {
    let filter = CourseFilter { program: Some(*program), ..CourseFilter::default() };
    let mut courses = work.courses(&filter).await.unwrap();
    assert!(!courses.is_empty());
    courses.sort_by_key(|course| course.ctid);
    let full: Vec<TaughtHead> = courses
        .iter()
        .flat_map(|course| {
            let itself = TaughtHead { statement: course.ctid, course: course.ctid, assessed: false };
            let own = course.outcomes.iter().map(|outcome| TaughtHead {
                statement: outcome.ctid,
                course: course.ctid,
                assessed: outcome.assessed_by.is_some(),
            });
            own.chain(course.outcomes.is_empty().then_some(itself))
        })
        .collect();
    assert_eq!(work.taught(program).await.unwrap(), full);
}

pub(crate) async fn decisions(store: &Store) {
    let crosswalk = crosswalk("701");
    let (statement, target) = (ctid("outcome", "SEC 110/2"), ctid("objective", "701-1.1"));
    // Times run backwards here: what counts is the order in which decisions were added.
    let all: Vec<Decision> = [
        Verdict::Accepted(Strength::Full),
        Verdict::Rejected,
        Verdict::Withdrawn,
        Verdict::Accepted(Strength::Partial),
    ]
    .into_iter()
    .enumerate()
    .map(|(index, verdict)| decision(statement, target, "Ben Ode", verdict, 50 - index as i64))
    .collect();
    for two in all.chunks(2) {
        let work = store.write().await.unwrap();
        decide(&work, &crosswalk.ctid, two).await;
        work.commit().await.unwrap();
    }
    let work = store.read().await.unwrap();
    assert_eq!(work.decisions(&crosswalk.ctid).await.unwrap(), all);
    assert_eq!(work.decision_count(&crosswalk.ctid).await.unwrap(), 4);
}

pub(crate) async fn what_is_gone_but_decided_on_is_retired(store: &Store) {
    let crosswalk = crosswalk("701");
    let work = store.write().await.unwrap();
    let decided = work.decisions(&crosswalk.ctid).await.unwrap();
    // Outcome 2 was decided on, outcome 1 only proposed for; 3 is new.
    let after = course("SEC 110", "Defence", vec![outcome("SEC 110", 3, "Write a rule")]);
    assert_eq!(work.put_courses(std::slice::from_ref(&after), &stamp(20)).await.unwrap(), [Written::Revised]);
    assert_eq!(work.course(&after.ctid).await.unwrap(), Some(after.clone()));
    let smaller = blueprint("701", vec![objective("701-2", Vec::new())]);
    assert_eq!(work.put_blueprint(&smaller, &stamp(20)).await.unwrap(), Written::Revised);
    assert_eq!(work.blueprint(&smaller.ctid).await.unwrap(), Some(smaller));
    assert_eq!(work.decisions(&crosswalk.ctid).await.unwrap(), decided);
    let retired = work.retired_statements(&crosswalk.ctid).await.unwrap();
    let told: Vec<_> = retired.iter().map(|one| (one.kind, one.text.as_str(), one.owner)).collect();
    assert_eq!(
        told,
        [
            (StatementKind::Outcome, "Read a log", ctid("course", "SEC 110")),
            (StatementKind::Objective, "Explain matter 701-1.1", ctid("blueprint", "701")),
        ]
    );
    // What comes back serves again.
    let back =
        course("SEC 110", "Defence", vec![outcome("SEC 110", 3, "Write a rule"), outcome("SEC 110", 2, "Read a log")]);
    work.put_courses(std::slice::from_ref(&back), &stamp(21)).await.unwrap();
    assert_eq!(work.course(&back.ctid).await.unwrap(), Some(back));
    assert_eq!(work.retired_statements(&crosswalk.ctid).await.unwrap().len(), 1);
    work.commit().await.unwrap();
}
