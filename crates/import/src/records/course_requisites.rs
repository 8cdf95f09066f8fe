//! The requisite tree of a course's row: from our own column, from nested JSON, or from the catalogue's words.
//!
//! A tree that is given is taken as it is; words are read by [`crate::read_requisite`], and what is not understood, or can
//! be read in two ways, is said. It refuses to mix: a given tree is the whole truth about the course.

use credway_model::{
    ConditionKind, CourseCode, Grade, Place, RequiredCourse, RequiredWhen, Requisite, Severity, Text, Understood,
};
use serde_json::Value as Json;

use super::Cells;
use crate::requisite::read_requisite;
use crate::table::Row;

/// Deeper alternatives of nested JSON stay text.
const DEEPEST: usize = 6;

pub(super) fn read(
    cells: &mut Cells<'_>,
    row: &Row<'_>,
    prerequisites: Option<&Text>,
    corequisites: Option<&Text>,
) -> Option<Requisite> {
    if let Some((words, place)) = cells.raw(row, "requisites") {
        return given(cells, &words, place);
    }
    if let Some((tree, place)) = nested(row) {
        say_understood(cells, &tree, place);
        return Some(tree);
    }
    let mut parts = Vec::new();
    for (field, words, corequisite) in [("prerequisites", prerequisites, false), ("corequisites", corequisites, true)] {
        let Some(words) = words else { continue };
        let reading = read_requisite(words.as_str(), corequisite);
        let place = cells.place_of(row, field);
        if reading.prose.is_some() {
            cells.descriptions.get_or_insert((0, place.clone())).0 += 1;
        }
        if reading.ambiguous {
            let message = format!("The {field} “{}” can be read in more than one way.", excerpt(words.as_str()));
            let hint = "Compare the course's tree with the words, and correct it in the column “requisites”.";
            cells.say("requisite.ambiguous", Severity::Note, place.clone(), message, hint);
        }
        if let Some(tree) = reading.tree {
            say_understood(cells, &tree, place);
            parts.push(tree);
        }
    }
    let said_none = parts.contains(&Requisite::None);
    parts.retain(|part| *part != Requisite::None);
    Requisite::all(parts).ok().or(said_none.then_some(Requisite::None))
}

/// Says in one note how many texts had other words behind the requisites.
pub(super) fn conclude(cells: &mut Cells<'_>) {
    let Some((count, place)) = cells.descriptions.take() else { return };
    let message = format!(
        "Behind the requisites of {count} {} other words follow, such as the course's description; the first is here.",
        if count == 1 { "text" } else { "texts" }
    );
    let hint = "Nothing to do: they are not read as requisites, and stay in the catalogue's words.";
    cells.say("requisite.description", Severity::Note, place, message, hint);
}

/// The tree in our own form.
fn given(cells: &mut Cells<'_>, words: &str, place: Place) -> Option<Requisite> {
    match words.parse() {
        Ok(tree) => Some(tree),
        Err(error) => {
            let message = format!("The requisites “{}” cannot be taken: {error}.", excerpt(words));
            let hint = "Write them like: ITSY 1300 [C] and (MATH 1314 or consent \"departmental approval\").";
            cells.say("requisite.form", Severity::Error, place, message, hint);
            None
        }
    }
}

fn say_understood(cells: &mut Cells<'_>, tree: &Requisite, place: Place) {
    let Some(unread) = first_unread(tree) else { return };
    let (code, what) = match tree.understood() {
        Understood::Not => ("requisite.not-understood", "were not understood"),
        _ => ("requisite.partly", "were understood in part"),
    };
    let message = format!("The requisites {what}: “{}” stays text.", excerpt(unread.as_str()));
    let hint = "Nothing is lost; where it matters, write the tree in the column “requisites”.";
    cells.say(code, Severity::Note, place, message, hint);
}

fn first_unread(tree: &Requisite) -> Option<&Text> {
    match tree {
        Requisite::NotUnderstood(words) => Some(words),
        _ => tree.parts().iter().find_map(first_unread),
    }
}

fn excerpt(words: &str) -> String {
    let short: String = words.chars().take(80).collect();
    if short.len() < words.len() { format!("{short}…") } else { short }
}

/// The tree of the lists of objects that some catalogues nest: `course`, `minGrade`, `coreq`; `any`, `all`, `general`.
fn nested(row: &Row<'_>) -> Option<(Requisite, Place)> {
    let (mut parts, mut place) = (Vec::new(), None);
    for (name, corequisite) in [("prerequisites", false), ("corequisites", true)] {
        let Some((Json::Array(entries), at)) = row.member(name) else { continue };
        if entries.is_empty() || !entries.iter().all(Json::is_object) {
            continue;
        }
        parts.extend(entries.iter().filter_map(|entry| entry_tree(entry, corequisite, 0)));
        place.get_or_insert(at);
    }
    Some((Requisite::all(parts).ok()?, place?))
}

/// One entry; one of another shape stays text.
fn entry_tree(entry: &Json, corequisite: bool, depth: usize) -> Option<Requisite> {
    let read = || {
        let members = entry.as_object()?;
        let known = |name: &String| ["course", "minGrade", "coreq", "any", "all", "general"].contains(&name.as_str());
        if !members.keys().all(known) || depth > DEEPEST {
            return None;
        }
        match (entry.get("course"), entry.get("general"), entry.get("any"), entry.get("all")) {
            (Some(code), None, None, None) => course(code, entry, corequisite),
            (None, Some(words), None, None) if members.len() == 1 => general(words.as_str()?),
            (None, None, Some(Json::Array(list)), None) if members.len() == 1 => {
                Requisite::any(list.iter().filter_map(|part| entry_tree(part, corequisite, depth + 1)).collect()).ok()
            }
            (None, None, None, Some(Json::Array(list))) if members.len() == 1 => {
                Requisite::all(list.iter().filter_map(|part| entry_tree(part, corequisite, depth + 1)).collect()).ok()
            }
            _ => None,
        }
    };
    read().or_else(|| Text::new(&entry.to_string()).ok().map(Requisite::NotUnderstood))
}

fn course(code: &Json, entry: &Json, corequisite: bool) -> Option<Requisite> {
    let code: CourseCode = code.as_str()?.parse().ok()?;
    let grade: Option<Grade> = match entry.get("minGrade") {
        None | Some(Json::Null) => None,
        Some(grade) => Some(grade.as_str()?.parse().ok()?),
    };
    let with = match entry.get("coreq") {
        None | Some(Json::Null) => corequisite,
        Some(with) => with.as_bool()?,
    };
    let when = if with { RequiredWhen::With } else { RequiredWhen::Before };
    Some(Requisite::Course(RequiredCourse { code, grade, when }))
}

/// Words among the entries: a condition where they are one as a whole, otherwise text.
fn general(words: &str) -> Option<Requisite> {
    let words = Text::new(words).ok()?;
    let read = read_requisite(words.as_str(), false).tree;
    Some(match read {
        Some(Requisite::Condition { kind, .. }) if kind != ConditionKind::Advice => {
            Requisite::Condition { kind, words }
        }
        _ => Requisite::NotUnderstood(words),
    })
}
