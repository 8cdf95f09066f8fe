//! The part of an import that refers to things already in the database: outcomes of courses, courses of programs,
//! decisions on statements. What does not resolve is a finding with its place; nothing is guessed.

use std::collections::BTreeMap;

use credway_import::{DecisionRecord, OutcomeRecord, ProgramEntry, ProgramRecord};
use credway_model::{
    Change, ChangeKind, Course, CourseCode, Crosswalk, Ctid, Decision, Finding, Person, Place, Program, ProgramCourse,
    ProgramKind, Severity, Text, Verdict,
};
use credway_store::{CourseFilter, Written};

use crate::WorkflowError;
use crate::align_program::plain;
use crate::crosswalk_data::{CrosswalkData, course_statements};
use crate::field_difference::differences;
use crate::import_file::Writing;

impl Writing<'_> {
    fn unresolved(&self, code: &str, place: &Place, message: String, hint: &str) -> Finding {
        Finding::new(code, Severity::Error, place.clone(), message, hint).in_file(self.file)
    }

    fn organization(&self, name: Option<&Text>) -> Ctid {
        name.map_or(self.context.organization, |name| {
            Ctid::derive(&self.context.namespace, "organization", name.as_str())
        })
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
            let program = record.program(organization, &self.context.namespace, courses);
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
        let ctid = Ctid::derive(&self.context.namespace, "collection", title.as_str());
        let before = self.work.program(&ctid).await?;
        let mut program = before.clone().unwrap_or(Program {
            ctid,
            organization: first.organization,
            kind: ProgramKind::Collection,
            title,
            award: None,
            cip: None,
            soc: Vec::new(),
            catalogue_year: None,
            total_credits: None,
            courses: Vec::new(),
            origin: None,
        });
        let held: std::collections::BTreeSet<Ctid> = program.courses.iter().map(|entry| entry.course).collect();
        let new = courses.iter().filter(|course| !held.contains(&course.ctid));
        program.courses.extend(new.map(|course| ProgramCourse { course: course.ctid, group: None }));
        let written = self.work.put_program(&program, self.stamp).await?;
        self.line("program", program.ctid, program.title.to_string(), written, Vec::new());
        Ok(Vec::new())
    }

    /// Appends decisions, their references resolved; one that is already there in the same words is left out.
    pub(crate) async fn decisions(&mut self, records: &[DecisionRecord]) -> Result<Vec<Finding>, WorkflowError> {
        let mut findings = Vec::new();
        let mut crosswalks: BTreeMap<(String, String), Option<CrosswalkData>> = BTreeMap::new();
        let mut fresh: BTreeMap<Ctid, Vec<Decision>> = BTreeMap::new();
        for record in records {
            let key = (record.program.to_string(), record.blueprint.to_string());
            if !crosswalks.contains_key(&key) {
                let data = match self.crosswalk_for(&key.0, &key.1).await {
                    Ok(data) => Some(data),
                    Err(error @ (WorkflowError::NotFound { .. } | WorkflowError::Ambiguous { .. })) => {
                        findings.push(self.unresolved(
                            "reference.crosswalk",
                            &record.place,
                            format!("The row names a crosswalk that cannot be found: {error}."),
                            "Import the program and the blueprint first, and write both as they are titled there.",
                        ));
                        None
                    }
                    Err(error) => return Err(error),
                };
                crosswalks.insert(key.clone(), data);
            }
            let Some(Some(data)) = crosswalks.get(&key) else { continue };
            match self.resolve(data, record) {
                Err(finding) => findings.push(*finding),
                Ok(decision) => {
                    let ctid = data.crosswalk.ctid;
                    let known = data.decisions.iter().chain(fresh.get(&ctid).into_iter().flatten());
                    let again = is_known(known, &decision, record.at.is_some());
                    let written = if again { Written::Unchanged } else { Written::Created };
                    let name = format!("{} by {}", verdict_words(decision.verdict), decision.person.name());
                    self.line("decision", ctid, name, written, Vec::new());
                    if !again {
                        fresh.entry(ctid).or_default().push(decision);
                    }
                }
            }
        }
        self.append(fresh).await?;
        Ok(findings)
    }

    async fn append(&self, fresh: BTreeMap<Ctid, Vec<Decision>>) -> Result<(), WorkflowError> {
        for (crosswalk, decisions) in fresh {
            self.work.append_decisions(&crosswalk, &decisions).await?;
            self.work
                .append_change(&Change {
                    at: self.stamp.at,
                    person: self.stamp.person.clone(),
                    kind: ChangeKind::Decided,
                    subject_kind: "crosswalk".to_owned(),
                    subject: crosswalk,
                    summary: plain(&format!("{} decisions from {}", decisions.len(), self.file)),
                    reason: self.stamp.reason.clone(),
                })
                .await?;
        }
        Ok(())
    }

    /// The crosswalk of a program and a blueprint named in a file, begun if need be.
    async fn crosswalk_for(&self, program: &str, blueprint: &str) -> Result<CrosswalkData, WorkflowError> {
        let program = crate::institution::find_program(self.work, program).await?;
        let blueprint = crate::institution::find_blueprint(self.work, blueprint).await?;
        let ctid = Crosswalk::identify(&program.ctid, &blueprint.ctid);
        if self.work.crosswalk(&ctid).await?.is_none() {
            let crosswalk = Crosswalk { ctid, program: program.ctid, blueprint: blueprint.ctid, begun: self.stamp.at };
            self.work.put_crosswalk(&crosswalk).await?;
        }
        CrosswalkData::read(self.work, &ctid).await
    }

    /// The finding of a row that names what is not there.
    fn stray(&self, code: &str, place: &Place, message: String, hint: &str) -> Box<Finding> {
        Box::new(self.unresolved(code, place, message, hint))
    }

    fn resolve(&self, data: &CrosswalkData, record: &DecisionRecord) -> Result<Decision, Box<Finding>> {
        let statement = self.statement(data, record)?;
        let target = self.target(data, record)?;
        Ok(Decision {
            statement,
            target,
            person: Person(record.reviewer.clone().unwrap_or_else(|| self.stamp.person.0.clone())),
            verdict: record.verdict,
            level: record.level,
            reason: record.reason.clone(),
            at: record.at.unwrap_or(self.stamp.at),
            settles: record.settles,
        })
    }

    fn statement(&self, data: &CrosswalkData, record: &DecisionRecord) -> Result<Ctid, Box<Finding>> {
        let statements = course_statements(&data.courses);
        let own: Vec<_> = statements.iter().filter(|statement| statement.course.code == record.course).collect();
        if own.is_empty() {
            let message = format!("Program “{}” has no course {}.", data.program.title, record.course);
            return Err(self.stray(
                "reference.course",
                &record.place,
                message,
                "Correct the code, or add the course to the program.",
            ));
        }
        let Some(wanted) = &record.outcome else {
            return own.iter().find(|statement| statement.outcome.is_none()).map(|statement| statement.id).ok_or_else(
                || {
                    let message = format!("{} has outcomes, but the row names none.", record.course);
                    self.stray("reference.outcome", &record.place, message, "Give the outcome's code or its words.")
                },
            );
        };
        let found = own.iter().find(|statement| {
            statement
                .outcome
                .is_some_and(|outcome| outcome.code.as_ref() == Some(wanted) || outcome.statement == *wanted)
        });
        found.map(|statement| statement.id).ok_or_else(|| {
            let message = format!("{} has no outcome “{wanted}”.", record.course);
            self.stray("reference.outcome", &record.place, message, "Give the outcome's code or its words, exactly.")
        })
    }

    fn target(&self, data: &CrosswalkData, record: &DecisionRecord) -> Result<Ctid, Box<Finding>> {
        let items = data.blueprint.items();
        let found: Vec<_> = items
            .iter()
            .filter(|item| item.code == Some(&record.objective) || *item.text == record.objective)
            .collect();
        match found.as_slice() {
            [item] => Ok(item.ctid),
            [] => {
                let message = format!("“{}” has no objective “{}”.", data.blueprint.name(), record.objective);
                Err(self.stray(
                    "reference.objective",
                    &record.place,
                    message,
                    "Give the objective's code or its words, exactly.",
                ))
            }
            several => {
                let message = format!(
                    "“{}” names {} objectives of “{}”.",
                    record.objective,
                    several.len(),
                    data.blueprint.name()
                );
                Err(self.stray("reference.objective", &record.place, message, "Give the objective's code."))
            }
        }
    }
}

/// Whether the same word is there already: the very same entry, or (for rows without a date) the person's latest word.
fn is_known<'a>(known: impl Iterator<Item = &'a Decision>, decision: &Decision, dated: bool) -> bool {
    let own: Vec<&Decision> = known
        .filter(|earlier| {
            (earlier.statement, earlier.target, &earlier.person)
                == (decision.statement, decision.target, &decision.person)
        })
        .collect();
    let same = |earlier: &Decision| {
        (earlier.verdict, earlier.level, &earlier.reason, earlier.settles)
            == (decision.verdict, decision.level, &decision.reason, decision.settles)
    };
    if dated {
        own.iter().any(|earlier| same(earlier) && earlier.at == decision.at)
    } else {
        own.last().is_some_and(|latest| same(latest))
    }
}

/// A verdict in words.
pub(crate) fn verdict_words(verdict: Verdict) -> String {
    match verdict {
        Verdict::Accepted(strength) => format!("accepted ({})", strength.word()),
        Verdict::Rejected => "rejected".to_owned(),
        Verdict::Withdrawn => "withdrawn".to_owned(),
    }
}
