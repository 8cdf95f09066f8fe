//! Competency frameworks as tables.

use std::collections::BTreeMap;

use credway_model::{Competency, CompetencyKind, Ctid, Framework, Place, Severity, Text};

use super::Cells;
use crate::check;
use crate::table::Row;

pub(super) fn read(cells: &mut Cells<'_>) -> Vec<Framework> {
    let mut frameworks: BTreeMap<Text, Framework> = BTreeMap::new();
    let mut parents: Vec<(Text, usize, Text, Place)> = Vec::new();
    let mut places: BTreeMap<Ctid, Place> = BTreeMap::new();
    let Some(default_title) = title_from_file(cells) else { return Vec::new() };
    cells.rows(|cells, row| {
        let Some(statement) = statement(cells, row) else { return };
        let title = cells.text(row, "framework").unwrap_or_else(|| default_title.clone());
        let code = cells.text(row, "code");
        let namespace = cells.reader.context.namespace;
        let framework = frameworks.entry(title.clone()).or_insert_with(|| Framework {
            ctid: Ctid::derive(&namespace, "framework", title.as_str()),
            title: title.clone(),
            version: None,
            competencies: Vec::new(),
            origin: None,
        });
        let ctid = Ctid::derive(&framework.ctid, "competency", code.as_ref().unwrap_or(&statement).as_str());
        if let Some(first) = places.get(&ctid) {
            let words = code.as_ref().unwrap_or(&statement).to_string();
            cells.duplicate("competency", &words, &first.clone(), row.place());
            return;
        }
        places.insert(ctid, row.place());
        if let Some(parent) = cells.text(row, "parent_code") {
            parents.push((title, framework.competencies.len(), parent, cells.place_of(row, "parent_code")));
        }
        let alternatives = cells.raw(row, "alternatives");
        let competency = Competency {
            ctid,
            code,
            statement,
            description: cells.text(row, "description"),
            alternatives: alternatives
                .iter()
                .flat_map(|(words, place)| {
                    let parts = words.split([',', ';', '|']).map(str::trim).filter(|part| !part.is_empty());
                    parts.filter_map(|part| check::text(part, "label", place, cells.findings)).collect::<Vec<_>>()
                })
                .collect(),
            kind: cells.text(row, "kind").map(kind),
            parent: None,
            origin: Some(cells.origin(row.place())),
        };
        framework.competencies.push(competency);
    });
    resolve_parents(&mut frameworks, parents, cells);
    let origin = cells.origin(Place::Whole);
    frameworks.into_values().map(|framework| Framework { origin: Some(origin.clone()), ..framework }).collect()
}

/// The words of a competency. In a published file a row may bear its words in the description alone: they then stand
/// for the statement, and that is said, so that nothing which refers to the competency is lost.
fn statement(cells: &mut Cells<'_>, row: &Row<'_>) -> Option<Text> {
    let blank = cells.raw(row, "statement").is_none_or(|(words, _)| words.trim().is_empty());
    if blank
        && !cells.mapping.is_template(cells.table)
        && let Some(description) = cells.text(row, "description")
    {
        let place = cells.place_of(row, "statement");
        let message = "The statement is missing; the row's description stands for it.";
        cells.say("record.statement-missing", Severity::Warning, place, message, "Fill the cell in the file.");
        return Some(description);
    }
    cells.required(row, "statement")
}

/// The file's name without ending, as the title of a framework that names none.
fn title_from_file(cells: &mut Cells<'_>) -> Option<Text> {
    let stem = cells.reader.name.rsplit_once('.').map_or(cells.reader.name, |(stem, _)| stem);
    check::text(&stem.replace('_', " "), "file name", &Place::Whole, cells.findings)
}

fn kind(word: Text) -> CompetencyKind {
    match word.as_str().to_lowercase().as_str() {
        "knowledge" => CompetencyKind::Knowledge,
        "skill" | "skill/competence" => CompetencyKind::Skill,
        "ability" => CompetencyKind::Ability,
        "task" => CompetencyKind::Task,
        _ => CompetencyKind::Other(word),
    }
}

fn resolve_parents(
    frameworks: &mut BTreeMap<Text, Framework>,
    parents: Vec<(Text, usize, Text, Place)>,
    cells: &mut Cells<'_>,
) {
    let mut known: BTreeMap<(&Text, &Text), Ctid> = BTreeMap::new();
    for (title, framework) in &*frameworks {
        for competency in &framework.competencies {
            if let Some(code) = &competency.code {
                known.entry((title, code)).or_insert(competency.ctid);
            }
        }
    }
    let found: Vec<Option<Ctid>> =
        parents.iter().map(|(title, _, parent, _)| known.get(&(title, parent)).copied()).collect();
    for ((title, index, parent, place), found) in parents.into_iter().zip(found) {
        let Some(framework) = frameworks.get_mut(&title) else { continue };
        if found.is_none() {
            let message = format!("The parent {parent} is not in the file.");
            cells.say("record.parent", Severity::Warning, place, message, "Add the parent's row, or correct its code.");
        }
        framework.competencies[index].parent = found;
    }
}
