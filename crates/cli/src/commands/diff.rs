//! `diff`: two versions of a blueprint, or two editions of a catalogue, side by side.

use std::path::Path;

use credway_model::{Finding, Severity};
use credway_workflow::{BlueprintDifference, ChangeSource, Workbench, compare_blueprint_files, compare_editions};
use serde_json::json;

use crate::screen::Screen;
use crate::{Ended, files, json, shown};

/// Compares two files of courses.
pub(super) fn courses(screen: &Screen, old: &Path, new: &Path) -> anyhow::Result<Ended> {
    let (mut earlier, mut later) = (files::source(old)?, files::source(new)?);
    if earlier.name == later.name {
        (earlier.name, later.name) = (old.display().to_string(), new.display().to_string());
    }
    let (difference, findings) = compare_editions(earlier, later)?;
    shown::edition(screen, &difference, usize::MAX)?;
    ended(screen, &difference, &findings)
}

/// Compares two files with blueprints; no database is needed.
pub(super) fn blueprint_files(screen: &Screen, old: &Path, new: &Path) -> anyhow::Result<Ended> {
    let (difference, findings) = compare_blueprint_files(files::source(old)?, files::source(new)?)?;
    shown_blueprint(screen, &difference, &findings)
}

/// Compares blueprints of which at least one is in the database.
pub(super) async fn blueprints(
    screen: &Screen,
    workbench: &Workbench,
    old: &Path,
    new: &Path,
) -> anyhow::Result<Ended> {
    let side = |given: &Path| -> anyhow::Result<ChangeSource> {
        if given.is_file() {
            return Ok(ChangeSource::File(files::source(given)?));
        }
        Ok(ChangeSource::Named(given.to_string_lossy().into_owned()))
    };
    let (difference, findings) = workbench.compare_blueprints(side(old)?, side(new)?).await?;
    shown_blueprint(screen, &difference, &findings)
}

fn shown_blueprint(screen: &Screen, difference: &BlueprintDifference, findings: &[Finding]) -> anyhow::Result<Ended> {
    shown::difference(screen, difference)?;
    ended(screen, difference, findings)
}

/// The document with the findings, and how it ended.
fn ended(screen: &Screen, answer: &impl serde::Serialize, findings: &[Finding]) -> anyhow::Result<Ended> {
    let mut document = serde_json::to_value(answer)?;
    document["findings"] = json!(json::findings(findings));
    screen.document(&document)?;
    if !screen.json {
        screen.findings(findings);
    }
    let serious = |finding: &Finding| finding.severity > Severity::Note;
    Ok(if findings.iter().any(serious) { Ended::Findings } else { Ended::Done })
}
