//! A plan in the words of its page.

use credway_model::{dollars, grouped};
use credway_workflow::{ComparedFigure, PathwayPlan, PlanComparison};

use crate::words;

/// An exit in words.
pub(super) struct ExitView {
    pub(super) name: String,
    pub(super) destination: bool,
    pub(super) term: Option<String>,
    pub(super) months: String,
    pub(super) credits: String,
    pub(super) cost: String,
    pub(super) wage: String,
    pub(super) wage_source: Option<String>,
    pub(super) coverage: String,
    pub(super) audit: &'static str,
}

/// A stage of the proof in words.
pub(super) struct StageView {
    pub(super) words: &'static str,
    pub(super) value: String,
    pub(super) proof: String,
}

/// A plan with its figures in words.
pub(super) struct PlanView {
    pub(super) plan: PathwayPlan,
    pub(super) exits: Vec<ExitView>,
    pub(super) stages: Vec<StageView>,
    /// Months, cost and credits in all.
    pub(super) months: String,
    pub(super) cost: String,
    pub(super) credits: String,
    /// Whether every stage is proved.
    pub(super) proved: bool,
}

impl PlanView {
    pub(super) fn new(plan: PathwayPlan) -> Self {
        let known = |value: Option<f64>, shown: fn(f64) -> String| value.map_or_else(|| "not known".to_owned(), shown);
        let exits = plan.exits.iter().map(|exit| ExitView {
            name: exit.name.clone(),
            destination: exit.destination,
            term: exit
                .term_name
                .clone()
                .or_else(|| exit.could_be_sat.as_ref().map(|term| format!("not placed; ready in {term}"))),
            months: exit.months.map_or_else(|| "—".to_owned(), |months| months.to_string()),
            credits: exit.credits.map_or_else(|| "—".to_owned(), words::decimal),
            cost: exit.cost.map_or_else(|| "—".to_owned(), dollars),
            wage: known(exit.wage, dollars),
            wage_source: exit.wage_source.clone(),
            coverage: exit
                .coverage
                .iter()
                .map(|(name, percent)| format!("{name} {} %", words::decimal(*percent)))
                .collect::<Vec<_>>()
                .join("; "),
            audit: match exit.audited {
                Some(true) => "requirements met",
                Some(false) => "audit differs",
                None => "not a program",
            },
        });
        let stages = plan.stages.iter().map(|stage| StageView {
            words: stage.words,
            value: grouped(stage.value),
            proof: if stage.proved {
                "proved: no plan is better".to_owned()
            } else {
                format!("not proved; no plan is better than {}", grouped(stage.bound))
            },
        });
        Self {
            exits: exits.collect(),
            stages: stages.collect(),
            months: plan.months.map_or_else(|| "—".to_owned(), |months| months.to_string()),
            cost: known(plan.cost, dollars),
            credits: known(plan.credits, words::decimal),
            proved: plan.proved(),
            plan,
        }
    }

    pub(super) fn dollars(value: &f64) -> String {
        dollars(*value)
    }

    pub(super) fn plain(value: &f64) -> String {
        words::decimal(*value)
    }

    pub(super) fn fee(value: &Option<f64>) -> String {
        value.map_or_else(|| "fee not known".to_owned(), dollars)
    }
}

/// A figure of two plans in words.
pub(super) struct FigureView {
    pub(super) what: String,
    pub(super) first: String,
    pub(super) second: String,
    pub(super) difference: String,
}

/// Two plans side by side in words.
pub(super) struct ComparisonView {
    pub(super) first_name: String,
    pub(super) second_name: String,
    pub(super) figures: Vec<FigureView>,
    /// Course, first place, second place.
    pub(super) moved: Vec<(String, String, String)>,
}

impl ComparisonView {
    pub(super) fn new(compared: &PlanComparison) -> Self {
        let place = |term: &Option<String>| term.clone().unwrap_or_else(|| "not taken".to_owned());
        Self {
            first_name: compared.first_name.clone(),
            second_name: compared.second_name.clone(),
            figures: compared.figures.iter().map(figure).collect(),
            moved: compared
                .courses
                .iter()
                .map(|course| (course.code.clone(), place(&course.first), place(&course.second)))
                .collect(),
        }
    }
}

fn figure(line: &ComparedFigure) -> FigureView {
    let shown = |value: Option<f64>| value.map_or_else(|| "—".to_owned(), |value| in_unit(value, line.unit));
    let sign =
        |value: f64| if value > 0.0 { format!("+{}", in_unit(value, line.unit)) } else { in_unit(value, line.unit) };
    FigureView {
        what: line.what.clone(),
        first: shown(line.first),
        second: shown(line.second),
        difference: line.difference.map_or_else(|| "—".to_owned(), sign),
    }
}

fn in_unit(value: f64, unit: &str) -> String {
    match unit {
        "dollars" => dollars(value),
        other => format!("{} {other}", words::decimal(value)),
    }
}
