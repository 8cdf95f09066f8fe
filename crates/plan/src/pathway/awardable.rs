//! Whether a credential can be awarded for what is held, and the awards of a plan that names its courses only.

use crate::pathway::check::check;
use crate::pathway::holdings::Holdings;
use crate::pathway::plan::{Plan, PlanningError, Term};
use crate::pathway::problem::Problem;
use crate::pathway::valid::valid;
use crate::pathway::written::{award, counted};

/// Whether the outline and the credits of a credential are met, however courses may count, by what is finished, awarded for
/// prior learning and taken. Residency and upper division count over these courses; certifications and credentials it
/// builds on are not looked at.
pub(crate) fn is_awardable(
    problem: &Problem,
    prior_learning: &[usize],
    taken: Vec<usize>,
    credential: usize,
) -> Result<bool, PlanningError> {
    let held = Term { courses: taken, ..Term::default() };
    let plan = Plan { prior_learning: prior_learning.to_vec(), terms: vec![held] };
    Ok(counted(problem, &Holdings::of_plan(problem, &plan), credential, 0)?.is_some())
}

/// Fills in the awards of a plan that names courses and exams by term: each credential at the end of the first term where
/// its requirements are met, the target at the end of the first term, not before the last with courses, where they are.
///
/// # Errors
/// [`PlanningError::Broken`] with the rules it breaks, when it is no plan for the problem.
pub fn with_awards(problem: &Problem, mut plan: Plan) -> Result<Plan, PlanningError> {
    valid(problem)?;
    let broken = |words: &str| PlanningError::Broken(words.to_owned());
    let known = |course: &usize| *course < problem.courses.len();
    let mut courses = plan.terms.iter().flat_map(|term| &term.courses).chain(&plan.prior_learning);
    let exams = plan.terms.iter().flat_map(|term| &term.exams);
    if !courses.all(known) || exams.into_iter().any(|exam| *exam >= problem.exams.len()) {
        return Err(broken("the plan names courses or exams that the problem does not have"));
    }
    let Some(last) = plan.terms.iter().rposition(|term| !term.courses.is_empty()) else {
        return Err(broken("the plan has no courses"));
    };
    if plan.terms.len() > problem.horizon {
        return Err(broken("the plan has more terms than there are"));
    }
    let mut found = Err(broken("the target is not awarded"));
    for terms in last + 1..=plan.terms.len() {
        plan.terms.iter_mut().for_each(|term| term.awards.clear());
        award(problem, &mut plan, terms)?;
        found = check(problem, &plan).map_err(|faults| PlanningError::Broken(faults.join("; ")));
        if found.is_ok() {
            break;
        }
    }
    found.map(|_| plan)
}
