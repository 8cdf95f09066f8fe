//! Answers in words for the terminal: aligned, calm, no more than fits.

use credway_workflow::{AlignSummary, ChangeLine, CoverageReport, ImportAnswer, ReviewFocus, ReviewPage, Segment};

use crate::bars::{bar, percent};
use crate::screen::{Screen, Tone};

/// Columns, aligned; the last one is not padded.
pub(crate) fn table(screen: &Screen, rows: &[Vec<String>]) -> anyhow::Result<()> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            line.push_str(cell);
            if column + 1 < row.len() {
                line.push_str(&" ".repeat(widths[column] - cell.chars().count() + 2));
            }
        }
        screen.line(line.trim_end())?;
    }
    Ok(())
}

/// The first `most` characters, with an ellipsis where it was cut.
pub(crate) fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// What an import did or would do.
pub(crate) fn import(screen: &Screen, file: &str, answer: &ImportAnswer, preview: bool) -> anyhow::Result<()> {
    let read: Vec<String> =
        answer.records.iter().map(|(kind, count)| format!("{count} {kind}{}", plural(*count))).collect();
    screen.line(format!("{}  {}", screen.tone(Tone::Strong, file), read.join(", ")))?;
    if let Some(mapping) = &answer.mapping {
        for (field, selector) in mapping.shown() {
            screen.line(format!("  {field:<18} ← {selector}"))?;
        }
    }
    let (created, revised, unchanged) = answer.counts();
    let verb = if answer.written {
        "written"
    } else if preview {
        "would be"
    } else {
        "nothing written"
    };
    screen.line(format!("  {verb}: {created} created, {revised} revised, {unchanged} unchanged"))?;
    for line in answer.changes.iter().filter(|line| line.written == "revised").take(20) {
        revised_lines(screen, line)?;
    }
    Ok(())
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn revised_lines(screen: &Screen, line: &ChangeLine) -> anyhow::Result<()> {
    screen.line(format!("  ~ {} {}", line.kind, line.name))?;
    for difference in line.differences.iter().take(6) {
        let side =
            |value: &Option<String>| value.as_deref().map_or_else(|| "(absent)".to_owned(), |value| short(value, 60));
        screen.line(format!(
            "      {}: {} → {}",
            difference.field,
            side(&difference.before),
            side(&difference.after)
        ))?;
    }
    if line.differences.len() > 6 {
        screen.line(format!("      … and {} more", line.differences.len() - 6))?;
    }
    Ok(())
}

/// What aligning gave.
pub(crate) fn align(screen: &Screen, summary: &AlignSummary) -> anyhow::Result<()> {
    screen.line(screen.tone(Tone::Strong, &format!("{} × {}", summary.program.name, summary.blueprint.name)))?;
    screen.line(format!(
        "  {} statements of {} courses against {} of the blueprint in {:.2} s",
        summary.statements, summary.courses, summary.targets, summary.seconds
    ))?;
    screen.line(format!(
        "  {} suggestions for {} of {} ({} candidates; below {:.2} the engine says “don't know”)",
        summary.suggested, summary.targets_with_suggestion, summary.targets, summary.candidates, summary.confidence
    ))?;
    screen.line(screen.tone(Tone::Quiet, "  Nothing counts before a person accepts it."))
}

/// Coverage with its gaps.
pub(crate) fn coverage(screen: &Screen, report: &CoverageReport, gaps: usize) -> anyhow::Result<()> {
    let head = &report.crosswalk;
    screen.line(screen.tone(Tone::Strong, &format!("{} × {}", head.program.name, head.blueprint.name)))?;
    if let Some(retired) = &head.retired {
        screen
            .line(screen.tone(Tone::Warning, &format!("  This blueprint version was last examined on {retired}.")))?;
    }
    screen.line(format!(
        "  covered {}  by assessed statements {}  open suggestions {}  disputed {}",
        percent(report.total),
        percent(report.total_assessed),
        head.open,
        head.disputed
    ))?;
    let widest = report.domains.iter().map(|domain| domain.title.chars().count()).max().unwrap_or(0).min(48);
    for domain in &report.domains {
        screen.line(format!(
            "  {:<widest$}  {:>7}  {}  {:>7}",
            short(&domain.title, widest),
            percent(domain.weight),
            bar(domain.coverage, 20),
            percent(Some(domain.coverage)),
        ))?;
    }
    if !report.gaps.is_empty() {
        screen.line(format!("  Gaps ({} statements not fully covered; most lost weight first)", report.gaps.len()))?;
    }
    for gap in report.gaps.iter().take(gaps) {
        let code = gap.objective.code.as_deref().unwrap_or("");
        screen.line(format!("    {:>7}  {code:<5} {}", percent(gap.lost), short(&gap.objective.text, 76)))?;
    }
    for pair in &report.agreement {
        let kappa = pair.kappa.map_or_else(|| "not defined".to_owned(), |kappa| format!("{kappa:.2}"));
        screen.line(format!(
            "  {} and {}: {} pairs, Cohen's κ {kappa}, {} disagreements",
            pair.first,
            pair.second,
            pair.pairs,
            pair.disagreements.len()
        ))?;
    }
    Ok(())
}

/// One page of the review.
pub(crate) fn review(screen: &Screen, page: &ReviewPage) -> anyhow::Result<()> {
    let Some(focus) = &page.focus else { return screen.line("Nothing waits for review here.") };
    let words = match focus {
        ReviewFocus::Objective { objective, share, .. } => {
            format!(
                "{} {} — {} ({} of the exam)",
                objective.code.as_deref().unwrap_or(""),
                objective.text,
                objective.domain,
                percent(*share)
            )
        }
        ReviewFocus::Course { course, .. } => format!("{} {}", course.code, course.title),
    };
    screen.line(screen.tone(Tone::Strong, words.trim()))?;
    screen.line(format!("{} of {}; {} candidates left in all", page.position, page.of, page.remaining))?;
    for card in &page.candidates {
        let probability = card.probability.map_or_else(|| "  – ".to_owned(), |probability| format!("{probability:.2}"));
        let doubt = if card.suggested { "" } else { "  don't know" };
        screen.line(format!(
            "\n{probability}  {} {}  {}{doubt}",
            card.course.code,
            card.outcome_code.as_deref().unwrap_or(""),
            card.standing.word()
        ))?;
        screen.line(format!("      {}", marked(screen, &card.statement_segments)))?;
        screen.line(format!("      {}", screen.tone(Tone::Quiet, &marked(screen, &card.objective_segments))))?;
        let depth = format!(
            "taught at {}, asked at {}",
            card.taught.as_deref().unwrap_or("?"),
            card.asked.as_deref().unwrap_or("?")
        );
        let assessed = card.assessed_by.as_deref().unwrap_or("no assessment named");
        screen.line(format!("      {depth}; {assessed}"))?;
        for decision in &card.decisions {
            let reason = decision.reason.as_deref().map_or_else(String::new, |reason| format!(": {reason}"));
            screen.line(format!("      {} {}{reason}", decision.person, decision.verdict))?;
        }
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
