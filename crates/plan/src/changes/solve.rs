//! Solving: what comes first is made least, then what comes second, then the misfit; then why less will not do.

use crate::changes::model::{AtMost, Built, Kept, build};
use crate::changes::{
    Answer, ChangeProblem, ChangeSet, DUST, DomainReach, Fewer, First, Levels, OutOfReach, PlanError, Stage, StageName,
    Wishes,
};
use crate::solver::{Column, Ended, Patience, Solved};

/// How far from a whole number a sum of whole numbers may come out.
const WHOLE: f64 = 1e-4;

/// Most nodes for what only decides between sets alike in number and effort.
const TIE_NODES: i32 = 400;

/// The least set of changes that meets the wishes, with its proof; or why they cannot be met.
///
/// Meaning: lexicographic. With [`First::Fewest`] the number of changes is made least, then the effort, then the misfit;
/// with [`First::Cheapest`] effort before number. The sum of the changes' indexes decides between sets alike in all of it,
/// so that the same problem gives the same set. A wish counts as met from 10⁻⁶ percentage points below it.
///
/// # Errors
/// [`PlanError::NoTotal`] when a total is asked for and a target has no share; [`PlanError::Astray`] when an index names
/// nothing; [`PlanError::Unsound`] and [`PlanError::Solver`] where the solver fails.
pub fn least_changes(problem: &ChangeProblem, wishes: &Wishes) -> Result<Answer, PlanError> {
    if !problem.is_sound(wishes) {
        return Err(PlanError::Astray);
    }
    let before = problem.levels(&[]);
    if wishes.total.is_some() && before.total.is_none() {
        return Err(PlanError::NoTotal);
    }
    if meets(&before, wishes) {
        let (changes, stages) = (Vec::new(), Vec::new());
        let after = before.clone();
        return Ok(Answer::Reached(ChangeSet {
            changes,
            effort: 0,
            before,
            after,
            stages,
            fewer: Fewer::NothingNeeded,
        }));
    }
    let order = match wishes.first {
        First::Fewest => [StageName::Changes, StageName::Effort, StageName::Misfit],
        First::Cheapest => [StageName::Effort, StageName::Changes, StageName::Misfit],
    };
    let mut at_most = AtMost::default();
    let mut stages = Vec::new();
    let mut made: Option<Vec<usize>> = None;
    let mut broken_off = false;
    for name in order {
        let built = build(problem, wishes, Kept::All, at_most);
        let mut patience = Patience::of(wishes.seconds);
        patience.nodes = (name == StageName::Misfit).then_some(TIE_NODES);
        let solved = least(&built, sum_of(&built, name), patience)?;
        match (solved.ended, &made) {
            (Ended::Infeasible, None) => return out_of_reach(problem, wishes, before).map(Answer::OutOfReach),
            (Ended::Unknown, None) => return Ok(Answer::Undecided),
            // What an earlier step found still stands.
            (Ended::Infeasible | Ended::Unknown, Some(made)) => {
                stages.push(Stage { name, value: value_of(problem, made, name), bound: 0.0, proved: false });
                broken_off = true;
                break;
            }
            (Ended::Optimal | Ended::Stopped, _) => {}
        }
        let chosen = chosen(&built, &solved);
        let value = value_of(problem, &chosen, name);
        // A solver that was stopped may count a course as opened in which nothing is changed.
        if value > solved.value + WHOLE || (solved.ended == Ended::Optimal && value < solved.value - WHOLE) {
            return Err(PlanError::Unsound);
        }
        stages.push(Stage {
            name,
            value,
            bound: solved.bound.min(value),
            proved: solved.bound > value - step(problem, name) + WHOLE,
        });
        made = Some(chosen);
        match name {
            StageName::Changes => at_most.changes = Some(value),
            StageName::Effort => at_most.effort = Some(value),
            StageName::Misfit => at_most.misfit = Some(value),
        }
    }
    let mut changes = made.unwrap_or_default();
    if !broken_off {
        let built = build(problem, wishes, Kept::All, at_most);
        let patience = Patience { nodes: Some(TIE_NODES), ..Patience::of(wishes.seconds) };
        let solved = least(&built, &built.order, patience)?;
        if matches!(solved.ended, Ended::Optimal | Ended::Stopped) {
            changes = chosen(&built, &solved);
        }
    }
    let after = problem.levels(&changes);
    if !meets(&after, wishes) {
        return Err(PlanError::Unsound);
    }
    let fewer = fewer(problem, wishes, &stages)?;
    if let (Some(first), Fewer::Total(_) | Fewer::TotalWithDomains(_) | Fewer::DomainsMiss(_)) =
        (stages.first_mut(), fewer)
    {
        // That one step less cannot reach what is asked is a proof of its own.
        (first.bound, first.proved) = (first.value, true);
    }
    Ok(Answer::Reached(ChangeSet { effort: problem.effort(&changes), changes, before, after, stages, fewer }))
}

/// Whether coverage is what is asked.
fn meets(levels: &Levels, wishes: &Wishes) -> bool {
    let enough = |level: f64, wanted: f64| level >= wanted - 2.0 * DUST;
    let total = wishes.total.is_none_or(|wanted| levels.total.is_some_and(|level| enough(level, wanted)));
    let mut domains = levels.domains.iter().zip(&wishes.domains);
    total && domains.all(|(level, wanted)| wanted.is_none_or(|wanted| enough(*level, wanted)))
}

