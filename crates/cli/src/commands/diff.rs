//! `diff`: two editions of a catalogue side by side.

use std::path::Path;

use credway_model::{Finding, Severity};
use credway_workflow::compare_editions;
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
    let mut document = serde_json::to_value(&difference)?;
    document["findings"] = json!(json::findings(&findings));
    screen.document(&document)?;
    if !screen.json {
        screen.findings(&findings);
    }
    let serious = |finding: &Finding| finding.severity > Severity::Note;
    Ok(if findings.iter().any(serious) { Ended::Findings } else { Ended::Done })
}
