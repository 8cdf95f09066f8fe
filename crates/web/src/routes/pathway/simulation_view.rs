//! What becomes of learners who follow a plan, in the words of its page. Every bar repeats a figure that stands beside it.

use credway_model::dollars;
use credway_workflow::{Estimate, PlanSimulation, SimulatedMeasures, SimulatedStep};

use crate::words;

/// Courses told as the costliest.
const COSTLIEST: usize = 10;
/// Terms of a year.
const YEAR: usize = 3;

/// A share with its bar.
pub(super) struct ShareView {
    pub(super) what: String,
    /// Width of the bar, of 100.
    pub(super) bar: f64,
    pub(super) share: String,
    pub(super) interval: String,
}

/// Months, credits or cost of some learners.
pub(super) struct MeasureView {
    pub(super) what: &'static str,
    pub(super) mean: String,
    pub(super) tenth: String,
    pub(super) median: String,
    pub(super) ninetieth: String,
}

/// Measures of some learners.
pub(super) struct MeasuresView {
    pub(super) who: String,
    pub(super) lines: Vec<MeasureView>,
}

/// A course with a lower pass rate.
pub(super) struct CostlyView {
    pub(super) course: String,
    pub(super) rate: String,
    pub(super) months: String,
    pub(super) fewer: String,
}

/// A simulation in words.
pub(super) struct SimulationView {
    /// What it says, in two sentences.
    pub(super) says: String,
    pub(super) learners: String,
    pub(super) seed: u64,
    pub(super) target: String,
    pub(super) endings: Vec<ShareView>,
    pub(super) measures: Vec<MeasuresView>,
    /// Months to the target; empty where nobody reaches it.
    pub(super) months: Vec<ShareView>,
    /// Names of credentials and exams.
    pub(super) steps: Vec<String>,
    /// By year: months, and the share of each step.
    pub(super) years: Vec<(u32, Vec<String>)>,
    pub(super) costly: Vec<CostlyView>,
    /// What was assumed beside what stands in the form.
    pub(super) assumed: Vec<(&'static str, String)>,
}

impl SimulationView {
    pub(super) fn new(found: &PlanSimulation) -> Self {
        let learners = words::number(found.learners);
        let endings =
            found.endings.iter().map(|ending| share(words::capital(&ending.words()), &ending.share)).collect();
        let of = |who: String, measures: &SimulatedMeasures| MeasuresView { who, lines: lines(measures) };
        let measures = vec![
            of(format!("Who reaches {}", found.target), &found.reached),
            of("Everyone who begins".to_owned(), &found.everyone),
        ];
        let months = found.reached.months.iter().flat_map(|months| &months.bars).map(|bar| {
            let what = if bar.from == bar.to { bar.from.to_string() } else { format!("{} to {}", bar.from, bar.to) };
            share(format!("{what} months"), &bar.share)
        });
        let steps: Vec<&SimulatedStep> = found.credentials.iter().chain(&found.exams).collect();
        Self {
            says: says(found),
            learners,
            seed: found.seed,
            target: found.target.clone(),
            endings,
            measures,
            months: months.collect(),
            years: years(&steps),
            steps: steps.iter().map(|step| step.name.clone()).collect(),
            costly: costly(found),
            assumed: assumed(found),
        }
    }
}

/// The answer before its figures.
fn says(found: &PlanSimulation) -> String {
    let reached =
        found.endings.iter().find(|ending| ending.ending == "target").map_or(0.0, |ending| ending.share.value);
    let planned = words::plural(found.planned_months as usize, "month", "months");
    let first = format!("Of 100 learners who begin, about {:.0} reach {}.", reached * 100.0, found.target);
    match &found.reached.months {
        Some(months) => format!(
            "{first} The plan says {planned}; half of those who arrive have needed {:.0} or fewer, nine of ten {:.0} or fewer.",
            months.median.value, months.ninetieth.value
        ),
        None => format!("{first} The plan says {planned}."),
    }
}

fn share(what: String, of: &Estimate) -> ShareView {
    ShareView {
        what,
        bar: (of.value * 1_000.0).round() / 10.0,
        share: words::percent(of.value * 100.0),
        interval: format!("{} to {}", words::decimal(of.low * 100.0), words::decimal(of.high * 100.0)),
    }
}

fn lines(measures: &SimulatedMeasures) -> Vec<MeasureView> {
    let months = measures.months.as_ref().map(|of| [of.mean, of.tenth, of.median, of.ninetieth]);
    let [credits, cost] = [&measures.credits, &measures.cost]
        .map(|of| of.as_ref().map(|of| [of.mean, of.tenth, of.median, of.ninetieth]));
    [
        line("Months", months, words::decimal),
        line("Credits attempted", credits, words::decimal),
        line("Cost", cost, |value| dollars(value.round())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Mean, tenth percentile, median and ninetieth in words; absent where there are none.
fn line(what: &'static str, figures: Option<[Estimate; 4]>, shown: fn(f64) -> String) -> Option<MeasureView> {
    let [mean, tenth, median, ninetieth] = figures?.map(|of| shown(of.value));
    Some(MeasureView { what, mean, tenth, median, ninetieth })
}

/// A line for the end of each year, and the last.
fn years(steps: &[&SimulatedStep]) -> Vec<(u32, Vec<String>)> {
    let Some(first) = steps.first() else { return Vec::new() };
    let terms = first.by_term.len();
    let told = (0..terms).filter(|term| term % YEAR == YEAR - 1 || term + 1 == terms);
    told.map(|term| {
        let shares = steps.iter().map(|step| words::percent(step.by_term[term].share.value * 100.0));
        (first.by_term[term].months, shares.collect())
    })
    .collect()
}

fn costly(found: &PlanSimulation) -> Vec<CostlyView> {
    let with_interval = |of: &Option<Estimate>, times: f64| {
        of.map_or_else(
            || "—".to_owned(),
            |of| format!("{:.2} ({:.2} to {:.2})", of.value * times, of.low * times, of.high * times),
        )
    };
    let courses = found.costly.iter().take(COSTLIEST).map(|course| CostlyView {
        course: course.course.clone(),
        rate: format!("{} to {}", words::percent(course.pass_rate * 100.0), words::percent(course.lowered_to * 100.0)),
        months: with_interval(&course.extra_months, 1.0),
        fewer: with_interval(&course.fewer_reach, 100.0),
    });
    courses.collect()
}

fn assumed(found: &PlanSimulation) -> Vec<(&'static str, String)> {
    let of = &found.assumptions;
    let [fall, spring, summer] = of.term_ends_in_months;
    vec![
        ("Sittings of an exam after the first", format!("{} at most, each at the exam's fee", of.retakes)),
        ("Who comes back does so", format!("after {}", words::plural(of.away_terms, "term", "terms"))),
        ("Told as still studying", format!("after {}", words::plural(of.most_terms, "term", "terms"))),
        ("Months to the end of fall, spring and summer", format!("{fall}, {spring} and {summer}, counted from fall")),
        ("Attempts", "independent of each other: who failed is no likelier to fail again".to_owned()),
    ]
}
