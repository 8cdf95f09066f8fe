//! A simulation in tables: how long and how dear, how walks end, who is where after each year, which courses cost most.

use credway_model::{dollars, grouped};
use credway_workflow::{Estimate, HistogramBar, PathwaySimulation, PlanSimulation, SimulatedMeasures, SimulatedStep};

use super::pathway::taken_for_granted;
use crate::bars::bar;
use crate::screen::{Screen, Tone};
use crate::table::{Last, show};

/// Courses told as the costliest.
const COSTLIEST: usize = 10;
/// Cells of a histogram's bar.
const CELLS: usize = 30;

/// A simulation of an instance, whose money has no name.
pub(crate) fn simulation(screen: &Screen, found: &PlanSimulation) -> anyhow::Result<()> {
    simulated(screen, found, grouped)
}

fn simulated(screen: &Screen, found: &PlanSimulation, money: fn(f64) -> String) -> anyhow::Result<()> {
    let PlanSimulation { seed, target, planned_months, .. } = found;
    let learners = grouped(f64::from(found.learners));
    screen.line(screen.tone(
        Tone::Strong,
        &format!("{learners} learners, seed {seed}; when all goes well the plan reaches {target} after {planned_months} months"),
    ))?;
    heading(screen, "Months, credits attempted and cost, with 95 % intervals")?;
    let mut rows = vec![row(["", "mean", "10 % below", "median", "90 % below"])];
    measures(&mut rows, &format!("to {target}"), &found.reached, money);
    measures(&mut rows, "everyone", &found.everyone, money);
    show(screen, &rows, Last::Words)?;
    heading(screen, "How it ends")?;
    let endings: Vec<Vec<String>> =
        found.endings.iter().map(|ending| vec![ending.words(), share(&ending.share)]).collect();
    show(screen, &endings, Last::Words)?;
    if let Some(months) = &found.reached.months {
        heading(screen, &format!("Months to {target}"))?;
        show(screen, &months.bars.iter().map(histogram).collect::<Vec<_>>(), Last::Words)?;
    }
    heading(screen, "Who holds what after each year")?;
    show(screen, &years(found), Last::Words)?;
    heading(screen, "Ten points less of a course's pass rate")?;
    show(screen, &costly(found), Last::Words)
}

/// A simulation of a pathway's plan, with the plan's terms and what it takes for granted.
pub(crate) fn pathway_simulation(screen: &Screen, found: &PathwaySimulation) -> anyhow::Result<()> {
    let plan = &found.plan;
    screen.line(screen.tone(Tone::Strong, &format!("{} → {}", plan.pathway.name, plan.destination_name)))?;
    for term in &plan.terms {
        let mut parts: Vec<&str> = term.courses.iter().map(|course| course.code.as_str()).collect();
        parts.extend(term.exams.iter().map(|exam| exam.name.as_str()));
        screen.sentence(&format!("{:<12} {}", term.name, parts.join(", ")), "  ", 15)?;
    }
    screen.line("")?;
    simulated(screen, &found.simulation, dollars)?;
    screen.line("")?;
    taken_for_granted(screen, plan)
}

fn heading(screen: &Screen, words: &str) -> anyhow::Result<()> {
    screen.line("")?;
    screen.line(screen.tone(Tone::Strong, words))
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

fn measures(rows: &mut Vec<Vec<String>>, who: &str, found: &SimulatedMeasures, money: fn(f64) -> String) {
    let months = found.months.as_ref().map(|of| [of.mean, of.tenth, of.median, of.ninetieth]);
    let [credits, cost] =
        [&found.credits, &found.cost].map(|of| of.as_ref().map(|of| [of.mean, of.tenth, of.median, of.ninetieth]));
    for (what, figures, places) in [("months", months, 1), ("credits", credits, 1), ("cost", cost, 0)] {
        let Some([mean, percentiles @ ..]) = figures else { continue };
        let shown = |estimate: Estimate, places: usize| {
            let [value, low, high] = [estimate.value, estimate.low, estimate.high].map(|value| match what {
                "cost" => money(value.round()),
                _ => format!("{value:.places$}"),
            });
            format!("{value} ({low} to {high})")
        };
        let mut cells = vec![format!("{what}, {who}"), shown(mean, places)];
        // A percentile is the figure of one learner: whole, save where courses have halves of credits.
        let halves = usize::from(what == "credits" && percentiles.iter().any(|of| of.value.fract() != 0.0));
        cells.extend(percentiles.into_iter().map(|of| shown(of, halves)));
        rows.push(cells);
    }
}

fn share(estimate: &Estimate) -> String {
    let Estimate { value, low, high } = estimate;
    format!("{:.1} % ({:.1} to {:.1})", value * 100.0, low * 100.0, high * 100.0)
}

fn histogram(one: &HistogramBar) -> Vec<String> {
    let HistogramBar { from, to, learners, share: of } = one;
    let months = if from == to { from.to_string() } else { format!("{from}–{to}") };
    #[expect(clippy::cast_precision_loss, reason = "at most as many learners as are simulated")]
    let learners = grouped(*learners as f64);
    vec![format!("{months:>5}"), bar(of.value * 100.0, CELLS), format!("{learners:>7}"), share(of)]
}

/// A line for each third term, and the last.
fn years(found: &PlanSimulation) -> Vec<Vec<String>> {
    let steps: Vec<&SimulatedStep> = found.credentials.iter().chain(&found.exams).collect();
    let mut rows = vec![row(["months"])];
    rows[0].extend(steps.iter().map(|step| step.name.clone()));
    let terms = steps.first().map_or(0, |step| step.by_term.len());
    for term in (0..terms).filter(|term| term % 3 == 2 || term + 1 == terms) {
        let mut cells = vec![steps[0].by_term[term].months.to_string()];
        cells.extend(steps.iter().map(|step| format!("{:.1} %", step.by_term[term].share.value * 100.0)));
        rows.push(cells);
    }
    rows
}

fn costly(found: &PlanSimulation) -> Vec<Vec<String>> {
    let mut rows = vec![row(["course", "rate", "lowered to", "months more", "points fewer arrive"])];
    for course in found.costly.iter().take(COSTLIEST) {
        let figure = |estimate: &Option<Estimate>, times: f64| {
            estimate.map_or_else(
                || "–".to_owned(),
                |Estimate { value, low, high }| {
                    format!("{:.2} ({:.2} to {:.2})", value * times, low * times, high * times)
                },
            )
        };
        rows.push(vec![
            course.course.clone(),
            format!("{:.2}", course.pass_rate),
            format!("{:.2}", course.lowered_to),
            figure(&course.extra_months, 1.0),
            figure(&course.fewer_reach, 100.0),
        ]);
    }
    rows
}
