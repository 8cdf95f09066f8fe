//! The least set of course changes in the terminal: the answer, by course what to do, by domain before and after.

use credway_workflow::{ChangeSetAnswer, ChangeSetOutcome, CourseChange};

use crate::bars::percent;
use crate::screen::{Screen, Tone};
use crate::words::{counted, fitted, short};

/// The answer.
pub(crate) fn change_set(screen: &Screen, answer: &ChangeSetAnswer) -> anyhow::Result<()> {
    screen.line(screen.tone(Tone::Strong, &format!("{} × {}", answer.program.name, answer.blueprint.name)))?;
    let tone = if answer.outcome == ChangeSetOutcome::Reached { Tone::Good } else { Tone::Warning };
    screen.sentence(&screen.tone(tone, &answer.sentence), "  ", 2)?;
    if !answer.proof.is_empty() {
        screen.sentence(&answer.proof, "  ", 2)?;
    }
    for course in &answer.courses {
        let name = format!("  {} {}", course.course.code, course.course.title);
        screen.line(screen.tone(Tone::Strong, &format!("{name}  {}", counted(course.effort as usize, "hour"))))?;
        for change in &course.changes {
            lines(screen, change)?;
        }
    }
    domains(screen, answer)?;
    for assumption in &answer.assumptions {
        screen.sentence(&screen.tone(Tone::Quiet, assumption), "  ", 2)?;
    }
    Ok(())
}

fn lines(screen: &Screen, change: &CourseChange) -> anyhow::Result<()> {
    let objectives: Vec<String> = change
        .objectives
        .iter()
        .map(|objective| {
            format!("{} {}", objective.code.as_deref().unwrap_or_default(), objective.text).trim().to_owned()
        })
        .collect();
    screen.sentence(&format!("{}: {}", change.sentence, objectives.join("; ")), "    ", 6)?;
    let Some(statement) = &change.statement else { return Ok(()) };
    let code = change.outcome_code.as_ref().map_or_else(String::new, |code| format!("{code} "));
    let near = change
        .nearness
        .map_or_else(|| "now".to_owned(), |near| format!("nearest now ({} likely)", percent(Some(near * 100.0))));
    let line = format!("      {near}: {code}{statement}");
    screen.line(screen.tone(Tone::Quiet, &fitted(&line, screen.width)))
}

fn domains(screen: &Screen, answer: &ChangeSetAnswer) -> anyhow::Result<()> {
    let most = screen.width.unwrap_or(100).saturating_sub(32).max(16);
    let widest = answer.domains.iter().map(|domain| domain.title.chars().count()).max().unwrap_or(0).min(most).max(10);
    let head = format!("  {:<widest$}  {:>7}  {:>7}  {:>7}", "Domain", "weight", "now", "after");
    screen.line(screen.tone(Tone::Quiet, &head))?;
    let after = |after: Option<f64>, most: Option<f64>| match (after, most) {
        (Some(after), _) => percent(Some(after)),
        (None, Some(most)) => format!("≤ {}", percent(Some(most))),
        (None, None) => "–".to_owned(),
    };
    for domain in &answer.domains {
        screen.line(format!(
            "  {:<widest$}  {:>7}  {:>7}  {:>7}",
            short(&domain.title, widest),
            percent(domain.weight),
            percent(Some(domain.before)),
            after(domain.after, domain.most),
        ))?;
    }
    let whole = after(answer.after, answer.most);
    screen.line(format!("  {:<widest$}  {:>7}  {:>7}  {whole:>7}", "Whole exam", "", percent(answer.before)))
}