fn sum_of(built: &Built, name: StageName) -> &[(Column, f64)] {
    match name {
        StageName::Changes => &built.changes,
        StageName::Effort => &built.effort,
        StageName::Misfit => &built.misfit,
    }
}

fn least(built: &Built, sum: &[(Column, f64)], patience: Patience) -> Result<Solved, PlanError> {
    Ok(built.model.solve(sum, false, patience)?)
}

/// The least by which two sets can differ in a step: all efforts may be multiples of something.
fn step(problem: &ChangeProblem, name: StageName) -> f64 {
    fn divisor(one: u32, other: u32) -> u32 {
        if other == 0 { one } else { divisor(other, one % other) }
    }
    match name {
        StageName::Changes | StageName::Misfit => 1.0,
        StageName::Effort => {
            let own = problem.changes.iter().map(|change| change.effort);
            let opening = problem.changes.iter().map(|change| problem.opening[change.course]);
            f64::from(own.chain(opening).fold(0, divisor).max(1))
        }
    }
}

/// The changes that a solution makes.
fn chosen(built: &Built, solved: &Solved) -> Vec<usize> {
    built.made.iter().enumerate().filter(|(_, column)| solved.of(**column) > 0.5).map(|(index, _)| index).collect()
}

/// What a set counts in a step.
fn value_of(problem: &ChangeProblem, made: &[usize], name: StageName) -> f64 {
    match name {
        #[expect(clippy::cast_precision_loss, reason = "there are far fewer than 2^52 candidate changes")]
        StageName::Changes => made.len() as f64,
        StageName::Effort => f64::from(problem.effort(made)),
        StageName::Misfit => made.iter().map(|change| f64::from(problem.changes[*change].misfit)).sum(),
    }
}

/// The most of a coverage, and whether it is proved.
fn most(
    problem: &ChangeProblem,
    wishes: &Wishes,
    (kept, at_most): (Kept, AtMost),
    coverage: impl Fn(&Built) -> Option<&crate::changes::model::Sum>,
) -> Result<Option<(f64, Ended)>, PlanError> {
    let built = build(problem, wishes, kept, at_most);
    let Some(sum) = coverage(&built) else { return Ok(None) };
    let solved = built.model.solve(&sum.terms, true, Patience::of(wishes.seconds))?;
    // What is not proved is answered with the bound: it can be no more.
    let value = if solved.ended == Ended::Optimal { solved.value } else { solved.bound };
    Ok(Some((value + sum.constant, solved.ended)))
}

/// What one change fewer, or one hour less, can reach at most.
fn fewer(problem: &ChangeProblem, wishes: &Wishes, stages: &[Stage]) -> Result<Fewer, PlanError> {
    let Some(first) = stages.first() else { return Ok(Fewer::Unknown) };
    let less = Some(first.value - 1.0);
    let at_most = match first.name {
        StageName::Effort => AtMost { effort: less, ..AtMost::default() },
        StageName::Changes | StageName::Misfit => AtMost { changes: less, ..AtMost::default() },
    };
    if let Some(wanted) = wishes.total {
        for kept in [Kept::None, Kept::Domains] {
            match most(problem, wishes, (kept, at_most), |built| built.total.as_ref())? {
                Some((total, Ended::Optimal)) if total < wanted - DUST => {
                    return Ok(if kept == Kept::None { Fewer::Total(total) } else { Fewer::TotalWithDomains(total) });
                }
                Some((_, Ended::Stopped | Ended::Unknown)) => return Ok(Fewer::Unknown),
                _ => {}
            }
        }
    }
    let built = build(problem, wishes, Kept::DomainsAsFar, at_most);
    let solved = least(&built, &built.missing, Patience::of(wishes.seconds))?;
    let missing = solved.ended == Ended::Optimal && solved.value > DUST / 2.0;
    Ok(if missing { Fewer::DomainsMiss(solved.value) } else { Fewer::Unknown })
}

/// What can be reached when not all can.
fn out_of_reach(problem: &ChangeProblem, wishes: &Wishes, before: Levels) -> Result<OutOfReach, PlanError> {
    let free = (Kept::None, AtMost::default());
    let total = most(problem, wishes, free, |built| built.total.as_ref())?;
    let mut proved = total.is_none_or(|(_, ended)| ended == Ended::Optimal);
    let mut binding = Vec::new();
    for (domain, wanted) in wishes.domains.iter().enumerate() {
        let Some(wanted) = *wanted else { continue };
        let Some((reach, ended)) = most(problem, wishes, free, |built| built.domains.get(domain))? else { continue };
        proved &= ended == Ended::Optimal;
        if reach < wanted - DUST {
            binding.push(DomainReach { domain, wanted, most: reach });
        }
    }
    let most_total = total.map(|(value, _)| value);
    let enough = wishes.total.is_none_or(|wanted| most_total.is_some_and(|most| most >= wanted - DUST));
    let together = binding.is_empty() && enough;
    Ok(OutOfReach { before, most_total, binding, together, proved })
}
