//! From rows to records, one kind a file.

mod cells;
mod course;
mod course_requisites;
mod credential;
mod decision;
mod framework;
mod listed;
mod organization;
mod outcome;
mod pathway;
mod program;
mod requirement;
mod requisite;

use std::collections::BTreeMap;

use credway_model::Finding;

use crate::mapping::Corrected;
use crate::reading::Reader;
use crate::table::Table;
use crate::{Kind, Mapping, Records, blueprint};

pub(crate) use cells::Cells;
pub use decision::DecisionRecord;
pub use outcome::OutcomeRecord;
pub use pathway::{ComponentRecord, PathwayRecord};
pub use program::{ProgramEntry, ProgramRecord};
pub use requirement::{RequirementEntry, RequirementsRecord};

/// Reads every row of the table by the mapping.
pub(crate) fn read(
    table: &Table,
    mapping: &Mapping,
    corrected: Corrected,
    reader: &Reader<'_>,
    records: &mut Records,
    findings: &mut Vec<Finding>,
) {
    if !mapping.check(table, findings) {
        return;
    }
    let owners = BTreeMap::new();
    let mut cells = Cells { table, mapping, reader, findings, owners, corrected, descriptions: None };
    match mapping.kind {
        Kind::Organization => records.organizations = organization::read(&mut cells),
        Kind::Credential => records.credentials = credential::read(&mut cells),
        Kind::Courses => records.courses = course::read(&mut cells),
        Kind::Outcomes => records.outcomes = outcome::read(&mut cells),
        Kind::Program => records.programs = program::read(&mut cells),
        Kind::Requirements => records.requirements = requirement::read(&mut cells),
        Kind::Pathway => records.pathways = pathway::read(&mut cells),
        Kind::Blueprint => records.blueprints = blueprint::from_table(&mut cells),
        Kind::Framework => records.frameworks = framework::read(&mut cells),
        Kind::Decisions => records.decisions = decision::read(&mut cells),
    }
    records.named_organizations = cells.owners.into_values().collect();
}
