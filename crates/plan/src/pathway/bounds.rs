//! Bounds proved without a search: by loads, by chains of requisites and by coverage that cannot be reached.

use crate::pathway::problem::{Problem, Season};
use crate::pathway::windows::Windows;

/// No plan reaches the target before the end of this term; absent when none does within the horizon.
pub(super) fn soonest_target(problem: &Problem) -> Option<usize> {
    let held = u64::from(problem.credits_done(|_| true));
    let awardable: u32 = prior_credits(problem).min(problem.prior_learning_limit);
    let mut credits = held + u64::from(awardable);
    let total = u64::from(problem.goal().total);
    (0..problem.horizon).find(|last| {
        credits += u64::from(problem.most_load[Season::of(*last).index()]);
        credits >= total && chains_fit(problem, *last)
    })
}

fn prior_credits(problem: &Problem) -> u32 {
    let awardable = problem.courses.iter().zip(&problem.prior_learning).filter(|(_, prior)| **prior);
    awardable.map(|(course, _)| course.credits).sum()
}

/// Whether every course the target cannot be had without has a term left.
fn chains_fit(problem: &Problem, last: usize) -> bool {
    let windows = Windows::to_target(problem, last + 1);
    let needed = |course: &usize| windows.forced[*course];
    (0..problem.courses.len()).filter(needed).all(|course| windows.can_be_held(problem, course))
}

/// Whether anything of value could be held by the end of a term, were loads no matter.
pub(super) fn value_thinkable(problem: &Problem, term: usize) -> bool {
    let windows = Windows::by_requisites(problem, term + 1);
    let sittable = term > 0 || problem.starts_with_something();
    let before = Windows::by_requisites(problem, term);
    let ready = problem.exams.iter().filter(|exam| exam.valued).any(|exam| {
        let covered = exam.domains.iter().map(|domain| {
            let open = domain.strengths.iter().filter(|(course, _)| before.can_be_held(problem, *course));
            domain.weight * open.map(|(_, strength)| *strength).sum::<u32>().min(100)
        });
        covered.sum::<u32>() >= exam.threshold * 100
    });
    let most: u32 = (0..=term).map(|term| problem.most_load[Season::of(term).index()]).sum();
    let held = problem.credits_done(|_| true) + prior_credits(problem).min(problem.prior_learning_limit) + most;
    let awardable = problem.credentials.iter().filter(|credential| credential.valued).any(|credential| {
        let open = |course: &usize| windows.can_be_held(problem, *course);
        held >= credential.total && credential.leaves.iter().all(|leaf| leaf.courses.iter().any(open))
    });
    (sittable && ready) || awardable
}
