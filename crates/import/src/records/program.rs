//! Programs: one row a course.

use std::collections::BTreeMap;

use credway_model::{
    CatalogueYear, CourseCode, Credits, Ctid, Origin, Place, Program, ProgramCourse, ProgramKind, Severity, Text,
};

use super::cells::list;
use super::{Cells, course};
use crate::check;
use crate::table::Row;

/// A course a program names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramEntry {
    /// The course.
    pub code: CourseCode,
    /// The part of the program it belongs to.
    pub group: Option<Text>,
    /// Where it stands.
    pub place: Place,
}

/// A program that names its courses by code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramRecord {
    /// Name of the organization, if the row gives one.
    pub organization: Option<Text>,
    /// Title.
    pub title: Text,
    /// Award.
    pub award: Option<Text>,
    /// CIP code.
    pub cip: Option<Text>,
    /// SOC codes.
    pub soc: Vec<Text>,
    /// Year of the catalogue.
    pub catalogue_year: Option<CatalogueYear>,
    /// Credits the award takes.
    pub total_credits: Option<Credits>,
    /// Its courses.
    pub courses: Vec<ProgramEntry>,
    /// Where it begins.
    pub origin: Origin,
}

impl ProgramRecord {
    /// The program with its courses looked up.
    #[must_use]
    pub fn program(&self, organization: Ctid, namespace: &Ctid, courses: Vec<ProgramCourse>) -> Program {
        let year = self.catalogue_year.as_ref().map_or("", |year| year.0.as_str());
        let award = self.award.as_ref().map_or("", Text::as_str);
        let key = Ctid::key([organization.to_string().as_str(), year, self.title.as_str(), award]);
        Program {
            ctid: Ctid::derive(namespace, "program", &key),
            organization,
            kind: ProgramKind::Program,
            title: self.title.clone(),
            award: self.award.clone(),
            cip: self.cip.clone(),
            soc: self.soc.clone(),
            catalogue_year: self.catalogue_year.clone(),
            total_credits: self.total_credits,
            courses,
            requirements: None,
            origin: Some(self.origin.clone()),
        }
    }
}

/// What tells one program from another: organization, title, award, catalogue year.
type Key = (Option<Text>, Text, Option<Text>, Option<CatalogueYear>);

pub(super) fn read(cells: &mut Cells<'_>) -> Vec<ProgramRecord> {
    let mut programs: Vec<ProgramRecord> = Vec::new();
    let mut known: BTreeMap<Key, usize> = BTreeMap::new();
    let mut places: BTreeMap<(usize, CourseCode), Place> = BTreeMap::new();
    cells.rows(|cells, row| {
        let (organization, _) = course::organization(cells, row);
        let title = cells.required(row, "program");
        let code = course::code(cells, row, "course");
        let (Some(title), Some(code)) = (title, code) else { return };
        let award = cells.text(row, "award");
        let catalogue_year = cells.name(row, "catalogue_year").map(CatalogueYear);
        let entry = ProgramEntry { code, group: cells.text(row, "group"), place: row.place() };
        let key = (organization.clone(), title.clone(), award.clone(), catalogue_year.clone());
        let at = *known.entry(key).or_insert(programs.len());
        let first = places.get(&(at, entry.code.clone())).cloned();
        places.entry((at, entry.code.clone())).or_insert_with(|| entry.place.clone());
        if let Some(program) = programs.get_mut(at) {
            agree(cells, row, program);
            match first {
                Some(first) => {
                    cells.duplicate("course", &format!("{} of {}", entry.code, program.title), &first, row.place())
                }
                None => program.courses.push(entry),
            }
            return;
        }
        let soc = cells.raw(row, "soc");
        let record = ProgramRecord {
            organization,
            title,
            award,
            cip: cells.text(row, "cip"),
            soc: soc
                .iter()
                .flat_map(|(words, place)| {
                    list(words).filter_map(|part| check::text(part, "soc", place, cells.findings)).collect::<Vec<_>>()
                })
                .collect(),
            catalogue_year,
            total_credits: cells.figure(row, "total_credits"),
            courses: vec![entry],
            origin: cells.origin(row.place()),
        };
        programs.push(record);
    });
    programs
}

/// Says where a further row of a program contradicts its first one; an empty cell contradicts nothing.
fn agree(cells: &mut Cells<'_>, row: &Row<'_>, program: &ProgramRecord) {
    let cip = cells.text(row, "cip");
    let total: Option<Credits> = cells.figure(row, "total_credits");
    let words = |value: Option<String>| value.unwrap_or_else(|| "none".to_owned());
    let pairs = [
        ("cip", program.cip.as_ref().map(Text::to_string), cip.map(|cip| cip.to_string())),
        (
            "total_credits",
            program.total_credits.map(|credits| credits.to_string()),
            total.map(|total| total.to_string()),
        ),
    ];
    for (field, known, given) in pairs {
        if given.is_some() && given != known {
            let shown = field.replace('_', " ");
            let message = format!(
                "“{}” is given {shown} {}, but its first row has {}.",
                program.title,
                words(given),
                words(known)
            );
            let hint = "Give the same value in every row of a program, or in its first row only.";
            cells.say("record.conflict", Severity::Error, cells.place_of(row, field), message, hint);
        }
    }
}
