//! `explain`: why a pair is likely or not, how its statements are read, and who said what on it.

use credway_workflow::{PairExplained, Said, Workbench};

use crate::Ended;
use crate::arguments::Pair;
use crate::screen::Screen;

pub(super) async fn run(
    screen: &Screen,
    workbench: &Workbench,
    pair: &Pair,
    (objective, outcome): (&str, &str),
) -> anyhow::Result<Ended> {
    let crosswalk = workbench.find_crosswalk(&pair.program, &pair.blueprint).await?;
    let target = workbench.find_objective(&crosswalk, objective).await?;
    let statement = workbench.find_outcome(&crosswalk, outcome).await?;
    let explained = workbench.explain(&crosswalk, &statement, &target, false).await?;
    show(screen, &explained)?;
    screen.document(&explained)?;
    Ok(Ended::Done)
}

fn show(screen: &Screen, pair: &PairExplained) -> anyhow::Result<()> {
    let outcome = pair.outcome_code.as_deref().unwrap_or_default();
    let objective = pair.objective.code.as_deref().unwrap_or("objective");
    let name = format!("{} {outcome} and {objective}", pair.course.code);
    screen.line(format!("{name}: {}", pair.standing.word()))?;
    let reasons = &pair.reasons;
    screen.sentence(&format!("{:.2}: {}", reasons.probability, reasons.sentence), "  ", 2)?;
    screen.sentence(&format!("says {}", reasons.engine), "  ", 2)?;
    if let Some(engine) = pair.proposed_by.as_ref().filter(|engine| **engine != reasons.engine) {
        screen.sentence(&format!("it was proposed by {engine}"), "  ", 2)?;
    }
    if let Some(sentence) = &pair.asked_named {
        screen.sentence(sentence, "  ", 2)?;
    }
    said(screen, "course", &pair.statement_said)?;
    said(screen, "exam", &pair.objective_said)?;
    for decision in &pair.decisions {
        let reason = decision.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
        let line = format!("{} {} {}{reason}", decision.at, decision.person, decision.verdict);
        screen.sentence(&line, "  ", 4)?;
    }
    for one in &pair.agreement {
        let line = format!("{} and {}, {} pairs: Cohen's κ {}", one.first, one.second, one.pairs, one.words);
        screen.sentence(&line, "  ", 4)?;
    }
    Ok(())
}

fn said(screen: &Screen, side: &str, said: &Said) -> anyhow::Result<()> {
    screen.sentence(&format!("{side}: {}", said.text), "  ", 4)?;
    let mut lines: Vec<String> = Vec::new();
    if said.parts.len() > 1 {
        lines.push(format!("asks for: {}", said.parts.join("; ")));
    }
    lines.extend(said.verbs.iter().map(|verb| format!("“{}” shows {}", verb.word, verb.level)));
    lines.extend(said.lists.iter().map(|list| format!("{}: {}", list.kind, list.members.join("; "))));
    lines.extend(said.scope.iter().map(|scope| match &scope.what {
        Some(what) => format!("leaves out: {what}"),
        None => format!("scope: {}", scope.phrase),
    }));
    lines.extend(said.abbreviations.iter().map(|one| format!("{}: {}", one.short, one.long)));
    for line in lines {
        screen.sentence(&line, "    ", 6)?;
    }
    Ok(())
}
