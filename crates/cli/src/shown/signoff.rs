//! A sign-off in the terminal.

use credway_workflow::SignoffPage;

use crate::screen::{Screen, Tone};

/// How it stands, step by step, and what is signed.
pub(crate) fn signoff(screen: &Screen, page: &SignoffPage) -> anyhow::Result<()> {
    let head = &page.head;
    screen.line(screen.tone(Tone::Strong, &format!("{} × {}", head.program.name, head.blueprint.name)))?;
    screen.sentence(&format!("revision {} {}", head.revision, head.words), "  ", 2)?;
    for (number, step) in page.steps.iter().enumerate() {
        let tone = if step.state == "waiting" { Tone::Warning } else { Tone::Quiet };
        let state = screen.tone(tone, step.state);
        screen.sentence(&format!("{}. {}, {}: {state}", number + 1, step.title, step.roles), "  ", 5)?;
        for one in &step.signatures {
            let whom = one.on_behalf_of.as_ref().map(|whom| format!(" for {whom}")).unwrap_or_default();
            let day = one.date.as_ref().map(|day| format!(", decided on {day}")).unwrap_or_default();
            let note = one.note.as_ref().map(|note| format!(" — {note}")).unwrap_or_default();
            let void = if one.void { ", void" } else { "" };
            let at = one.at.get(..10).unwrap_or_default();
            screen.sentence(&format!("{at} {}{whom} as {}{day}{void}{note}", one.person, one.role), "     ", 7)?;
        }
    }
    for event in &page.events {
        let at = event.at.get(..10).unwrap_or_default();
        screen.sentence(&format!("{at} {} {}: {}", event.person, event.what, event.reason), "  ", 4)?;
    }
    for fault in &page.faults {
        screen.sentence(&screen.tone(Tone::Error, fault), "  ", 4)?;
    }
    if page.hidden {
        let words = "Blind second review: what others said is kept back while yours is open.";
        screen.sentence(&screen.tone(Tone::Warning, words), "  ", 4)?;
    }
    if !page.since.is_empty() {
        screen.line(screen.tone(Tone::Warning, "  What stands today differs from what is signed:"))?;
        for change in &page.since {
            let words = |value: &Option<String>| value.clone().unwrap_or_else(|| "not there".to_owned());
            let line =
                format!("{}: {}: {} → {}", change.part, change.what, words(&change.before), words(&change.after));
            screen.sentence(&line, "    ", 6)?;
        }
    }
    screen.line(format!("  SHA-256 {}", page.digest))?;
    screen.line(format!("  history line {}, hash {}", page.history.0, page.history.1))
}
