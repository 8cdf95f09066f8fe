//! What the coarse problem allows for, stage by stage, and whether it fits into the terms.
//!
//! No plan is better than the best of the coarse problem. Where its courses fit into the terms, the plan is as good as that:
//! proved without a search over the whole model. Where they do not fit, or nobody knows in time, nothing is lost but a second.

use crate::pathway::coarse::coarsened;
use crate::pathway::model::{Ask, Built, whole_plan};
use crate::pathway::plan::{PlanningError, StageName};
use crate::pathway::problem::Problem;
use crate::pathway::stages::hold;
use crate::pathway::sum::Sum;
use crate::solver::{Ended, Patience, Solved};

/// Nodes in which courses that are chosen must find their terms: mostly it takes one, or is not to be had.
const FITTING_NODES: i32 = 10;
/// Nodes for a stage of the coarse problem.
const COARSE_NODES: i32 = 5000;

/// The best of the coarse problem up to a stage.
pub(super) struct Hope {
    stage: StageName,
    /// No plan that is as good in the stages before is better than this.
    value: f64,
    /// Lists of courses that the coarse problem does not tell apart, with how many of them are held at the end.
    chosen: Vec<(Vec<usize>, f64)>,
    /// Courses that may be awarded for prior learning, with whether they are.
    prior: Vec<(usize, f64)>,
}

/// The best of the coarse problem, stage by stage after the two that fix terms; nothing where there is no plan at all.
pub(super) fn hopes(problem: &Problem, ask: Ask, patience: Patience) -> Result<Option<Vec<Hope>>, PlanningError> {
    let (coarse, asked) = coarsened(problem, ask);
    let built = whole_plan(&coarse, asked);
    if built.draft.is_contradictory() {
        return Ok(None);
    }
    #[expect(clippy::cast_precision_loss, reason = "a number of terms")]
    let fees = ask.last as f64 * f64::from(problem.term_fee);
    let patience = Patience { nodes: Some(COARSE_NODES), ..patience };
    let mut model = built.draft.model(|_| true);
    let (mut hopes, mut start): (Vec<Hope>, Option<Vec<f64>>) = (Vec::new(), None);
    let stages = problem.order.iter().skip(2).take_while(|stage| **stage != StageName::Balance);
    for stage in stages {
        let Some(sum) = built.sum(*stage) else { break };
        let solved = model.solve_for(&sum.terms(), patience, start.as_deref())?;
        if solved.ended == Ended::Infeasible {
            return Ok(if hopes.is_empty() { None } else { Some(hopes) });
        }
        if solved.ended != Ended::Optimal {
            break;
        }
        let reached = sum.value(&solved).round();
        hold(&mut model, sum, reached);
        let value = if *stage == StageName::Cost { reached + fees } else { reached };
        hopes.push(Hope { stage: *stage, value, chosen: chosen(&built, &solved), prior: prior(&built, &solved) });
        start = Some(solved.columns().to_vec());
    }
    Ok(Some(hopes))
}

fn chosen(built: &Built, solved: &Solved) -> Vec<(Vec<usize>, f64)> {
    let holdings = &built.holdings;
    let held = |first: usize| holdings.held(first, holdings.last()).value(solved).round();
    holdings.classes.members.iter().map(|(first, members)| (members.clone(), held(*first))).collect()
}

fn prior(built: &Built, solved: &Solved) -> Vec<(usize, f64)> {
    let prior = built.holdings.prior.iter().enumerate();
    prior.filter_map(|(course, awarded)| Some((course, awarded.as_ref()?.value(solved).round()))).collect()
}

/// A solution of the whole model that is as good as the hopes, up to as late a stage as fits into the terms; with what is
/// proved by it.
pub(super) fn fitted(
    built: &Built,
    hopes: &[Hope],
    patience: Patience,
) -> Result<Option<(Solved, Vec<f64>)>, PlanningError> {
    for (index, hope) in hopes.iter().enumerate().rev() {
        let mut model = built.draft.model(|_| true);
        let holdings = &built.holdings;
        for (members, count) in &hope.chosen {
            let mut firsts: Vec<usize> = members.iter().filter_map(|course| holdings.classes.of[*course]).collect();
            firsts.sort_unstable();
            firsts.dedup();
            let mut held = Sum::default();
            firsts.iter().for_each(|first| held.add(1.0, &holdings.held(*first, holdings.last())));
            model.row(count - held.constant(), count - held.constant(), held.terms());
        }
        for (course, awarded) in &hope.prior {
            if let Some(prior) = &holdings.prior[*course] {
                model.row(*awarded, *awarded, prior.terms());
            }
        }
        for earlier in &hopes[..=index] {
            if let Some(sum) = built.sum(earlier.stage) {
                hold(&mut model, sum, earlier.value);
            }
        }
        let patience = Patience { nodes: Some(FITTING_NODES), ..patience };
        let solved = model.solve(&[], false, patience)?;
        if solved.is_found() {
            return Ok(Some((solved, hopes[..=index].iter().map(|hope| hope.value).collect())));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pathway::generated::problem;
    use crate::pathway::tests::Nobody;
    use crate::pathway::{Answer, plan};

    /// Where stages before are as good, no plan is better than hoped; and most hopes come true.
    #[test]
    fn no_plan_is_better_than_hoped() {
        let (mut planned, mut came_true) = (0, 0);
        for seed in 0..60 {
            let mut problem = problem(seed);
            problem.order = StageName::USUAL.to_vec();
            let Answer::Planned { values, .. } = plan(&problem, 60.0, &mut Nobody).unwrap() else { continue };
            planned += 1;
            let value_by =
                Some(values.first as usize).filter(|first| *first < problem.horizon && !problem.holds_value());
            let ask = Ask { last: values.terms as usize, value_by };
            let hopes = hopes(&problem, ask, Patience::of(60.0)).unwrap().expect("there is a plan");
            for hope in &hopes {
                let found = values.of(hope.stage) as f64 * if hope.stage == StageName::Coverage { -1.0 } else { 1.0 };
                assert!(found > hope.value - 0.5, "seed {seed}: {:?} {found} {}", hope.stage, hope.value);
                if found > hope.value + 0.5 {
                    break;
                }
            }
            let built = whole_plan(&problem, ask);
            let fitted = fitted(&built, &hopes, Patience::of(60.0)).unwrap();
            came_true += u32::from(fitted.is_some_and(|(_, proved)| proved.len() == hopes.len()));
        }
        assert!(planned >= 20 && came_true * 2 > planned, "{came_true} of {planned} hopes came true");
    }
}
