//! What programs require, from a file: set on programs that are there. What it names that the catalogue does not have is told and kept,
//! for a requirement may be ahead of its catalogue.

use std::collections::{BTreeMap, BTreeSet};

use credway_import::{RequirementEntry, RequirementsRecord};
use credway_model::{Course, CourseCode, Ctid, Finding, Program, ProgramKind, Severity, Text};
use credway_store::{CourseFilter, Written};

use crate::WorkflowError;
use crate::field_difference::differences;
use crate::import_writing::Writing;

/// How many codes or programs a sentence names.
const MOST_NAMED: usize = 6;

impl Writing<'_> {
    /// Sets what programs require.
    pub(crate) async fn requirements(&mut self, records: &[RequirementsRecord]) -> Result<Vec<Finding>, WorkflowError> {
        if records.is_empty() {
            return Ok(Vec::new());
        }
        let programs = self.work.programs().await?;
        let courses = self.work.courses(&CourseFilter::default()).await?;
        let mut findings = Vec::new();
        let mut set: BTreeMap<Ctid, &RequirementsRecord> = BTreeMap::new();
        for record in records {
            let owner = self.organization(record.organization.as_ref());
            let before = match self.program_of(&programs, owner, record) {
                Ok(program) => program,
                Err(finding) => {
                    findings.push(*finding);
                    continue;
                }
            };
            if let Some(other) = set.insert(before.ctid, record) {
                let message = format!("“{}” and “{}” are the same program.", other.program, record.program);
                let hint = "Write the program's name the same way in every row.";
                findings.push(self.unresolved("requirements.program-repeated", &record.place, message, hint));
                continue;
            }
            findings.extend(self.against_the_catalogue(record, owner, &courses));
            let requirements = record.requirements(award_name(before), before.catalogue_year.clone());
            let after = Program { requirements: Some(requirements), ..before.clone() };
            let written = self.work.put_program(&after, self.stamp).await?;
            let changes = if written == Written::Revised { differences(before, &after)? } else { Vec::new() };
            self.line("program", after.ctid, after.title.to_string(), written, changes);
        }
        Ok(findings)
    }

    /// The program that a record names among those of its owner.
    fn program_of<'a>(
        &self,
        programs: &'a [Program],
        owner: Ctid,
        record: &RequirementsRecord,
    ) -> Result<&'a Program, Box<Finding>> {
        let wanted = record.program.as_str().to_lowercase();
        let named = |program: &&Program| {
            let names = [program.title.to_string(), award_name(program).to_string(), program.ctid.to_string()];
            program.organization == owner
                && program.kind == ProgramKind::Program
                && names.iter().any(|name| name.to_lowercase() == wanted)
                && (record.award.is_none() || program.award == record.award)
                && (record.catalogue_year.is_none() || program.catalogue_year == record.catalogue_year)
        };
        let found: Vec<&Program> = programs.iter().filter(named).collect();
        let (message, hint) = match found.as_slice() {
            [program] => return Ok(program),
            [] => {
                let message = format!("There is no program “{}” to set requirements on.", record.program);
                (message, "Import the program first, or write its title (or title and award) as it stands there.")
            }
            several => {
                let year = |program: &&Program| {
                    program.catalogue_year.as_ref().map_or("no year", |year| year.0.as_str()).to_owned()
                };
                let names = several.iter().take(MOST_NAMED).map(|one| format!("{} ({})", award_name(one), year(one)));
                let names: Vec<String> = names.collect();
                let message = format!("“{}” may be several programs: {}.", record.program, names.join(", "));
                (message, "Add the columns “award” and “catalogue_year” to say which.")
            }
        };
        Err(Box::new(self.unresolved("reference.program", &record.place, message, hint)))
    }

    /// What the requirements name that no course of the owner is or has.
    fn against_the_catalogue(&self, record: &RequirementsRecord, owner: Ctid, courses: &[Course]) -> Vec<Finding> {
        let own: Vec<&Course> = courses.iter().filter(|course| course.organization == owner).collect();
        let codes: BTreeSet<&CourseCode> = own.iter().map(|course| &course.code).collect();
        record.entries.iter().flat_map(|entry| self.row_against(entry, &own, &codes)).collect()
    }

    fn row_against(&self, entry: &RequirementEntry, own: &[&Course], codes: &BTreeSet<&CourseCode>) -> Vec<Finding> {
        let Some(set) = &entry.row.courses else { return Vec::new() };
        let mut findings = Vec::new();
        let mut say = |code: &str, severity, message: String, hint: &str| {
            findings.push(Finding::new(code, severity, entry.place.clone(), message, hint).in_file(self.file));
        };
        let unknown: Vec<&str> =
            set.codes().into_iter().filter(|code| !codes.contains(code)).map(CourseCode::as_str).collect();
        if !unknown.is_empty() {
            let more = if unknown.len() > MOST_NAMED { " and others" } else { "" };
            let named = unknown.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
            let message = format!("The catalogue has no {named}{more}.");
            let hint = "They are kept as they are. Correct the code, or import the courses.";
            say("requirements.course-unknown", Severity::Warning, message, hint);
        }
        let marks = set.attributes();
        if let Some(first) = marks.first() {
            let message = format!("Which courses are marked “{first}” the catalogue does not say.");
            let hint = "An audit takes marks from the file of courses taken, column “marks”.";
            say("requirements.marks", Severity::Note, message, hint);
        } else if unknown.is_empty() && !own.iter().any(|course| set.holds(*course)) {
            let message = format!("No course of the catalogue is among “{set}”.");
            let hint = "It is kept as it is. Correct the set, or import the courses.";
            say("requirements.no-course", Severity::Warning, message, hint);
        }
        findings
    }
}

/// Title and award, as an award is called.
pub(crate) fn award_name(program: &Program) -> Text {
    let award = program.award.as_ref().map(|award| format!("{} {award}", program.title));
    award.and_then(|name| Text::new(&name).ok()).unwrap_or_else(|| program.title.clone())
}
