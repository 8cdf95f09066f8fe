//! Whether a credential can be awarded for what is held, and the awards of a plan that names its courses only.

use crate::pathway::check::check;
use crate::pathway::holdings::Holdings;
use crate::pathway::plan::{Plan, PlanningError, Term};
use crate::pathway::problem::Problem;
use crate::pathway::written::{award, counted};

/// Whether a credential can be awarded, however courses may count, for what is finished, awarded for prior learning and
/// taken. Residency and upper division count over these courses.
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
/// its requirements are met, the target at the end of the last term with courses.
///
/// # Errors
/// [`PlanningError::Broken`] with the rules it breaks, when it is no plan for the problem.
pub fn with_awards(problem: &Problem, mut plan: Plan) -> Result<Plan, PlanningError> {
    let known = |course: &usize| *course < problem.courses.len();
    let courses = plan.terms.iter().flat_map(|term| &term.courses).chain(&plan.prior_learning);
    let last = plan.terms.iter().rposition(|term| !term.courses.is_empty());
    let (Some(last), true, true) = (last, courses.into_iter().all(known), plan.terms.len() <= problem.horizon) else {
        return Err(PlanningError::Broken("the plan has no courses, unknown courses or too many terms".to_owned()));
    };
    plan.terms.iter_mut().for_each(|term| term.awards.clear());
    award(problem, &mut plan, last + 1)?;
    check(problem, &plan).map_err(|faults| PlanningError::Broken(faults.join("; ")))?;
    Ok(plan)
}
