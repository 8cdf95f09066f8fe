//! The part of an import that refers to things already in the database: outcomes of courses, courses of programs,
//! decisions on statements. What does not resolve is a finding with its place; nothing is guessed.

use std::collections::BTreeMap;

use credway_import::{OutcomeRecord, ProgramEntry, ProgramRecord};
use credway_model::{Course, CourseCode, Ctid, Finding, Place, Program, ProgramCourse, ProgramKind, Severity, Text};
use credway_store::{CourseFilter, Written};

use crate::WorkflowError;
use crate::field_difference::differences;
use crate::import_writing::Writing;

impl Writing<'_> {
    pub(crate) fn unresolved(&self, code: &str, place: &Place, message: String, hint: &str) -> Finding {
        Finding::new(code, Severity::Error, place.clone(), message, hint).in_file(self.file)
    }

    pub(crate) fn organization(&self, name: Option<&Text>) -> Ctid {
        name.map_or(self.context.organization, |name| self.context.organization_named(name.as_str()))
    }

    /// Courses by organization and code; of several catalogue years the latest, unless one is asked for.
    async fn courses_by_code(&self) -> Result<BTreeMap<(Ctid, CourseCode), Vec<Course>>, WorkflowError> {
        let mut by_code: BTreeMap<(Ctid, CourseCode), Vec<Course>> = BTreeMap::new();
        for course in self.work.courses(&CourseFilter::default()).await? {
            by_code.entry((course.organization, course.code.clone())).or_default().push(course);
        }
        for editions in by_code.values_mut() {
            editions.sort_by(|one, two| two.catalogue_year.cmp(&one.catalogue_year));
        }
        Ok(by_code)
    }

    /// Puts outcomes on their courses: for every course the file names, its list becomes the file's.
    pub(crate) async fn outcomes(&mut self, records: &[OutcomeRecord]) -> Result<Vec<Finding>, WorkflowError> {
        if records.is_empty() {
            return Ok(Vec::new());
        }
        let by_code = self.courses_by_code().await?;
        let mut findings = Vec::new();
        let mut changed: BTreeMap<Ctid, (Course, Course)> = BTreeMap::new();
        for record in records {
            let key = (self.organization(record.organization.as_ref()), record.course.clone());
            let editions = by_code.get(&key).map(Vec::as_slice).unwrap_or_default();
            let wanted =
                |course: &&Course| record.catalogue_year.is_none() || course.catalogue_year == record.catalogue_year;
            let Some(course) = editions.iter().find(wanted) else {
                let message = format!("There is no course {} to put this outcome on.", record.course);
                findings.push(self.unresolved(
                    "reference.course",
                    &record.place,
                    message,
                    "Import the courses first, with the same organization and catalogue year.",
                ));
                continue;
            };
            let entry = changed.entry(course.ctid).or_insert_with(|| {
                let emptied = Course { outcomes: Vec::new(), ..course.clone() };
                (course.clone(), emptied)
            });
            entry.1.outcomes.push(record.outcome_of(&course.ctid));
        }
        let courses: Vec<Course> = changed.values().map(|(_, after)| after.clone()).collect();
        let written = self.work.put_courses(&courses, self.stamp).await?;
        for ((before, after), written) in changed.values().zip(written) {
            findings.extend(self.outcomes_gone(before, after));
            let changes = if written == Written::Revised { differences(before, after)? } else { Vec::new() };
            self.line("course", after.ctid, format!("{} {}", after.code, after.title), written, changes);
        }
        Ok(findings)
    }

    /// Says that a program's course was taken from another catalogue year than the program's own.
    fn other_year(&self, record: &ProgramRecord, entry: &ProgramEntry, course: &Course) -> Option<Finding> {
        let (wanted, taken) = (record.catalogue_year.as_ref()?, course.catalogue_year.as_ref()?);
        let message = format!(
            "Program “{}” is of {}, but {} is there for {} at the latest; that edition was taken.",
            record.title, wanted.0, entry.code, taken.0
        );
        let hint = "Import the courses of the program's own year, then the program again.";
        let code = "reference.course-year";
        Some(Finding::new(code, Severity::Warning, entry.place.clone(), message, hint).in_file(self.file))
    }

    /// Writes programs, their courses resolved.
    pub(crate) async fn programs(&mut self, records: &[ProgramRecord]) -> Result<Vec<Finding>, WorkflowError> {
        if records.is_empty() {
            return Ok(Vec::new());
        }
        let by_code = self.courses_by_code().await?;
        let before: BTreeMap<Ctid, Program> =
            self.work.programs().await?.into_iter().map(|program| (program.ctid, program)).collect();
        let mut findings = Vec::new();
        for record in records {
            let organization = self.organization(record.organization.as_ref());
            let mut courses = Vec::new();
            for entry in &record.courses {
                let editions = by_code.get(&(organization, entry.code.clone())).map(Vec::as_slice).unwrap_or_default();
                let same_year = |course: &&Course| course.catalogue_year == record.catalogue_year;
                let other =
                    || editions.first().inspect(|course| findings.extend(self.other_year(record, entry, course)));
                match editions.iter().find(same_year).or_else(other) {
                    Some(course) => courses.push(ProgramCourse { course: course.ctid, group: entry.group.clone() }),
                    None => findings.push(self.unresolved(
                        "reference.course",
                        &entry.place,
                        format!(
                            "Program “{}” names the course {}, which is not in the database.",
                            record.title, entry.code
                        ),
                        "Import the organization's courses first, or correct the code.",
                    )),
                }
            }
            let mut program = record.program(organization, &self.context.namespace, courses);
            // What the award requires comes from a file of its own, and stays.
            program.requirements = before.get(&program.ctid).and_then(|before| before.requirements.clone());
            let written = self.work.put_program(&program, self.stamp).await?;
            let changes = match before.get(&program.ctid) {
                Some(before) if written == Written::Revised => differences(before, &program)?,
                _ => Vec::new(),
            };
            self.line("program", program.ctid, program.title.to_string(), written, changes);
        }
        Ok(findings)
    }

    /// Puts the imported courses into a collection of this title; courses already in it stay.
    pub(crate) async fn collection(&mut self, title: &str, courses: &[Course]) -> Result<Vec<Finding>, WorkflowError> {
        let title = match Text::new(title) {
            Ok(title) => title,
            Err(error) => {
                let message = format!("The collection's title cannot be taken: {error}.");
                return Ok(vec![self.unresolved(
                    "reference.collection",
                    &Place::Whole,
                    message,
                    "Give a short title.",
                )]);
            }
        };
        let Some(first) = courses.first() else { return Ok(Vec::new()) };
        let (work, namespace) = (self.work, &self.context.namespace);
        let (ctid, owner) = self.desk.collection_of(work, namespace, first.organization, &title).await?;
        self.desk.allow_collection(work, owner, courses).await?;
        let before = self.work.program(&ctid).await?;
        let mut program = before.clone().unwrap_or(Program {
            ctid,
            organization: owner,
            kind: ProgramKind::Collection,
            title,
            award: None,
            cip: None,
            soc: Vec::new(),
            catalogue_year: None,
            total_credits: None,
            courses: Vec::new(),
            requirements: None,
            origin: None,
        });
        let held: std::collections::BTreeSet<Ctid> = program.courses.iter().map(|entry| entry.course).collect();
        let new = courses.iter().filter(|course| !held.contains(&course.ctid));
        program.courses.extend(new.map(|course| ProgramCourse { course: course.ctid, group: None }));
        let written = self.work.put_program(&program, self.stamp).await?;
        self.line("program", program.ctid, program.title.to_string(), written, Vec::new());
        Ok(Vec::new())
    }
}
