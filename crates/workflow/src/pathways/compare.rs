//! Two plans side by side: what changed in months, cost, credits, exams and exits, and which courses moved.

use std::collections::BTreeMap;

use serde::Serialize;

use super::answer::PathwayPlan;

/// One figure of both plans.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComparedFigure {
    /// What it is.
    pub what: String,
    /// Its unit: `months`, `terms`, `dollars`, `credits` or `per cent`.
    pub unit: &'static str,
    /// In the first plan; absent where it has none.
    pub first: Option<f64>,
    /// In the second.
    pub second: Option<f64>,
    /// The second less the first, where both have it.
    pub difference: Option<f64>,
}

/// A course that is in both plans, in another term, or in one of them only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MovedCourse {
    /// Its code.
    pub code: String,
    /// The term in the first plan; absent where it is not in it.
    pub first: Option<String>,
    /// The term in the second.
    pub second: Option<String>,
}

/// Two plans side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlanComparison {
    /// What the first plan is called.
    pub first_name: String,
    /// What the second plan is called.
    pub second_name: String,
    /// The first.
    pub first: PathwayPlan,
    /// The second.
    pub second: PathwayPlan,
    /// Figures of both.
    pub figures: Vec<ComparedFigure>,
    /// Courses that differ, in the order of their codes.
    pub courses: Vec<MovedCourse>,
}

/// What came of planning for a person's own wishes and for others.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum PlansCompared {
    /// The other plan and the person's own, side by side.
    Both(Box<PlanComparison>),
    /// The person's own plan; time was over before the other was there.
    OwnAlone(Box<PathwayPlan>),
}

impl PlanComparison {
    /// Puts two plans side by side.
    #[must_use]
    pub fn of((first_name, first): (&str, PathwayPlan), (second_name, second): (&str, PathwayPlan)) -> Self {
        let mut figures = vec![
            figure("To the destination", "months", &first, &second, |plan| plan.months.map(count)),
            figure("Terms with something in them", "terms", &first, &second, |plan| {
                plan.found.then(|| count(plan.terms.len()))
            }),
            figure("Cost in all", "dollars", &first, &second, |plan| plan.cost),
            figure("of it exam fees", "dollars", &first, &second, exam_fees),
            figure("Credits taken", "credits", &first, &second, |plan| plan.credits),
            figure("Most credits in a term", "credits", &first, &second, fullest),
        ];
        figures.extend(exits(&first, &second));
        let courses = moved(&first, &second);
        Self { first_name: first_name.to_owned(), second_name: second_name.to_owned(), first, second, figures, courses }
    }
}

#[expect(clippy::cast_precision_loss, reason = "numbers of terms and months")]
const fn count(number: usize) -> f64 {
    number as f64
}

fn exam_fees(plan: &PathwayPlan) -> Option<f64> {
    let exams: Vec<_> = plan.terms.iter().flat_map(|term| &term.exams).collect();
    // A fee that is not known leaves the sum unknown.
    let fees: Option<Vec<f64>> = exams.iter().map(|exam| exam.fee).collect();
    fees.filter(|_| plan.found).map(|fees| fees.iter().sum())
}

fn fullest(plan: &PathwayPlan) -> Option<f64> {
    plan.terms.iter().map(|term| term.credits).max_by(f64::total_cmp)
}

fn figure(
    what: &str,
    unit: &'static str,
    first: &PathwayPlan,
    second: &PathwayPlan,
    of: impl Fn(&PathwayPlan) -> Option<f64>,
) -> ComparedFigure {
    let (first, second) = (of(first), of(second));
    let difference = first.zip(second).map(|(first, second)| crate::coverage_report::tidy(second - first));
    ComparedFigure { what: what.to_owned(), unit, first, second, difference }
}

/// Months to each exit and what it has cost by then.
fn exits(first: &PathwayPlan, second: &PathwayPlan) -> Vec<ComparedFigure> {
    let mut keys: Vec<(&str, &str)> = Vec::new();
    for exit in first.exits.iter().chain(&second.exits) {
        if !keys.iter().any(|(key, _)| *key == exit.key) {
            keys.push((&exit.key, &exit.name));
        }
    }
    let of = |key: &str| {
        let key = key.to_owned();
        move |plan: &PathwayPlan| plan.exits.iter().find(|exit| exit.key == key).cloned()
    };
    keys.iter()
        .flat_map(|(key, name)| {
            let found = of(key);
            let months = figure(&format!("To {name}"), "months", first, second, |plan| found(plan)?.months.map(count));
            let cost = figure(&format!("Cost to {name}"), "dollars", first, second, |plan| found(plan)?.cost);
            [months, cost]
        })
        .collect()
}

fn moved(first: &PathwayPlan, second: &PathwayPlan) -> Vec<MovedCourse> {
    let terms = |plan: &PathwayPlan| -> BTreeMap<String, String> {
        let prior = plan.prior_learning.iter().map(|course| (course.code.clone(), "for prior learning".to_owned()));
        let taken = plan.terms.iter().flat_map(|term| {
            term.courses.iter().map(|course| (course.code.clone(), term.name.clone())).collect::<Vec<_>>()
        });
        prior.chain(taken).collect()
    };
    let (one, two) = (terms(first), terms(second));
    let mut codes: Vec<&String> = one.keys().chain(two.keys()).collect();
    codes.sort();
    codes.dedup();
    codes
        .into_iter()
        .filter(|code| one.get(*code) != two.get(*code))
        .map(|code| MovedCourse { code: code.clone(), first: one.get(code).cloned(), second: two.get(code).cloned() })
        .collect()
}
