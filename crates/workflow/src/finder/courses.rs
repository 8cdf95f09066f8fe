//! The courses that are looked at: a program's, those with certain codes, or those of a file that is not imported.

use credway_import::{Context, Kind, NoProgress, Reading, SourceFile, read};
use credway_model::{Action, Course, Ctid, Severity};
use credway_store::{CourseFilter, Work};

use crate::crosswalk_data::program_courses;
use crate::institution::matches;
use crate::permission::About;
use crate::{Workbench, WorkflowError};

/// Which courses.
#[derive(Clone, Debug)]
pub enum FindCourses {
    /// Those of a program or collection, by name or identifier.
    Program(String),
    /// Those with these codes, or beginnings of codes ending in `*`.
    Codes(Vec<String>),
    /// Those of a file; nothing of it is kept.
    File(SourceFile),
}

impl Default for FindCourses {
    fn default() -> Self {
        Self::Codes(Vec::new())
    }
}

/// Courses under a title.
pub(super) struct CourseSet {
    pub(super) title: String,
    /// The program, where they are one's.
    pub(super) program: Option<Ctid>,
    pub(super) courses: Vec<Course>,
}

impl Workbench {
    /// Reads the courses, as far as who asks may read them.
    pub(super) async fn course_set(&self, work: &Work, wanted: &FindCourses) -> Result<CourseSet, WorkflowError> {
        match wanted {
            FindCourses::Program(name) => {
                let program = self.named_program(work, name, Action::ReadCatalogue).await?;
                self.allow(work, Action::ReadCatalogue, About::Program(&program.ctid)).await?;
                let title = match &program.award {
                    Some(award) => format!("{}, {award}", program.title),
                    None => program.title.to_string(),
                };
                let courses = program_courses(work, &program).await?;
                Ok(CourseSet { title, program: Some(program.ctid), courses })
            }
            FindCourses::Codes(patterns) => {
                self.allow_somewhere(work, Action::ReadCatalogue).await?;
                let reach = self.reach(work, Action::ReadCatalogue).await?;
                let mut courses = work.courses(&CourseFilter::default()).await?;
                courses.retain(|course| {
                    let named = patterns.iter().any(|pattern| matches(pattern, course.code.as_str()));
                    named && reach.holds(course.organization, None)
                });
                Ok(CourseSet { title: patterns.join(", "), program: None, courses })
            }
            FindCourses::File(file) => courses_of_file(file.clone()),
        }
    }
}

fn courses_of_file(file: SourceFile) -> Result<CourseSet, WorkflowError> {
    let reading = looked_at(Kind::Courses, file);
    if reading.findings.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(WorkflowError::Findings(reading.findings));
    }
    Ok(CourseSet { title: reading.source.name.to_string(), program: None, courses: reading.records.courses })
}

/// Reads a file that is only looked at. Identifiers of what is never written need only differ from each other.
pub(super) fn looked_at(kind: Kind, file: SourceFile) -> Reading {
    let namespace = Ctid::derive(&Ctid::from_uuid(uuid::Uuid::nil()), "file", &file.name);
    let context = Context::new(namespace, Ctid::derive(&namespace, "organization", "file"));
    read(kind, file, &context, None, &NoProgress)
}
