//! A blueprint from a table: one row a domain or objective, one or several exams in a file.

use std::collections::BTreeMap;

use credway_model::{Blueprint, Place, Severity, Text, WeightRange};
use jiff::civil::Date;

use super::draft::{Draft, DraftDomain, DraftObjective};
use super::parents::{Flat, Parent, nest};
use super::weights::{weight, weight_in_words};
use crate::check;
use crate::records::Cells;
use crate::table::Row;

/// An exam with its domains still flat.
struct Exam {
    title: Text,
    version: Option<Text>,
    effective: Option<Date>,
    retires: Option<Date>,
    domains: Vec<Flat>,
    /// Where a domain is among them, by title and code.
    known: BTreeMap<(Text, Option<Text>), usize>,
    place: Place,
}

/// The exams met so far, in order.
#[derive(Default)]
struct Exams {
    all: Vec<Exam>,
    /// Where an exam is among them, by title and version.
    known: BTreeMap<(Text, Option<Text>), usize>,
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
    let mut exams = Exams::default();
    cells.rows(|cells, row| read_row(cells, row, &stem, &mut exams));
    let reader = cells.reader;
    exams
        .all
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

fn read_row(cells: &mut Cells<'_>, row: &Row<'_>, stem: &str, exams: &mut Exams) {
    let Some(title) = title(cells, row, stem) else { return };
    let version = cells.text(row, "version");
    let dates = (cells.date(row, "effective"), cells.date(row, "retires"));
    let Some(domain) = cells.required(row, "domain") else { return };
    let exam = exams.of(cells, row, (title, version), dates);
    let code = cells.text(row, "domain_code");
    let given = weight_of(cells, row);
    let at = *exam.known.entry((domain.clone(), code.clone())).or_insert(exam.domains.len());
    if at == exam.domains.len() {
        exam.domains.push(Flat::of(DraftDomain {
            code,
            title: domain,
            weight: None,
            objectives: Vec::new(),
            place: row.place(),
        }));
    }
    let flat = &mut exam.domains[at];
    match (flat.domain.weight, given) {
        (Some(known), Some(given)) if known != given => {
            let message = format!("“{}” is given the weight {given}, but had {known} before.", flat.domain.title);
            let place = cells.place_of(row, "weight");
            cells.say("blueprint.weight-conflict", Severity::Error, place, message, "Give each domain one weight.");
        }
        (None, Some(given)) => flat.domain.weight = Some(given),
        _ => {}
    }
    objective(cells, row, flat);
}

impl Exams {
    /// The exam of a row, which must not contradict its first row.
    fn of(
        &mut self,
        cells: &mut Cells<'_>,
        row: &Row<'_>,
        (title, version): (Text, Option<Text>),
        (effective, retires): (Option<Date>, Option<Date>),
    ) -> &mut Exam {
        let index = *self.known.entry((title.clone(), version.clone())).or_insert(self.all.len());
        if index == self.all.len() {
            let (domains, known) = (Vec::new(), BTreeMap::new());
            self.all.push(Exam { title, version, effective, retires, domains, known, place: row.place() });
        }
        let exam = &mut self.all[index];
        for (field, known, given) in [("effective", exam.effective, effective), ("retires", exam.retires, retires)] {
            if let Some(given) = given.filter(|given| known != Some(*given)) {
                let known = known.map_or_else(|| "none".to_owned(), |known| known.to_string());
                let message = format!("“{}” is given {field} {given}, but its first row has {known}.", exam.title);
                let hint = "Give the same dates in every row of a blueprint, or in its first row only.";
                cells.say("record.conflict", Severity::Error, cells.place_of(row, field), message, hint);
            }
        }
        exam
    }
}

/// The objective of a row, if it has one. Where a column holds finer ones, rows that repeat an objective are one, and
/// what is finer hangs below it.
fn objective(cells: &mut Cells<'_>, row: &Row<'_>, flat: &mut Flat) {
    let (text, code) = (cells.text(row, "objective"), cells.text(row, "objective_code"));
    let parent = cells.text(row, "parent_code");
    let parent = parent.map_or(Parent::None, |code| Parent::Code(code, cells.place_of(row, "parent_code")));
    let Some(text) = text else {
        if let Some(code) = code {
            let place = cells.place_of(row, "objective");
            let message = format!("The objective {code} has no words.");
            cells.say("record.missing", Severity::Error, place, message, "Fill the cell, or remove the row.");
        }
        return;
    };
    let finer = cells.text(row, "finer_objective");
    let met = flat.known.get(&(code.clone(), text.clone())).copied();
    let at = match (met, &finer) {
        (Some(at), Some(_)) => at,
        _ => {
            if let Some(first) = met.filter(|_| code.is_none()).map(|at| flat.objectives[at].objective.place.clone()) {
                let message = format!("The objective stands twice in “{}”, first at {first}.", flat.domain.title);
                let hint = "Each row counts with a share of its own. Remove one, or map the column that tells the rows \
                    apart with --field finer_objective=COLUMN.";
                let place = cells.place_of(row, "objective");
                cells.say("blueprint.objective-repeated", Severity::Warning, place, message, hint);
            }
            flat.push(DraftObjective { code, text, children: Vec::new(), place: row.place() }, parent)
        }
    };
    if let Some(text) = finer {
        let place = cells.place_of(row, "finer_objective");
        flat.push(DraftObjective { code: None, text, children: Vec::new(), place }, Parent::At(at));
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

/// The weight of a row: one cell with a figure or a range, or two cells with the ends of the range, both of them.
fn weight_of(cells: &mut Cells<'_>, row: &Row<'_>) -> Option<WeightRange> {
    if let Some((words, place)) = cells.raw(row, "weight") {
        return weight_in_words(&words, &place, cells.findings);
    }
    match (cells.raw(row, "weight_low"), cells.raw(row, "weight_high")) {
        (Some((low, place)), Some((high, _))) => {
            weight(low.trim_end_matches('%'), Some(high.trim_end_matches('%')), &place, cells.findings)
        }
        (None, None) => None,
        (low, _) => {
            let (has, lacks) = if low.is_some() { ("low", "high") } else { ("high", "low") };
            let place = cells.place_of(row, &format!("weight_{has}"));
            let message = format!("The weight has a {has} end but no {lacks} end.");
            let hint = "Give both ends; where the publisher gives one figure, put it into “weight”.";
            cells.say("blueprint.weight-invalid", Severity::Error, place, message, hint);
            None
        }
    }
}
