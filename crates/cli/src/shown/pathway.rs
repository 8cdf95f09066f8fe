//! A plan of a pathway in the terminal: terms, exits, figures with their proof, what was taken for granted.

use credway_model::{dollars, grouped as figure};
use credway_workflow::{ComparedFigure, PathwayPlan, PathwayStage, PlanComparison, PlannedExit, PlannedTerm};

use crate::screen::{Screen, Tone};
use crate::table::{self, Last};

/// The plan, or why there is none.
pub(crate) fn pathway_plan(screen: &Screen, plan: &PathwayPlan) -> anyhow::Result<()> {
    screen.line(screen.tone(Tone::Strong, &format!("{} → {}", plan.pathway.name, plan.destination_name)))?;
    if plan.found {
        found(screen, plan)?;
    } else {
        none(screen, plan)?;
    }
    taken_for_granted(screen, plan)
}

/// What a plan takes for granted, and what it leaves out.
pub(super) fn taken_for_granted(screen: &Screen, plan: &PathwayPlan) -> anyhow::Result<()> {
    told(
        screen,
        "Taken for granted",
        plan.assumptions.iter().map(|one| format!("{}: {} ({})", one.what, one.value, one.source)),
    )?;
    told(screen, "Not planned", plan.notes.iter().cloned())
}

fn found(screen: &Screen, plan: &PathwayPlan) -> anyhow::Result<()> {
    let codes = |courses: &[credway_workflow::PlannedCourseLine]| {
        courses.iter().map(|course| course.code.as_str()).collect::<Vec<_>>().join(", ")
    };
    if !plan.done.is_empty() {
        screen.sentence(&format!("Passed already: {}", codes(&plan.done)), "  ", 2)?;
    }
    if !plan.prior_learning.is_empty() {
        screen.sentence(&format!("Credit for prior learning: {}", codes(&plan.prior_learning)), "  ", 2)?;
    }
    for term in &plan.terms {
        one_term(screen, term)?;
    }
    screen.line(screen.tone(Tone::Strong, "Exits"))?;
    let mut rows =
        vec![["  ", "after", "months", "credits", "cost", "wage a year", "audit"].map(str::to_owned).to_vec()];
    rows.extend(plan.exits.iter().map(exit));
    table::show(screen, &rows, Last::Words)?;
    screen.line(screen.tone(Tone::Strong, "Proof"))?;
    let mut rows = Vec::new();
    rows.extend(plan.stages.iter().map(stage));
    table::show(screen, &rows, Last::Words)
}

fn one_term(screen: &Screen, term: &PlannedTerm) -> anyhow::Result<()> {
    let head = format!("{:<12} {} credits, {}", term.name, figure(term.credits), dollars(term.cost));
    screen.line(screen.tone(Tone::Strong, &head))?;
    for course in &term.courses {
        let place = course.at.as_ref().map_or_else(String::new, |at| format!(" ({at})"));
        let words = format!("{:<12} {:>4}  {}{place}", course.code, figure(course.credits), course.title);
        screen.sentence(&words, "  ", 20)?;
    }
    for exam in &term.exams {
        let fee = exam.fee.map_or_else(|| "fee not known".to_owned(), dollars);
        let words = format!(
            "exam         {}: {} % of the blueprint covered before, ready from {} %; {fee}",
            exam.name,
            figure(exam.coverage),
            figure(exam.ready_from)
        );
        screen.sentence(&words, "  ", 15)?;
    }
    for award in &term.awards {
        screen.sentence(&format!("awarded      {award}"), "  ", 15)?;
    }
    Ok(())
}

fn exit(exit: &PlannedExit) -> Vec<String> {
    let maybe = |value: Option<f64>, shown: fn(f64) -> String| value.map_or_else(|| "–".to_owned(), shown);
    vec![
        format!("  {}", exit.name),
        exit.term_name.clone().unwrap_or_else(|| match &exit.could_be_sat {
            Some(term) => format!("not placed; ready in {term}"),
            None => "not in this plan".to_owned(),
        }),
        exit.months.map_or_else(|| "–".to_owned(), |months| months.to_string()),
        maybe(exit.credits, figure),
        maybe(exit.cost, dollars),
        maybe(exit.wage, dollars),
        match exit.audited {
            Some(true) => "requirements met".to_owned(),
            Some(false) => "audit differs".to_owned(),
            None => "–".to_owned(),
        },
    ]
}

fn stage(stage: &PathwayStage) -> Vec<String> {
    let proof = if stage.proved { "proved best".to_owned() } else { format!("no better than {}", figure(stage.bound)) };
    vec![format!("  {}", stage.words), figure(stage.value), proof, format!("{:.2} s", stage.cpu_seconds)]
}

fn none(screen: &Screen, plan: &PathwayPlan) -> anyhow::Result<()> {
    let Some(no_plan) = &plan.no_plan else { return Ok(()) };
    screen.line("There is no plan. These cannot all hold at once; without any one of them the others can:")?;
    for rule in &no_plan.conflict {
        screen.sentence(&rule.sentence, "  ", 2)?;
    }
    if !no_plan.ways_out.is_empty() {
        screen.line("There is one without:")?;
        for way in &no_plan.ways_out {
            let rules: Vec<&str> = way.iter().map(|rule| rule.sentence.as_str()).collect();
            screen.sentence(&rules.join(" and "), "  ", 2)?;
        }
    }
    told(screen, "The least that would have to give", no_plan.loosenings.iter().cloned())
}

fn told(screen: &Screen, head: &str, lines: impl Iterator<Item = String>) -> anyhow::Result<()> {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return Ok(());
    }
    screen.line(screen.tone(Tone::Strong, head))?;
    lines.iter().try_for_each(|line| screen.sentence(line, "  ", 2))
}

/// Two plans side by side.
pub(crate) fn comparison(screen: &Screen, compared: &PlanComparison) -> anyhow::Result<()> {
    screen.line(
        screen.tone(Tone::Strong, &format!("{} → {}", compared.first.pathway.name, compared.first.destination_name)),
    )?;
    let mut rows =
        vec![vec![String::new(), compared.first_name.clone(), compared.second_name.clone(), "difference".to_owned()]];
    rows.extend(compared.figures.iter().map(compared_figure));
    table::show(screen, &rows, Last::Words)?;
    let moved = compared.courses.iter().map(|course| {
        let place = |term: &Option<String>| term.clone().unwrap_or_else(|| "not taken".to_owned());
        format!("{}: {} → {}", course.code, place(&course.first), place(&course.second))
    });
    told(screen, "Courses that differ", moved)?;
    for plan in [&compared.first, &compared.second].into_iter().filter(|plan| !plan.found) {
        none(screen, plan)?;
    }
    Ok(())
}

fn compared_figure(line: &ComparedFigure) -> Vec<String> {
    let shown = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), figure);
    let sign = |value: f64| if value > 0.0 { format!("+{}", figure(value)) } else { figure(value) };
    let difference = line.difference.map_or_else(|| "–".to_owned(), sign);
    vec![format!("  {} ({})", line.what, line.unit), shown(line.first), shown(line.second), difference]
}
