//! A page of the review, and what stands after a word.

use credway_workflow::{CandidateCard, DecisionLine, ReviewFocus, ReviewPage, Segment};

use crate::bars::percent;
use crate::screen::{Screen, Tone};
use crate::words::{counted, wrapped};

/// Where the text of a candidate begins.
const INDENT: usize = 6;

/// One page of the review.
pub(crate) fn review(screen: &Screen, page: &ReviewPage) -> anyhow::Result<()> {
    let Some(focus) = &page.focus else { return screen.line("Nothing waits for review here.") };
    heading(screen, focus)?;
    let statement = format!("Statement {} of {}", page.position, page.of);
    let position = if page.position == 0 { "Nothing to show here with this filter".to_owned() } else { statement };
    screen.line(format!("  {position}; {} in all", counted(page.remaining, "candidate")))?;
    for card in &page.candidates {
        screen.line("")?;
        candidate(screen, card)?;
    }
    Ok(())
}

fn heading(screen: &Screen, focus: &ReviewFocus) -> anyhow::Result<()> {
    let (words, below) = match focus {
        ReviewFocus::Objective { objective, share, .. } => {
            let code = objective.code.as_deref().unwrap_or("");
            let share = share.map_or_else(String::new, |share| format!(", {} of the exam", percent(Some(share))));
            (format!("{code} {}", objective.text), Some(format!("  {}{share}", objective.domain)))
        }
        ReviewFocus::Course { course, .. } => (format!("{} {}", course.code, course.title), None),
    };
    screen.line(screen.tone(Tone::Strong, &wrapped(&words, screen.prose(), "", 2)))?;
    below.map_or(Ok(()), |below| screen.line(below))
}

fn candidate(screen: &Screen, card: &CandidateCard) -> anyhow::Result<()> {
    let probability = card.probability.map_or_else(|| "   –".to_owned(), |probability| format!("{probability:.2}"));
    let doubt = if card.suggested || card.probability.is_none() { "" } else { ", the engine does not know" };
    screen.line(format!("{probability}  {}  {}{doubt}", name(card), card.standing.word()))?;
    let blanks = " ".repeat(INDENT);
    let pair = [("course", &card.statement_segments), ("exam", &card.objective_segments)];
    // The exam's words stand at the top; again only where some of them are evidence.
    let marked_at_all = |segments: &[Segment]| segments.iter().any(|segment| segment.mark.is_some());
    for (side, segments) in pair.into_iter().filter(|(side, segments)| *side == "course" || marked_at_all(segments)) {
        let first = format!("{blanks}{side:<8}");
        screen.sentence(&marked(screen, segments), &first, INDENT + 8)?;
    }
    let depth = match (&card.taught, &card.asked) {
        (Some(taught), Some(asked)) => format!("taught: {taught}; asked: {asked}"),
        (Some(taught), None) => format!("taught: {taught}"),
        (None, Some(asked)) => format!("asked: {asked}"),
        (None, None) => "no depth can be told".to_owned(),
    };
    screen.sentence(&depth, &format!("{blanks}depth   "), INDENT + 8)?;
    let assessed = card.assessed_by.as_deref().unwrap_or("no assessment named");
    screen.sentence(assessed, &format!("{blanks}assess  "), INDENT + 8)?;
    decisions(screen, &card.decisions, &blanks)
}

/// What stands for a pair after a word, and what it makes of the coverage.
pub(crate) fn decided(screen: &Screen, card: &CandidateCard, coverage: Option<f64>) -> anyhow::Result<()> {
    let objective = card.objective.code.as_deref().unwrap_or(&card.objective.text);
    let stands = screen.tone(Tone::Strong, card.standing.word());
    screen.line(format!("{} → {objective}: {stands}", name(card)))?;
    decisions(screen, &card.decisions, "  ")?;
    match coverage {
        Some(coverage) => screen.line(format!("  {} of the exam is covered now", percent(Some(coverage)))),
        None => Ok(()),
    }
}

fn name(card: &CandidateCard) -> String {
    match &card.outcome_code {
        Some(code) => format!("{}/{code}", card.course.code),
        None => card.course.code.clone(),
    }
}

fn decisions(screen: &Screen, decisions: &[DecisionLine], blanks: &str) -> anyhow::Result<()> {
    for decision in decisions {
        let mut words =
            format!("{} {}: {}", decision.at.get(..10).unwrap_or_default(), decision.person, decision.verdict);
        if let Some(level) = &decision.level {
            words.push_str(&format!(", {level}"));
        }
        if decision.settles {
            words.push_str(", settled");
        }
        if let Some(reason) = &decision.reason {
            words.push_str(&format!(" — {reason}"));
        }
        screen.sentence(&words, blanks, blanks.len() + 2)?;
    }
    Ok(())
}

/// A text with its evidence in brackets, numbered as in the other text.
fn marked(screen: &Screen, segments: &[Segment]) -> String {
    segments
        .iter()
        .map(|segment| match segment.mark {
            Some(mark) => screen.tone(Tone::Good, &format!("[{}]{mark}", segment.text)),
            None => segment.text.clone(),
        })
        .collect()
}
