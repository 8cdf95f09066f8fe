//! What became of a blueprint's statements, and what that touches, in the terminal.

use credway_workflow::{
    BlueprintChange, BlueprintDifference, ChangeItem, ChangePiece, ChangedStatement, ProgramImpact, RowState,
    StaleCrosswalk,
};

use crate::bars::percent;
use crate::screen::{Screen, Tone};
use crate::table;
use crate::words::{counted, fitted};

/// Characters before a statement's words: margin, sign and blanks.
const BESIDE: usize = 6;

/// How many of each kind, then everything that is not the same, by kind.
pub(crate) fn difference(screen: &Screen, difference: &BlueprintDifference) -> anyhow::Result<()> {
    let names = |versions: &[credway_workflow::ChangedVersion]| {
        versions.iter().map(|version| version.name.clone()).collect::<Vec<_>>().join(", ")
    };
    let heading = format!("{} → {}", names(&difference.old), names(&difference.new));
    screen.line(screen.tone(Tone::Strong, &heading))?;
    let counts = difference.counts.iter().map(|one| format!("{} {}", one.count, one.kind));
    screen.line(format!("  {}", counts.collect::<Vec<_>>().join(", ")))?;
    for count in difference.counts.iter().filter(|one| one.kind != "same" && one.count > 0) {
        screen.line(screen.tone(Tone::Quiet, &format!("  {}", count.kind)))?;
        for item in difference.items.iter().filter(|item| item.kind == count.kind) {
            statements(screen, item)?;
        }
    }
    Ok(())
}

fn statements(screen: &Screen, item: &ChangeItem) -> anyhow::Result<()> {
    let moved = item.kind == "moved" || item.notes.iter().any(|note| note.contains("place"));
    for (sign, statements) in [("-", &item.old_statements), ("+", &item.new_statements)] {
        for statement in statements {
            let words = named(statement, moved);
            screen
                .line(format!("  {sign} {}", fitted(&words, screen.width.map(|width| width.saturating_sub(BESIDE)))))?;
        }
    }
    Ok(())
}

/// Number, words with what differs in brackets, and the domain where it matters.
fn named(statement: &ChangedStatement, with_domain: bool) -> String {
    let code = statement.code.as_ref().map_or_else(String::new, |code| format!("{code} "));
    let domain = if with_domain { format!("  (in {})", statement.domain) } else { String::new() };
    format!("{code}{}{domain}", bracketed(&statement.pieces))
}

fn bracketed(pieces: &[ChangePiece]) -> String {
    pieces.iter().map(|piece| if piece.differs { format!("[{}]", piece.text) } else { piece.text.clone() }).collect()
}

/// The programs it touches.
pub(crate) fn impact(screen: &Screen, change: &BlueprintChange) -> anyhow::Result<()> {
    screen.line("")?;
    if change.programs.is_empty() {
        return screen.line(format!("No program is aligned to {}.", change.old_version.name));
    }
    for program in &change.programs {
        program_impact(screen, program)?;
    }
    Ok(())
}

fn program_impact(screen: &Screen, program: &ProgramImpact) -> anyhow::Result<()> {
    screen.line(screen.tone(Tone::Strong, &program.program.name))?;
    if program.hidden {
        return screen.line("  You review this blindly: nothing of it is told until you have given your words.");
    }
    let states = [
        RowState::Carried,
        RowState::ToCarry,
        RowState::Decided,
        RowState::ToConfirm,
        RowState::Lost,
        RowState::CourseReworded,
    ];
    let told: Vec<String> = states
        .iter()
        .filter(|state| program.count(**state) > 0)
        .map(|state| format!("{} {}", program.count(*state), state.words()))
        .collect();
    screen.line(format!("  {}: {}", counted(program.rows.len(), "row"), told.join(", ")))?;
    screen.line(format!(
        "  coverage {} → {} today, {} with what is unchanged, {} if all is confirmed",
        percent(program.before),
        percent(program.today),
        percent(program.carried),
        percent(program.confirmed)
    ))?;
    if let Some(signoff) = &program.signoff {
        screen.line(format!("  a sign-off rests on it: revision {}, {}", signoff.revision, signoff.words))?;
    }
    if let Some(shares) = program.shares.filter(|shares| *shares > 0) {
        screen.line(format!("  {} of it with employers", counted(shares, "open share")))?;
    }
    let needing = program.courses.iter().filter(|course| course.to_confirm + course.lost > 0);
    let rows: Vec<Vec<String>> = needing
        .map(|course| {
            vec![
                format!("    {}", course.course.code),
                course.course.title.clone(),
                format!("{} to confirm", course.to_confirm),
                format!("{} lost", course.lost),
            ]
        })
        .collect();
    table::show(screen, &rows, table::Last::Words)
}

/// Decisions that rest on words that courses no longer have.
pub(crate) fn stale(screen: &Screen, crosswalks: &[StaleCrosswalk]) -> anyhow::Result<()> {
    if crosswalks.is_empty() {
        return screen.line("Every decision rests on words that are still there.");
    }
    for crosswalk in crosswalks {
        let heading = format!("{} × {}", crosswalk.program.name, crosswalk.blueprint.name);
        screen.line(screen.tone(Tone::Strong, &heading))?;
        for row in &crosswalk.rows {
            let course = row.course.as_ref().map_or("a course that is gone", |course| course.code.as_str());
            let code = row.outcome_code.as_deref().unwrap_or_default();
            let objective = row.objective.code.as_ref().unwrap_or(&row.objective.text);
            screen.line(format!("  {course} {code} → {objective}, decided by {}", row.by.join(", ")))?;
            screen.line(format!("    read   {}", bracketed(&row.read)))?;
            let today = if row.today.is_empty() { "gone".to_owned() } else { bracketed(&row.today) };
            screen.line(format!("    today  {today}"))?;
        }
    }
    Ok(())
}
