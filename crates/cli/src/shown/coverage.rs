//! Coverage in the terminal: the total, the domains with their bars, the largest gaps, the agreement of reviewers.

use credway_workflow::{CoverageReport, DomainLine};

use crate::bars::{bar, percent};
use crate::screen::{Screen, Tone};
use crate::words::{counted, fitted, short};

/// Cells of a domain's bar.
const BAR: usize = 20;
/// Characters beside a domain's title: margins, weight, bar, coverage.
const BESIDE: usize = 2 + 2 + 7 + 2 + BAR + 2 + 7;

/// Coverage with its `gaps` largest gaps.
pub(crate) fn coverage(screen: &Screen, report: &CoverageReport, gaps: usize) -> anyhow::Result<()> {
    let head = &report.crosswalk;
    screen.line(screen.tone(Tone::Strong, &format!("{} × {}", head.program.name, head.blueprint.name)))?;
    if let Some(retired) = &head.retired {
        let words = format!("  This blueprint version was last examined on {retired}.");
        screen.line(screen.tone(Tone::Warning, &words))?;
    }
    match report.total {
        Some(total) => screen.line(format!(
            "  {} of the exam is covered; {} by outcomes that are assessed",
            percent(Some(total)),
            percent(report.total_assessed)
        ))?,
        None => screen.sentence(&report.weighting, "  ", 2)?,
    }
    screen.line(format!("  {} to review, {} disputed", counted(head.open, "suggestion"), head.disputed))?;
    domains(screen, &report.domains)?;
    gap_lines(screen, report, gaps)?;
    for pair in &report.agreement {
        let kappa = match (pair.kappa, pair.kappa_low.zip(pair.kappa_high)) {
            (None, _) => "not defined".to_owned(),
            (Some(kappa), None) => format!("{kappa:.2}"),
            (Some(kappa), Some((low, high))) => format!("{kappa:.2} (95 % interval {low:.2} to {high:.2})"),
        };
        let agreement = format!(
            "{} and {}: {} judged by both, Cohen's κ {kappa}, {}",
            pair.first,
            pair.second,
            counted(pair.pairs, "pair"),
            counted(pair.disagreements.len(), "disagreement")
        );
        screen.sentence(&agreement, "  ", 4)?;
    }
    Ok(())
}

fn domains(screen: &Screen, domains: &[DomainLine]) -> anyhow::Result<()> {
    let most = screen.width.unwrap_or(100).saturating_sub(BESIDE).max(16);
    let widest = domains.iter().map(|domain| domain.title.chars().count()).max().unwrap_or(0).min(most).max(6);
    let head = format!("  {:<widest$}  {:>7}  {:<BAR$}  {:>7}", "Domain", "weight", "", "covered");
    screen.line(screen.tone(Tone::Quiet, &head))?;
    for domain in domains {
        screen.line(format!(
            "  {:<widest$}  {:>7}  {}  {:>7}",
            short(&domain.title, widest),
            percent(domain.weight),
            bar(domain.coverage, BAR),
            percent(Some(domain.coverage)),
        ))?;
    }
    Ok(())
}

fn gap_lines(screen: &Screen, report: &CoverageReport, most: usize) -> anyhow::Result<()> {
    if report.gaps.is_empty() {
        return screen.line("  No gaps: every statement is fully covered.");
    }
    let gaps = &report.gaps[..most.min(report.gaps.len())];
    let shown = if gaps.len() < report.gaps.len() { format!(", {} shown", gaps.len()) } else { String::new() };
    let statements = counted(report.gaps.len(), "statement");
    screen.line(format!("  Gaps: {statements} not fully covered{shown}, by exam weight lost"))?;
    let code = |gap: &credway_workflow::GapLine| gap.objective.code.clone().unwrap_or_default();
    let widest = gaps.iter().map(|gap| code(gap).chars().count()).max().unwrap_or(0);
    let room = screen.width.map(|width| width.saturating_sub(4 + 7 + 2 + widest + 1));
    for gap in gaps {
        let text = fitted(&gap.objective.text, room);
        screen.line(format!("    {:>7}  {:<widest$} {text}", percent(gap.lost), code(gap)))?;
    }
    Ok(())
}
