//! A blueprint from a table: one row a domain or objective, one or several exams in a file.

use std::sync::LazyLock;

use credway_model::{Blueprint, Finding, Place, Severity, Text, WeightRange};
use jiff::civil::Date;
use regex::Regex;

use super::draft::{Draft, DraftDomain, DraftObjective, weight};
use crate::check;
use crate::records::Cells;
use crate::table::Row;

/// `12%`, `12`, `26.25 %`, `20-25%`, `20–25 %`.
static WEIGHT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*([\d.]+)\s*%?\s*(?:(?:[-–—]|to)\s*([\d.]+)\s*)?%?\s*$").ok());

/// An objective that waits for the rest of its domain, so that parents may stand anywhere.
struct Waiting {
    objective: DraftObjective,
    parent: Option<(Text, Place)>,
}

/// A domain with its objectives still flat.
struct Flat {
    domain: DraftDomain,
    objectives: Vec<Waiting>,
}

/// An exam with its domains still flat.
struct Exam {
    title: Text,
    version: Option<Text>,
    effective: Option<Date>,
    retires: Option<Date>,
    domains: Vec<Flat>,
    place: Place,
}

/// Reads the blueprints of a table.
pub(crate) fn from_table(cells: &mut Cells<'_>) -> Vec<Blueprint> {
    let stem = cells.reader.name.rsplit_once('.').map_or(cells.reader.name, |(stem, _)| stem).replace('_', " ");
    let named = cells.mapping.selector("credential").is_some() || cells.mapping.constant("credential").is_some();
    if !named {
        cells.say(
            "blueprint.title-from-file",
            Severity::Note,
            Place::Whole,
            format!("The table names no credential; “{stem}” was taken from the file's name."),
            "Add a column “credential”, or say --field credential='TITLE'.",
        );
    }
    let mut exams: Vec<Exam> = Vec::new();
    cells.rows(|cells, row| read_row(cells, row, &stem, &mut exams));
    let reader = cells.reader;
    exams
        .into_iter()
        .map(|exam| {
            let draft = Draft {
                title: exam.title,
                version: exam.version,
                effective: exam.effective,
                retires: exam.retires,
                domains: exam.domains.into_iter().map(|flat| nest(flat, cells.findings)).collect(),
                place: exam.place,
            };
            draft.finish(reader, cells.findings)
        })
        .collect()
}

fn read_row(cells: &mut Cells<'_>, row: &Row<'_>, stem: &str, exams: &mut Vec<Exam>) {
    let Some(title) = title(cells, row, stem) else { return };
    let version = cells.text(row, "version");
    let (effective, retires) = (cells.date(row, "effective"), cells.date(row, "retires"));
    let Some(domain) = cells.required(row, "domain") else { return };
    let code = cells.text(row, "domain_code");
    let given = weight_of(cells, row);
    let objective = cells.text(row, "objective");
    let objective_code = cells.text(row, "objective_code");
    let parent = cells.text(row, "parent_code").map(|parent| (parent, cells.place_of(row, "parent_code")));
    let index = exams.iter().position(|exam| exam.title == title && exam.version == version).unwrap_or_else(|| {
        exams.push(Exam { title, version, effective, retires, domains: Vec::new(), place: row.place() });
        exams.len() - 1
    });
    let exam = &mut exams[index];
    for (field, known, given) in [("effective", exam.effective, effective), ("retires", exam.retires, retires)] {
        if let Some(given) = given.filter(|given| known != Some(*given)) {
            let known = known.map_or_else(|| "none".to_owned(), |known| known.to_string());
            let message = format!("“{}” is given {field} {given}, but its first row has {known}.", exam.title);
            let hint = "Give the same dates in every row of a blueprint, or in its first row only.";
            cells.say("record.conflict", Severity::Error, cells.place_of(row, field), message, hint);
        }
    }
    let place = row.place();
    let at =
        exam.domains.iter().position(|flat| flat.domain.title == domain && flat.domain.code == code).unwrap_or_else(
            || {
                let domain =
                    DraftDomain { code, title: domain, weight: None, objectives: Vec::new(), place: place.clone() };
                exam.domains.push(Flat { domain, objectives: Vec::new() });
                exam.domains.len() - 1
            },
        );
    let flat = &mut exam.domains[at];
    match (flat.domain.weight, given) {
        (Some(known), Some(given)) if known != given => {
            let message = format!("“{}” is given the weight {given}, but had {known} before.", flat.domain.title);
            cells.say(
                "blueprint.weight-conflict",
                Severity::Error,
                cells.place_of(row, "weight"),
                message,
                "Give each domain one weight.",
            );
        }
        (None, Some(given)) => flat.domain.weight = Some(given),
        _ => {}
    }
    match objective {
        Some(text) => {
            let objective = DraftObjective { code: objective_code, text, children: Vec::new(), place };
            flat.objectives.push(Waiting { objective, parent });
        }
        None => {
            if let Some(code) = objective_code {
                let message = format!("The objective {code} has no words.");
                cells.say(
                    "record.missing",
                    Severity::Error,
                    cells.place_of(row, "objective"),
                    message,
                    "Fill the cell, or remove the row.",
                );
            }
        }
    }
}

