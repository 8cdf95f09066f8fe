//! The changes as a mixed-integer linear model.
//!
//! For change j: xⱼ ∈ {0, 1}, made or not. For course c: y_c ∈ {0, 1}, y_c ≥ xⱼ for each of its changes, and Σ xⱼ ≤ most × y_c
//! where a course may have at most so many. For route r of target i: 0 ≤ zᵣ ≤ xⱼ for every change j it needs, and the z of
//! one target sum to at most 1. A change that does nothing but meet one target in full is its own route (zᵣ = xⱼ): a second
//! such change for the same target would be of no use, so none is lost. The gain of target i is gᵢ = Σ (score of r − score
//! now) zᵣ; since it only ever helps to gain, it takes its best enabled route. Coverage of domain d: Σ shareᵢ × (nowᵢ + gᵢ)
//! ≥ wish; the same for the total.

use crate::changes::{ChangeProblem, Covered, Wishes};
use crate::solver::{Column, Model};

/// Which wishes are rows of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// None: what can be reached at all.
    None,
    /// The domains' wishes.
    Domains,
    /// The domains' wishes, each as far as it can be: what is missing is counted.
    DomainsAsFar,
    /// All.
    All,
}

/// At most so much of what earlier steps made least.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct AtMost {
    pub(crate) changes: Option<f64>,
    pub(crate) effort: Option<f64>,
    pub(crate) misfit: Option<f64>,
}

/// A sum of columns with a constant: a coverage.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sum {
    pub(crate) constant: f64,
    pub(crate) terms: Vec<(Column, f64)>,
}

/// The model with the sums that steps optimise.
pub(crate) struct Built {
    pub(crate) model: Model,
    /// One for each change.
    pub(crate) made: Vec<Column>,
    pub(crate) changes: Vec<(Column, f64)>,
    pub(crate) effort: Vec<(Column, f64)>,
    pub(crate) misfit: Vec<(Column, f64)>,
    pub(crate) order: Vec<(Column, f64)>,
    /// Coverage of the whole, where there is one.
    pub(crate) total: Option<Sum>,
    /// By domain.
    pub(crate) domains: Vec<Sum>,
    /// What the domains' wishes miss, where it is counted.
    pub(crate) missing: Vec<(Column, f64)>,
}

/// Builds the model of a problem.
pub(crate) fn build(problem: &ChangeProblem, wishes: &Wishes, kept: Kept, at_most: AtMost) -> Built {
    let mut model = Model::default();
    let made: Vec<Column> = problem.changes.iter().map(|_| model.binary()).collect();
    let weighted = |weight: fn(usize, &crate::changes::Change) -> f64| -> Vec<(Column, f64)> {
        let changes = problem.changes.iter().enumerate().zip(&made);
        changes.map(|((index, change), column)| (*column, weight(index, change))).collect()
    };
    let changes = weighted(|_, _| 1.0);
    let mut effort = weighted(|_, change| f64::from(change.effort));
    let misfit = weighted(|_, change| f64::from(change.misfit));
    #[expect(clippy::cast_precision_loss, reason = "there are far fewer than 2^52 candidate changes")]
    let order = weighted(|index, _| index as f64);
    effort.extend(courses(&mut model, problem, wishes, &made));
    let (total, domains) = coverages(&mut model, problem, &made);
    let mut missing = Vec::new();
    if kept != Kept::None {
        for (sum, wanted) in domains.iter().zip(&wishes.domains) {
            let Some(wanted) = wanted else { continue };
            let mut terms = sum.terms.clone();
            if kept == Kept::DomainsAsFar {
                let short = model.between(0.0, 100.0);
                terms.push((short, 1.0));
                missing.push((short, 1.0));
            }
            model.row(wanted - super::DUST - sum.constant, f64::INFINITY, terms);
        }
    }
    if let (Kept::All, Some(wanted), Some(sum)) = (kept, wishes.total, &total) {
        model.row(wanted - super::DUST - sum.constant, f64::INFINITY, sum.terms.clone());
    }
    for (most, sum) in [(at_most.changes, &changes), (at_most.effort, &effort), (at_most.misfit, &misfit)] {
        if let Some(most) = most {
            model.row(f64::NEG_INFINITY, most, sum.clone());
        }
    }
    Built { model, made, changes, effort, misfit, order, total, domains, missing }
}

/// Rows of the courses: opened when changed, and changed at most so often. Gives the effort of opening.
fn courses(model: &mut Model, problem: &ChangeProblem, wishes: &Wishes, made: &[Column]) -> Vec<(Column, f64)> {
    let mut effort = Vec::new();
    for (course, opening) in problem.opening.iter().enumerate() {
        let own: Vec<Column> = problem
            .changes
            .iter()
            .zip(made)
            .filter(|(change, _)| change.course == course)
            .map(|(_, column)| *column)
            .collect();
        if own.is_empty() {
            continue;
        }
        if *opening > 0 {
            let opened = model.binary();
            for change in &own {
                model.row(0.0, f64::INFINITY, vec![(opened, 1.0), (*change, -1.0)]);
            }
            effort.push((opened, f64::from(*opening)));
            if let Some(most) = wishes.most_per_course {
                let mut terms: Vec<(Column, f64)> = own.into_iter().map(|change| (change, 1.0)).collect();
                terms.push((opened, -f64::from(most)));
                model.row(f64::NEG_INFINITY, 0.0, terms);
            }
        } else if let Some(most) = wishes.most_per_course {
            model.row(f64::NEG_INFINITY, f64::from(most), own.into_iter().map(|change| (change, 1.0)).collect());
        }
    }
    effort
}

/// Columns and rows of the routes, and the coverages they add up to.
fn coverages(model: &mut Model, problem: &ChangeProblem, made: &[Column]) -> (Option<Sum>, Vec<Sum>) {
    let mut uses = vec![0_usize; problem.changes.len()];
    for change in problem.routes.iter().flat_map(|route| &route.needs) {
        uses[*change] += 1;
    }
    let mut domains = vec![Sum::default(); problem.domains];
    let mut total = Some(Sum::default()).filter(|_| problem.targets.iter().all(|target| target.share.is_some()));
    for (index, target) in problem.targets.iter().enumerate() {
        let now = target.now.score();
        let routes = problem.routes.iter().filter(|route| route.target == index && route.reaches > target.now);
        let taken: Vec<(Column, f64)> = routes
            .map(|route| {
                if let ([change], Covered::Fully) = (route.needs.as_slice(), route.reaches)
                    && uses[*change] == 1
                {
                    return (made[*change], 1.0 - now);
                }
                let taken = model.between(0.0, 1.0);
                for change in &route.needs {
                    model.row(0.0, f64::INFINITY, vec![(made[*change], 1.0), (taken, -1.0)]);
                }
                (taken, route.reaches.score() - now)
            })
            .collect();
        if taken.len() > 1 {
            model.row(f64::NEG_INFINITY, 1.0, taken.iter().map(|(column, _)| (*column, 1.0)).collect());
        }
        let add = |sum: &mut Sum, share: f64| {
            sum.constant += share * now;
            sum.terms.extend(taken.iter().map(|(column, gain)| (*column, gain * share)));
        };
        add(&mut domains[target.domain], target.share_of_domain * 100.0);
        if let (Some(sum), Some(share)) = (&mut total, target.share) {
            add(sum, share);
        }
    }
    (total, domains)
}
