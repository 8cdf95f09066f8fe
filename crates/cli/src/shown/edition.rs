//! Two editions of a catalogue, course by course.

use credway_workflow::{EditionChange, EditionDifference, EditionLine};

use super::import::differences;
use crate::screen::{Screen, Tone};
use crate::words::{counted, fitted};

/// What became of an earlier edition; of each kind of change at most so many courses.
pub(crate) fn edition(screen: &Screen, edition: &EditionDifference, most: usize) -> anyhow::Result<()> {
    let compared = format!("Against {}", edition.earlier);
    screen.line(screen.tone(Tone::Strong, &compared))?;
    let counts = EditionChange::ALL.map(|kind| format!("{} {}", edition.count(kind), kind.word()));
    screen.line(format!("  {} the same, {}", counted(edition.same, "course"), counts.join(", ")))?;
    for kind in EditionChange::ALL {
        let lines: Vec<&EditionLine> = edition.items.iter().filter(|line| line.kind == kind).collect();
        for line in lines.iter().take(most) {
            course(screen, line)?;
        }
        if lines.len() > most {
            screen.line(format!("  … and {} more {}; see them all with --json", lines.len() - most, kind.word()))?;
        }
    }
    Ok(())
}

fn course(screen: &Screen, line: &EditionLine) -> anyhow::Result<()> {
    let (sign, named) = match (line.kind, &line.before, &line.after) {
        (EditionChange::Renumbered, Some(before), Some(after)) => {
            ("~", format!("{} → {} {}", before.code, after.code, after.title))
        }
        (kind, before, after) => {
            let sign = match kind {
                EditionChange::Gone => "-",
                EditionChange::New => "+",
                _ => "~",
            };
            let course = after.as_ref().or(before.as_ref());
            (sign, course.map(|course| format!("{} {}", course.code, course.title)).unwrap_or_default())
        }
    };
    screen.line(format!("  {sign} {}", fitted(&named, screen.width.map(|width| width.saturating_sub(6)))))?;
    // That a renumbered course has another code is said already.
    let differ: Vec<_> = line
        .differences
        .iter()
        .filter(|one| line.kind != EditionChange::Renumbered || one.field != "code")
        .cloned()
        .collect();
    differences(screen, &differ)
}