/// The credential's title, with its issuer where a column of its own holds it.
fn title(cells: &mut Cells<'_>, row: &Row<'_>, stem: &str) -> Option<Text> {
    let named = cells.mapping.selector("credential").is_some() || cells.mapping.constant("credential").is_some();
    let credential = if named {
        cells.required(row, "credential")?
    } else {
        check::text(stem, "file name", &Place::Whole, cells.findings)?
    };
    match cells.text(row, "issuer") {
        Some(issuer) if !credential.as_str().starts_with(issuer.as_str()) => {
            check::text(&format!("{issuer} {credential}"), "title", &row.place(), cells.findings)
        }
        _ => Some(credential),
    }
}

/// The weight of a row: one cell with a figure or a range, or two cells.
fn weight_of(cells: &mut Cells<'_>, row: &Row<'_>) -> Option<WeightRange> {
    if let Some((words, place)) = cells.raw(row, "weight") {
        let found = WEIGHT.as_ref().and_then(|pattern| pattern.captures(&words));
        let (low, high) = match &found {
            Some(found) => (found[1].to_owned(), found.get(2).map(|high| high.as_str().to_owned())),
            None => (words, None),
        };
        return weight(&low, high.as_deref(), &place, cells.findings);
    }
    let (low, place) = cells.raw(row, "weight_low")?;
    let high = cells.raw(row, "weight_high").map(|(high, _)| high);
    weight(low.trim_end_matches('%'), high.as_deref().map(|high| high.trim_end_matches('%')), &place, cells.findings)
}

/// Hangs objectives on their parents; one whose parent is missing or below itself stays at the top, with a finding.
fn nest(flat: Flat, findings: &mut Vec<Finding>) -> DraftDomain {
    let codes: Vec<Option<Text>> = flat.objectives.iter().map(|waiting| waiting.objective.code.clone()).collect();
    let mut parents: Vec<Option<usize>> = Vec::new();
    for (index, waiting) in flat.objectives.iter().enumerate() {
        let parent = waiting.parent.as_ref().and_then(|(code, place)| {
            let found = codes.iter().position(|known| known.as_ref() == Some(code)).filter(|found| *found < index);
            if found.is_none() {
                findings.push(Finding::new(
                    "record.parent",
                    Severity::Error,
                    place.clone(),
                    format!("The parent {code} does not stand before this objective in “{}”.", flat.domain.title),
                    "Put the parent's row first, or correct its code.",
                ));
            }
            found
        });
        parents.push(parent);
    }
    let mut objectives: Vec<Option<DraftObjective>> =
        flat.objectives.into_iter().map(|waiting| Some(waiting.objective)).collect();
    // From the last to the first: a parent always stands before its children.
    for index in (0..objectives.len()).rev() {
        if let Some(parent) = parents[index]
            && let Some(child) = objectives[index].take()
            && let Some(Some(parent)) = objectives.get_mut(parent)
        {
            parent.children.insert(0, child);
        }
    }
    DraftDomain { objectives: objectives.into_iter().flatten().collect(), ..flat.domain }
}
