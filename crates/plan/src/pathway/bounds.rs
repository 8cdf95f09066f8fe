//! Bounds proved without a search: by loads, by chains of requisites and by coverage that cannot be reached.

use crate::pathway::credential::{Need, Node};
use crate::pathway::problem::Problem;
use crate::pathway::windows::{Windows, most_credits_at_start};

/// No plan reaches the target before the end of this term; absent when none does within the horizon.
pub(super) fn soonest_target(problem: &Problem) -> Option<usize> {
    let mut credits = most_credits_at_start(problem);
    let reach = problem.builds_on(problem.target);
    let total = reach.iter().map(|index| problem.credentials[*index].total).max().unwrap_or(0);
    (0..problem.horizon).find(|last| {
        credits += u64::from(problem.most_load_of(*last));
        credits >= u64::from(total) && chains_fit(problem, *last)
    })
}

/// Whether every course the target cannot be had without has a term left, and the target and the exams to be sat can come by
/// then, were loads no matter.
fn chains_fit(problem: &Problem, last: usize) -> bool {
    let windows = Windows::to_target(problem, last + 1);
    let needed = |course: &usize| windows.forced[*course];
    let by_then = windows.awards[problem.target].is_some_and(|first| first <= last);
    let before = Windows::by_requisites(problem, last);
    by_then
        && (0..problem.courses.len()).filter(needed).all(|course| windows.can_be_held(problem, course))
        && problem.exams_to_sit().iter().all(|exam| sittable(problem, *exam, &before))
}

/// Whether an exam could be sat in the term after these windows, were loads no matter.
fn sittable(problem: &Problem, exam: usize, before: &Windows) -> bool {
    let exam = &problem.exams[exam];
    let open = |course: usize| before.can_be_held(problem, course);
    let covered = exam.domains.iter().map(|domain| {
        let open = domain.strengths.iter().filter(|(course, _)| open(*course));
        domain.weight * open.map(|(_, strength)| *strength).sum::<u32>().min(100)
    });
    before.terms >= problem.first_sitting()
        && covered.sum::<u32>() >= exam.threshold * 100
        && exam.not_before.iter().all(|course| open(*course))
}

/// Whether anything of value could be held by the end of a term, were loads no matter.
pub(super) fn value_thinkable(problem: &Problem, term: usize) -> bool {
    let before = Windows::by_requisites(problem, term);
    let windows = Windows::by_requisites(problem, term + 1);
    let mut exams = (0..problem.exams.len()).filter(|exam| problem.exams[*exam].valued);
    if exams.any(|exam| sittable(problem, exam, &before)) {
        return true;
    }
    let loads: u64 = (0..=term).map(|term| u64::from(problem.most_load_of(term))).sum();
    let held = most_credits_at_start(problem) + loads;
    problem
        .credentials
        .iter()
        .filter(|credential| credential.valued)
        .any(|credential| held >= u64::from(credential.total) && can_be_met(problem, &windows, &credential.root))
}

/// Whether some course is open wherever one is needed.
fn can_be_met(problem: &Problem, windows: &Windows, node: &Node) -> bool {
    match node {
        Node::Leaf(leaf) => {
            let nothing = matches!(leaf.need, Need::Courses(0) | Need::Credits(0));
            nothing || leaf.courses.iter().any(|course| windows.can_be_held(problem, *course))
        }
        Node::Every { of, .. } => of.iter().all(|part| can_be_met(problem, windows, part)),
        Node::Choice { any, of, .. } => of.iter().filter(|part| can_be_met(problem, windows, part)).count() >= *any,
    }
}
