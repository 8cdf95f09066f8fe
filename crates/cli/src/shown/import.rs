//! What an import did or would do: what was read, from which columns, and what changes.

use credway_workflow::{ChangeLine, FieldDifference, ImportAnswer, Mapping};

use crate::screen::{Screen, Tone};
use crate::words::{counted, fitted};

/// Revised records shown of a file.
const RECORDS: usize = 10;
/// Fields shown of a record.
const FIELDS: usize = 6;

/// What an import did or would do.
pub(crate) fn import(screen: &Screen, file: &str, answer: &ImportAnswer, preview: bool) -> anyhow::Result<()> {
    let read: Vec<String> = answer.records.iter().map(|(kind, count)| counted(*count, plain(kind, *count))).collect();
    let read = if read.is_empty() { "nothing could be read".to_owned() } else { read.join(", ") };
    screen.line(format!("{}  {read}", screen.tone(Tone::Strong, file)))?;
    if let Some(mapping) = &answer.mapping {
        columns(screen, mapping)?;
    }
    let (created, revised, unchanged) = answer.counts();
    let counts = format!("{created} created, {revised} revised, {unchanged} unchanged");
    if answer.written {
        screen.line(format!("  written: {counts}"))?;
    } else if preview && !credway_model::has_errors(&answer.findings) {
        screen.line(format!("  preview, nothing written; an import would give {counts}"))?;
    } else {
        screen.line(screen.tone(Tone::Error, "  nothing written: see the errors below"))?;
    }
    let mut revised: Vec<&ChangeLine> = answer.changes.iter().filter(|line| line.written == "revised").collect();
    revised.sort_by_key(|line| (&line.kind, &line.name));
    for line in revised.iter().take(RECORDS) {
        changed(screen, line)?;
    }
    if revised.len() > RECORDS {
        screen.line(format!("  … and {} more revised; see them all with --json", revised.len() - RECORDS))?;
    }
    if let Some(edition) = answer.edition.as_ref().filter(|edition| edition.says_more()) {
        super::edition(screen, edition, RECORDS)?;
    }
    Ok(())
}

/// Words whose plural is not made with an s.
fn plain(kind: &str, count: usize) -> &str {
    match kind {
        "competency" if count != 1 => "competencie",
        other => other,
    }
}

/// Which column is which field: only those that are called otherwise, for the rest says nothing new.
fn columns(screen: &Screen, mapping: &Mapping) -> anyhow::Result<()> {
    let shown = mapping.shown();
    let (own, other): (Vec<_>, Vec<_>) = shown.iter().partition(|(field, selector)| field == selector);
    let widest = other.iter().map(|(field, _)| field.len()).max().unwrap_or(0);
    for (field, selector) in &other {
        screen.line(format!("  {field:<widest$} ← {selector}"))?;
    }
    let rest = if other.is_empty() { "" } else { " more" };
    if own.is_empty() {
        return Ok(());
    }
    screen.line(screen.tone(Tone::Quiet, &format!("  {}{rest} read by name", counted(own.len(), "column"))))
}

fn changed(screen: &Screen, line: &ChangeLine) -> anyhow::Result<()> {
    let added = line.differences.iter().filter(|one| one.before.is_none()).count();
    let name = fitted(&line.name, screen.width.map(|width| width.saturating_sub(22)));
    if added == line.differences.len() && added > 0 {
        let first = line.differences[0].field.split('/').next().unwrap_or_default();
        return screen.line(format!("  ~ {} {name}: + {added} {first}", line.kind));
    }
    screen.line(format!("  ~ {} {name}", line.kind))?;
    differences(screen, &line.differences)
}

/// The first fields that differ, before and after.
pub(super) fn differences(screen: &Screen, differences: &[FieldDifference]) -> anyhow::Result<()> {
    let room = screen.width.map(|width| width.saturating_sub(16));
    for difference in differences.iter().take(FIELDS) {
        let side = |value: &Option<String>| {
            value.as_deref().map_or_else(|| "(absent)".to_owned(), |value| fitted(value, room))
        };
        screen.line(format!("      {}", difference.field))?;
        screen.line(format!("        before  {}", side(&difference.before)))?;
        screen.line(format!("        after   {}", side(&difference.after)))?;
    }
    if differences.len() > FIELDS {
        screen.line(format!("      … and {}", counted(differences.len() - FIELDS, "more field")))?;
    }
    Ok(())
}
