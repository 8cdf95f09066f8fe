//! Answers in words for the terminal: aligned, calm, no more than fits.

mod audit;
mod change;
mod change_set;
mod coverage;
mod edition;
mod find;
mod import;
mod metrics;
mod pathway;
mod review;
mod signoff;
mod simulate;

use credway_workflow::AlignSummary;

use crate::screen::{Screen, Tone};
use crate::words::counted;

pub(crate) use audit::audit;
pub(crate) use change::{difference, impact, stale};
pub(crate) use change_set::change_set;
pub(crate) use coverage::coverage;
pub(crate) use edition::edition;
pub(crate) use find::find;
pub(crate) use import::import;
pub(crate) use metrics::{metrics, metrics_of_files, not_counted};
pub(crate) use pathway::{comparison, pathway_plan};
pub(crate) use review::{decided, review};
pub(crate) use signoff::signoff;
pub(crate) use simulate::{pathway_simulation, simulation};

/// What aligning gave.
pub(crate) fn align(screen: &Screen, summary: &AlignSummary) -> anyhow::Result<()> {
    screen.line(screen.tone(Tone::Strong, &format!("{} × {}", summary.program.name, summary.blueprint.name)))?;
    let compared = format!(
        "{} of {} compared with {} of the blueprint in {:.2} s",
        counted(summary.statements, "statement"),
        counted(summary.courses, "course"),
        counted(summary.targets, "statement"),
        summary.seconds
    );
    screen.sentence(&compared, "  ", 2)?;
    let suggested = format!(
        "{} for {} of {} blueprint statements",
        counted(summary.suggested, "suggestion"),
        summary.targets_with_suggestion,
        summary.targets
    );
    screen.sentence(&suggested, "  ", 2)?;
    let candidates = format!(
        "{} kept to look at; below a probability of {:.2} the engine says “don't know”",
        counted(summary.candidates, "candidate"),
        summary.confidence
    );
    screen.sentence(&candidates, "  ", 2)?;
    screen.line(screen.tone(Tone::Quiet, "  Nothing counts before a person accepts it."))
}
